using System.Globalization;
using Scriban.Runtime;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>A correlation as the templates see it.</summary>
internal static class CorrelationObjects
{
    /// <summary>What <c>correlation</c> has.</summary>
    public static IReadOnlyCollection<string> Members { get; } =
    [
        "type", "field", "fields", "thresholds", "percentile", "expression", "steps", "absent", "inline", "group", "timespan", "seconds", "op", "operator", "count",
    ];

    /// <summary>A search.</summary>
    /// <param name="search">The search.</param>
    /// <param name="measure">What is counted over it.</param>
    /// <param name="state">What the pipelines left for it.</param>
    public static ScriptObject Of(CorrelationSearch search, Correlation measure, ScriptObject state) => new()
    {
        ["state"] = state,
        ["columns"] = Columns(search, measure),
        ["name"] = search.Name,
        ["query"] = search.Query,
        ["counts"] = search.Counts,
        ["aliases"] = new ScriptArray(search.Aliases.Select(alias => new ScriptObject { ["name"] = alias.Alias, ["field"] = alias.Field })),
    };

    /// <summary>The fields that are counted or grouped by, as the search reads them: an alias by its field.</summary>
    private static ScriptObject Columns(CorrelationSearch search, Correlation measure)
    {
        var columns = new ScriptObject();
        foreach (string name in measure.GroupBy.Concat(measure.Fields))
        {
            columns[name] = search.Dialect.FieldText(search.Aliases.FirstOrDefault(alias => alias.Alias == name).Field ?? name);
        }

        return columns;
    }

    private static ScriptObject ThresholdObject(Threshold threshold) => new()
    {
        ["op"] = Comparisons.NameOf(threshold.Comparison),
        ["operator"] = Comparisons.SignOf(threshold.Comparison),
        ["count"] = Number(threshold.Number),
    };

    /// <summary>A temporal condition over rules, in the target's operators.</summary>
    private static string? ExpressionText(ConditionNode? node, Dialect dialect)
    {
        return node switch
        {
            null => null,
            AndCondition and => dialect.Group.With(ExpressionText(and.Left, dialect) + dialect.And + ExpressionText(and.Right, dialect)),
            OrCondition or => dialect.Group.With(ExpressionText(or.Left, dialect) + dialect.Or + ExpressionText(or.Right, dialect)),
            NotCondition not => dialect.Not?.With(dialect.Group.With(ExpressionText(not.Operand, dialect)!)),
            GroupCondition group => ExpressionText(group.Inner, dialect),
            IdentifierCondition identifier => dialect.CorrelationRuleTest?.With(identifier.Name),
            _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
        };
    }

    /// <summary>What is counted, and when it fires.</summary>
    /// <param name="correlation">The correlation.</param>
    /// <param name="order">The order of its rules; null if any will do.</param>
    /// <param name="dialect">The target's language, for a condition over rules.</param>
    public static ScriptObject Of(Correlation correlation, TemporalOrder? order, Dialect dialect)
    {
        Threshold? threshold = correlation.Thresholds.FirstOrDefault();
        return new ScriptObject
        {
            ["type"] = QueryRenderer.NameOf(correlation.Type),
            ["field"] = correlation.Field,
            ["fields"] = new ScriptArray(correlation.Fields),
            ["thresholds"] = new ScriptArray(correlation.Thresholds.Select(ThresholdObject)),
            ["percentile"] = correlation.Percentile,
            ["expression"] = ExpressionText(correlation.Expression, dialect),
            ["steps"] = new ScriptArray(order is null ? [] : order.Steps.Select(step => new ScriptArray(step))),
            ["absent"] = ExpressionText(order?.Absent, dialect),
            ["inline"] = correlation.IsInline,
            ["group"] = new ScriptArray(correlation.GroupBy),
            ["timespan"] = correlation.Timespan?.ToString(),
            ["seconds"] = correlation.Timespan?.Seconds,
            ["op"] = threshold is null ? null : Comparisons.NameOf(threshold.Comparison),
            ["operator"] = threshold is null ? null : Comparisons.SignOf(threshold.Comparison),
            ["count"] = threshold is null ? null : Number(threshold.Number),
        };
    }

    private static object Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
        ? whole
        : text;
}
