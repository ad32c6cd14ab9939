namespace Sigma.Checks.Detecting;

/// <summary>The value is nothing but an asterisk.</summary>
internal sealed class WildcardOnly : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1313", "wildcard_only", CheckGroup.Correctness, Severity.Info, "the value is nothing but an asterisk")
        {
            Hint = "'exists: true' asks whether there is such a field",
            Why = """
            The value fits every value of the field. Whether it also fits an event without the field depends on the target;
            'exists' says what is meant.
            """,
            Aliases = ["rsigma:wildcard_only_value"],
            Wrong = """
            detection:
                selection:
                    CommandLine: '*'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|exists: true
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && !item.Has("re")))
        {
            foreach (YamlScalar value in item.Values.Where(value => value.Value.Length > 0 && value.Value.All(c => c == '*')))
            {
                report.Add(this, value.Span);
            }
        }
    }
}
