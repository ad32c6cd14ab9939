namespace Sigma.Pipelines;

/// <summary>The conditions of the public pipeline format, one table per group.</summary>
internal static class Conditions
{
    public static IReadOnlyDictionary<string, Func<Parameters, RuleCondition?>> Rule { get; } = new Dictionary<string, Func<Parameters, RuleCondition?>>(StringComparer.Ordinal)
    {
        ["logsource"] = LogSourceCondition.Read,
        ["contains_detection_item"] = ContainsDetectionItem.Read,
        ["contains_field"] = ContainsField.Read,
        ["processing_item_applied"] = ItemApplied.Read,
        ["processing_state"] = ProcessingState.Read,
        ["is_sigma_rule"] = _ => new IsKind(correlation: false),
        ["is_sigma_correlation_rule"] = _ => new IsKind(correlation: true),
        ["rule_attribute"] = RuleAttribute.Read,
        ["tag"] = HasTag.Read,
    };

    public static IReadOnlyDictionary<string, Func<Parameters, ItemCondition?>> Item { get; } = new Dictionary<string, Func<Parameters, ItemCondition?>>(StringComparer.Ordinal)
    {
        ["match_string"] = MatchString.Read,
        ["match_value"] = MatchValue.Read,
        ["contains_wildcard"] = ContainsWildcard.Read,
        ["is_null"] = IsNull.Read,
        ["processing_item_applied"] = ItemAppliedToItem.Read,
        ["processing_state"] = p => ProcessingState.ReadTest(p) is { } test ? new ItemProcessingState(test) : null,
    };

    public static IReadOnlyDictionary<string, Func<Parameters, FieldCondition?>> Field { get; } = new Dictionary<string, Func<Parameters, FieldCondition?>>(StringComparer.Ordinal)
    {
        ["include_fields"] = p => FieldNames.Read(p, include: true),
        ["exclude_fields"] = p => FieldNames.Read(p, include: false),
        ["processing_item_applied"] = ItemAppliedToField.Read,
        ["processing_state"] = p => ProcessingState.ReadTest(p) is { } test ? new FieldProcessingState(test) : null,
    };
}
