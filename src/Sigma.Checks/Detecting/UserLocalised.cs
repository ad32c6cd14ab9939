namespace Sigma.Checks.Detecting;

/// <summary>The name of the account depends on the language of the system.</summary>
internal sealed class UserLocalised : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1316", "user_localised", CheckGroup.Correctness, Severity.Info, "the name of the account depends on the language of the system")
        {
            Hint = "write a list with 'AUTHORI' and 'AUTORI'",
            Why = """
            The accounts of the system are NT AUTHORITY in English and AUTORITE NT in French. The public rules look for both
            beginnings.
            """,
            Aliases = ["sigmahq:sigmahq_field_user"],
            Wrong = """
            detection:
                selection:
                    User|contains: 'AUTHORI'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    User|contains:
                        - 'AUTHORI'
                        - 'AUTORI'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Contains("user", StringComparison.OrdinalIgnoreCase) && item.Values.Count == 1))
        {
            YamlScalar value = item.Values[0];
            if (value.Value.Contains("AUTORI") || value.Value.Contains("AUTHORI"))
            {
                report.Add(this, value.Span);
            }
        }
    }
}
