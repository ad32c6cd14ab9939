namespace Sigma.Checks.Headers;

/// <summary>The author is not in the list of the configuration.</summary>
internal sealed class AuthorUnlisted : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1050", "author_unlisted", CheckGroup.Metadata, Severity.Info, "the author is not in the list of the configuration")
        {
            Why = "The configuration lists the authors that rules of this repository may have, so that a misspelt name is found.",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Settings.Authors.Count > 0 && rule.Text("author") is { } author)
        {
            foreach (string name in author.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => !rule.Settings.Authors.Contains(name)))
            {
                report.Add(this, author.Span, $"'{name}' is not in the list of authors", Suggestion.For(name, rule.Settings.Authors));
            }
        }
    }
}
