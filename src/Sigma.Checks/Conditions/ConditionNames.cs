namespace Sigma.Checks.Conditions;

/// <summary>Which detections conditions name.</summary>
internal static class ConditionNames
{
    /// <summary>The leaves of a condition, in order.</summary>
    public static IEnumerable<ConditionNode> Leaves(ConditionNode node) => node switch
    {
        AndCondition and => Leaves(and.Left).Concat(Leaves(and.Right)),
        OrCondition or => Leaves(or.Left).Concat(Leaves(or.Right)),
        NotCondition not => Leaves(not.Operand),
        GroupCondition group => Leaves(group.Inner),
        _ => [node],
    };

    /// <summary>The selectors of a document's conditions, each with whether a <c>not</c> stands before it, whose operand keeps its brackets in queries.</summary>
    public static IEnumerable<(SelectorCondition Selector, bool IsDenied)> Selectors(RuleText rule) => Searches(rule).SelectMany(search => Selectors(search, false));

    private static IEnumerable<(SelectorCondition Selector, bool IsDenied)> Selectors(ConditionNode node, bool denied) => node switch
    {
        AndCondition and => Selectors(and.Left, false).Concat(Selectors(and.Right, false)),
        OrCondition or => Selectors(or.Left, false).Concat(Selectors(or.Right, false)),
        NotCondition not => Selectors(not.Operand, true),
        GroupCondition group => Selectors(group.Inner, denied),
        SelectorCondition selector => [(selector, denied)],
        _ => [],
    };

    /// <summary>A correction that puts a name in the place of a selector.</summary>
    public static Fix? Named(SelectorCondition selector, bool denied, string name) =>
        denied ? Edits.Unsafe("name it", Edits.Replace(selector.Span, name)) : Edits.Safe("name it", Edits.Replace(selector.Span, name));

    /// <summary>The searches of a document that could be read, with those of the older near.</summary>
    public static IReadOnlyList<ConditionNode> Searches(RuleText rule) => rule.Document.Document switch
    {
        SigmaRule read => [.. read.Conditions.SelectMany(condition => condition.Near.Select(near => near.Search).Prepend(condition.Search))],
        SigmaFilter filter => [filter.Condition],
        _ => [],
    };

    /// <summary>The names that a selector takes in.</summary>
    public static IReadOnlyList<string> Selected(RuleText rule, SelectorCondition selector) =>
        [.. rule.NamedDetections.Select(entry => entry.Name).Where(name => ConditionParser.Selects(selector.Pattern, name))];
}
