using Sigma.Checks.Facts;

namespace Sigma.Checks.Tagging;

/// <summary>D3FEND has nothing of this name.</summary>
internal sealed class DefendUnknown : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1108", "d3fend_unknown", CheckGroup.Tags, Severity.Warning, "D3FEND has nothing of this name")
        {
            Why = "The tag names a tactic, technique or artifact that D3FEND does not have. The program carries version 0.16.0.",
            Aliases = ["pysigma:d3_fendtag"],
            Wrong = """
            tags:
                - d3fend.d3-xyzzy
            """,
            Right = """
            tags:
                - d3fend.d3-am
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags").Where(tag => tag.Value.StartsWith("d3fend.", StringComparison.Ordinal) && !Defend.Has(tag.Value["d3fend.".Length..])))
        {
            report.Add(this, tag.Span, $"D3FEND {Defend.Version} has no '{tag.Value["d3fend.".Length..]}'");
        }
    }
}
