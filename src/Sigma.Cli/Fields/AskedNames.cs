using Sigma.Planning;

namespace Sigma.Cli;

/// <summary>A name that the queries of a target ask for.</summary>
/// <param name="IsLog">Whether it is a log.</param>
/// <param name="Name">The field, or the conditions that name the log; null for any log.</param>
/// <param name="Written">The names that the rules have for it.</param>
/// <param name="Origin">How it came to be asked for.</param>
/// <param name="Rules">The number of rules.</param>
internal sealed record CountedName(bool IsLog, string? Name, IReadOnlyCollection<string> Written, NameOrigin Origin, int Rules);

/// <summary>Counts the rules that ask for each name.</summary>
internal sealed class AskedNames
{
    private readonly Dictionary<(bool IsLog, string? Name, string Source, NameOrigin Origin), (SortedSet<string> Written, int Rules)> counted = [];

    /// <summary>Counts what a rule asks for, each name once.</summary>
    public void Add(IEnumerable<AskedName> names)
    {
        // Logs are told apart by the log source too: two of them may lie in one log, and that is worth a line each.
        foreach (IGrouping<(bool, string?, string, NameOrigin), AskedName> same in names.GroupBy(name => (name.IsLog, name.Name, name.IsLog ? name.Written[0] : "", name.Origin)))
        {
            (SortedSet<string> written, int rules) = counted.GetValueOrDefault(same.Key, (new SortedSet<string>(StringComparer.Ordinal), 0));
            written.UnionWith(same.SelectMany(name => name.Written));
            counted[same.Key] = (written, rules + 1);
        }
    }

    /// <summary>The names: logs, then fields; of each kind those of most rules first.</summary>
    public IEnumerable<CountedName> Sorted() => counted
        .Select(one => new CountedName(one.Key.IsLog, one.Key.Name, one.Value.Written, one.Key.Origin, one.Value.Rules))
        .OrderByDescending(name => name.IsLog)
        .ThenByDescending(name => name.Rules)
        .ThenBy(name => name.Name, StringComparer.Ordinal)
        .ThenBy(name => name.Written.FirstOrDefault(), StringComparer.Ordinal);
}
