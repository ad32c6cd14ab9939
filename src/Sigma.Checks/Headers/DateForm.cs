namespace Sigma.Checks.Headers;

/// <summary>The date has an older form.</summary>
internal sealed class DateForm : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1023", "date_form", CheckGroup.Style, Severity.Info, "the date has an older form")
    {
        Hint = "write it with dashes, as in 2026-11-28",
        Why = """
            Version 2 of the specification writes dates as 2026-11-28. sigmac reads 2026/11/28 too, but schemas and other tools
            refuse it.
            """,
        Aliases = ["rsigma:invalid_date", "rsigma:invalid_modified"],
        Fix = FixKind.Safe,
        Wrong = "date: 2026/01/10",
        Right = "date: 2026-01-10",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (string key in (string[])["date", "modified"])
        {
            if (rule.Text(key) is { } date && Days.Of(date.Value) is { } day && day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) is var better && better != date.Value)
            {
                report.Add(this, date.Span, $"'{key}' has an older form", $"write {better}", fix: Edits.Safe("write dashes", Edits.Replace(date.Span, better)), aliases: [$"rsigma:invalid_{key}"]);
            }
        }
    }
}
