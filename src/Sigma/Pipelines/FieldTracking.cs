using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>
/// Remembers what became of field names: where the rule's own names ended up over all mappings, and which pipeline items
/// acted on a name.
/// </summary>
internal sealed class FieldTracking
{
    private readonly Dictionary<string, ImmutableArray<string>> targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableHashSet<string>> items = new(StringComparer.Ordinal);
    private readonly HashSet<string> made = new(StringComparer.Ordinal);

    /// <summary>The names of the rule that were mapped, with the names they have now.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Mappings => targets;

    /// <summary>The fields that no mapping and no other step made, each once.</summary>
    internal (string Field, Span Span)[] NotMade(IEnumerable<(string Field, Span Span)> fields)
    {
        var all = new HashSet<string>(made, StringComparer.Ordinal);
        foreach (ImmutableArray<string> names in targets.Values)
        {
            all.UnionWith(names);
        }

        return [.. fields.Where(field => !all.Contains(field.Field)).DistinctBy(field => field.Field)];
    }

    /// <summary>Whether a name is what some mapping, or another step, made.</summary>
    public bool IsMade(string field)
    {
        if (made.Contains(field))
        {
            return true;
        }

        foreach (ImmutableArray<string> names in targets.Values)
        {
            if (names.Contains(field))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an item acted on a name, or on the name it comes from.</summary>
    /// <param name="field">The name as it is now.</param>
    /// <param name="item">The item's id.</param>
    public bool WasProcessedBy(string field, string item) => items.TryGetValue(field, out ImmutableHashSet<string>? ids) && ids.Contains(item);

    /// <summary>Takes in a field that a step makes of a value, so that its name is the pipeline's and not the rule's.</summary>
    internal void AddMade(string field) => made.Add(field);

    /// <summary>
    /// Records all renamings of one pipeline item together, so that a mapping that exchanges two names is not
    /// taken for a chain.
    /// </summary>
    /// <param name="renamed">Names before, with the names after.</param>
    /// <param name="item">The item's id; null for none.</param>
    /// <param name="tracksItems">Whether some item will ask which of them acted on a name.</param>
    internal void Add(IReadOnlyDictionary<string, ImmutableArray<string>> renamed, string? item, bool tracksItems)
    {
        if (renamed.Count == 0)
        {
            return;
        }

        HashSet<string>? chained = null;
        foreach ((string source, ImmutableArray<string> names) in targets.Count == 0 ? [] : targets.ToArray())
        {
            if (names.Any(renamed.ContainsKey))
            {
                (chained ??= new HashSet<string>(StringComparer.Ordinal)).UnionWith(names.Where(renamed.ContainsKey));
                targets[source] = [.. names.SelectMany(name => renamed.TryGetValue(name, out ImmutableArray<string> next) ? next : [name]).Distinct()];
            }
        }

        foreach ((string source, ImmutableArray<string> names) in renamed)
        {
            if (chained?.Contains(source) is not true)
            {
                targets[source] = names;
            }
        }

        if (tracksItems)
        {
            Track(renamed, item);
        }
    }

    private void Track(IReadOnlyDictionary<string, ImmutableArray<string>> renamed, string? item)
    {
        var ids = new Dictionary<string, ImmutableHashSet<string>>(StringComparer.Ordinal);
        foreach ((string source, ImmutableArray<string> names) in renamed)
        {
            items.Remove(source, out ImmutableHashSet<string>? before);
            ImmutableHashSet<string> after = before ?? [];
            foreach (string name in names)
            {
                ids[name] = ids.GetValueOrDefault(name, []).Union(item is null ? after : after.Add(item));
            }
        }

        foreach ((string name, ImmutableHashSet<string> acted) in ids)
        {
            items[name] = items.GetValueOrDefault(name, []).Union(acted);
        }
    }
}
