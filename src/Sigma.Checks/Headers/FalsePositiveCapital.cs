namespace Sigma.Checks.Headers;

/// <summary>A false positive starts with a small letter.</summary>
internal sealed class FalsePositiveCapital : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1035", "falsepositives_capital", CheckGroup.Style, Severity.Info, "a false positive starts with a small letter")
        {
            Why = "False positives are shown as sentences in lists and pages of rules.",
            Aliases = ["sigmahq:sigmahq_falsepositives_capital"],
            Fix = FixKind.Safe,
            Wrong = """
            falsepositives:
                - administrators
            """,
            Right = """
            falsepositives:
                - Administrators
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar text in rule.Texts("falsepositives").Where(text => text.Value.Length > 0 && char.IsLower(text.Value[0])))
        {
            report.Add(this, text.Span, fix: Edits.Safe("capitalize", Edits.Value(text, char.ToUpperInvariant(text.Value[0]) + text.Value[1..])));
        }
    }
}
