using System.Globalization;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Sigma.Engines.Tests.Engines;

/// <summary>
/// Lucene's classic grammar with what Elasticsearch's query_string adds to its meaning (Graylog hands its queries to the
/// same parser): <c>_exists_</c>, ranges open on one side, wildcards in field names, and a group of nothing but
/// negations that starts from every document.
/// </summary>
internal class QueryStringParser : QueryParser
{
    public const string ExistsField = "_exists_";

    private readonly LuceneView view;
    private readonly IReadOnlyCollection<string> knownFields;
    private readonly bool grammarOnly;

    // A rule may list five thousand values; Lucene 4.8 stops at 1,024 clauses unless told.
    static QueryStringParser() => BooleanQuery.MaxClauseCount = 1 << 20;

    /// <param name="view">How the product reads a query.</param>
    /// <param name="knownFields">The fields of the index, or null where only the grammar is asked.</param>
    public QueryStringParser(LuceneView view, IReadOnlyCollection<string>? knownFields)
        : base(LuceneVersion.LUCENE_48, "*", AnalyzerOf(view))
    {
        this.view = view;
        this.knownFields = knownFields ?? [];
        grammarOnly = knownFields is null;
        AllowLeadingWildcard = true;
        LowercaseExpandedTerms = false;
        DefaultOperator = view.DefaultOperator;
    }

    /// <summary>Where a field's value stands as a number, for ranges.</summary>
    public static string NumberField(string field) => field + "#number";

    public static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Where a field's value stands as an address, for networks.</summary>
    public static string AddressField(string field) => field + "#address";

    /// <summary>An address as a term whose order is that of addresses; null for what is none.</summary>
    public static string? AddressTerm(string text) =>
        System.Net.IPAddress.TryParse(text, out var address) ? Convert.ToHexString(address.MapToIPv6().GetAddressBytes()) : null;

    public static Analyzer AnalyzerOf(LuceneView view) => new FieldAnalyzer(view);

    protected override Query? GetFieldQuery(string field, string text, bool quoted)
    {
        if (field == ExistsField)
        {
            return OverFields(text, Exists);
        }

        if (quoted)
        {
            return OverFields(field, one => view.IsAddress(one) && System.Net.IPNetwork.TryParse(text, out var network)
                ? Addresses(one, network)
                : base.GetFieldQuery(one, text, quoted));
        }

        // query_string looks for these signs after it has removed the escapes, so a bare term cannot begin with one.
        return text switch
        {
            ['>', '=', .. { Length: > 0 } bound] => GetRangeQuery(field, bound, null, true, true),
            ['<', '=', .. { Length: > 0 } bound] => GetRangeQuery(field, null, bound, true, true),
            ['>', .. { Length: > 0 } bound] => GetRangeQuery(field, bound, null, false, true),
            ['<', .. { Length: > 0 } bound] => GetRangeQuery(field, null, bound, true, false),
            _ => OverFields(field, one => base.GetFieldQuery(one, text, quoted)),
        };
    }

    protected override Query? GetWildcardQuery(string field, string term)
    {
        if (term == "*")
        {
            return field == "*" ? NewMatchAllDocsQuery() : OverFields(field, Exists);
        }

        return OverFields(field, one => base.GetWildcardQuery(one, Normalized(one, term)));
    }

    protected override Query? GetPrefixQuery(string field, string prefix) =>
        OverFields(field, one => base.GetPrefixQuery(one, Normalized(one, prefix)));

    protected override Query? GetRegexpQuery(string field, string pattern) =>
        OverFields(field, one => base.GetRegexpQuery(one, LuceneShorthands.Expand(pattern)));

    protected override Query? GetFuzzyQuery(string field, string term, float similarity) =>
        OverFields(field, one => base.GetFuzzyQuery(one, Normalized(one, term), similarity));

    protected override Query? GetRangeQuery(string field, string? from, string? to, bool fromIncluded, bool toIncluded) =>
        OverFields(field, one => Range(one, from, to, fromIncluded, toIncluded));

    // A wildcard term always makes an automaton, which takes milliseconds: with thousands of them that is a minute lost to
    // learn nothing about the grammar. A regular expression is built, for it may be refused.
    protected override Query NewWildcardQuery(Term term) => grammarOnly ? new TermQuery(term) : base.NewWildcardQuery(term);

    protected override Query NewPrefixQuery(Term prefix) => grammarOnly ? new TermQuery(prefix) : base.NewPrefixQuery(prefix);

    protected override Query? GetBooleanQuery(IList<BooleanClause> clauses, bool disableCoord)
    {
        var query = base.GetBooleanQuery(clauses, disableCoord);
        if (query is BooleanQuery group && group.Clauses.Count > 0 && group.Clauses.All(clause => clause.IsProhibited))
        {
            group.Add(NewMatchAllDocsQuery(), Occur.MUST);
        }

        return query;
    }

    private Query? OverFields(string pattern, Func<string, Query?> query)
    {
        if (!pattern.Contains('*'))
        {
            return query(pattern);
        }

        var any = new BooleanQuery(disableCoord: true);
        foreach (var one in knownFields.Where(name => Glob(pattern, name)).Select(query).OfType<Query>())
        {
            any.Add(one, Occur.SHOULD);
        }

        return any;
    }

    private static Query Addresses(string field, System.Net.IPNetwork network)
    {
        var last = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < last.Length * 8; bit++)
        {
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return TermRangeQuery.NewStringRange(
            AddressField(field), AddressTerm(network.BaseAddress.ToString()), AddressTerm(new System.Net.IPAddress(last).ToString()), true, true);
    }

    private static Query Exists(string field) => new TermQuery(new Term(ExistsField, field));

    private static Query Range(string field, string? from, string? to, bool fromIncluded, bool toIncluded)
    {
        if (from is null && to is null)
        {
            return Exists(field);
        }

        double low = 0, high = 0;
        if ((from is null || IsNumber(from, out low)) && (to is null || IsNumber(to, out high)))
        {
            return NumericRangeQuery.NewDoubleRange(
                NumberField(field), from is null ? null : low, to is null ? null : high, fromIncluded, toIncluded);
        }

        return TermRangeQuery.NewStringRange(field, from, to, fromIncluded, toIncluded);
    }

    // A term with wildcards is not cut into words, but a text field's lower-casing still applies to it.
    private string Normalized(string field, string term) => view.IsText(field) ? term.ToLowerInvariant() : term;

    private static bool Glob(string pattern, string name) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    private sealed class FieldAnalyzer(LuceneView view) : AnalyzerWrapper(PER_FIELD_REUSE_STRATEGY)
    {
        private readonly Analyzer text = new StandardAnalyzer(LuceneVersion.LUCENE_48, CharArraySet.Empty);
        private readonly Analyzer keyword = new KeywordAnalyzer();

        protected override Analyzer GetWrappedAnalyzer(string fieldName) => view.IsText(fieldName) ? text : keyword;
    }
}
