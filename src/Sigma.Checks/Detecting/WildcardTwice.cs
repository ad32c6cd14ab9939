namespace Sigma.Checks.Detecting;

/// <summary>Two asterisks in a row.</summary>
internal sealed class WildcardTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1308", "double_wildcard", CheckGroup.Style, Severity.Info, "two asterisks in a row")
    {
        Hint = "one means the same",
        Why = "An asterisk stands for any characters already. Some systems take two for something else, or match more slowly.",
        Aliases = ["pysigma:double_wildcard"],
        Fix = FixKind.Unsafe,
        Wrong = """
            detection:
                selection:
                    CommandLine: 'a**b'
                condition: selection
            """,
        Right = """
            detection:
                selection:
                    CommandLine: 'a*b'
                condition: selection
            """,
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => !item.Has("re") && !item.Has("cidr")))
        {
            foreach (YamlScalar value in item.Values.Where(value => value.Value.Contains("**")))
            {
                SigmaString text = SigmaString.Parse(value.Value);
                if (text.Parts.Index().Any(part => part.Index > 0 && part.Item.Kind is PartKind.Many && text.Parts[part.Index - 1].Kind is PartKind.Many))
                {
                    var single = new SigmaString([.. text.Parts.Where((part, i) => part.Kind is not PartKind.Many || i == 0 || text.Parts[i - 1].Kind is not PartKind.Many)]);
                    report.Add(this, value.Span, fix: Edits.Value(value, single.ToString()) is { } edit ? Edits.Unsafe("write one", edit) : null);
                }
            }
        }
    }
}
