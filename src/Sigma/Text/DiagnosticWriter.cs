using System.Globalization;
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
            if (span.Source.IsBuiltIn)
            {
                // Its lines are shown, but nobody can open it.
                text.Append(Visible(path is null ? span.Source.Shown : $"{path}: {span.Source.Shown}")).Append(": ");
            }
            else
            {
                text.Append(Visible(span.Source.Path)).Append(':').Append(line).Append(':').Append(column).Append(": ");
            }

            AppendHead(text, diagnostic, word, colour ? tint : null);
            if (span.Source.IsShown)
            {
                AppendExcerpt(text, span, line, column, diagnostic.Hint, colour ? tint : null);
            }
            else
            {
                AppendHint(text, diagnostic.Hint);
            }
        }
        else
        {
            text.Append(Visible(path ?? "sigmac")).Append(": ");
            AppendHead(text, diagnostic, word, colour ? tint : null);
            AppendHint(text, diagnostic.Hint);
        }

        output.Write(text.ToString());
    }

    private static void AppendHint(StringBuilder text, string? hint)
    {
        if (hint is not null)
        {
            text.Append("   ").Append(Visible(hint)).Append('\n');
        }
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

        int start = Math.Min(column - 1, source.Length);
        int end = Math.Min(Math.Min(start + span.Length, source.Length), first + MaxExcerpt);
        int before = Visible(source[first..start].ToString()).Length + (first > 0 ? 1 : 0);
        int length = Math.Max(1, Visible(source[start..Math.Max(start, end)].ToString()).Length);
        text.Append(margin).Append(" |\n").Append(number).Append(" | ").Append(shown).Append('\n')
            .Append(margin).Append(" | ").Append(' ', before).Append(tint).Append('^', length)
            .Append(tint is null ? "" : "\e[0m");
        if (hint is not null)
        {
            text.Append(' ').Append(Visible(hint));
        }

        text.Append('\n');
    }

    /// <summary>
    /// A text for one line of a terminal. Control characters become blanks or symbols, so that a file cannot drive the terminal;
    /// what turns the direction of writing or is not seen becomes <c>\u{202e}</c>, so that a text is what it looks like.
    /// </summary>
    public static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool whole = Rune.TryGetRuneAt(text, i, out Rune rune);
            int code = whole ? rune.Value : text[i];
            if (whole && !IsUnseen(rune) && !Rune.IsControl(rune))
            {
                visible.Append(text, i, rune.Utf16SequenceLength);
            }
            else if (code < 0xA0)
            {
                visible.Append(code switch { '\t' => ' ', < ' ' => (char)(0x2400 + code), _ => '\uFFFD' });
            }
            else
            {
                visible.Append("\\u{").Append(code.ToString("x")).Append('}');
            }

            i += whole ? rune.Utf16SequenceLength - 1 : 0;
        }

        return visible.ToString();
    }

    /// <summary>Whether a character has no glyph: marks of direction, joiners, separators of lines, tags, fillers.</summary>
    public static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);
}
