using System.Globalization;

namespace Sigma.RegularExpressions;

/// <summary>
/// Writes for Lucene's RegExp (org.apache.lucene.util.automaton.RegExp with all its optional syntax on), which describes the
/// whole value. So a search gets <c>.*</c> at each end that no anchor holds, and the anchors themselves go.
/// </summary>
/// <remarks>
/// The walk knows for each part what lies on either side of it (<see cref="Edge"/>), so that <c>^a|b$</c> becomes
/// <c>a.*|.*b</c>. <c>$</c> is the very end of the value, though PCRE also takes it before a last line break. <c>.</c> stays
/// <c>.</c>, though Lucene's matches a line break as well: <c>[^\n]</c> would put a raw line break into every query, and
/// most values have one line. Both are reported.
/// </remarks>
internal sealed partial class LuceneWriter(RegexPattern pattern, RegexWriterOptions options, bool unbounded = false)
{
    private const string Anything = ".*";

    /// <summary>A gap of fewer characters does not take many states.</summary>
    private const int FewRepeats = 8;

    private readonly List<RegexNote> notes = [];
    private bool saidDot;
    private bool saidEnd;

    /// <summary>What lies between a part and one end of the value.</summary>
    private enum Edge
    {
        /// <summary>Other parts.</summary>
        Inside,

        /// <summary>No part, but any text.</summary>
        Open,

        /// <summary>Nothing: an anchor stands there.</summary>
        Fixed,
    }

    internal RegexTranslation Write()
    {
        var piece = WriteNode(pattern.Root, Edge.Open, Edge.Open);
        if (piece.IsImpossible && notes.TrueForAll(note => note.Effect != RegexEffect.Refused))
        {
            Refuse(pattern.Root, "this pattern can never match: it has text outside its anchors, or an empty class");
        }

        if (!notes.Exists(note => note.Effect == RegexEffect.Refused) && LuceneStates.Exceed(piece.Text))
        {
            if (!unbounded)
            {
                return new LuceneWriter(pattern, options, unbounded: true).Write();
            }

            Refuse(pattern.Root, "it needs more than 10,000 states, the limit of Elasticsearch");
        }

        var isRefused = notes.Exists(note => note.Effect == RegexEffect.Refused);
        return new RegexTranslation(isRefused ? null : piece.Text.Length == 0 ? "()" : Closed(piece.Text, options.EscapeSlash), [.. notes.OrderBy(n => n.Offset)]);
    }

    /// <summary>
    /// A query string takes a backslash and the closing slash for an escaped slash, even when that backslash is escaped
    /// itself; in a class it does not stand beside the slash.
    /// </summary>
    internal static string Closed(string text, bool escapeSlash) =>
        escapeSlash && text.EndsWith(@"\\", StringComparison.Ordinal) ? text[..^2] + @"[\\]" : text;

    private Piece WriteNode(RegexNode node, Edge left, Edge right) => node switch
    {
        RegexAlternation alternation => WriteAlternation(alternation.Branches, left, right),
        RegexSequence sequence => WriteSequence(sequence.Items, left, right),
        _ => WriteSequence([node], left, right),
    };

    // Branches without anchors share one ".*" outside; as soon as one has an anchor, each brings its own.
    private Piece WriteAlternation(IReadOnlyList<RegexNode> branches, Edge left, Edge right)
    {
        var sharesLeft = left == Edge.Open && !branches.Any(HasStartAnchor);
        var sharesRight = right == Edge.Open && !branches.Any(HasEndAnchor);
        var pieces = branches
            .Select(b => WriteNode(b, sharesLeft ? Edge.Inside : left, sharesRight ? Edge.Inside : right))
            .Where(piece => !piece.IsImpossible)
            .ToList();
        var union = Piece.Union(pieces);
        return (sharesLeft || sharesRight) && !union.IsImpossible
            ? Piece.Concatenation([sharesLeft ? Piece.Of(Anything) : Piece.Empty, union, sharesRight ? Piece.Of(Anything) : Piece.Empty])
            : union;
    }

    private Piece WriteSequence(IReadOnlyList<RegexNode> items, Edge left, Edge right)
    {
        var run = new AnchoredRun(this, items, left, right);
        if (!run.TakeAnchors())
        {
            return Piece.Impossible;
        }

        var rest = run.Items;
        var pieces = new List<Piece>(rest.Count + 2) { run.Prefix };
        for (var i = 0; i < rest.Count; i++)
        {
            if (rest[i] is RegexAnchor anchor)
            {
                if (!LeaveOut(anchor, i > 0 ? rest[i - 1] : null, i + 1 < rest.Count ? rest[i + 1] : null))
                {
                    return Piece.Impossible;
                }

                continue;
            }

            var hasStart = HasStartAnchor(rest[i]);
            var hasEnd = HasEndAnchor(rest[i]);
            var inLeft = i == 0 && (hasStart || run.Left != Edge.Open) ? run.Left : Edge.Inside;
            var inRight = i == rest.Count - 1 && (hasEnd || run.Right != Edge.Open) ? run.Right : Edge.Inside;

            // "a?(^|b)": whether ^ holds depends on what a? matched, which nothing but an anchor says in place.
            if ((hasStart && i > 0 && run.Left != Edge.Inside && i <= run.Optional.FromStart)
                || (hasEnd && i < rest.Count - 1 && run.Right != Edge.Inside && rest.Count - 1 - i <= run.Optional.ToEnd))
            {
                Refuse(rest[i], "Lucene has no anchors, and this one is next to an optional part");
            }

            pieces.Add(WriteItem(rest[i], inLeft, inRight));
        }

        pieces.Add(run.Suffix);
        return Piece.Concatenation(pieces);
    }

