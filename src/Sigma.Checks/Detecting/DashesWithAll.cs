namespace Sigma.Checks.Detecting;

/// <summary>'windash' is used with 'all'.</summary>
internal sealed class DashesWithAll : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1305", "windash_all", CheckGroup.Correctness, Severity.Info, "'windash' is used with 'all'")
        {
            Why = """
            Each value with a dash becomes several. sigmac reads the list as 'all of the values, each with any of its dashes', as
            the specification means it; other tools have asked for all dashes at once.
            """,
            Aliases = ["pysigma:invalid_modifier_combinations"],
            Wrong = """
            detection:
                selection:
                    CommandLine|contains|windash|all:
                        - ' -a'
                        - ' -b'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains|all:
                        - ' -a'
                        - ' -b'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Has("windash") && item.Has("all")))
        {
            report.Add(this, item.Key.Span);
        }
    }
}
