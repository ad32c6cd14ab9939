namespace Sigma.Checks.Conditions;

/// <summary>The list of conditions has one entry.</summary>
internal sealed class ConditionListOfOne : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1408", "condition_list_of_one", CheckGroup.Style, Severity.Info, "the list of conditions has one entry")
        {
            Hint = "write the condition behind the key",
            Why = "A list of conditions makes a query for each. With one entry it says no more than the entry.",
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition:
                    - selection
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Detections?.Find("condition") is { Value: YamlSequence { Items: [YamlScalar only] } } entry && only.Style is not ScalarStyle.Block)
        {
            string between = only.Span.Source.Text[entry.Key.Span.End..only.Span.Start];
            bool plain = between.Trim().TrimStart(':').Trim() is "-";
            report.Add(this, only.Span, fix: plain ? Edits.Safe("write it behind the key", new TextEdit(entry.Key.Span.End, between.Length, ": ")) : null);
        }
    }
}
