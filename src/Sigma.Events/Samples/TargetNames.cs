using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>What the user's pipelines call the fields that no rule names.</summary>
/// <param name="rule">A rule of the log source, before the pipelines.</param>
/// <param name="planner">Has the pipelines; null where there are none.</param>
internal sealed class TargetNames(SigmaRule rule, Planner? planner)
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The name of a field in the events; of several, the first.</summary>
    /// <param name="field">The name that Sigma gives it.</param>
    public string Of(string field)
    {
        Learn([field]);
        return known[field];
    }

    /// <summary>The fields of a table, under their names in the events.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Of(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (planner is null)
        {
            return fields;
        }

        Learn(fields.Select(field => field.Key));
        return [.. fields.Select(field => KeyValuePair.Create(known[field.Key], field.Value)).DistinctBy(field => field.Key)];
    }

    private void Learn(IEnumerable<string> fields)
    {
        string[] unknown = [.. fields.Where(field => !known.ContainsKey(field)).Distinct()];
        if (unknown.Length == 0)
        {
            return;
        }

        // What a pipeline refuses of these is no fault of the rule's; the names stay.
        foreach ((string field, string name) in unknown.Zip(planner?.NamesOf(rule, unknown) ?? unknown))
        {
            known[field] = name;
        }
    }
}
