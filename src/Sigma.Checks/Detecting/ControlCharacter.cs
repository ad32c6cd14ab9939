namespace Sigma.Checks.Detecting;

/// <summary>The value has a control character.</summary>
internal sealed class ControlCharacter : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1310", "control_character", CheckGroup.Correctness, Severity.Warning, "the value has a control character")
        {
            Hint = "in double quotes a backslash starts an escape; use single quotes",
            Why = """
            In double quotes YAML reads \t, \a and others as control characters, so "C:\temp" has a tab in it. Hardly any event
            has such a character.
            """,
            Aliases = ["pysigma:control_character"],
            Wrong = """
            detection:
                selection:
                    Image: "C:\temp\a.exe"
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Image: 'C:\temp\a.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar value in rule.Items.SelectMany(item => item.Values))
        {
            if (value.Value.FirstOrDefault(c => c is > '\0' and < ' ') is > '\0' and var found)
            {
                report.Add(this, value.Span, $"the value has the control character U+{(int)found:X4}");
            }
        }
    }
}
