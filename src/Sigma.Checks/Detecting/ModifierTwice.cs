namespace Sigma.Checks.Detecting;

/// <summary>The same modifier stands twice.</summary>
internal sealed class ModifierTwice : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1306", "modifier_twice", CheckGroup.Style, Severity.Info, "the same modifier stands twice")
        {
            Why = "A second 'contains' or 'all' changes nothing. A second encoding, such as 'base64' or 'wide', does, and is not reported.",
            Aliases = ["pysigma:invalid_modifier_combinations"],
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    CommandLine|contains|contains: whoami
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains: whoami
                condition: selection
            """,
        };

    /// <summary>Whether a modifier stands before this one too, and a second one changes nothing.</summary>
    private static bool IsTwice(ItemText item, string modifier, int i) => Modifiers.Find(modifier) is not { AddsUp: true } && item.Modifiers.Take(i).Contains(modifier);

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Modifiers.Count > 1))
        {
            string[] twice = [.. item.Modifiers.Where((modifier, i) => IsTwice(item, modifier, i))];
            if (twice.Length > 0)
            {
                string key = item.KeyWith(item.Modifiers.Where((modifier, i) => !IsTwice(item, modifier, i)));
                report.Add(this, item.Key.Span, $"'{twice[0]}' stands twice", fix: Edits.Safe("drop the second", Edits.Value(item.Key, key)));
            }
        }
    }
}
