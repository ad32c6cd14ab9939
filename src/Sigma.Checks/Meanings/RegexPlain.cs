namespace Sigma.Checks.Meanings;

/// <summary>The regular expression is a plain text.</summary>
internal sealed class RegexPlain : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1709", "regex_plain", CheckGroup.Meaning, Severity.Info, "the regular expression is a plain text")
        {
            Hint = "write '|contains|cased', or '|contains' if capital letters do not matter",
            Why = """
            An expression without a special character finds the text anywhere in the value, with the same letters. 'contains' says
            so, and most systems find it faster.
            """,
            Wrong = """
            detection:
                selection:
                    CommandLine|re: '.*whoami.*'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains|cased: 'whoami'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && item.Modifiers is ["re"]))
        {
            foreach (YamlScalar value in item.Values)
            {
                string text = value.Value;
                text = text.StartsWith(".*", StringComparison.Ordinal) ? text[2..] : text;
                text = text.EndsWith(".*", StringComparison.Ordinal) && !text.EndsWith("\\.*", StringComparison.Ordinal) ? text[..^2] : text;
                if (text.Length > 0 && !text.AsSpan().ContainsAny(@"\^$.|?*+()[]{}"))
                {
                    report.Add(this, value.Span, $"the regular expression is the plain text '{text}'");
                }
            }
        }
    }
}
