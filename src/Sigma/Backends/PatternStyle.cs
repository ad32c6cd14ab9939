using System.Text;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Writes a Sigma string as a regular expression.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="IgnoreCase">Whether case is disregarded: by a leading <c>(?i)</c>, or letter by letter where the dialect has no flags.</param>
/// <param name="Whole">Whether it must fit the whole value, not a part of it.</param>
internal sealed record PatternStyle(RegexDialect Dialect, bool IgnoreCase, bool Whole)
{
    /// <summary>So many expressions are kept on each thread: a value is asked for several times while a condition is written.</summary>
    private const int MostKept = 64;

    [ThreadStatic]
    private static Dictionary<(string Core, bool IgnoreCase, bool Whole), string?>? written;

    /// <summary>The longest expression that the target takes; null if there is no limit.</summary>
    public ExpressionLength? Longest { get; init; }

    /// <summary>Whether the flags are left out, because a template around the pattern has them.</summary>
    public bool Bare { get; init; }

    /// <summary>Whether the dialect can say the string: Lucene's automata have a limit, and some targets one of length.</summary>
    public bool CanWrite(SigmaString text)
    {
        if (Dialect is not RegexDialect.Lucene && Longest is null)
        {
            return true;
        }

        return (Dialect is RegexDialect.Lucene ? Lucene(text) : Perl(text)) is { } pattern && (Longest is not { } longest || longest.Holds(pattern));
    }

    /// <summary>Whether a control character of the string becomes any of them: Lucene has no escape for one.</summary>
    public bool Widens(SigmaString text) => Dialect is RegexDialect.Lucene && text.Parts.Any(part => ControlCharacters.In(part.Text));

    /// <summary>Writes the string.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The string; without placeholders.</param>
    /// <param name="replacements">Sequences of the expression that the language around it needs otherwise.</param>
    public void Write(StringBuilder output, SigmaString text, Replacements replacements)
    {
        AppendReplaced(output, Dialect is RegexDialect.Lucene ? Lucene(text) ?? "" : Perl(text), replacements);
    }

    /// <summary>
    /// Writes an expression, exchanging sequences. A replacement that is itself an escape of expressions, <c>\/</c> for <c>/</c>,
    /// replaces what is escaped already; any other, <c>''</c> for <c>'</c>, is applied after a backslash too.
    /// </summary>
    public static void AppendReplaced(StringBuilder output, string pattern, Replacements replacements)
    {
        if (replacements.IsEmpty)
        {
            output.Append(pattern);
            return;
        }

        for (int i = 0; i < pattern.Length; i++)
        {
            if (replacements.At(pattern, i) is { } replacement)
            {
                output.Append(replacement.Value);
                i += replacement.Key.Length - 1;
            }
            else if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;

                // An escaped backslash begins no other escape: \\" is a backslash and a quote.
                if (!char.IsAsciiLetterOrDigit(pattern[i]) && pattern[i] != '\\' && replacements.At(pattern, i) is { } escaped)
                {
                    output.Append(escaped.Value.StartsWith('\\') ? "" : "\\").Append(escaped.Value);
                    i += escaped.Key.Length - 1;
                }
                else
                {
                    output.Append('\\').Append(pattern[i]);
                }
            }
            else
            {
                output.Append(pattern[i]);
            }
        }
    }

    private string Perl(SigmaString text)
    {
        string core = Core(text, Dialect);
        if (Dialect is RegexDialect.LogScale)
        {
            // Its flags stand behind the expression.
            // Two slashes with nothing between them begin a comment.
            return Whole ? $@"\A{core}\z" : core.Length == 0 ? "(?:)" : RegexText.BeforeSlash(core);
        }

        string flags = Bare ? "" : IgnoreCase && core.Any(char.IsLetter) ? text.HasWildcards ? "(?is)" : "(?i)" : text.HasWildcards ? "(?s)" : "";
        // A $ would fit before a final line break as well.
        return Whole ? $@"{flags}^{core}{(Dialect is RegexDialect.Postgres ? @"\Z" : @"\z")}" : flags + core;
    }

    private string? Lucene(SigmaString text) => LuceneText.Write(text, IgnoreCase, Whole) ?? LuceneExpression(text);

    /// <summary>The string as an expression of Lucene, by way of a regular expression; null if Lucene has none for it.</summary>
    internal string? LuceneExpression(SigmaString text)
    {
        string core = Core(text, RegexDialect.Pcre);
        written ??= [];
        if (!written.TryGetValue((core, IgnoreCase, Whole), out string? pattern))
        {
            if (written.Count == MostKept)
            {
                written.Clear();
            }

            written[(core, IgnoreCase, Whole)] = pattern = WriteLucene(core);
        }

        return pattern;
    }

    /// <summary>The letters of both cases come from the regular expression writer, which knows the dialect's classes.</summary>
    private string? WriteLucene(string core)
    {
        if (IgnoreCase && !Ascii.IsValid(core))
        {
            core = string.Concat(core.Select(c => c > '\u007f' && LetterFamilies.Of(c) is { } family ? $"[{family}]" : c.ToString()));
        }

        RegexFlags flags = RegexFlags.DotAll | (IgnoreCase ? RegexFlags.IgnoreCase : RegexFlags.None);
        RegexPattern pattern = RegexPattern.Parse(Whole ? $@"\A{core}\z" : core, flags);
        return RegexWriter.Write(pattern, RegexDialect.Lucene, new RegexWriterOptions(EscapeSlash: true)).Text;
    }

    private static string Core(SigmaString text, RegexDialect dialect)
    {
        var core = new StringBuilder();
        foreach (StringPart part in text.Parts)
        {
            core.Append(part.Kind switch
            {
                PartKind.Many => RegexText.Any(dialect) + "*",
                PartKind.One => RegexText.Any(dialect),
                _ => RegexText.Escape(part.Text, dialect),
            });
        }

        return core.ToString();
    }
}

/// <summary>
/// Letters of which more than two are one letter to a case-insensitive comparison, such as the three sigmas: an expression has a pair for
/// each letter, and would know only one of the others. Separate, so that only texts with letters outside ASCII load it.
/// </summary>
internal static class LetterFamilies
{
    private static readonly Dictionary<char, string> ByUpper = Enumerable.Range(0x80, char.MaxValue - 0x80 + 1).Select(code => (char)code)
        .Where(c => !char.IsSurrogate(c))
        .GroupBy(char.ToUpperInvariant)
        .Where(family => family.Count() > 2)
        .ToDictionary(family => family.Key, family => string.Concat(family));

    /// <summary>All letters of a letter's family; null if it is of a pair, or alone.</summary>
    public static string? Of(char letter) => ByUpper.GetValueOrDefault(char.ToUpperInvariant(letter));
}
