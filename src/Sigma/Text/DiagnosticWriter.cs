using System.Text;

namespace Sigma.Text;

/// <summary>Writes findings for people: place, code, sentence, the line itself with a caret, and the hint.</summary>
public static class DiagnosticWriter
{
    /// <summary>The longest part of a source line that an excerpt shows, in characters.</summary>
    private const int MaxExcerpt = 160;

    /// <summary>Writes one finding.</summary>
    /// <param name="output">Where to write; usually standard error.</param>
    /// <param name="diagnostic">The finding.</param>
    /// <param name="colour">Whether to use ANSI colours.</param>
    /// <param name="path">The name of the file for findings that have no place of their own.</param>
    public static void Write(TextWriter output, Diagnostic diagnostic, bool colour, string? path = null)
    {
        string tint = diagnostic.Severity switch
        {
            Severity.Error => "\e[31m",
            Severity.Warning => "\e[33m",
            _ => "\e[36m",
        };
        string word = diagnostic.Severity.ToString().ToLowerInvariant();
        var text = new StringBuilder();
        if (diagnostic.Span is { } span)
        {
            (int line, int column) = span.Position;
            text.Append(Visible(span.Source.Path)).Append(':').Append(line).Append(':').Append(column).Append(": ");
            AppendHead(text, diagnostic, word, colour ? tint : null);
            AppendExcerpt(text, span, line, column, diagnostic.Hint, colour ? tint : null);
        }
        else
        {
            text.Append(Visible(path ?? "sigmac")).Append(": ");
            AppendHead(text, diagnostic, word, colour ? tint : null);
            if (diagnostic.Hint is { } hint)
            {
                text.Append("   ").Append(Visible(hint)).Append('\n');
            }
        }

        output.Write(text.ToString());
    }

    private static void AppendHead(StringBuilder text, Diagnostic diagnostic, string word, string? tint)
    {
        text.Append(tint).Append(word).Append(' ').Append(diagnostic.Code.Id).Append(tint is null ? "" : "\e[0m")
            .Append(": ").Append(Visible(diagnostic.Message)).Append('\n');
    }

    private static void AppendExcerpt(StringBuilder text, Span span, int line, int column, string? hint, string? tint)
    {
        string number = line.ToString();
        string margin = new(' ', number.Length);
        ReadOnlySpan<char> source = span.Source.Line(line);
        int first = Math.Max(0, Math.Min(column - 1, source.Length) - (MaxExcerpt / 2));
        string shown = source.Length > first + MaxExcerpt ? Visible(source.Slice(first, MaxExcerpt).ToString()) + "…" : Visible(source[first..].ToString());
        if (first > 0)
        {
            shown = "…" + shown;
        }

        int before = Math.Min(column - 1 - first + (first > 0 ? 1 : 0), shown.Length);
        int length = Math.Max(1, Math.Min(span.Length, shown.Length - before));
        text.Append(margin).Append(" |\n").Append(number).Append(" | ").Append(shown).Append('\n')
            .Append(margin).Append(" | ").Append(' ', before).Append(tint).Append('^', length)
            .Append(tint is null ? "" : "\e[0m");
        if (hint is not null)
        {
            text.Append(' ').Append(Visible(hint));
        }

        text.Append('\n');
    }

    /// <summary>A text for one line of a terminal. Control characters become blanks or symbols, so that a file cannot drive the terminal and carets stay in column.</summary>
    public static string Visible(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = source[i] switch
            {
                '\t' => ' ',
                < ' ' => (char)(0x2400 + source[i]),
                '\x7f' or (>= '\x80' and < '\xa0') => '\uFFFD',
                _ => source[i],
            };
        }
    });
}
