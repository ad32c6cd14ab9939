using Sigma.Text;
using YamlDotNet.Core;

namespace Sigma.Yaml;

/// <summary>Says what is wrong with a file that the YAML parser gave up on: in words that help, at the place that is to be changed.</summary>
internal static class BrokenYaml
{
    /// <summary>What the parser says, what we say instead, and what to do about it.</summary>
    private static readonly (string Theirs, string Ours, string? Hint)[] Sentences =
    [
        ("extra spaces in first line", "a line before the text is indented more than the text", "remove the spaces of that line"),
        ("found invalid mapping", "a value contains ': ', which makes it a key", "quote the value"),
        ("found unexpected end of stream", "unclosed quote", null),
        ("found unexpected document indicator", "unclosed quote", null),
        ("found unknown escape character", "unknown escape in double quotes", @"put the value in single quotes, or write \\"),
        ("found invalid Unicode character escape code", "this escape is not a valid character", "put the value in single quotes"),
        ("found invalid Unicode surrogates", "an escape in these quotes is half a surrogate pair, which is no character", "put the value in single quotes"),
        ("did not find expected hexadecimal number", "an escape in these quotes has too few hexadecimal digits", "put the value in single quotes"),
        ("cannot start any token", "a value cannot start with this character", "quote the value"),
        ("while parsing a block mapping, did not find expected key", "expected a key", "check the indentation, and whether a quote is closed"),
        ("while parsing a block collection, did not find expected '-'", "expected '-'", "check the indentation"),
        ("incompatible YAML document", "only YAML 1.1 and 1.2 are supported", null),
    ];

    /// <summary>Creates the finding for what the parser could not read.</summary>
    /// <param name="source">The file.</param>
    /// <param name="exception">What the parser says.</param>
    /// <param name="at">Where it says so.</param>
    /// <param name="read">How far it had come.</param>
    /// <param name="open">The innermost bracket that is open; null outside of brackets.</param>
    public static Diagnostic Explain(SourceText source, YamlException exception, int at, int read, Span? open)
    {
        if (TabIndent(source, exception, at, read) is { } tab)
        {
            return Diagnostic.TabIndent(new Span(source, tab, 1));
        }

        if (open is { } bracket && !IsAboutEscape(exception))
        {
            return Diagnostic.UnclosedFlow(bracket);
        }

        int end = Math.Min(at + 1, source.Text.Length);
        foreach ((string theirs, string ours, string? hint) in Sentences)
        {
            if (exception.Message.Contains(theirs, StringComparison.OrdinalIgnoreCase))
            {
                return Diagnostic.InvalidYaml(new Span(source, at, end - at), ours).WithHint(hint);
            }
        }

        string message = exception.Message.TrimEnd('.');
        return Diagnostic.InvalidYaml(new Span(source, at, end - at), char.ToLowerInvariant(message[0]) + message[1..]);
    }

    /// <summary>Whether a text in double quotes has a wrong escape, such as that of a Windows path: the brackets around it may be right.</summary>
    private static bool IsAboutEscape(YamlException exception) =>
        exception.Message.Contains("escape c", StringComparison.Ordinal) || exception.Message.Contains("surrogates", StringComparison.Ordinal)
        || exception.Message.Contains("hexadecimal", StringComparison.Ordinal);

    /// <summary>
    /// The tab that causes the error, or null. The parser reports a tab without a position, or fails at the text after it.
    /// </summary>
    private static int? TabIndent(SourceText source, YamlException exception, int at, int read)
    {
        string text = source.Text;
        if (!exception.Message.Contains("tab ", StringComparison.Ordinal))
        {
            int start = at - source.PositionOf(at).Column + 1;
            return TabOfLine(text, start);
        }

        // Not beyond the document: a file may have thousands of broken ones.
        int end = DocumentBorders.NextDocument(text, read);
        for (int line = read == 0 ? 0 : DocumentBorders.LineAfter(text, read - 1); line < end; line = DocumentBorders.LineAfter(text, line))
        {
            if (TabOfLine(text, line) is { } tab)
            {
                return tab;
            }
        }

        return null;
    }

    /// <summary>The tab in a line's indentation.</summary>
    private static int? TabOfLine(string text, int start)
    {
        int blanks = text.AsSpan(start).IndexOfAnyExcept(' ');
        return blanks >= 0 && text[start + blanks] == '\t' ? start + blanks : null;
    }
}
