namespace Sigma.Checks.Headers;

/// <summary>The reference leads to a file on GitHub that may change.</summary>
internal sealed partial class ReferenceMovingLink : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1033", "reference_github_link", CheckGroup.Metadata, Severity.Info, "the reference leads to a file on GitHub that may change")
        {
            Hint = "link to a commit: press y on the page",
            Why = """
            A link to a branch shows another file as soon as somebody changes it, and nothing when the branch is gone. A link with
            the 40 digits of a commit stays.
            """,
            Aliases = ["sigmahq:sigmahq_github_link"],
            Wrong = """
            references:
                - https://github.com/example/tools/blob/main/whoami.c
            """,
            Right = """
            references:
                - https://github.com/example/tools/blob/0123456789abcdef0123456789abcdef01234567/whoami.c
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar reference in rule.Texts("references"))
        {
            if (reference.Value.StartsWith("https://github.com/", StringComparison.Ordinal) && FileEnding().IsMatch(reference.Value) && !Commit().IsMatch(reference.Value))
            {
                report.Add(this, reference.Span);
            }
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\.\w{1,3}$")]
    private static partial System.Text.RegularExpressions.Regex FileEnding();

    [System.Text.RegularExpressions.GeneratedRegex("/[0-9a-f]{40}/")]
    private static partial System.Text.RegularExpressions.Regex Commit();
}
