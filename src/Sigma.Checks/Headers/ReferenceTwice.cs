namespace Sigma.Checks.Headers;

/// <summary>The same reference stands twice.</summary>
internal sealed class ReferenceTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1032", "duplicate_references", CheckGroup.Style, Severity.Info, "the same reference stands twice")
        {
            Why = "The second entry says nothing new, and the schema of rules forbids it.",
            Aliases = ["pysigma:duplicate_references", "rsigma:duplicate_references"],
            Fix = FixKind.Safe,
            Wrong = """
            references:
                - https://example.org/whoami
                - https://example.org/whoami
            """,
            Right = """
            references:
                - https://example.org/whoami
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar twice in Repeated.Among(rule.Texts("references")))
        {
            report.Add(this, twice.Span, fix: Edits.Safe("drop it", Edits.RemoveItem(twice.Span)));
        }
    }
}
