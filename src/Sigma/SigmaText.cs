using System.Text;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma;

/// <summary>A rule text that was read.</summary>
/// <param name="Path">Its name in diagnostics.</param>
/// <param name="Documents">Its documents.</param>
internal sealed record ReadText(string Path, IReadOnlyList<ReadDocument> Documents);

/// <summary>Reads the rule texts that users of the library pass.</summary>
internal static class SigmaText
{
    /// <summary>Reads files and links their documents; what cannot be read is a document with an error.</summary>
    /// <param name="files">The texts by their names in diagnostics.</param>
    /// <param name="limits">What reading them may cost.</param>
    /// <exception cref="ArgumentException">A name or text is null.</exception>
    public static (IReadOnlyList<ReadText> Files, RuleSet Rules) Read(IEnumerable<KeyValuePair<string, string>> files, Limits limits)
    {
        var read = new List<ReadText>();
        foreach ((string path, string text) in files)
        {
            if (path is null || text is null)
            {
                throw new ArgumentException("a file has no name or no text", nameof(files));
            }

            SourceText source = Source(path, text, limits, out Diagnostic? error);
            read.Add(new ReadText(path, error is null ? RuleReader.Read(source) : [new ReadDocument(null, new Metadata(), [error], new Span(source, 0, 0))]));
        }

        return (read, RuleSet.Link([.. read.SelectMany(file => file.Documents)], limits));
    }

    /// <summary>
    /// The source, with the limits and findings that the bytes of a file would have. A text in memory may have what no file can: half a
    /// surrogate pair, in whose place the encoder would write another character.
    /// </summary>
    private static SourceText Source(string path, string text, Limits limits, out Diagnostic? error)
    {
        if (text.Length > limits.FileBytes)
        {
            // It is not copied: each character is a byte or more.
            return SourceText.TooLarge(path, $"more than {limits[Limits.FileSize]}", limits, out error);
        }

        SourceText source = SourceText.Decode(path, Encoding.UTF8.GetBytes(text), out error, limits);
        if (error is null && SurrogatePairs.Half(text) is { } half)
        {
            int mark = text.Length - source.Text.Length;
            error = Diagnostic.InvalidYaml(new Span(source, half - mark, 1), $"half a surrogate pair, U+{(int)text[half]:X4}, is no character");
        }

        return source;
    }
}
