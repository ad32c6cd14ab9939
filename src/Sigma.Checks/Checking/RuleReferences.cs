namespace Sigma.Checks.Checking;

/// <summary>Finds the rules that correlations refer to, as the linker of rules does: by id in any letter case, then by name; the first one counts.</summary>
/// <param name="rules">All documents, in the order of the files.</param>
internal sealed class RuleReferences(IReadOnlyList<RuleSummary> rules)
{
    private readonly Dictionary<string, RuleSummary> byName = Index(rules, rule => rule.Name?.Text, StringComparer.Ordinal);
    private readonly Dictionary<string, RuleSummary> byId = Index(rules, rule => rule.Id?.Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a rule.</summary>
    /// <param name="reference">Its id or name.</param>
    /// <returns>The rule; null if none of the documents is it.</returns>
    public RuleSummary? Find(string reference) => byId.GetValueOrDefault(reference) ?? byName.GetValueOrDefault(reference);

    private static Dictionary<string, RuleSummary> Index(IReadOnlyList<RuleSummary> rules, Func<RuleSummary, string?> key, StringComparer comparer)
    {
        var index = new Dictionary<string, RuleSummary>(comparer);
        foreach (RuleSummary rule in rules)
        {
            if (key(rule) is { } known)
            {
                index.TryAdd(known, rule);
            }
        }

        return index;
    }
}
