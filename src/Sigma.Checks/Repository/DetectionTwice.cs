namespace Sigma.Checks.Repository;

/// <summary>Several rules have the same log source and detection.</summary>
internal sealed class DetectionTwice : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1904", "detection_twice", CheckGroup.Consistency, Severity.Warning, "several rules have the same log source and detection")
        {
            Hint = "keep one of them",
            Why = "Every event of one rule is an event of the other, so each alert comes twice. Order and quotes of values do not matter.",
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        foreach (RuleSummary rule in Twins.Of(rules, rule => rule.Detection))
        {
            report.Add(this, rule.Title?.Span ?? rule.Place, $"log source and detection are also those of {Twins.Other(rules, rule, one => one.Detection)}");
        }
    }
}
