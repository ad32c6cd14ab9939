namespace Sigma.Checks.Detecting;

/// <summary>The regular expression escapes a character that needs none.</summary>
internal sealed class RegexEscape : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1318", "regex_escape", CheckGroup.Style, Severity.Info, "the regular expression escapes a character that needs none")
        {
            Hint = "drop the backslash",
            Why = """
            A backslash before an ordinary character has no meaning, or another one in the next dialect. The public repository
            allows it before punctuation and before letters that have a meaning.
            """,
            Wrong = """
            detection:
                selection:
                    CommandLine|re: 'whoami\ê+'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|re: 'whoamiê+'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar value in rule.Items.Where(item => item.Has("re")).SelectMany(item => item.Values))
        {
            string text = value.Value;
            for (int i = 0; i + 1 < text.Length; i++)
            {
                if (text[i] == '\\')
                {
                    char next = text[i + 1];
                    if ((char.IsLetter(next) && !"AbBdDfnrsStvwWZzxupPkhHRQEeaGcXKC".Contains(next)) || (!char.IsAscii(next) && !char.IsLetter(next)))
                    {
                        report.Add(this, value.SpanOf(i, 2), $"'\\{next}' needs no backslash");
                        break;
                    }

                    i++;
                }
            }
        }
    }
}
