using System.Collections.Immutable;
using YamlDotNet.Core;

namespace Sigma.Yaml;

/// <summary>
/// What the parser is spared of a file, because YAML allows it and the parser does not. It is looked for only in a file that has it, and
/// the document is read again.
/// </summary>
internal sealed record ParserLenience
{
    /// <summary>So many blocks of a file may begin with blanks of their own: each costs a pass.</summary>
    private const int MostKept = 16;

    /// <summary>Nothing.</summary>
    public static ParserLenience None { get; } = new();

    /// <summary>The lines of blanks in front of the text of blocks; see <see cref="Yaml.LeadingBlanks"/>.</summary>
    public bool LeadingBlanks { get; private init; }

    /// <summary>The anchors of scalars; see <see cref="AnchorScanner"/>.</summary>
    public bool Anchors { get; private init; }

    /// <summary>
    /// Blanks that begin the text of a block whose header says its indentation, <c>|2</c>, in a first line that has nothing else: they
    /// belong to the text (YAML 1.2.2, section 8.1.1.1). The parser sees <see cref="Mark"/> there. In order.
    /// </summary>
    public ImmutableArray<int> Kept { get; private init; } = [];

    /// <summary>What stands for such a blank: a character for private use that the file has not.</summary>
    public char Mark { get; private init; }

    /// <summary>What helps where the parser has stopped.</summary>
    /// <param name="text">The file.</param>
    /// <param name="exception">What the parser says.</param>
    /// <param name="end">The offset of the end of what it names.</param>
    /// <returns>What to spare it from now on; null where it is right, or nothing helps.</returns>
    public ParserLenience? After(string text, YamlException exception, int end)
    {
        if (exception.Message.Contains("extra spaces in first line", StringComparison.Ordinal))
        {
            // Where the header says the indentation, the place is inside the line of blanks.
            bool isText = end < text.Length && text[end] == ' ' && !Kept.Contains(end);
            return isText ? Keeping(text, end) : LeadingBlanks ? null : this with { LeadingBlanks = true };
        }

        return !Anchors && exception.Message.Contains("While parsing a flow mapping", StringComparison.Ordinal) && text.Contains('&')
            ? this with { Anchors = true }
            : null;
    }

    private ParserLenience? Keeping(string text, int at)
    {
        char mark = Kept.IsEmpty ? Unused(text) : Mark;
        return Kept.Length == MostKept || mark == '\0' ? null : this with { Kept = Kept.Add(at), Mark = mark };
    }

    private static char Unused(string text)
    {
        const char First = '\ue000';
        const char Last = '\uf8ff';
        for (char c = First; c <= Last; c++)
        {
            if (!text.Contains(c))
            {
                return c;
            }
        }

        return '\0';
    }
}
