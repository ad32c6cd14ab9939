namespace Sigma.Checks.Detecting;

/// <summary>The regular expression looks ahead or behind.</summary>
internal sealed class RegexLookaround : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1317", "regex_lookaround", CheckGroup.Correctness, Severity.Info, "the regular expression looks ahead or behind")
        {
            Why = """
            Many systems search with automata that cannot look around, so this rule has no query for them. 'sigmac check -t' tells
            for which.
            """,
            Aliases = ["sigmahq:sigmahq_unsupported_regex_group_construct"],
            Wrong = """
            detection:
                selection:
                    CommandLine|re: 'whoami(?! /all)'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|re: 'whoami /(user|groups)'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar value in rule.Items.Where(item => item.Has("re")).SelectMany(item => item.Values))
        {
            foreach (string construct in (string[])["(?=", "(?!", "(?<=", "(?<!", "(?>"])
            {
                int at = value.Value.IndexOf(construct, StringComparison.Ordinal);
                if (at >= 0)
                {
                    report.Add(this, value.SpanOf(at, construct.Length), $"'{construct}' looks around, or is atomic");
                    break;
                }
            }
        }
    }
}
