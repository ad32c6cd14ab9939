namespace Sigma.Checks.Headers;

/// <summary>A word of a false positive is misspelt.</summary>
internal sealed class FalsePositiveTypo : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1037", "falsepositives_typo", CheckGroup.Style, Severity.Info, "a word of a false positive is misspelt")
        {
            Why = """
            The usual words for false positives are often misspelt in the same ways, and then not found by those who search for
            them.
            """,
            Aliases = ["sigmahq:sigmahq_falsepositives_typo_word"],
            Fix = FixKind.Safe,
            Wrong = """
            falsepositives:
                - Unkown
            """,
            Right = """
            falsepositives:
                - Unknown
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar text in rule.Texts("falsepositives"))
        {
            string[] words = text.Value.Split(' ');
            if (words.FirstOrDefault(word => Meant(word) is not null) is { } wrong)
            {
                string better = string.Join(' ', words.Select(word => Meant(word) ?? word));
                report.Add(this, text.Span, $"'{wrong}' is misspelt", $"write '{Meant(wrong)}'", Edits.Safe("correct it", Edits.Value(text, better)), words.Any(word => Listed.Contains(word.ToLowerInvariant())) ? null : []);
            }
        }
    }

    /// <summary>The words that the other tool knows.</summary>
    private static readonly string[] Listed = ["unkown", "ligitimate", "legitimeate"];

    private static string? Meant(string word) => word.TrimEnd('.', ',').ToLowerInvariant() switch
    {
        "unkown" or "unknow" or "unknwon" => Like(word, "unknown"),
        "ligitimate" or "legitimeate" or "legitim" or "legimate" or "legitmate" => Like(word, "legitimate"),
        _ => null,
    };

    private static string Like(string word, string meant) =>
        (char.IsUpper(word[0]) ? char.ToUpperInvariant(meant[0]) + meant[1..] : meant) + (word[^1] is '.' or ',' ? word[^1..] : "");
}
