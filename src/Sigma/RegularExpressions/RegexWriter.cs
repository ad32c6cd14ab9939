using System.Collections.Immutable;

namespace Sigma.RegularExpressions;

/// <summary>A language of regular expressions that a target's engine reads.</summary>
internal enum RegexDialect
{
    /// <summary>PCRE and PCRE2: grep -P, Splunk's <c>regex</c> and <c>match()</c>.</summary>
    Pcre,

    /// <summary>System.Text.RegularExpressions: PowerShell's <c>-match</c>.</summary>
    DotNet,

    /// <summary>Lucene's RegExp, 4.8 to 10: Elasticsearch, Graylog, OpenSearch.</summary>
    Lucene,

    /// <summary>RE2 and what takes the same: ClickHouse, DuckDB, Grafana Loki, Google SecOps; Rust's regex, which Kusto has.</summary>
    Re2,

    /// <summary>java.util.regex: Spark, QRadar.</summary>
    Java,

    /// <summary>PostgreSQL's advanced regular expressions.</summary>
    Postgres,

    /// <summary>What both engines of CrowdStrike LogScale read alike, V1 (JitRex) and V2.</summary>
    LogScale,
}

/// <summary>Choices within a dialect; the defaults suit every version of its engine.</summary>
/// <param name="EscapeSlash">Lucene: write <c>/</c> as <c>\/</c>, for a pattern between slashes in a query string.</param>
/// <param name="WhitespaceShorthand">
/// Lucene: write <c>\s</c> as it is instead of a class of raw blanks and control characters. Lucene reads it since 8.6
/// (Elasticsearch 7.9), without the vertical tab and the form feed; before, as the letter s.
/// </param>
/// <param name="GroupsBefore">
/// Set for a pattern that becomes part of a larger one: how many capturing groups the larger one opens before it. The text is
/// then closed whatever it ends in, its groups have no names, and what refers to a group by its number still finds it. Null
/// for a pattern that stands alone.
/// </param>
/// <param name="Whole">RE2, Java, PostgreSQL: the engine compares the whole value, so anything may stand around the pattern.</param>
/// <param name="DotAll">RE2, Java, PostgreSQL: the engine's <c>.</c> takes line breaks.</param>
/// <param name="MoreLineEnds">RE2: other characters than a line feed end a line for the engine, and its <c>.</c> stops there.</param>
/// <param name="WholeCharacters">.NET: what takes any character, or any but some, takes one beyond U+FFFF whole, as PCRE does.</param>
internal sealed record RegexWriterOptions(
    bool EscapeSlash = false, bool WhitespaceShorthand = false, int? GroupsBefore = null, bool Whole = false, bool DotAll = false, bool MoreLineEnds = false,
    bool WholeCharacters = false);

/// <summary>What a dialect makes of a pattern.</summary>
/// <param name="Text">The pattern in the dialect; null if it cannot be said.</param>
/// <param name="Notes">What keeps it from being said, or from being said exactly, in the order of the pattern.</param>
internal sealed record RegexTranslation(string? Text, ImmutableArray<RegexNote> Notes);

/// <summary>A part of a pattern that a dialect cannot say, or not exactly.</summary>
/// <param name="Offset">Where the part begins in the pattern, in UTF-16 units.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Effect">The consequence.</param>
/// <param name="Message">One line for the author of the rule.</param>
internal sealed record RegexNote(int Offset, int Length, RegexEffect Effect, string Message);

/// <summary>How a translation relates to its pattern, the mildest first, so that the largest of several counts.</summary>
internal enum RegexEffect
{
    /// <summary>As <see cref="More"/>, but only for values of several lines, through a <c>.</c> that should stop at a line break.</summary>
    MoreAcrossLines,

    /// <summary>The translation does not select values whose last line break the pattern's <c>$</c> would stand before.</summary>
    FewerBeforeLastBreak,

    /// <summary>The translation selects everything the pattern does, and may select more.</summary>
    More,

    /// <summary>The expression cannot be translated.</summary>
    Refused,
}

/// <summary>Writes patterns in the dialects of the targets.</summary>
/// <remarks>
/// A Sigma regular expression is searched for anywhere in the value, is case-sensitive, and its <c>.</c>, <c>^</c> and
/// <c>$</c> behave as in PCRE without options (Sigma specification 2.1.0, appendix modifiers, "re"). The specification leaves
/// open whether <c>\d</c>, <c>\w</c>, <c>\s</c> and <c>\b</c> know more than ASCII; PCRE says no, Python and .NET say yes.
/// So they stay as written where the dialect has them, and are ASCII where we must spell them out (Lucene).
/// </remarks>
internal static class RegexWriter
{
    /// <summary>Writes a pattern in a dialect.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="options">Choices within the dialect; null for the defaults.</param>
    /// <returns>
    /// The text, with flags inside it, byte for byte the author's where that already says the same; or the reasons why there
    /// is none. The text is not quoted for the language around it.
    /// </returns>
    public static RegexTranslation Write(RegexPattern pattern, RegexDialect dialect, RegexWriterOptions? options = null) => dialect switch
    {
        RegexDialect.Pcre => new PcreWriter(pattern, options?.GroupsBefore).Write(),
        RegexDialect.DotNet => new DotNetWriter(pattern, options?.GroupsBefore, options?.WholeCharacters ?? false).Write(),
        RegexDialect.Lucene => new LuceneWriter(pattern, options ?? new RegexWriterOptions()).Write(),
        RegexDialect.Re2 => new PlainWriter(pattern, RegexEngine.Re2, options ?? new RegexWriterOptions()).Write(),
        RegexDialect.Java => new PlainWriter(pattern, RegexEngine.Java, options ?? new RegexWriterOptions()).Write(),

        // Without flags its . takes line breaks.
        RegexDialect.Postgres => new PlainWriter(pattern, RegexEngine.Postgres, (options ?? new RegexWriterOptions()) with { DotAll = true }).Write(),
        RegexDialect.LogScale => new PlainWriter(pattern, RegexEngine.LogScale, options ?? new RegexWriterOptions()).Write(),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect)),
    };
}
