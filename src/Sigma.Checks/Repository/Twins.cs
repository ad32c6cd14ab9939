namespace Sigma.Checks.Repository;

/// <summary>Finds rules that have something in common that should be their own.</summary>
internal static class Twins
{
    /// <summary>The rules that share a key with another one.</summary>
    /// <param name="rules">All rules.</param>
    /// <param name="key">The key; null for rules that have none.</param>
    public static IEnumerable<RuleSummary> Of(IReadOnlyList<RuleSummary> rules, Func<RuleSummary, string?> key) =>
        rules.Where(rule => key(rule) is not null).GroupBy(rule => key(rule)!, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).SelectMany(group => group);

    /// <summary>The first other rule with the same key, in words.</summary>
    public static string Other(IReadOnlyList<RuleSummary> rules, RuleSummary rule, Func<RuleSummary, string?> key)
    {
        RuleSummary other = rules.First(one => !ReferenceEquals(one, rule) && key(one) == key(rule));
        return other.Path == rule.Path ? $"line {other.Place.Position.Line}" : other.Path;
    }
}
