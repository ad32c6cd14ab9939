using System.Buffers;
using System.Text;
using Sigma.Text;

namespace Sigma.RegularExpressions;

/// <summary>Makes pattern text.</summary>
internal static class RegexText
{
    /// <summary>What means something in a PCRE or .NET pattern outside a class.</summary>
    internal static readonly SearchValues<char> PerlMetacharacters = SearchValues.Create(@"\*+?|{}[]()^$.");

    /// <summary>The same for Lucene's RegExp with all its optional operators on; <c>^</c> and <c>$</c> only for the reader.</summary>
    internal static readonly SearchValues<char> LuceneMetacharacters = SearchValues.Create("\\*+?|{}[]()^$.\"#@&<>~");

    /// <summary>Writes a text as a pattern that matches just this text.</summary>
    /// <param name="literal">Any text.</param>
    /// <param name="dialect">Who reads the pattern.</param>
    /// <returns>
    /// The text with a backslash before each metacharacter, and control characters by their codes, but for Lucene, which has
    /// none; all else, blanks too, as it is.
    /// </returns>
    public static string Escape(string literal, RegexDialect dialect)
    {
        var escaped = EscapeMetacharacters(literal, dialect);
        return dialect == RegexDialect.Lucene || !ControlCharacters.In(escaped)
            ? escaped
            : string.Concat(escaped.Select(c => ControlCharacters.IsOne(c) ? Code(c, dialect) : c.ToString()));
    }

    /// <summary>A character by its code.</summary>
    internal static string Code(int codePoint, RegexDialect dialect) =>
        dialect is RegexDialect.DotNet or RegexDialect.Postgres || (dialect is RegexDialect.LogScale && codePoint > 0xFF) ? $@"\u{codePoint:x4}"
        : codePoint <= 0xFF ? $@"\x{codePoint:x2}" : $@"\x{{{codePoint:x}}}";

    /// <summary>Any one character, line breaks too, as a dialect writes it without a flag for it.</summary>
    internal static string Any(RegexDialect dialect) => dialect is RegexDialect.LogScale ? @"[\d\D]" : ".";

    /// <summary>A pattern that a slash may follow: a backslash or a slash at its end is there by its code, so that no reader takes the two for one sign.</summary>
    internal static string BeforeSlash(string pattern) => pattern switch
    {
        [.., '\\', '\\'] => pattern[..^2] + @"\x5c",
        [.., '/'] => pattern[..^1] + @"\x2f",
        _ => pattern,
    };

    private static string EscapeMetacharacters(string literal, RegexDialect dialect)
    {
        var metacharacters = dialect == RegexDialect.Lucene ? LuceneMetacharacters : PerlMetacharacters;
        var rest = literal.AsSpan();
        var next = rest.IndexOfAny(metacharacters);
        if (next < 0)
        {
            return literal;
        }

        var text = new StringBuilder(literal.Length + 8);
        for (; next >= 0; next = rest.IndexOfAny(metacharacters))
        {
            text.Append(rest[..next]).Append('\\').Append(rest[next]);
            rest = rest[(next + 1)..];
        }

        return text.Append(rest).ToString();
    }

    /// <summary>
    /// Applies Sigma's <c>startswith</c>, <c>endswith</c> or <c>contains</c> to a pattern: <c>.*</c> at its end, its start, or
    /// both, unless it is there already or the pattern is anchored there.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="atStart">Whether anything may come first (endswith, contains).</param>
    /// <param name="atEnd">Whether anything may follow (startswith, contains).</param>
    /// <returns>
    /// The text of the pattern that the modifier asks for. Alternatives are put in a group, for <c>.*a|b.*</c> would tie each
    /// <c>.*</c> to one of them; when only some of them are anchored, that side stays as it is, which a search does not notice.
    /// </returns>
    public static string Widen(RegexPattern pattern, bool atStart, bool atEnd)
    {
        var text = pattern.Text;
        var prefix = atStart && !IsClosed(pattern.Root, first: true) ? ".*" : string.Empty;
        var suffix = atEnd && !IsClosed(pattern.Root, first: false) ? ".*" : string.Empty;
        if (prefix.Length + suffix.Length == 0)
        {
            return text;
        }

        // (?i) must stay in front, where Python and readers look for it, and # must not comment the suffix out.
        var start = LeadingOptionsEnd(pattern.Root);
        var body = text[start..];
        var needsGroup = pattern.Root is RegexAlternation || EndsInComment(pattern) || EndsQuoted(pattern);
        return needsGroup
            ? $"{text[..start]}{prefix}(?:{body}{(EndsQuoted(pattern) ? "\\E" : EndsInComment(pattern) ? "\n" : string.Empty)}){suffix}"
            : $"{text[..start]}{prefix}{body}{suffix}";
    }

    private static bool IsClosed(RegexNode node, bool first)
    {
        switch (node)
        {
            case RegexAnchor anchor:
                return first ? anchor.Letter is '^' or 'A' or 'G' : anchor.Letter is '$' or 'z' or 'Z';
            case RegexRepeat { Body: RegexAnyCharacter, Min: 0, Max: null }:
                return true;
            case RegexGroup group:
                return IsClosed(group.Body, first);
            case RegexAlternation alternation:
                return alternation.Branches.Any(branch => IsClosed(branch, first));
            case RegexSequence sequence:
                var items = sequence.Items.Where(item => item is not (RegexInlineFlags or RegexVerb));
                return (first ? items.FirstOrDefault() : items.LastOrDefault()) is { } edge && IsClosed(edge, first);
            default:
                return false;
        }
    }

    private static int LeadingOptionsEnd(RegexNode root) => root switch
    {
        RegexInlineFlags or RegexVerb => root.End,
        RegexSequence sequence => sequence.Items.TakeWhile(i => i is RegexInlineFlags or RegexVerb).LastOrDefault()?.End ?? 0,
        RegexAlternation alternation => LeadingOptionsEnd(alternation.Branches[0]),
        _ => 0,
    };

    private static bool EndsInComment(RegexPattern pattern) =>
        pattern.Trivia is [.., { Kind: RegexTriviaKind.Comment } last]
        && last.Offset + last.Length == pattern.Text.Length
        && pattern.Text[last.Offset] == '#';

    private static bool EndsQuoted(RegexPattern pattern)
    {
        var marks = pattern.Trivia.Where(trivia => trivia.Kind == RegexTriviaKind.QuoteMark);
        return marks.Any() && pattern.Text[marks.Last().Offset + 1] == 'Q';
    }
}
