namespace Sigma.Checks.Headers;

/// <summary>The author is a list.</summary>
internal sealed class AuthorList : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1021", "author_list", CheckGroup.Metadata, Severity.Warning, "the author is a list")
    {
        Hint = "write one text, with commas between the names",
        Why = "The specification has one text for all authors, separated by commas. Other tools refuse a list.",
        Fix = FixKind.Safe,
        Wrong = """
            author:
                - Erika
                - Max
            """,
        Right = "author: Erika, Max",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root.Find("author") is { Value: YamlSequence list } entry)
        {
            string[] names = [.. list.Items.OfType<YamlScalar>().Select(name => name.Value)];
            bool plain = names.Length == list.Items.Count && !list.Span.Characters.Contains('#') && Edits.IsPlain(string.Join(", ", names));
            TextEdit edit = new(entry.Key.Span.End, list.Span.End - entry.Key.Span.End, ": " + string.Join(", ", names));
            report.Add(this, entry.Key.Span, fix: plain ? Edits.Safe("join the names", edit) : null, refused: true);
        }
    }
}
