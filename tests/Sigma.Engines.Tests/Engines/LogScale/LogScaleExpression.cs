using System.Text;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.LogScale;

/// <summary>
/// A regular expression of LogScale, as far as both of its engines read it alike (library.humio.com: Regular Expression Syntax Patterns, Engine V2
/// Syntax Patterns, Regular Expression Engines, Flags). What they, or the pages, do not agree on is an error. The rest is RE2's, too.
/// </summary>
internal static class LogScaleExpression
{
    private const string Escapable = @"\.*+?()[]{}|^$/-";

    /// <summary>The expression for RE2.</summary>
    public static string ToRe2(LogScaleToken token)
    {
        if (token.Flags is not ("" or "i"))
        {
            throw Doubt(token, "the flags " + token.Flags);
        }

        if (token.Text.EndsWith(@"\\", StringComparison.Ordinal))
        {
            throw Doubt(token, "a backslash before the slash that ends the expression");
        }

        var pattern = token.Text;
        var output = new StringBuilder();
        if (pattern.StartsWith("(?i)", StringComparison.Ordinal))
        {
            pattern = pattern[4..];
            output.Append("(?i)");
            if (HasBareBar(pattern))
            {
                throw Doubt(token, "flags before alternatives, which reach over the first one in V1");
            }
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            i = pattern[i] switch
            {
                '\\' => Escape(token, pattern, i, output),
                '[' => Class(token, pattern, i, output),
                _ => Plain(token, pattern, i, output),
            };
        }

        return (token.Flags == "i" ? "(?i)" : "") + output;
    }

    private static int Plain(LogScaleToken token, string pattern, int at, StringBuilder output)
    {
        var c = pattern[at];
        if (c is '.' or '^' or '$' or '"')
        {
            throw Doubt(token, $"a bare {c}");
        }

        if (c == '(' && at + 1 < pattern.Length && pattern[at + 1] == '?' && !(at + 2 < pattern.Length && pattern[at + 2] == ':'))
        {
            throw Doubt(token, "a group with flags, a name or an assertion");
        }

        if (c == '?' && at > 0 && pattern[at - 1] is '*' or '+' or '?' or '}' && !(at > 1 && pattern[at - 2] == '\\'))
        {
            throw Doubt(token, "a lazy repetition");
        }

        output.Append(c);
        return at;
    }

    private static int Escape(LogScaleToken token, string pattern, int at, StringBuilder output)
    {
        var c = at + 1 < pattern.Length ? pattern[at + 1] : ' ';
        switch (c)
        {
            case 'x' when IsHex(pattern, at + 2, 2):
                output.Append(@"\x").Append(pattern, at + 2, 2);
                return at + 3;
            case 'u' when IsHex(pattern, at + 2, 4):
                output.Append(@"\x{").Append(pattern, at + 2, 4).Append('}');
                return at + 5;
            case 'n' or 't' or 'r' or 'A' or 'z' or 'b' or 'B':
                output.Append('\\').Append(c);
                return at + 1;
            case '/':
                output.Append('/');
                return at + 1;
            default:
                if (!Escapable.Contains(c, StringComparison.Ordinal))
                {
                    throw Doubt(token, $@"\{c}");
                }

                output.Append('\\').Append(c);
                return at + 1;
        }
    }

    /// <summary>Simple characters, ranges and escapes by number; any character at all is [\d\D], both of which are sure.</summary>
    private static int Class(LogScaleToken token, string pattern, int at, StringBuilder output)
    {
        foreach (var all in (string[])[@"[\d\D]", @"[^\d\D]"])
        {
            if (string.CompareOrdinal(pattern, at, all, 0, all.Length) == 0)
            {
                output.Append(all);
                return at + all.Length - 1;
            }
        }

        output.Append('[');
        var i = at + 1;
        if (i < pattern.Length && pattern[i] == '^')
        {
            output.Append('^');
            i++;
        }

        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i = Escape(token, pattern, i, output);
                    break;
                case '[' or '&' or '"':
                    throw Doubt(token, $"a bare {pattern[i]} in a class");
                default:
                    output.Append(pattern[i]);
                    break;
            }
        }

        output.Append(']');
        return i;
    }

    private static bool HasBareBar(string pattern)
    {
        var depth = 0;
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    depth++;
                    break;
                case ')' when !inClass:
                    depth--;
                    break;
                case '|' when !inClass && depth == 0:
                    return true;
            }
        }

        return false;
    }

    private static bool IsHex(string pattern, int at, int length) => at + length <= pattern.Length && pattern.AsSpan(at, length).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;

    private static SearchError Doubt(LogScaleToken token, string what) => new($"the documentation leaves open what {what} means in: {token.Text}");
}
