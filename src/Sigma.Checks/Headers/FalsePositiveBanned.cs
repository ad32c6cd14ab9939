namespace Sigma.Checks.Headers;

/// <summary>A false positive says nothing that helps.</summary>
internal sealed class FalsePositiveBanned : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1036", "falsepositives_banned", CheckGroup.Metadata, Severity.Info, "a false positive says nothing that helps")
        {
            Hint = "say what causes it, or 'Unknown'",
            Why = """
            'None' is a promise that nobody can keep, and a penetration test is no false positive: the rule has found what it
            looks for.
            """,
            Aliases = ["sigmahq:sigmahq_falsepositives_banned_word"],
            Wrong = """
            falsepositives:
                - None
            """,
            Right = """
            falsepositives:
                - Unknown
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        string[] banned = rule.Settings.Numbers.TryGetValue("sigmahq_falsepositives_banned_word.word_list", out string? given) ? given.Split(',') : ["none", "pentest", "penetration"];
        foreach (YamlScalar text in rule.Texts("falsepositives"))
        {
            if (text.Value.Split(' ').FirstOrDefault(word => banned.Contains(word.ToLowerInvariant())) is { } word)
            {
                report.Add(this, text.Span, $"'{word}' says nothing that helps");
            }
        }
    }
}
