namespace Sigma.Checks.Detecting;

/// <summary>'all' is used with one value.</summary>
internal sealed class AllOfOne : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1302", "all_of_one", CheckGroup.Style, Severity.Info, "'all' is used with one value")
    {
        Hint = "drop it",
        Why = "'all' asks for all values of a list. With one value it changes nothing, and the specification forbids it.",
        Aliases = ["sigmahq:sigmahq_invalid_all_modifier", "rsigma:single_value_all_modifier"],
        Fix = FixKind.Safe,
        Wrong = """
            detection:
                selection:
                    CommandLine|contains|all: whoami
                condition: selection
            """,
        Right = """
            detection:
                selection:
                    CommandLine|contains: whoami
                condition: selection
            """,
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && item.Has("all") && item.Values.Count == 1))
        {
            // What one value expands to are several for those who count after the modifiers.
            bool expands = item.Has("windash") || item.Has("base64offset") || item.Has("expand");
            report.Add(
                this, item.SpanOf(item.Modifiers.Index().First(modifier => modifier.Item == "all").Index),
                fix: expands ? null : Edits.Safe("drop it", Edits.Value(item.Key, item.KeyWith(item.Modifiers.Where(modifier => modifier != "all")))),
                aliases: expands ? ["rsigma:single_value_all_modifier"] : null);
        }
    }
}
