namespace Sigma.Checks.Tagging;

/// <summary>The tag of the analytics repository does not have the form car.2016-04-005.</summary>
internal sealed partial class CarForm : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1109", "car_form", CheckGroup.Tags, Severity.Warning, "the tag of the analytics repository does not have the form car.2016-04-005")
        {
            Why = "Entries of the Cyber Analytics Repository have a year, a month and a number.",
            Aliases = ["pysigma:cartag"],
            Wrong = """
            tags:
                - car.2016-4-5
            """,
            Right = """
            tags:
                - car.2016-04-005
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags").Where(tag => tag.Value.StartsWith("car.", StringComparison.Ordinal) && !Form().IsMatch(tag.Value)))
        {
            report.Add(this, tag.Span);
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^car\.\d{4}-\d{2}-\d{3}\z")]
    private static partial System.Text.RegularExpressions.Regex Form();
}
