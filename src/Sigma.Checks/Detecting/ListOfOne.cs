namespace Sigma.Checks.Detecting;

/// <summary>The list has one value.</summary>
internal sealed class ListOfOne : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1307", "list_of_one", CheckGroup.Style, Severity.Info, "the list has one value")
    {
        Hint = "write the value behind the key",
        Why = """
            The public rules write a single value without a list. Some targets write a list of one value as a list, so the
            correction may change the form of a query, never what it selects.
            """,
        Fix = FixKind.Unsafe,
        Wrong = """
            detection:
                selection:
                    'CommandLine|contains|cased':
                        - whoami
                condition: selection
            """,
        Right = """
            detection:
                selection:
                    'CommandLine|contains|cased': whoami
                condition: selection
            """,
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.HasKey && item.IsList && item.Values.Count == 1))
        {
            Span list = item.Node.Span;
            YamlScalar value = item.Values[0];
            string between = list.Source.Text[item.Key.Span.End..value.Span.Start];
            bool plain = between.Trim().TrimStart(':').Trim() is "-" && value.Style is not ScalarStyle.Block && !value.Span.Characters.Contains('\n');
            report.Add(this, value.Span, fix: plain ? Edits.Unsafe("write it behind the key", new TextEdit(item.Key.Span.End, between.Length, ": ")) : null);
        }
    }
}
