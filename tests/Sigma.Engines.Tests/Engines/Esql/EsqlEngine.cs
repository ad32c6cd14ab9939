using System.Globalization;
using Sigma.Engines.Tests.Engines.Elastic;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Esql;

/// <summary>
/// ES|QL as Elastic's documentation has it ("ES|QL reference", "ES|QL limitations", "Multivalued fields"), with what its grammar says of
/// tokens. No Elasticsearch runs in these tests; nothing is shared with the emitter, and what the documentation does not promise is an error.
/// </summary>
public static class EsqlEngine
{
    public const string Version = "Elasticsearch Query Language, 8.11 to 9.x";

    /// <summary>Where the text of the event stands.</summary>
    private const string Message = "message";

    private const char Between = '\u0001';

    public static Verdict Accepts(string query)
    {
        try
        {
            EsqlPipeline.Parse(query, name => TypeOf(name));
            return Verdict.Accept;
        }
        catch (SearchError refusal)
        {
            return new Verdict(refusal.Message);
        }
    }

    /// <summary>The record numbers of the events that a query finds, lowest first.</summary>
    /// <exception cref="SearchError">The query is none.</exception>
    public static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events) => Search(query, events, TypeOf);

    /// <summary>The rows that a query makes of events.</summary>
    internal static IReadOnlyList<EsqlRow> Run(string query, IEnumerable<EngineEvent> events) =>
        EsqlPipeline.Parse(query, name => TypeOf(name))([.. events.Select(e => RowOf(e, TypeOf))]);

    /// <param name="query">The query.</param>
    /// <param name="events">The events.</param>
    /// <param name="types">The types of the columns.</param>
    /// <param name="change">What else is done to each row.</param>
    internal static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events, Func<string, EsqlType> types, Action<EsqlRow>? change = null)
    {
        var rows = events.Select(e => RowOf(e, types)).ToList();
        rows.ForEach(row => change?.Invoke(row));
        return [.. EsqlPipeline.Parse(query, name => types(name))(rows).Select(row => row.RecordId ?? throw new SearchError("a row that is no event")).Order()];
    }

    /// <summary>The types of an index in the Elastic Common Schema.</summary>
    internal static EsqlType TypeOf(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return name.Contains('.') && last is "ip" ? EsqlType.Ip
            : name.Contains('.') && last is "exists" or "signed" or "trusted" or "valid" ? EsqlType.Boolean
            : name.Contains('.') && last is "port" or "pid" or "bytes" or "packets" or "size" or "exit_code" or "status_code" ? EsqlType.Number
            : name is "event.sequence" or "event.severity" or "process.thread.id" ? EsqlType.Number
            : name is "@timestamp" ? EsqlType.Date
            : EsqlType.Keyword;
    }

    /// <summary>Whether a column of the index can have a value.</summary>
    internal static bool CanHold(string name, string value) => CanHold(TypeOf(name), value);

    internal static bool CanHold(EsqlType type, string value) => ValueOf(type, value) is not null;

    private static object? ValueOf(EsqlType type, string value) => type switch
    {
        EsqlType.Keyword => value,
        EsqlType.Ip => ElasticPatterns.Address(value),
        EsqlType.Boolean => value is "true" or "false" ? value == "true" : null,
        EsqlType.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => EsqlFunctions.Time(value),
    };

    /// <summary>A row of fields in the types of the schema, and the text of the whole.</summary>
    internal static EsqlRow RowOf(IReadOnlyDictionary<string, string> fields, string message)
    {
        var row = new EsqlRow { RecordId = 1 };
        row[Message] = message;
        foreach (var (name, value) in fields)
        {
            row[name] = ValueOf(TypeOf(name), value);
        }

        return row;
    }

    /// <summary>The event as a row: what a column's type cannot hold is not there, as if it was malformed and ignored.</summary>
    internal static EsqlRow RowOf(EngineEvent e, Func<string, EsqlType> types)
    {
        var row = new EsqlRow { RecordId = e.RecordId };
        row[Message] = string.Join(Between, e.Present.Select(p => p.Value));
        row["@timestamp"] = e.Time;
        foreach (var (name, value) in e.Present)
        {
            row[name] = ValueOf(types(name), value);
        }

        return row;
    }
}
