using Lucene.Net.QueryParsers.Classic;

namespace Sigma.Engines.Tests.Engines;

/// <summary>
/// How a product indexes an event and reads a query: the field names, which of them are analysed text (all others are
/// keywords, compared whole and by case), and the operator between two terms that have none.
/// </summary>
public sealed record LuceneView(
    string Name,
    Func<EngineEvent, IEnumerable<(string Field, string Value)>> Fields,
    Func<string, bool> IsText,
    Operator DefaultOperator = Operator.OR)
{
    /// <summary>Whether a field is of the type ip, in which a network is looked for by its addresses.</summary>
    public Func<string, bool> IsAddress { get; init; } = _ => false;

    private const string Keyword = ".keyword";

    /// <summary>
    /// Elasticsearch with its dynamic mapping: every string is text, and whole in its <c>.keyword</c> sub-field. A data
    /// item stands under its own name and under Winlogbeat's, for a query may use either.
    /// </summary>
    public static readonly LuceneView Elasticsearch = new(
        "Elasticsearch",
        e => from item in Winlogbeat(e)
             from field in new[] { item.Field, item.Field + Keyword }
             select (field, item.Value),
        field => !field.EndsWith(Keyword, StringComparison.Ordinal))
    {
        IsAddress = field => field is "ip" or "winlog.event_data.ip",
    };

    /// <summary>Graylog with its own index template: every string is a keyword, only the message is text.</summary>
    public static readonly LuceneView Graylog = new(
        "Graylog",
        e => e.Present.Append(("EventID", Number(e))).Append(("Channel", e.Channel)).Append(("message", e.Message)),
        field => field is "message" or "full_message");

    /// <summary>The same over events that have the names of the index already.</summary>
    public static readonly LuceneView ElasticsearchNames = Elasticsearch with
    {
        Fields = e => e.Present.SelectMany(item => new[] { item, (item.Name + Keyword, item.Value) }),
    };

    /// <summary>The same for Graylog.</summary>
    public static readonly LuceneView GraylogNames = Graylog with { Fields = e => e.Present };

    /// <summary>
    /// An index in the Elastic Common Schema: strings are keywords, the message is text, addresses are of the type ip. The
    /// events have the names of the schema, which the target's pipelines give.
    /// </summary>
    public static readonly LuceneView Ecs = new("ECS", e => e.Present, field => field is "message")
    {
        IsAddress = field => field is "ip" || field.EndsWith(".ip", StringComparison.Ordinal),
    };

    private static IEnumerable<(string Field, string Value)> Winlogbeat(EngineEvent e) => e.Present
        .SelectMany(item => item.Name.Contains('.')
            ? [item]
            : new[] { item, ("winlog.event_data." + item.Name, item.Value) })
        .Append(("winlog.event_id", Number(e)))
        .Append(("winlog.channel", e.Channel))
        .Append(("winlog.computer_name", EngineEvent.Machine))
        .Append(("message", e.Message));

    private static string Number(EngineEvent e) => e.EventId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
