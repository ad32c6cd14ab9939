using Sigma.Engines.Tests.Hostile.Readers;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>The table of outlets: all formats of all targets, and what is made for people and programs beside them.</summary>
internal static class Outlets
{
    public static IReadOnlyList<Outlet> All { get; } =
    [
        new LuceneOutlet("es-qs"),
        new LuceneOutlet("graylog"),
        new LuceneOutlet("lucene"),
        new PipedOutlet("eql", SearchReaders.Eql, "category", "keyword_field"),
        new RuleObjectOutlet("esql", SearchReaders.Esql),
        new RuleObjectOutlet("eql", SearchReaders.Eql),
        new PipedOutlet("esql", SearchReaders.Esql, "index", "fallback_index", "keyword_field", "unmapped_fields"),
        new DetectionObjectOutlet("dsl_lucene"),
        new DetectionObjectOutlet("kibana_ndjson", "data_view"),
        new DetectionObjectOutlet("siem_rule_ndjson", "index", "fallback_index", "interval", "lookback", "enabled"),
        new DetectionObjectOutlet("elastalert", "index", "alert", "interval", "enabled"),
        new DetectionObjectOutlet("monitor_rule", "index", "interval", "destination"),
        new SearchOutlet("splunk", SearchReaders.Splunk),
        new DataModelOutlet(),
        new SearchOutlet("logpoint", SearchReaders.LogPoint),
        new LokiOutlet(),
        new LokiObjectOutlet("ruler"),
        new LokiObjectOutlet("grafana", "folder", "datasource"),
        new LogScaleOutlet(),
        new LogScaleObjectOutlet(),
        .. Sql("duckdb", new SqlReader('"', escapes: false)),
        .. Sql("sqlite", new SqlReader('`', escapes: false)),
        .. Sql("postgres", new SqlReader('"', escapes: false)),
        .. Sql("clickhouse", new SqlReader('`', escapes: true)),
        .. Sql("spark", new SqlReader('`', escapes: true, plainNames: true)),
        .. Sql("trino", new SqlReader('"', escapes: false)),
        new KustoOutlet(),
        new KustoObjectOutlet("sentinel_yaml", "interval", "lookback", "enabled"),
        new KustoObjectOutlet("sentinel_arm", "interval", "lookback", "enabled"),
        new KustoObjectOutlet("defender_xdr", "interval", "enabled"),
        new PplOutlet("default", "index", "fallback_index", "keyword_field"),
        new PplOutlet("where"),
        new AqlOutlet("default", "last"),
        new AqlOutlet("where"),
        new PowerQueryOutlet(),
        new XqlOutlet("default", "dataset", "number_fields"),
        new XqlOutlet("where"),
        new SecOpsOutlet(),
        new SecOpsRuleOutlet(),
        new StanzaOutlet("savedsearches", "earliest", "cron"),
        new StanzaOutlet("correlation_search", "earliest", "cron", "risk_object"),
        new DetectionContentOutlet(),
        new PowerShellOutlet("default"),
        new PowerShellOutlet("eventdata"),
        new PatternOutlet(),
        new GrepOutlet(),
        new WatchOutlet("json"),
        new WatchOutlet("curl"),
        new MarkdownOutlet(),
        new SiteOutlet(),
        new RecordOutlet(),
        new MatchRecordOutlet(),
        new MatchCsvOutlet(),
        new CoverageCsvOutlet(),
        new FileNameOutlet(),
        new TerminalOutlet(),
    ];

    private static IEnumerable<Outlet> Sql(string target, SqlReader reader) =>
        [.. ((string[])["default", "where", "view"]).Select(format => new SqlOutlet(target, format, reader)), new SweepOutlet(target, reader)];
}
