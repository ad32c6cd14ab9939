namespace Sigma.Checks.Detecting;

/// <summary>All values of the list cannot match the field at once.</summary>
internal sealed class AllWithoutContains : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1303", "all_without_contains", CheckGroup.Correctness, Severity.Warning, "all values of the list cannot match the field at once")
        {
            Hint = "use 'contains|all'",
            Why = """
            A field has one value, and that is not equal to two different ones, nor does it usually begin with both. With
            'contains' or a regular expression it may have all of them in it.
            """,
            Aliases = ["pysigma:invalid_modifier_combinations", "rsigma:all_with_re"],
            Wrong = """
            detection:
                selection:
                    CommandLine|all:
                        - whoami
                        - /all
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains|all:
                        - whoami
                        - /all
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && item.Has("all") && !item.Has("contains")))
        {
            bool expression = item.Has("re");
            bool whole = item.Modifiers is ["all"] && item.Values.All(value => !value.Value.AsSpan().ContainsAny('*', '?'));
            Span span = item.SpanOf(item.Modifiers.Index().First(modifier => modifier.Item == "all").Index);
            report.Add(
                this, span, expression ? "'all' with regular expressions is not in the specification" : whole ? null : "'all' is used without 'contains'", expression ? "write one expression" : null,
                aliases: expression ? null : ["pysigma:invalid_modifier_combinations"]);
        }
    }
}
