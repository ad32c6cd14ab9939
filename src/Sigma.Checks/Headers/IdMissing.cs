namespace Sigma.Checks.Headers;

/// <summary>The rule has no id.</summary>
internal sealed class IdMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1006", "id_missing", CheckGroup.Metadata, Severity.Warning, "the rule has no id")
    {
        Hint = "add one, and never change it",
        Why = """
            Correlations, filters, cases of tests and dashboards name a rule by its id. A title may change, an id must not. --fix
            adds one; it looks random, but depends on the text of the rule and the path of its file only, so that a run can be
            repeated and copies get ids of their own.
            """,
        Aliases = ["pysigma:identifier_existence"],
        Fix = FixKind.Safe,
        Wrong = "# without id",
        Right = "id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("id") is null)
        {
            // What 'action: global' or 'action: repeat' gives to several rules must not give them one id.
            Fix? fix = !rule.File.HasSharedParts && rule.Root.Find("id") is null && rule.Root.Find("title") is { Value: YamlScalar title } && rule.HasPlainLines
                ? Edits.Safe("add an id", Edits.LineAfter(title.Span, "id: " + Fingerprints.IdOf(rule)))
                : null;
            report.Add(this, rule.Place, fix: fix);
        }
    }
}
