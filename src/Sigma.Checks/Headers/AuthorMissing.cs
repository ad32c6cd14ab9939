namespace Sigma.Checks.Headers;

/// <summary>The rule has no author.</summary>
internal sealed class AuthorMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1020", "author_missing", CheckGroup.Metadata, Severity.Info, "the rule has no author")
    {
        Why = "Whoever has a question about the rule wants to know whom to ask.",
        Aliases = ["sigmahq:sigmahq_author_existence", "rsigma:missing_author"],
        Wrong = "# without author",
        Right = "author: Erika Mustermann",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root["author"] is null)
        {
            report.Add(this, rule.Place);
        }
    }
}
