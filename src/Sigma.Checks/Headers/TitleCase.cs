namespace Sigma.Checks.Headers;

/// <summary>A word of the title starts with a small letter.</summary>
internal sealed class TitleCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1003", "title_case", CheckGroup.Style, Severity.Info, "a word of the title starts with a small letter")
        {
            Why = """
            The public rules capitalize the words of titles, apart from short ones such as 'of' and 'the'. Words with a dot, a
            slash or an underscore are names of files and fields, and stay as they are.
            """,
            Aliases = ["sigmahq:sigmahq_title_case"],
            Fix = FixKind.Safe,
            IsDefault = false,
            Wrong = "title: Whoami is Run by a service",
            Right = "title: Whoami is Run by a Service",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("title") is not { } title)
        {
            return;
        }

        string[] words = title.Value.Split(' ');
        string[] small = [.. words.Where(IsSmall)];
        if (small.Length > 0)
        {
            int at = words.TakeWhile(word => word != small[0]).Sum(word => word.Length + 1);
            string better = string.Join(' ', words.Select(word => IsSmall(word) ? char.ToUpperInvariant(word[0]) + word[1..] : word));
            report.Add(this, title.SpanOf(at, small[0].Length), $"'{small[0]}' in the title starts with a small letter", fix: Edits.Safe("capitalize", Edits.Value(title, better)));
        }
    }

    private static readonly string[] Short =
        ["the", "for", "in", "with", "via", "on", "to", "without", "of", "through", "from", "by", "as", "a", "or", "at", "and", "an", "over", "new", "is"];

    private static bool IsSmall(string word) =>
        word.Length > 0 && word == word.ToLowerInvariant() && word.Any(char.IsLetter) && !Short.Contains(word) && !word.AsSpan().ContainsAny("./_") && !char.IsAsciiDigit(word[0]);
}
