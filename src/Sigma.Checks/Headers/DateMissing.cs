namespace Sigma.Checks.Headers;

/// <summary>The rule has no date.</summary>
internal sealed class DateMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1022", "date_missing", CheckGroup.Metadata, Severity.Info, "the rule has no date")
    {
        Why = "The date of creation shows how old a rule is; together with 'modified' it shows whether anybody cares for it.",
        Aliases = ["sigmahq:sigmahq_date_existence"],
        Fix = FixKind.Unsafe,
        Wrong = "# without date",
        Right = "date: 2026-01-10",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root["date"] is null)
        {
            YamlEntry? after = rule.Root.Find("author") ?? rule.Root.Find("description") ?? rule.Root.Find("id");
            Fix? fix = after is { Value: YamlScalar { Style: not ScalarStyle.Block } scalar } && rule.HasPlainLines
                ? Edits.Unsafe("add the date of today", Edits.LineAfter(scalar.Span, $"date: {rule.Settings.Today:yyyy-MM-dd}"))
                : null;
            report.Add(this, rule.Place, fix: fix);
        }
    }
}
