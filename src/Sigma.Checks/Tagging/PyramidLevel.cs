namespace Sigma.Checks.Tagging;

/// <summary>The tag of the robustness is not a number from 1 to 5, with an optional letter a, u or k.</summary>
internal sealed partial class PyramidLevel : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1112", "stp_tag", CheckGroup.Tags, Severity.Warning, "the tag of the robustness is not a number from 1 to 5, with an optional letter a, u or k")
        {
            Why = """
            The namespace 'stp' rates how hard it is to evade a rule: from 1 to 5, and whether it looks at an application, at user
            mode or at the kernel.
            """,
            Aliases = ["pysigma:stptag"],
            Wrong = """
            tags:
                - stp.9x
            """,
            Right = """
            tags:
                - stp.3u
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags").Where(tag => tag.Value.StartsWith("stp.", StringComparison.Ordinal) && !Form().IsMatch(tag.Value)))
        {
            report.Add(this, tag.Span);
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^stp\.[1-5][auk]?\z")]
    private static partial System.Text.RegularExpressions.Regex Form();
}
