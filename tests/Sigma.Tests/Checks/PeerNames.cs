namespace Sigma.Tests.Checks;

/// <summary>The names of the checks of other tools, as facts of November 2026.</summary>
internal static class PeerNames
{
    /// <summary>The validators of pySigma 0.11 and later.</summary>
    public static readonly string[] PySigma =
    [
        "all_of_them_condition", "attacktag", "cartag", "control_character", "custom_attributes", "cvetag", "d3_fendtag",
        "dangling_condition", "dangling_detection", "detection_tag", "double_wildcard", "duplicate_filename", "duplicate_references",
        "duplicate_tag", "duplicate_title", "escaped_wildcard", "fieldname_logsource", "filename_length", "identifier_existence",
        "identifier_uniqueness", "invalid_modifier_combinations", "namespace_tag", "number_as_string",
        "specific_instead_of_generic_logsource", "stptag", "tag_format", "them_condition_with_single_detection", "tlptag", "tlpv1_tag",
        "tlpv2_tag", "wildcards_instead_of_modifiers",
    ];

    /// <summary>The validators of the public repository's plugin.</summary>
    public static readonly string[] SigmaHq =
    [
        "sigmahq_author_existence", "sigmahq_category_event_id", "sigmahq_category_windows_provider_name",
        "sigmahq_correlation_filename_prefix", "sigmahq_correlation_group_by_existence", "sigmahq_correlation_rules_minimum",
        "sigmahq_date_existence", "sigmahq_description_existence", "sigmahq_description_length", "sigmahq_falsepositives_banned_word",
        "sigmahq_falsepositives_capital", "sigmahq_falsepositives_typo_word", "sigmahq_field_duplicate_value", "sigmahq_field_user",
        "sigmahq_fieldname_cast", "sigmahq_fields_existence", "sigmahq_filename_convention", "sigmahq_filename_prefix",
        "sigmahq_github_link", "sigmahq_invalid_all_modifier", "sigmahq_invalid_fieldname", "sigmahq_invalid_hash_kv",
        "sigmahq_level_existence", "sigmahq_link_in_description", "sigmahq_logsource_unknown", "sigmahq_missing_asterisk_condition",
        "sigmahq_mitre_link", "sigmahq_modified_date_order", "sigmahq_modified_without_date", "sigmahq_ofselection_condition",
        "sigmahq_ofthem_condition", "sigmahq_redundant_field", "sigmahq_redundant_modified", "sigmahq_space_field_name",
        "sigmahq_status", "sigmahq_status_existence", "sigmahq_status_to_high", "sigmahq_sysmon_missing_eventid",
        "sigmahq_tags_detection", "sigmahq_tags_techniques_without_tactics", "sigmahq_tags_tlp", "sigmahq_tags_unique_detection",
        "sigmahq_tags_unique_tlp", "sigmahq_title_case", "sigmahq_title_end", "sigmahq_title_length", "sigmahq_title_start",
        "sigmahq_unknown_field", "sigmahq_unsupported_regex_group_construct",
    ];

    /// <summary>The lints of rsigma.</summary>
    public static readonly string[] Rsigma =
    [
        "ads_empty_section", "ads_unknown_section", "all_with_re", "array_matching_without_version", "condition_references_unknown",
        "condition_value_not_numeric", "deprecated_aggregation_syntax", "deprecated_without_related", "description_too_long",
        "duplicate_fields", "duplicate_references", "duplicate_tags", "empty_correlation_rules", "empty_detection",
        "empty_filter_rules", "empty_title", "empty_value_list", "falsepositive_too_short", "file_read_error", "filter_has_level",
        "filter_has_status", "flattened_array_correlation", "gap_without_session", "generate_not_boolean", "incompatible_modifiers",
        "invalid_condition_operator", "invalid_correlation_type", "invalid_date", "invalid_gap_format", "invalid_id", "invalid_level",
        "invalid_modified", "invalid_related_id", "invalid_related_type", "invalid_status", "invalid_tag", "invalid_timespan_format",
        "invalid_window_mode", "logsource_value_not_lowercase", "missing_author", "missing_condition", "missing_condition_field",
        "missing_correlation", "missing_correlation_condition", "missing_correlation_rules", "missing_correlation_timespan",
        "missing_correlation_type", "missing_description", "missing_detection", "missing_filter", "missing_filter_condition",
        "missing_filter_logsource", "missing_filter_rules", "missing_filter_selection", "missing_group_by", "missing_level",
        "missing_logsource", "missing_session_gap", "missing_title", "modified_before_date", "name_too_long", "non_lowercase_key",
        "not_a_mapping", "null_in_value_list", "related_missing_required", "schema_violation", "scope_too_short",
        "sigma_version_mismatch", "single_value_all_modifier", "taxonomy_too_long", "title_too_long", "unknown_key",
        "unknown_rule_reference", "unknown_tag_namespace", "unsupported_sigma_version", "wildcard_only_value", "yaml_parse_error",
    ];
}
