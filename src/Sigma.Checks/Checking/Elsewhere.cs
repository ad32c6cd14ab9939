namespace Sigma.Checks.Checking;

/// <summary>What other tools call the findings of our reader.</summary>
internal static class Elsewhere
{
    private const string Lint = "rsigma:";

    /// <summary>By code, and by the attribute that a finding names first; an empty name stands for all others.</summary>
    private static readonly Dictionary<(string Code, string Attribute), string> Names = new()
    {
        [("SIG0101", "")] = "file_read_error",
        [("SIG0103", "")] = "file_read_error",
        [("SIG0104", "")] = "yaml_parse_error",
        [("SIG0105", "")] = "yaml_parse_error",
        [("SIG0106", "")] = "yaml_parse_error",
        [("SIG0107", "")] = "yaml_parse_error",
        [("SIG0111", "")] = "yaml_parse_error",
        [("SIG0201", "")] = "not_a_mapping",
        [("SIG0202", "logsource")] = "missing_logsource",
        [("SIG0202", "detection")] = "missing_detection",
        [("SIG0202", "condition")] = "missing_condition",
        [("SIG0202", "rules")] = "missing_filter_rules",
        [("SIG0203", "correlation")] = "missing_correlation",
        [("SIG0203", "filter")] = "missing_filter",
        [("SIG0203", "logsource")] = "missing_logsource",
        [("SIG0203", "detection")] = "missing_detection",
        [("SIG0208", "id")] = "invalid_id",
        [("SIG0208", "status")] = "invalid_status",
        [("SIG0208", "level")] = "invalid_level",
        [("SIG0208", "date")] = "invalid_date",
        [("SIG0208", "modified")] = "invalid_modified",
        [("SIG0208", "title")] = "title_too_long",
        [("SIG0202", "filter/logsource")] = "missing_filter_logsource",
        [("SIG0202", "filter/condition")] = "missing_filter_condition",
        [("SIG0203", "generate")] = "generate_not_boolean",
        [("SIG0203", "gt")] = "condition_value_not_numeric",
        [("SIG0203", "gte")] = "condition_value_not_numeric",
        [("SIG0203", "lt")] = "condition_value_not_numeric",
        [("SIG0203", "lte")] = "condition_value_not_numeric",
        [("SIG0203", "eq")] = "condition_value_not_numeric",
        [("SIG0203", "neq")] = "condition_value_not_numeric",
        [("SIG0203", "related")] = "related_missing_required",
        [("SIG0208", "related")] = "related_missing_required",
        [("SIG0208", "related/type")] = "invalid_related_type",
        [("SIG0209", "")] = "empty_detection",
        [("SIG0209", "filter")] = "missing_filter_selection",
        [("SIG0213", "")] = "incompatible_modifiers",
        [("SIG0214", "")] = "incompatible_modifiers",
        [("SIG0215", "")] = "incompatible_modifiers",
        [("SIG0222", "")] = "null_in_value_list",
        [("SIG0223", "")] = "empty_value_list",
        [("SIG0224", "")] = "invalid_timespan_format",
        [("SIG0229", "")] = "missing_title",
        [("SIG0230", "")] = "invalid_correlation_type",
        [("SIG0229", "empty")] = "empty_title",
        [("SIG0231", "empty rules")] = "empty_correlation_rules",
        [("SIG0232", "condition")] = "invalid_condition_operator",
        [("SIG0231", "type")] = "missing_correlation_type",
        [("SIG0231", "rules")] = "missing_correlation_rules",
        [("SIG0231", "timespan")] = "missing_correlation_timespan",
        [("SIG0231", "condition")] = "missing_correlation_condition",
        [("SIG0231", "field")] = "missing_condition_field",
        [("SIG0233", "")] = "unknown_rule_reference",
        [("SIG0237", "")] = "unknown_rule_reference",
        [("SIG0250", "")] = "unsupported_sigma_version",
        [("SIG0251", "")] = "array_matching_without_version",
        [("SIG0254", "")] = "unknown_key",
        [("SIG0304", "")] = "condition_references_unknown",
        [("SIG0306", "")] = "deprecated_aggregation_syntax",
    };

