using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Eql;
using Sigma.Engines.Tests.Engines.Esql;
using Sigma.Engines.Tests.Engines.Kusto;
using Sigma.Engines.Tests.Engines.LogPoint;
using Sigma.Engines.Tests.Engines.LogScale;
using Sigma.Engines.Tests.Engines.Loki;
using Sigma.Engines.Tests.Engines.Splunk;
using Sigma.Engines.Tests.Engines.Sql;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>The table of targets on trial; docs/fidelity.md has a row for each.</summary>
internal static class FidelityTargets
{
    private const string Lucene = "Lucene 4.8.0-beta00017 with what query_string adds to its grammar";
    private const string Esql = "an interpreter of the " + EsqlEngine.Version + " in the test project";
    private const string Eql = "an interpreter of the " + EqlEngine.Version + " in the test project";
    private const string PowerShell = "PowerShell 7.6.9 in process, Get-WinEvent mocked";

    // Names with characters that the engine itself cannot address are not in its view.
    private const RuleParts Fields = RuleParts.Absence | RuleParts.Numbers | RuleParts.Networks | RuleParts.Expressions | RuleParts.Pairs | RuleParts.OddNames;
    private const RuleParts Searches = Fields | RuleParts.Breaks | RuleParts.Keywords | RuleParts.Wordless | RuleParts.NumbersInTexts;

    // A name is a column, and letters with special case folding are left to each engine.
    private const RuleParts Columns = RuleParts.Everything & ~(RuleParts.OddLetters | RuleParts.WildcardKeywords);
    private const string Table = "a table with a column of texts for each field, `NULL` where an event lacks it; keywords in the column `raw`";

    private const string KeywordField = "a keyword is searched for in the field of the option keyword_field";

    private static readonly (string, string) Insensitive = ("case_insensitive_whitelist", "*");
    private static readonly LuceneMeaning Elasticsearch = new(LuceneView.Elasticsearch, ".keyword", Folding.None);
    private static readonly LuceneMeaning ElasticsearchInsensitive = new(LuceneView.Elasticsearch, ".keyword", Folding.Ordinal);
    private static readonly LuceneMeaning Ecs = new(LuceneView.Ecs, "", Folding.Ordinal, keywords: true);
    private static readonly LuceneMeaning Graylog = new(LuceneView.Graylog, "", Folding.None);
    private static readonly LuceneMeaning GraylogInsensitive = new(LuceneView.Graylog, "", Folding.Ordinal);

