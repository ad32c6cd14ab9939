namespace Sigma.Checks.Checking;

/// <summary>Names of checks elsewhere that have no check here, for a reason that docs/checks.md gives. They may stand in a selection and do nothing.</summary>
internal static class Unsupported
{
    /// <summary>The names with the reasons.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["schema_violation"] = "what the schema asks for is reported key by key, with a place and a hint",
        ["empty_filter_rules"] = "reserved there, never reported; an empty list means every rule",
        ["invalid_window_mode"] = "a key of another tool; the specification has no windows, so the key is reported as unknown (SIG0232)",
        ["missing_session_gap"] = "a key of another tool; it is reported as unknown (SIG0232)",
        ["gap_without_session"] = "a key of another tool; it is reported as unknown (SIG0232)",
        ["invalid_gap_format"] = "a key of another tool; it is reported as unknown (SIG0232)",
        ["flattened_array_correlation"] = "version 3 of the specification is not read (SIG0250)",
        ["ads_empty_section"] = "a way to write descriptions that one tool has; descriptions are the author's",
        ["ads_unknown_section"] = "a way to write descriptions that one tool has; descriptions are the author's",
        ["ads_missing_*"] = "nine names for one way to write descriptions that one tool has; descriptions are the author's",
        ["sigma_version_mismatch"] = "version 3 of the specification is not read (SIG0250)",
    };

    /// <summary>Whether it is one of the names.</summary>
    public static bool Has(string name) => Reasons.ContainsKey(name) || name.StartsWith("ads_missing_", StringComparison.Ordinal);
}
