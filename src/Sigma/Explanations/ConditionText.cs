using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Rules;

namespace Sigma.Explanations;

/// <summary>Writes conditions and counts as one line.</summary>
internal static class ConditionText
{
    /// <summary>A condition, with brackets where the author or the order of things needs them.</summary>
    public static string Of(ConditionNode node) => node switch
    {
        AndCondition and => $"{Below(and.Left)} and {Below(and.Right)}",
        OrCondition or => $"{Of(or.Left)} or {Of(or.Right)}",
        NotCondition not => "not " + (not.Operand is AndCondition or OrCondition ? $"({Of(not.Operand)})" : Of(not.Operand)),
        GroupCondition group => $"({Of(group.Inner)})",
        IdentifierCondition identifier => NameOf(identifier.Name),
        SelectorCondition selector => $"{(selector.All ? "all" : "1")} of {(selector.Pattern is null ? "them" : NameOf(selector.Pattern))}",
        _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
    };

    /// <summary>
    /// A detection's name. What a pipeline added, and what a filter brought, has a name that no rule can use; these are shown
    /// as <c>[added 1]</c> and <c>[filter 1: name]</c>.
    /// </summary>
    public static string NameOf(string name)
    {
        if (name.Length == 0 || name[0] != RuleSet.InternalMark)
        {
            return name;
        }

        string[] parts = name.Split(RuleSet.InternalMark, 3);
        int digits = parts[1].AsSpan().IndexOfAnyInRange('0', '9');
        return digits < 0 ? $"[{parts[1]} {parts[2]}]" : $"[{parts[1][..digits]} {parts[1][digits..]}: {parts[2]}]";
    }

    /// <summary>What is counted: <c>value_count of user by host within 5m, &gt;= 10</c>, or <c>temporal within 5m, near a, near not b</c>.</summary>
    /// <param name="counted">What is counted.</param>
    /// <param name="searches">The searches of a <c>near</c>, which say more than the expression over their names; none for others.</param>
    public static string Of(Correlation counted, ImmutableArray<NearSearch> searches = default)
    {
        string type = QueryRenderer.NameOf(counted.Type) + (counted.Percentile is { } percentile ? $" {percentile}" : "");
        string fields = counted.Fields.IsEmpty ? "" : " of " + string.Join(", ", counted.Fields);
        string groups = counted.GroupBy.IsEmpty ? "" : " by " + string.Join(", ", counted.GroupBy);
        string time = counted.Timespan is { } timespan ? $" within {timespan}" : "";
        if (!searches.IsDefaultOrEmpty)
        {
            return type + time + string.Concat(searches.Select(near => $", near {(near.IsNegated ? "not " : "")}{Of(near.Search)}"));
        }

        string when = counted.Expression is { } expression
            ? ", " + Of(expression)
            : string.Concat(counted.Thresholds.Select((bound, i) => $"{(i == 0 ? ", " : " and ")}{Comparisons.SignOf(bound.Comparison)} {bound.Number}"));
        return type + fields + groups + time + when;
    }

    private static string Below(ConditionNode node) => node is OrCondition ? $"({Of(node)})" : Of(node);
}