    public static IReadOnlyList<FidelityTarget> All { get; } =
    [
        new("grep", "GNU grep -P, as a command line through sh", "one line of text per event; a field's value may be anywhere in it",
            () => OwnTarget.Of("grep"),
            RuleParts.Keywords | RuleParts.WildcardKeywords | RuleParts.Absence | RuleParts.Networks | RuleParts.Expressions | RuleParts.OddLetters | RuleParts.Pairs | RuleParts.OddNames | RuleParts.Wordless | RuleParts.NumbersInTexts,
            SigmaMeaning.InLine(Folding.Pcre), RuleView.Line, GrepEngine.SearchAll)
        {
            Folding = Folding.Pcre,
            ViewNotes = ["an excluded value is searched for in the whole line"],
            Needs = Needs.Grep,
            Version = () => ShellProcess.Run("grep", ["--version"], ".", TimeSpan.FromSeconds(10)).Output.Split('\n')[0],
        },
        new("powershell", PowerShell, "the rendered message, with a line `Name: value` for each field; the name and, after it, the value are on one line",
            () => OwnTarget.Of("powershell"),
            RuleParts.Keywords | RuleParts.WildcardKeywords | RuleParts.Absence | RuleParts.Networks | RuleParts.Expressions | RuleParts.OddLetters | RuleParts.OddNames | RuleParts.Wordless | RuleParts.NumbersInTexts,
            SigmaMeaning.InMessage(Folding.DotNet), RuleView.Message, PowerShellEngine.SearchAll)
        {
            ViewNotes = ["an excluded 'field … value' is searched for in the whole message"],
            Folding = Folding.DotNet,
            LogField = "LogName",
        },
        new("powershell eventdata", PowerShell, "the event's named data, exactly",
            () => OwnTarget.Of("powershell", "eventdata"),
            RuleParts.Everything,
            SigmaMeaning.Exact(Folding.DotNet, ofFields: Folding.Ordinal), RuleView.Fields, PowerShellEngine.SearchAll)
        {
            Folding = Folding.DotNet,
            LogField = "LogName",
        },
        new("es-qs", Lucene, "each field analysed (its words, in lower case), and as a whole and case-sensitive in its `.keyword` sub-field; `_exists_`; a query of nothing but negations starts from every document",
            () => OwnTarget.Of("es-qs"),
            Fields | RuleParts.OddLetters | RuleParts.NumbersInTexts,
            Elasticsearch.Test, null, InIndex(LuceneView.Elasticsearch))
        {
            Folding = Folding.None,
            ViewNotes = ["a field of type keyword is compared case-sensitively"],
            Covers = rule => PlainTexts(rule).All(Elasticsearch.HasWords),
            SearchNames = InIndex(LuceneView.ElasticsearchNames),
        },
        new("es-qs, case-insensitive", Lucene, "as es-qs, with `-O 'case_insensitive_whitelist=*'`: all texts in the sub-field, case-insensitive",
            () => OwnTarget.Of("es-qs", null, Insensitive),
            RuleParts.Absence | RuleParts.Numbers | RuleParts.Pairs | RuleParts.OddNames | RuleParts.Wordless,
            ElasticsearchInsensitive.Test, RuleView.Fields, InIndex(LuceneView.Elasticsearch))
        {
            SearchNames = InIndex(LuceneView.ElasticsearchNames),
        },
        new("xpack-watcher", "bash with a mocked curl, the watch's query on " + Lucene, "as es-qs",
            () => OwnTarget.Of("xpack-watcher"),
            Fields | RuleParts.OddLetters | RuleParts.NumbersInTexts,
            Elasticsearch.Test, null, Watches(LuceneView.Elasticsearch))
        {
            Folding = Folding.None,
            ViewNotes = ["a field of type keyword is compared case-sensitively"],
            SearchNames = Watches(LuceneView.ElasticsearchNames),
            RunScripts = QueriesOfWatches,
            SearchGiven = InIndex(LuceneView.Elasticsearch),
            Needs = Needs.Bash,
            Covers = rule => PlainTexts(rule).All(Elasticsearch.HasWords),
        },
        new("graylog", Lucene, "keyword fields, compared as a whole and case-sensitive; adjacent operands are alternatives",
            () => OwnTarget.Of("graylog"),
            Fields | RuleParts.OddLetters | RuleParts.Wordless | RuleParts.NumbersInTexts,
            Graylog.Test, RuleView.Cased, InIndex(LuceneView.Graylog))
        {
            Folding = Folding.None,
            ViewNotes = ["a field is compared case-sensitively"],
            SearchNames = InIndex(LuceneView.GraylogNames),
        },
        new("graylog, case-insensitive", Lucene, "as graylog, with `-O 'case_insensitive_whitelist=*'`",
            () => OwnTarget.Of("graylog", null, Insensitive),
            RuleParts.Absence | RuleParts.Numbers | RuleParts.Pairs | RuleParts.OddNames | RuleParts.Wordless,
            GraylogInsensitive.Test, RuleView.Fields, InIndex(LuceneView.Graylog))
        {
            SearchNames = InIndex(LuceneView.GraylogNames),
        },
        new("lucene", Lucene, "keyword fields in the Elastic Common Schema, compared as a whole; a keyword is contained in one of them; addresses of the type ip",
            () => OwnTarget.Of("lucene"),
            Fields | RuleParts.Keywords | RuleParts.WildcardKeywords | RuleParts.OddLetters | RuleParts.Wordless | RuleParts.NumbersInTexts,
            Ecs.Test, RuleView.Fields, InIndex(LuceneView.Ecs))
        {
            // Those of sensitive_fields, and one that is a boolean in the index.
            KeepsCase = field => field is "event.category" or "event.code" or "event.dataset" or "event.kind" or "event.module" or "event.type" or "winlog.channel"
                or "file.code_signature.signed",
            ViewNotes = ["a field of sensitive_fields is compared case-sensitively"],
        },
        new("splunk", "an interpreter of " + SplunkEngine.Version + " in the test project", "case-insensitive field values, `*` for any characters, the empty text is a value; keywords as whole words of the message",
            () => OwnTarget.Of("splunk"),
            Searches | RuleParts.References,
            PhraseMeaning.Test, RuleView.FieldsOnly, (queries, events) => [.. queries.Select(query => SplunkEngine.Search(query, events))])
        {
            LogField = "source",
        },
        new("splunk data_model", "an interpreter of " + SplunkEngine.Version + " in the test project", "as splunk, in the fields of a data model that an event has or lacks; `tstats` finds groups of equal events",
            () => SplunkDataModel.Target,
            Searches & ~(RuleParts.Keywords | RuleParts.Breaks) | RuleParts.References,
            PhraseMeaning.Test, RuleView.FieldsOnly, SplunkDataModel.Search)
        {
            ViewNotes = ["data models of the CIM have the text unknown"],
            SearchNames = SplunkDataModel.SearchNames,
        },
        new("logpoint", "an interpreter of the " + LogPointEngine.Version + " and the vendor's own Sigma backend in the test project", "case-insensitive field values, `*` and `?` as wildcards, the empty text is a value; keywords as whole words of the message",
            () => OwnTarget.Of("logpoint"),
            Searches | RuleParts.OddNumbers,
            PhraseMeaning.Test, RuleView.FieldsOnly, (queries, events) => [.. queries.Select(query => LogPointEngine.Search(query, events))])
        {
            LogField = "event_source",
        },
        new("esql", Esql, "keyword fields in the Elastic Common Schema; a keyword is contained in the field `message`; fields of other types by their names",
            () => OwnTarget.Of("esql"), Columns, SigmaMeaning.Exact(Folding.Ordinal), RuleView.Fields, Search(EsqlEngine.Search))
        {
            KeepsCase = field => field is "event.code" or "event.dataset" or "event.kind" or "event.module" or "winlog.channel" || EsqlEngine.TypeOf(field) is EsqlType.Boolean,
            CanHold = EsqlEngine.CanHold,
            ViewNotes = ["a field of sensitive_fields is compared case-sensitively", KeywordField],
        },
        new("esql arrays", Esql, "`fA` holds two texts, of which any may match, `n` is a number, `ip` an address, by options",
            () => OwnTarget.Of("esql", null, ("array_fields", "fA"), ("number_fields", "n"), ("typed_fields", "ip"), ("sensitive_fields", "")),
            Columns & ~(RuleParts.OddNumbers | RuleParts.References), EsqlArrays.Test, null, Search(EsqlArrays.Search))
        {
            ViewNotes = [KeywordField],
        },
        new("logql", "an interpreter of " + LokiEngine.Version + " in the test project, with RE2 of DuckDB 1.5.6", "a line of JSON whose fields are labels, under the names that the parser makes of them; no label is empty; keywords in the line",
            () => OwnTarget.Of("logql"),
            RuleParts.Everything & ~(RuleParts.OddLetters | RuleParts.References),
            LokiMeaning.Test, RuleView.Labels, LokiEngine.Search)
        {
            KeepsCase = _ => false,
        },
        new("logscale", "an interpreter of " + LogScaleEngine.Version + " in the test project, with RE2 of DuckDB 1.5.6", "fields as texts, the empty text is a value; keywords in the event as it was logged, a line of JSON",
            () => OwnTarget.Of("logscale"),
            RuleParts.Everything & ~RuleParts.OddLetters,
            LogScaleMeaning.Test, RuleView.FieldsOnly, LogScaleEngine.Search)
        {
            KeepsCase = _ => false,
        },
        new(
            "eql",
            Eql,
            "as esql, with `n` as a number and `ip` as an address by options; a test of an absent field is null, and false: a query finds the same in both",
            () => OwnTarget.Of("eql", null, ("number_fields", EqlTypes.Numbers), ("typed_fields", EqlTypes.Others)),
            Columns & ~(RuleParts.References | RuleParts.OddNumbers),
            SigmaMeaning.Exact(Folding.Ordinal),
            RuleView.Fields,
            Search(EqlTypes.Search))
        {
            KeepsCase = EqlTypes.KeepsCase,
            CanHold = EqlEngine.CanHold,
            ViewNotes = ["a field of sensitive_fields is compared case-sensitively", KeywordField, "a network is found in fields of type ip"],
        },
        Sql("duckdb", "DuckDB 1.5.6 in process", DuckDbEngine.Search),
        Sql("sqlite", "SQLite in process, REGEXP by .NET", SqliteEngine.Search),
        Sql("postgres", "PostgreSQL 18 (PGlite 0.5.16)", NodeSqlEngine.Postgres.Search, Needs.SqlEngines),
        Sql("clickhouse", "ClickHouse 26.7 (chDB 3.4.0)", NodeSqlEngine.ClickHouse.Search, Needs.SqlEngines),
        new("kql", "an interpreter of the " + KustoEngine.Version + " in the test project", "a table with a column of texts for each field, the empty text where an event lacks it; keywords in any column",
            WithoutPipelines("kql", ("table", KustoEngine.Table)), Columns, KustoMeaning.Test, null, (queries, events) => [.. queries.Select(query => KustoEngine.Search(query, events))])
        {
            KeepsCase = _ => false,
            ViewNotes = ["a column of texts has no null"],
        },
    ];

