namespace Sigma.Checks.Detecting;

/// <summary>'base64offset' is used without 'contains'.</summary>
internal sealed class OffsetWithoutContains : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1304", "base64offset_without_contains", CheckGroup.Correctness, Severity.Warning, "'base64offset' is used without 'contains'")
        {
            Hint = "add '|contains'",
            Why = """
            The three forms of 'base64offset' are what is left when the text stands somewhere in encoded data. No field is equal
            to them as a whole.
            """,
            Aliases = ["pysigma:invalid_modifier_combinations"],
            Wrong = """
            detection:
                selection:
                    CommandLine|base64offset: whoami
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|base64offset|contains: whoami
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Has("base64offset") && !item.Has("contains")))
        {
            report.Add(this, item.SpanOf(item.Modifiers.Index().First(modifier => modifier.Item == "base64offset").Index));
        }
    }
}
