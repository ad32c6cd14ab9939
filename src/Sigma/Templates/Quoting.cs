using System.Text;
using Sigma.Text;

namespace Sigma.Templates;

/// <summary>Writes a text for a reader outside sigmac, so that it is one text there, whatever is in it.</summary>
internal static class Quoting
{
    private const string PlainInShell = "./:@%+,_-";

    /// <summary>
    /// A word for a POSIX shell: as it is where no shell reads anything into it, else in single quotes, which have no escape;
    /// a quote ends them, stands in double quotes, and begins them again. A control character becomes a blank: no word of ours
    /// needs one, and no argument holds a NUL.
    /// </summary>
    public static string Shell(string? text)
    {
        string word = ControlCharacters.Blanked(text ?? "");
        return word.Length > 0 && word[0] is not ('-' or '%' or '+') && word.All(c => char.IsAsciiLetterOrDigit(c) || PlainInShell.Contains(c))
            ? word
            : ShellQuoted(word);
    }

    /// <summary>The same, in quotes whatever it is.</summary>
    public static string ShellQuoted(string? text) =>
        "'" + ControlCharacters.Blanked(text ?? "").Replace("'", "'\"'\"'", StringComparison.Ordinal) + "'";

    /// <summary>A part of an address: what RFC 3986 does not call unreserved is percent-encoded.</summary>
    public static string Address(string? text) => Uri.EscapeDataString(text ?? "");

    /// <summary>
    /// A value of a <c>.conf</c> file: one line, since the next line would be another key, without a backslash at the end,
    /// which would join the next line.
    /// </summary>
    public static string Line(string? text) => UnseenCharacters.Removed(ControlCharacters.Blanked(text ?? "")).Trim().TrimEnd('\\', ' ');

    /// <summary>
    /// The name of a stanza of a <c>.conf</c> file. Brackets end the name, a backslash may escape what follows, and
    /// <c>[default]</c> is not a stanza but sets values for all others. Invisible characters are removed, so that a name is what it looks like.
    /// </summary>
    public static string Stanza(string? text)
    {
        string name = Line(text).Replace('[', '(').Replace(']', ')').Replace('\\', '/');
        return name.Length == 0 ? "Sigma rule"
            : name[0] is '#' or ';' || name.Equals("default", StringComparison.OrdinalIgnoreCase) ? "Sigma rule " + name
            : name;
    }

    /// <summary>
    /// A text for people, inside a mustache template: adjacent braces get a blank between them, so that they
    /// begin no tag, and it is one line.
    /// </summary>
    public static string Mustache(string? text)
    {
        string line = ControlCharacters.Blanked(text ?? "");
        if (!line.Contains("{{", StringComparison.Ordinal))
        {
            return line;
        }

        var output = new StringBuilder(line.Length + 8);
        foreach (char c in line)
        {
            output.Append(c == '{' && output.Length > 0 && output[^1] == '{' ? " {" : c.ToString());
        }

        return output.ToString();
    }

    /// <summary>Whether a text of a mustache template, which must not be changed, would begin a tag.</summary>
    public static bool BeginsTag(string text) => text.Contains("{{", StringComparison.Ordinal);

    /// <summary>Whether a name can stand in a mustache tag.</summary>
    public static bool FitsTag(string? name) => name is { Length: > 0 } && name.IndexOfAny(['{', '}']) < 0 && !ControlCharacters.In(name);

    /// <summary>
    /// A document's id: a rule's own, unless that is one an address cannot hold (<c>.</c> and <c>..</c> are steps on a path,
    /// and nothing is the whole collection).
    /// </summary>
    public static bool IsDocumentId(string? id) => !string.IsNullOrWhiteSpace(id) && id is not ("." or "..");
}