    /// <summary>A target whose queries keep the names of the rule.</summary>
    private static Func<CompilerTarget> WithoutPipelines(string name, params (string Name, string Value)[] options) => () =>
    {
        var target = OwnTarget.Of(name, null, options);
        return new CompilerTarget(target.Backend, target.Format, []);
    };

    private static FidelityTarget Sql(string name, string engine, Searching search, Needs needs = Needs.Nothing) =>
        new(name, engine, Table, () => OwnTarget.Of(name), Columns, SigmaMeaning.Exact(Folding.Ordinal), RuleView.Fields, search) { KeepsCase = _ => false, Needs = needs };

    private static Searching Search(Func<string, IEnumerable<EngineEvent>, IReadOnlyList<long>> search) =>
        (queries, events) => [.. queries.Select(query => search(query, events))];

    private static Searching InIndex(LuceneView view) => (queries, events) =>
    {
        using var index = new LuceneIndex(view, events);
        return [.. queries.Select(query => index.Search(query))];
    };

    /// <summary>The scripts run in bash; the query of the watch that reaches curl runs on the index.</summary>
    private static Searching Watches(LuceneView view) => (scripts, events) => InIndex(view)(QueriesOfWatches(scripts), events);

    private static IReadOnlyList<string> QueriesOfWatches(IReadOnlyList<string> scripts) =>
    [
        .. CurlScriptEngine.RunAll(scripts).Select(result => result.Verdict.Accepted
            ? result.Calls.Single().Watch.Queries.Single()
            : throw new InvalidOperationException(result.Verdict.ToString())),
    ];

    private static IEnumerable<string> PlainTexts(SigmaRule rule) => rule.Detections.SelectMany(d => PlainTexts(d.Body));

    private static IEnumerable<string> PlainTexts(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.SelectMany(PlainTexts),
        AnyOfDetection any => any.Items.SelectMany(PlainTexts),
        DetectionItem item => item.Values.OfType<StringValue>().Where(text => text is { Cased: false, Text.IsEmpty: false }).Select(text => text.Text.Literal).OfType<string>(),
        _ => [],
    };
}
