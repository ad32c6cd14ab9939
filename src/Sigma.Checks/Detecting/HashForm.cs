namespace Sigma.Checks.Detecting;

/// <summary>The value is not a hash with its kind.</summary>
internal sealed class HashForm : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1315", "hash_form", CheckGroup.Correctness, Severity.Warning, "the value is not a hash with its kind")
        {
            Hint = "write MD5=, SHA1=, SHA256= or IMPHASH= and the right number of digits",
            Why = """
            Sysmon writes hashes as MD5=… with 32, SHA1=… with 40, SHA256=… with 64 or IMPHASH=… with 32 digits. A hash with a
            digit too few matches nothing.
            """,
            Aliases = ["sigmahq:sigmahq_invalid_hash_kv"],
            Wrong = """
            detection:
                selection:
                    Hashes|contains: MD5=0123
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Hashes|contains: MD5=0123456789abcdef0123456789abcdef
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field is "Hashes" or "Hash" && !item.Has("re")))
        {
            foreach (YamlScalar value in item.Values.Where(value => ScalarType.Of(value) is ScalarType.String && value.Value.Length > 0 && !value.Value.Trim('*').Split(',').All(IsHash)))
            {
                report.Add(this, value.Span, $"'{value.Value}' is not a hash with its kind");
            }
        }
    }

    private static bool IsHash(string text)
    {
        int equals = text.IndexOf('=');
        int digits = equals < 0 ? 0 : text[..equals].ToUpperInvariant() switch { "MD5" or "IMPHASH" => 32, "SHA1" => 40, "SHA256" => 64, _ => 0 };
        return digits > 0 && text.Length - equals - 1 == digits && text.AsSpan(equals + 1).ContainsAnyExcept("0123456789abcdefABCDEF") is false;
    }
}
