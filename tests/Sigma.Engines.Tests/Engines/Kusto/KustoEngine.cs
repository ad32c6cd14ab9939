using System.Globalization;

namespace Sigma.Engines.Tests.Engines.Kusto;

/// <summary>
/// The Kusto query language as its documentation has it (MicrosoftDocs/dataexplorer-docs), for the operators and functions that queries
/// here use. No Kusto runs in these tests, so this is written from those pages alone and shares nothing with the emitter. It is
/// stricter than the product: what the documentation does not promise is an error.
/// </summary>
public static class KustoEngine
{
    public const string Version = "Kusto query language reference of 2025";

    /// <summary>The table of events, whose columns are texts and any.</summary>
    public const string Table = "events";

    /// <summary>Words that are no names unless they are in brackets.</summary>
    internal static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "and", "or", "not", "in", "has", "contains", "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs", "matches", "regex", "between", "where",
        "by", "on", "true", "false", "null", "with", "union", "extend", "project", "summarize", "sort", "order", "scan", "step", "declare", "asc", "desc", "search",
        "take", "top", "count", "distinct", "join", "kind", "let", "print", "range", "datetime", "bool", "int", "long", "real", "string", "dynamic", "guid", "timespan",
    };

    public static IReadOnlyList<KustoRow> Run(string query, IReadOnlyDictionary<string, IReadOnlyList<KustoRow>> tables) => KustoPipeline.Parse(query)(tables);

    /// <summary>The record numbers of the events that a query finds, lowest first.</summary>
    public static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events) =>
        [.. Run(query, Tables(events)).Select(row => row.RecordId).Order()];

    public static IReadOnlyDictionary<string, IReadOnlyList<KustoRow>> Tables(IEnumerable<EngineEvent> events) =>
        new Dictionary<string, IReadOnlyList<KustoRow>> { [Table] = [.. events.Select(RowOf)] };

    /// <summary>An event as a row of texts.</summary>
    public static KustoRow RowOf(EngineEvent e)
    {
        var row = new KustoRow { RecordId = e.RecordId, IsOpen = true, Searched = [.. e.Present.Select(field => field.Name)] };
        row["EventID"] = e.EventId.ToString(CultureInfo.InvariantCulture);
        row["TimeGenerated"] = e.Time;
        foreach (var (name, value) in e.Present)
        {
            row[name] = value;
        }

        return row;
    }
}
