namespace Sigma.Checks.Repository;

/// <summary>Several files have the same name.</summary>
internal sealed class FileNameTwice : RepositoryCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1903", "filename_twice", CheckGroup.Consistency, Severity.Warning, "several files have the same name")
        {
            Why = "Tools that put all rules into one folder keep only one of them.",
            Aliases = ["pysigma:duplicate_filename"],
        };

    /// <inheritdoc/>
    public override void Run(IReadOnlyList<RuleSummary> rules, Report report)
    {
        RuleSummary[] first = [.. rules.DistinctBy(rule => rule.Path)];
        foreach (RuleSummary rule in Twins.Of(first, Name))
        {
            report.Add(this, rule.Place, $"the name of the file is also that of {Twins.Other(first, rule, Name)}");
        }
    }

    private static string? Name(RuleSummary rule) => rule.Path == "-" ? null : rule.Path[(rule.Path.LastIndexOf('/') + 1)..];
}