    private Piece WriteItem(RegexNode item, Edge left, Edge right)
    {
        switch (item)
        {
            case RegexLiteral literal:
                return Piece.Atom(Character(literal));
            case RegexAnyCharacter any:
                return WriteAny(any);
            case RegexCharacterClass set:
                return WriteClass(set);
            case RegexShorthand shorthand:
                return Piece.Atom(Shorthand(shorthand));
            case RegexGroup group:
                if (group.Kind == RegexGroupKind.Atomic)
                {
                    Approximate(group, "Lucene has no atomic groups; a plain group may select more");
                }

                return WriteNode(group.Body, left, right).InParentheses();
            case RegexRepeat repeat:
                return WriteRepeat(repeat, left, right);
            case RegexVerb { Name: "F" or "FAIL" }:
                return Piece.Impossible;
            case RegexSpecialEscape { Letter: 'R' }:
                var lineBreak = WithoutControls(item, CodePointSet.VerticalSpace);
                return Piece.Atom($"({lineBreak}{lineBreak}?)");
            default:
                Refuse(item, Reason(item));
                return Piece.Empty;
        }
    }

    private Piece WriteAny(RegexAnyCharacter any)
    {
        if (!any.Flags.HasFlag(RegexFlags.DotAll) && !saidDot)
        {
            saidDot = true;
            notes.Add(new RegexNote(any.Offset, any.Length, RegexEffect.MoreAcrossLines, "in Lucene '.' also matches a line break"));
        }

        return Piece.Atom(".");
    }

    /// <summary>Reports a <c>$</c> or <c>\Z</c> that became the very end of the value.</summary>
    private void NoteEnd(RegexAnchor anchor)
    {
        if (!saidEnd)
        {
            saidEnd = true;
            notes.Add(new RegexNote(
                anchor.Offset, anchor.Length, RegexEffect.FewerBeforeLastBreak, $"in Lucene '{(anchor.Letter == '$' ? "$" : @"\Z")}' does not match before a line break at the end of the value"));
        }
    }

    private Piece WriteRepeat(RegexRepeat repeat, Edge left, Edge right)
    {
        if (repeat.Greed == RegexGreed.Possessive)
        {
            Approximate(repeat, "Lucene has no possessive quantifiers; a plain one may select more");
        }

        if (HasStartAnchor(repeat.Body) || HasEndAnchor(repeat.Body))
        {
            return WriteAnchoredRepeat(repeat, left, right);
        }

        var body = WriteItem(repeat.Body, Edge.Inside, Edge.Inside);
        if (body.IsImpossible || body.IsEmpty)
        {
            return body.IsImpossible && repeat.Min > 0 ? body : Piece.Empty;
        }

        var max = repeat.Max;
        if (unbounded && max >= FewRepeats && IsBroad(repeat.Body))
        {
            Approximate(repeat, "the upper bound is omitted, because with it the expression needs more than 10,000 states, the limit of Elasticsearch");
            max = null;
        }

        return (repeat.Min, max) switch
        {
            (_, 0) => Piece.Empty,
            (1, 1) => body,
            (0, null) => body.Repeated("*"),
            (1, null) => body.Repeated("+"),
            (0, 1) => body.Repeated("?"),
            var (min, most) when min == most => body.Repeated(string.Create(CultureInfo.InvariantCulture, $"{{{min}}}")),
            var (min, most) => body.Repeated(string.Create(CultureInfo.InvariantCulture, $"{{{min},{most}}}")),
        };
    }

    /// <summary>Whether a part takes nearly every character, so that what stands before it may come again within it.</summary>
    private static bool IsBroad(RegexNode body) => body switch
    {
        RegexAnyCharacter => true,
        RegexGroup group => IsBroad(group.Body),
        RegexSequence { Items: [var only] } => IsBroad(only),
        RegexShorthand shorthand => char.IsUpper(shorthand.Letter),
        RegexCharacterClass set => SetOf(set) is { } points && points.Ranges.Sum(range => range.Last - range.First + 1) > char.MaxValue,
        _ => false,
    };

    private Piece WriteAnchoredRepeat(RegexRepeat repeat, Edge left, Edge right)
    {
        switch (repeat.Min, repeat.Max)
        {
            case (1, 1):
                return WriteItem(repeat.Body, left, right);
            case (0, 1):
                return WriteAlternation([repeat.Body, new RegexSequence(repeat.End, 0, [])], left, right);
            default:
                Refuse(repeat, "Lucene has no anchors, and this one is repeated");
                return Piece.Empty;
        }
    }

    private static string Reason(RegexNode item) => item switch
    {
        RegexLookaround { Behind: false } => "Lucene has no lookahead",
        RegexLookaround => "Lucene has no lookbehind",
        RegexBackreference => "Lucene has no backreferences",
        RegexSubroutine => "Lucene has no recursion",
        RegexConditional => "Lucene has no conditions",
        RegexVerb verb => $"Lucene has no control verbs such as (*{verb.Name})",
        RegexUnicodeProperty => "Lucene has no Unicode properties",
        RegexSpecialEscape escape => $@"Lucene has no \{escape.Letter}",
        _ => "Lucene cannot say this",
    };

    private void Refuse(RegexNode node, string message) =>
        notes.Add(new RegexNote(node.Offset, node.Length, RegexEffect.Refused, message));

    private void Approximate(RegexNode node, string message) =>
        notes.Add(new RegexNote(node.Offset, node.Length, RegexEffect.More, message));
}
