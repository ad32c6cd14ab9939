namespace Sigma.Checks.FileNames;

/// <summary>The name of a file with a correlation does not begin with 'correlation_'.</summary>
internal sealed class CorrelationPrefix : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1824", "correlation_prefix", CheckGroup.Style, Severity.Info, "the name of a file with a correlation does not begin with 'correlation_'")
        {
            Why = "The public rules start the names of files with correlations with this word, so that they are seen among the rules.",
            Aliases = ["sigmahq:sigmahq_correlation_filename_prefix"],
            IsDefault = false,
            Wrong = """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 5m
                condition:
                    gte: 10
            """,
            Right = """
            title: Whoami often
            correlation:
                type: event_count
                rules:
                    - whoami
                group-by:
                    - User
                timespan: 5m
                condition:
                    gte: 10
            """,
            WrongPath = "rules/whoami_example_rule.yml",
            RightPath = "rules/correlation_whoami_rule.yml",
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        if (file.HasPath && file.Rules.Any(rule => rule.Kind is DocumentKind.Correlation) && !file.Rules.Any(rule => rule.IsRule) && !file.Name.StartsWith("correlation_", StringComparison.Ordinal))
        {
            report.Add(this, file.Start, $"the name '{file.Name}' does not begin with 'correlation_'");
        }
    }
}
