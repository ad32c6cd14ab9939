namespace Sigma.Checks.Detecting;

/// <summary>The wildcard at the end of the value is what the modifier says already.</summary>
internal sealed class WildcardInModifier : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1319", "wildcard_in_modifier", CheckGroup.Style, Severity.Info, "the wildcard at the end of the value is what the modifier says already")
        {
            Hint = "drop it",
            Why = "'contains' allows anything before and after the value. An asterisk there adds nothing.",
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    CommandLine|contains: '*whoami*'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains: 'whoami'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Modifiers.Count > 0 && item.Modifiers.All(modifier => modifier is "contains" or "startswith" or "endswith" or "all" or "cased")))
        {
            bool leading = item.Has("contains") || item.Has("endswith");
            bool trailing = item.Has("contains") || item.Has("startswith");
            foreach (YamlScalar value in item.Values.Where(value => ScalarType.Of(value) is ScalarType.String && value.Value.Contains('*')))
            {
                SigmaString text = SigmaString.Parse(value.Value);
                int first = leading && text.Parts[0].Kind is PartKind.Many ? 1 : 0;
                int last = text.Parts.Length - (trailing && text.Parts[^1].Kind is PartKind.Many ? 1 : 0);
                if (last - first > 0 && last - first < text.Parts.Length)
                {
                    report.Add(this, value.Span, fix: Edits.Safe("drop it", Edits.Value(value, new SigmaString(text.Parts[first..last]).ToString())));
                }
            }
        }
    }
}
