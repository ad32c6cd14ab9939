namespace Sigma.Checks.Meanings;

/// <summary>'.*' at an end of the regular expression changes nothing.</summary>
internal sealed class RegexStar : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1711", "regex_star", CheckGroup.Style, Severity.Info, "'.*' at an end of the regular expression changes nothing")
        {
            Hint = "drop it",
            Why = """
            A regular expression is searched for anywhere in the value, so 'any characters before it' is said already. Some
            systems search much longer with it.
            """,
            Wrong = """
            detection:
                selection:
                    CommandLine|re: '.*who(ami)?'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|re: 'who(ami)?'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar value in rule.Items.Where(item => item.Has("re")).SelectMany(item => item.Values).Where(value => value.Value.Length > 2 && !value.Value.Contains('|')))
        {
            if (value.Value.StartsWith(".*", StringComparison.Ordinal) && value.Value[2] is not ('?' or '+' or '*'))
            {
                report.Add(this, value.SpanOf(0, 2));
            }
            else if (value.Value.EndsWith(".*", StringComparison.Ordinal) && value.Value[^3] != '\\')
            {
                report.Add(this, value.SpanOf(value.Value.Length - 2, 2));
            }
        }
    }
}
