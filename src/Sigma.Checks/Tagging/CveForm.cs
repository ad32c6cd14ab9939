namespace Sigma.Checks.Tagging;

/// <summary>The tag of a vulnerability does not have the form cve.2021-44228.</summary>
internal sealed partial class CveForm : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1110", "cve_form", CheckGroup.Tags, Severity.Warning, "the tag of a vulnerability does not have the form cve.2021-44228")
        {
            Why = "Vulnerabilities have a year and a number with a dash between them.",
            Aliases = ["pysigma:cvetag"],
            Fix = FixKind.Safe,
            Wrong = """
            tags:
                - cve.2021.44228
            """,
            Right = """
            tags:
                - cve.2021-44228
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags").Where(tag => tag.Value.StartsWith("cve.", StringComparison.Ordinal) && !Form().IsMatch(tag.Value)))
        {
            string better = "cve." + tag.Value[4..].Replace("cve-", "", StringComparison.OrdinalIgnoreCase).Replace('.', '-').Replace('_', '-');
            report.Add(this, tag.Span, fix: Form().IsMatch(better) ? Edits.Safe("write a dash", Edits.Value(tag, better)) : null);
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^cve\.\d+-\d+\z")]
    private static partial System.Text.RegularExpressions.Regex Form();
}
