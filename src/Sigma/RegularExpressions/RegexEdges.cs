namespace Sigma.RegularExpressions;

/// <summary>A pattern without the anchors at its ends, for targets that look for a field's value inside a longer text.</summary>
/// <param name="Text">The pattern's text without them.</param>
/// <param name="Removed">Whether there were any.</param>
/// <param name="OthersLeft">Whether anchors remain inside it, which mean the longer text's ends there.</param>
internal sealed record RegexEdges(string Text, bool Removed, bool OthersLeft)
{
    /// <summary>Takes the anchors off a pattern's ends.</summary>
    /// <param name="pattern">The pattern.</param>
    public static RegexEdges Of(RegexPattern pattern)
    {
        IReadOnlyList<RegexNode> items = pattern.Root is RegexSequence sequence ? sequence.Items : [pattern.Root];
        int from = 0;
        int to = pattern.Text.Length;
        int first = items.TakeWhile(item => item is RegexInlineFlags or RegexVerb).Count();
        string head = first > 0 ? pattern.Text[..items[first - 1].End] : "";
        bool removed = false;
        if (first < items.Count && items[first] is RegexAnchor { Letter: '^' or 'A' } opening)
        {
            from = opening.End;
            removed = true;
        }
        else
        {
            head = "";
        }

        if (items.Count > 0 && items[^1] is RegexAnchor { Letter: '$' or 'z' or 'Z' } closing && closing.Offset >= from)
        {
            to = closing.Offset;
            removed = true;
        }

        bool left = items.Any(item => item.Offset >= from && item.End <= to && HasAnchor(item));
        return new RegexEdges(head + pattern.Text[from..to], removed, left);
    }

    private static bool HasAnchor(RegexNode node) => node switch
    {
        RegexAnchor anchor => anchor.Letter is '^' or '$' or 'A' or 'z' or 'Z' or 'G',
        RegexSequence sequence => sequence.Items.Any(HasAnchor),
        RegexAlternation alternation => alternation.Branches.Any(HasAnchor),
        RegexGroup group => HasAnchor(group.Body),
        RegexRepeat repeat => HasAnchor(repeat.Body),
        RegexLookaround around => HasAnchor(around.Body),
        RegexConditional conditional => HasAnchor(conditional.Body) || (conditional.Assertion is { } assertion && HasAnchor(assertion)),
        _ => false,
    };
}
