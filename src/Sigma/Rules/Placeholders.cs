using System.Collections.Immutable;
using System.Text;

namespace Sigma.Rules;

/// <summary>
/// Reads <c>%name%</c> in values with the modifier <c>expand</c> (specification 2.1, "Placeholders"). A name starts with a
/// letter, a digit, <c>_</c>, <c>@</c>, <c>#</c> or <c>$</c>, does not end in a blank, and may have anything between but
/// <c>%</c>, backslashes, wildcards and control characters: <c>100% sure, 50% no</c> has none.
/// <para>
/// <c>\%</c> is a plain percent sign. In front of a whole placeholder the backslash is a backslash, for a path such as
/// <c>C:\Users\%user%</c> has one there; <c>\%name\%</c> is the plain text. Where the placeholder's end would begin another,
/// as in the specification's <c>\%plain%name%</c>, it is an escape again.
/// </para>
/// </summary>
internal static class Placeholders
{
    /// <summary>Reads a value as it is written in a rule, with its wildcards and escapes.</summary>
    /// <param name="written">The decoded YAML text.</param>
    public static SigmaString Parse(string written)
    {
        if (!written.Contains('%'))
        {
            return SigmaString.Parse(written);
        }

        var parts = ImmutableArray.CreateBuilder<StringPart>();
        var text = new StringBuilder(written.Length);
        int i = 0;
        while (i < written.Length)
        {
            // One backslash, or two that stand for one, in front of a percent sign.
            int backslashes = written[i] != '\\' ? 0 : i + 1 < written.Length && written[i + 1] == '\\' ? 2 : 1;
            int percent = i + backslashes;
            if (percent < written.Length && written[percent] == '%')
            {
                int end = EndOf(written, percent);
                bool escaped = backslashes > 0 && (end < 0 ? backslashes == 1 : StartsOther(written, end));
                if (backslashes > 0 && !escaped)
                {
                    text.Append(@"\\");
                }

                if (end < 0 || escaped)
                {
                    text.Append('%');
                    i = percent + 1;
                    continue;
                }

                Flush();
                parts.Add(new StringPart(PartKind.Placeholder, written[(percent + 1)..end]));
                i = end + 1;
            }
            else if (backslashes > 0 && i + 1 < written.Length)
            {
                text.Append(written, i, 2);
                i += 2;
            }
            else
            {
                text.Append(written[i++]);
            }
        }

        Flush();
        return SigmaString.Of(parts);

        // What stands between placeholders is read as any value is: text never ends within an escape.
        void Flush()
        {
            parts.AddRange(SigmaString.Parse(text.ToString()).Parts);
            text.Clear();
        }
    }

    /// <summary>Reads a regular expression. A backslash is its own escape there, so <c>\%</c> is always a percent sign, and <c>\\%name%</c> a backslash and a placeholder.</summary>
    /// <param name="pattern">The expression.</param>
    public static SigmaString ParseRegex(string pattern)
    {
        if (!pattern.Contains('%'))
        {
            return SigmaString.OfLiteral(pattern);
        }

        var parts = ImmutableArray.CreateBuilder<StringPart>();
        var text = new StringBuilder(pattern.Length);
        int i = 0;
        while (i < pattern.Length)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                text.Append(pattern, pattern[i + 1] == '%' ? i + 1 : i, pattern[i + 1] == '%' ? 1 : 2);
                i += 2;
            }
            else if (pattern[i] == '%' && EndOf(pattern, i) is > 0 and var end)
            {
                parts.Add(new StringPart(PartKind.Literal, text.ToString()));
                text.Clear();
                parts.Add(new StringPart(PartKind.Placeholder, pattern[(i + 1)..end]));
                i = end + 1;
            }
            else
            {
                text.Append(pattern[i++]);
            }
        }

        parts.Add(new StringPart(PartKind.Literal, text.ToString()));
        return SigmaString.Of(parts);
    }

    /// <summary>The place of the percent sign that closes the placeholder which another opens; -1 where none is opened.</summary>
    private static int EndOf(string text, int percent)
    {
        int start = percent + 1;
        if (start >= text.Length || !(IsWord(text[start]) || text[start] is '@' or '#' or '$'))
        {
            return -1;
        }

        for (int end = start; end < text.Length; end++)
        {
            char c = text[end];
            if (c == '%')
            {
                return char.IsWhiteSpace(text[end - 1]) ? -1 : end;
            }

            if (c is '\\' or '*' or '?' || char.IsControl(c))
            {
                return -1;
            }
        }

        return -1;
    }

    private static bool StartsOther(string text, int end) => end + 1 < text.Length && IsWord(text[end + 1]) && EndOf(text, end) >= 0;

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
