namespace Sigma.Pipelines;

/// <summary>Reads one type of transformation.</summary>
/// <param name="parameters">Its parameters.</param>
/// <returns>The transformation; null when it was refused.</returns>
internal delegate Transformation? TransformationReader(Parameters parameters);

/// <summary>The transformations of the public pipeline format, in one table. Without a reader: known, and not supported yet.</summary>
internal static class Transformations
{
    public static IReadOnlyDictionary<string, TransformationReader?> All { get; } = new Dictionary<string, TransformationReader?>(StringComparer.Ordinal)
    {
        ["field_name_mapping"] = FieldNameMapping.Read,
        ["field_name_prefix_mapping"] = FieldNamePrefixMapping.Read,
        ["field_name_transform"] = null,
        ["field_name_prefix"] = null,
        ["field_name_suffix"] = null,
        ["drop_detection_item"] = DropDetectionItem.Read,
        ["hashes_fields"] = null,
        ["extract_fields"] = null,
        ["wildcard_placeholders"] = null,
        ["value_placeholders"] = null,
        ["query_expression_placeholders"] = null,
        ["file_placeholders"] = null,
        ["http_placeholders"] = null,
        ["command_placeholders"] = null,
        ["add_condition"] = AddCondition.Read,
        ["change_logsource"] = ChangeLogSource.Read,
        ["add_field"] = null,
        ["remove_field"] = null,
        ["set_field"] = null,
        ["replace_string"] = null,
        ["map_string"] = null,
        ["set_state"] = SetState.Read,
        ["regex"] = null,
        ["set_value"] = null,
        ["convert_type"] = null,
        ["case"] = null,
        ["rule_failure"] = RuleFailure.Read,
        ["detection_item_failure"] = null,
        ["strict_field_mapping_failure"] = null,
        ["set_custom_attribute"] = null,
        ["nest"] = null,
    };
}
