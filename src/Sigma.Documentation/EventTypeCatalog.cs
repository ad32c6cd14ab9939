using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>The kinds of events there are, to tell which a rule needs.</summary>
/// <param name="types">The kinds.</param>
internal sealed class EventTypeCatalog(IEnumerable<EventType> types)
{
    private static readonly Lazy<EventTypeCatalog> Tabled = new(() => new EventTypeCatalog(EmbeddedTable.Read(typeof(EventTypeCatalog).Assembly, "event_types.tsv", 5).Select(row =>
        new EventType(row[0], row[1], row[2] == "-" ? null : row[2], row[3] == "-" ? null : row[3], [.. row[4].Split(',', StringSplitOptions.RemoveEmptyEntries)]))));

    /// <summary>The built-in catalogue: Windows, Sysmon, and some others.</summary>
    public static EventTypeCatalog BuiltIn => Tabled.Value;

    /// <summary>All kinds, sorted by name.</summary>
    public ImmutableArray<EventType> Types { get; } = [.. types.OrderBy(type => type.Name, StringComparer.Ordinal)];
}
