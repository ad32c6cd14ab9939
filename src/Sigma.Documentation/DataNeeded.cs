using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>
/// Tells which kinds of events a rule needs. The log source gives the logs, and with a category the event ids in them; event
/// ids of the rule's own choose among those. Where it is neither, and for the start of a process, which several kinds of
/// events record with different fields, the kinds are those that have every field the rule asks for.
/// </summary>
/// <param name="catalog">The kinds of events there are.</param>
internal sealed class DataNeeded(EventTypeCatalog catalog)
{
    private const string EventIdField = "EventID";
    private const string ProcessCreation = "process_creation";
    private const string Windows = "windows";

    /// <summary>The id of the security log's process events, which have the command line only where a policy says so.</summary>
    private const string AuditedProcess = "4688";

    /// <summary>What the published enrichments bring along: their data comes from other events, which are needed too.</summary>
    private static readonly Lazy<ILookup<string, string>> Enriching = new(() => EmbeddedTable.Read(typeof(DataNeeded).Assembly, "enrichments.tsv", 2).ToLookup(row => row[0], row => row[1], StringComparer.Ordinal));

    private readonly EventLogs logs = new();

    /// <summary>Finds the kinds of events.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="enrichments">What has to be added to its events (the attribute <c>enrichment</c>).</param>
    /// <returns>The kinds, sorted by name.</returns>
    public ImmutableArray<EventType> Of(SigmaRule rule, ImmutableArray<string> enrichments)
    {
        var asked = new AskedFields(rule);
        IEnumerable<EventType> found = OnWindows(rule.LogSource) ? FromEventLogs(rule.LogSource, asked) : FromOtherLogs(rule.LogSource, asked);
        found = found.Concat(catalog.Types.Where(type => enrichments.Any(enrichment => Enriching.Value[enrichment].Contains(type.Name))));
        return [.. found.Distinct().OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    private static bool OnWindows(LogSource source) => source.Product is Windows;

    private IEnumerable<EventType> FromEventLogs(LogSource source, AskedFields asked)
    {
        ImmutableArray<EventLog> known = logs.Of(source);
        foreach (EventType type in catalog.Types.Where(type => type.Platform.Equals(source.Product, StringComparison.OrdinalIgnoreCase)))
        {
            if (known.IsEmpty)
            {
                // No log is named: only an event id says what is meant.
                if (source is { Category: null, Service: null } && type.EventId is { } id && asked.EventIds.Contains(id))
                {
                    yield return type;
                }

                continue;
            }

            foreach (EventLog log in known.Where(log => log.Channel == type.Channel))
            {
                bool byId = log.EventIds.Length > 0 || asked.EventIds.Count > 0;
                bool meant = (log.EventIds.IsEmpty || (type.EventId is not null && log.EventIds.Contains(type.EventId)))
                    && (asked.EventIds.Count == 0 || (type.EventId is not null && asked.EventIds.Contains(type.EventId)));
                bool fits = byId && source.Category is not ProcessCreation ? type.EventId is not AuditedProcess || asked.CommandLineIn(type) : asked.AllIn(type);
                if (meant && fits)
                {
                    yield return type;
                }
            }
        }
    }

    /// <summary>Elsewhere a log is named by the service, as a log or as the program that writes it, or by the category.</summary>
    private IEnumerable<EventType> FromOtherLogs(LogSource source, AskedFields asked) => catalog.Types.Where(type =>
        Named(type.Platform, source.Product ?? source.Category)
        && (source.Service is null || Named(type.Channel, source.Service) || Named(type.Provider, source.Service))
        && asked.AllIn(type));

    private static bool Named(string? name, string? source) => name is not null && name.Equals(source, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a rule's detections ask for.</summary>
    private sealed class AskedFields
    {
        private static readonly string[] CommandLines = ["CommandLine", "ProcessCommandLine", "ProcesssCommandLine"];

        private readonly HashSet<string> fields = new(StringComparer.Ordinal);

        public AskedFields(SigmaRule rule)
        {
            foreach (DetectionItem item in RuleItems.Of(rule))
            {
                if (item.Field == EventIdField)
                {
                    EventIds.UnionWith(RuleItems.Literals(item));
                }
                else if (item.Field is { } field)
                {
                    fields.Add(field);
                }
            }
        }

        public HashSet<string> EventIds { get; } = new(StringComparer.Ordinal);

        public bool AllIn(EventType type) => fields.All(field => type.Fields.Contains(field));

        public bool CommandLineIn(EventType type) => !fields.Overlaps(CommandLines) || type.Fields.Any(fields.Intersect(CommandLines).Contains);
    }
}
