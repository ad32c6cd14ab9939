namespace Sigma.Checks.Headers;

/// <summary>The rule is deprecated, but names no rule that replaces it.</summary>
internal sealed class DeprecatedWithoutRelated : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1014", "deprecated_without_related", CheckGroup.Metadata, Severity.Info, "the rule is deprecated, but names no rule that replaces it")
        {
            Hint = "add 'related:' with the id of the other rule",
            Why = """
            Whoever used the rule wants to know what to use instead. The specification asks for a related entry, for example of
            type obsolete or merged in the other rule.
            """,
            Aliases = ["rsigma:deprecated_without_related"],
            Wrong = "status: deprecated",
            Right = """
            status: deprecated
            related:
                - id: 0f6d0f2e-5a0c-4f57-9a52-7d1b1b7f8a11
                  type: renamed
            """,
            WrongPath = "deprecated/proc_creation_win_example_rule.yml",
            RightPath = "deprecated/proc_creation_win_example_rule.yml",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Document.Metadata.Status is RuleStatus.Deprecated && rule.Root["related"] is null && rule.Text("status") is { } status)
        {
            report.Add(this, status.Span);
        }
    }
}
