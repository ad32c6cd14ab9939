namespace Sigma.Checks.Headers;

/// <summary>The rule has no status.</summary>
internal sealed class StatusMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1009", "status_missing", CheckGroup.Metadata, Severity.Info, "the rule has no status")
    {
        Hint = "add 'status: experimental', test or stable",
        Why = "The status says how far a rule can be trusted, and filters such as status>=test leave a rule without one out.",
        Aliases = ["sigmahq:sigmahq_status_existence"],
        Fix = FixKind.Unsafe,
        Wrong = "# without status",
        Right = "status: test",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("status") is null && rule.IsRule)
        {
            YamlEntry? after = rule.Root.Find("id") ?? rule.Root.Find("title");
            Fix? fix = rule.Root.Find("status") is null && after is { Value: YamlScalar scalar } && rule.HasPlainLines
                ? Edits.Unsafe("add 'status: experimental'", Edits.LineAfter(scalar.Span, "status: experimental"))
                : null;
            report.Add(this, rule.Place, fix: fix);
        }
    }
}
