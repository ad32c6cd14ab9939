namespace Sigma.Checks.Meanings;

/// <summary>The regular expression repeats something that is repeated already.</summary>
internal sealed partial class RegexBacktracking : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1712", "regex_backtracking", CheckGroup.Performance, Severity.Warning, "the regular expression repeats something that is repeated already")
        {
            Why = """
            For a value that nearly fits, systems that try one way after the other try every division of it into repetitions:
            twice as many for each further character. A value of forty characters can stop them.
            """,
            Wrong = """
            detection:
                selection:
                    CommandLine|re: '(a+)+$'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|re: 'a+$'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar value in rule.Items.Where(item => item.Has("re")).SelectMany(item => item.Values))
        {
            if (Nested().Match(value.Value) is { Success: true } match)
            {
                report.Add(this, value.SpanOf(match.Index, match.Length));
            }
        }
    }

    /// <summary>A group of nothing but one repeated character or class, repeated again.</summary>
    [System.Text.RegularExpressions.GeneratedRegex(@"(?<!\\)\((\?:)?(\\?[A-Za-z0-9]|\.|\[[^\]\\]+\])[+*]\)[+*]")]
    private static partial System.Text.RegularExpressions.Regex Nested();
}