    /// <summary>Codes that a validator of the usual tool reports; it reads the rule all the same.</summary>
    private static readonly Dictionary<string, string> Validators = new()
    {
        ["SIG0252"] = "pysigma:fieldname_logsource",
        ["SIG0254"] = "sigmahq:sigmahq_unknown_field",
        ["SIG0305"] = "pysigma:dangling_condition",
    };

    /// <summary>Metadata that the usual loader insists on; a mistake in any other does not keep it from reading the rule.</summary>
    private static readonly string[] Strict = ["id", "title", "status", "level", "date", "modified", "author", "license", "references", "related", "fields", "falsepositives", "tags", "scope", "name", "taxonomy", "description"];

    /// <summary>What other tools report with a code, whatever it is about.</summary>
    public static IReadOnlyList<string> All(string code) =>
        [.. Names.Where(pair => pair.Key.Code == code).Select(pair => Lint + pair.Value).Distinct(), .. Validators.TryGetValue(code, out string? validator) ? [validator] : (string[])[]];

    /// <summary>Whether the usual tool reads a rule in spite of what is an error here.</summary>
    public static bool IsReadThere(string code) => Validators.ContainsKey(code);

    /// <summary>What other tools report of a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="rule">The document.</param>
    /// <returns>Their names for it, and whether the usual loader refuses the rule.</returns>
    public static (IReadOnlyList<string> Aliases, bool Refused) Of(Diagnostic finding, RuleText? rule)
    {
        string about = Quoted(finding.Message);
        string? name = (finding.Code.Id, about, rule?.Kind) switch
        {
            ("SIG0202", "logsource", DocumentKind.Filter) => "missing_filter_logsource",
            ("SIG0202", "condition", DocumentKind.Filter) => "missing_filter_condition",
            ("SIG0209", _, DocumentKind.Filter) => "missing_filter_selection",
            ("SIG0229", _, _) when rule?.Root["title"] is not null => "empty_title",
            ("SIG0208", "related", _) => finding.Span is { } span ? Related(rule, span) : null,
            ("SIG0231", _, _) when finding.Message.Contains("'rules'") && (rule?.Root["correlation"] as YamlMapping)?["rules"] is not null => "empty_correlation_rules",
            ("SIG0231", _, _) => Correlation(finding.Message),
            ("SIG0232", _, _) => finding.Message.Contains("condition", StringComparison.Ordinal) ? "invalid_condition_operator" : null,
            _ => Names.GetValueOrDefault((finding.Code.Id, about)) ?? Names.GetValueOrDefault((finding.Code.Id, "")),
        };
        bool refused = finding.Code.Id is "SIG0229" || (finding.Code.Id == "SIG0208" && Strict.Contains(about));

        // A misspelt name of a detection is no unknown key.
        string[] validator = Validators.TryGetValue(finding.Code.Id, out string? known) && (finding.Code != Codes.LooksMisspelt || rule?.Root[about] is not null) ? [known] : [];
        return ([.. name is null ? [] : (string[])[Lint + name], .. validator], refused);
    }

    private static string? Correlation(string message)
    {
        foreach (string key in (string[])["type", "rules", "timespan", "condition", "field"])
        {
            if (message.Contains($"'{key}'"))
            {
                return Names.GetValueOrDefault(("SIG0231", key));
            }
        }

        return null;
    }

    private static string? Related(RuleText? rule, Span span)
    {
        YamlMapping? entry = (rule?.Root["related"] as YamlSequence)?.Items.OfType<YamlMapping>().FirstOrDefault(item => item.Span == span);
        return entry is null ? null : entry["id"] is null || entry["type"] is null ? "related_missing_required" : "invalid_related_type";
    }

    /// <summary>The first text in quotes of a message.</summary>
    private static string Quoted(string message)
    {
        int first = message.IndexOf('\'');
        int second = first < 0 ? -1 : message.IndexOf('\'', first + 1);
        return second < 0 ? "" : message[(first + 1)..second];
    }
}
