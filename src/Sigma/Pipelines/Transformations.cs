namespace Sigma.Pipelines;

/// <summary>The transformations of the public pipeline format, in one table.</summary>
internal static class Transformations
{
    public static IReadOnlyDictionary<string, Func<Parameters, Transformation?>> All { get; } = new Dictionary<string, Func<Parameters, Transformation?>>(StringComparer.Ordinal)
    {
        ["field_name_mapping"] = FieldNameMapping.Read,
        ["field_name_prefix_mapping"] = FieldNamePrefixMapping.Read,
        ["field_name_transform"] = FieldNameTransform.Read,
        ["field_name_prefix"] = FieldNameDecoration.ReadPrefix,
        ["field_name_suffix"] = FieldNameDecoration.ReadSuffix,
        ["drop_detection_item"] = DropDetectionItem.Read,
        ["hashes_fields"] = HashesFields.Read,
        ["extract_fields"] = ExtractFields.Read,
        ["wildcard_placeholders"] = WildcardPlaceholders.Read,
        ["value_placeholders"] = ValuePlaceholders.Read,
        ["query_expression_placeholders"] = QueryExpressionPlaceholders.Read,
        ["file_placeholders"] = FilePlaceholders.Read,
        ["http_placeholders"] = HttpPlaceholders.Read,
        ["command_placeholders"] = CommandPlaceholders.Read,
        ["add_condition"] = AddCondition.Read,
        ["change_logsource"] = ChangeLogSource.Read,
        ["add_field"] = EditShownFields.ReadAdd,
        ["remove_field"] = EditShownFields.ReadRemove,
        ["set_field"] = EditShownFields.ReadSet,
        ["replace_string"] = ReplaceString.Read,
        ["map_string"] = MapString.Read,
        ["set_state"] = SetState.Read,
        ["regex"] = ToRegex.Read,
        ["set_value"] = SetValue.Read,
        ["convert_type"] = ConvertType.Read,
        ["case"] = ChangeCase.Read,
        ["rule_failure"] = RuleFailure.Read,
        ["rule_warning"] = RuleWarning.Read,
        ["detection_item_failure"] = DetectionItemFailure.Read,
        ["strict_field_mapping_failure"] = StrictFieldMappingFailure.Read,
        ["set_custom_attribute"] = SetCustomAttribute.Read,
        ["nest"] = Nest.Read,
    };
}
