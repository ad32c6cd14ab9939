namespace Sigma.RegularExpressions;

/// <content>Translates <c>^ $ \A \z \Z \G \b \B</c>.</content>
internal sealed partial class LuceneWriter
{
    private const string StartLetters = "^AG";
    private const string EndLetters = "$zZ";
    private const string BoundaryLetters = "bB";

    private static bool HasStartAnchor(RegexNode node) => HasAnchor(node, isStart: true);

    private static bool HasEndAnchor(RegexNode node) => HasAnchor(node, isStart: false);

    /// <summary>Whether an anchor of this end can come to stand there: nothing that must match is further out.</summary>
    private static bool HasAnchor(RegexNode node, bool isStart)
    {
        switch (node)
        {
            case RegexAnchor anchor:
                return ((isStart ? StartLetters : EndLetters) + BoundaryLetters).Contains(anchor.Letter);
            case RegexSequence sequence:
                var inwards = isStart ? sequence.Items : sequence.Items.Reverse();
                foreach (var item in inwards)
                {
                    if (HasAnchor(item, isStart))
                    {
                        return true;
                    }

                    if (!RegexProperties.IsNullable(item))
                    {
                        return false;
                    }
                }

                return false;
            default:
                return RegexProperties.Children(node).Any(child => HasAnchor(child, isStart));
        }
    }

    /// <summary>Leaves an anchor between two parts out where that is right; false when it can never hold there.</summary>
    private bool LeaveOut(RegexAnchor anchor, RegexNode? before, RegexNode? after)
    {
        switch (anchor.Letter)
        {
            // Under m an anchor may hold in the middle of the value.
            case '^' when before is RegexLiteral { CodePoint: '\n' }:
            case '$' when after is RegexLiteral { CodePoint: '\n' }:
                return true;
            case '^' or '$':
                Approximate(anchor, $"Lucene has no '{anchor.Letter}'; it is omitted, which may select more");
                return true;
            case 'b' or 'B' when before is not null && after is not null
                && WordEdges.Last(before) is { } last && WordEdges.First(after) is { } first:
                return (last != first) == (anchor.Letter == 'b');
            default:
                Refuse(anchor, $@"Lucene has no \{anchor.Letter}, and its neighbours do not decide whether it holds");
                return true;
        }
    }

    /// <summary>A sequence that trades the anchors at its ends for what the value must look like there.</summary>
    private sealed class AnchoredRun(LuceneWriter writer, IEnumerable<RegexNode> items, Edge left, Edge right)
    {
        private readonly Side start = new(writer, isStart: true, left);
        private readonly Side end = new(writer, isStart: false, right);

        /// <summary>What remains between the ends.</summary>
        internal List<RegexNode> Items { get; private set; } = [.. items.Where(item => !IsSilent(item))];

        internal Edge Left => start.Edge;

        internal Edge Right => end.Edge;

        internal Piece Prefix { get; private set; } = Piece.Empty;

        internal Piece Suffix { get; private set; } = Piece.Empty;

        /// <summary>How many items from the start, or to the end, may all be empty.</summary>
        internal (int FromStart, int ToEnd) Optional { get; private set; }

        /// <summary>Takes the anchors off both ends; false when they can never hold.</summary>
        internal bool TakeAnchors()
        {
            if (!TakeFrom(start) || !TakeFrom(end))
            {
                return false;
            }

            var takesAll = Items.Count == 0 && start.Edge != end.Edge && start.Context.Length + end.Context.Length == 0;
            if (end.BeforeLastBreak is { } anchor && !(takesAll && Left == Edge.Open)
                && !(Items.LastOrDefault() is RegexRepeat { Max: null } last && TakesLineBreak(last.Body)))
            {
                writer.NoteEnd(anchor);
            }

            if (takesAll)
            {
                // "^" alone or "$": one open end is enough for anything to fit.
                Prefix = Piece.Of(Edge.Open == Left || Edge.Open == Right ? Anything : string.Empty);
                return true;
            }

            Prefix = Piece.Of(start.Write(Items.FirstOrDefault()));
            Suffix = Piece.Of(Items.Count == 0 && Prefix.Text == Anything ? string.Empty : end.Write(Items.LastOrDefault()));
            var first = Items.FindIndex(item => !RegexProperties.IsNullable(item));
            Optional = first < 0
                ? (Items.Count, Items.Count)
                : (first, Items.Count - 1 - Items.FindLastIndex(item => !RegexProperties.IsNullable(item)));
            return true;
        }

        // Works from the outside in; for the end, on the items backwards.
        private bool TakeFrom(Side side)
        {
            if (side.IsStart)
            {
                return side.Take(Items);
            }

            Items.Reverse();
            var holds = side.Take(Items);
            Items.Reverse();
            return holds;
        }

        private static bool TakesLineBreak(RegexNode node) => node switch
        {
            RegexAnyCharacter => true,
            RegexGroup group => TakesLineBreak(group.Body),
            RegexCharacterClass set => SetOf(set) is { } points && points.Contains('\n'),
            RegexShorthand shorthand => CodePointSet.OfShorthand(shorthand.Letter).Contains('\n'),
            _ => false,
        };

        private static bool IsSilent(RegexNode node) =>
            node is RegexInlineFlags or RegexSpecialEscape { Letter: 'K' } or RegexVerb { Name: "UTF" or "UTF8" or "UCP" };
    }

    /// <summary>One end of a sequence.</summary>
    private sealed class Side(LuceneWriter writer, bool isStart, Edge edge)
    {
        private const string Word = "[0-9A-Za-z_]";
        private const string NoWord = "[^0-9A-Za-z_]";

        private readonly string letters = isStart ? StartLetters : EndLetters;

        internal bool IsStart => isStart;

        internal Edge Edge { get; private set; } = edge;

        /// <summary>The anchor that also stands before a last line break; null if none was taken.</summary>
        internal RegexAnchor? BeforeLastBreak { get; private set; }

        /// <summary>What an anchor demands of the text beyond the sequence.</summary>
        internal string Context { get; private set; } = string.Empty;

        /// <summary>The text between this end and the outermost item.</summary>
        internal string Write(RegexNode? outermost) => Context.Length > 0 ? Context
            : Edge != Edge.Open || (outermost is not null && WritesItsOwn(outermost)) ? string.Empty
            : Anything;

        // .+ takes in what would stand before it; an item with anchors inside decides branch by branch.
        private bool WritesItsOwn(RegexNode outermost) =>
            (outermost is RegexRepeat { Max: null } repeat && IsAnyCharacter(repeat.Body)) || Delegates(outermost);

        /// <summary>Whether an item gets this end to deal with.</summary>
        internal bool Delegates(RegexNode item) => isStart ? HasStartAnchor(item) : HasEndAnchor(item);

        internal bool Take(List<RegexNode> items) =>
            TakeValueAnchor(items) && TakeLineAnchors(items) && TakeAnything(items) && TakeBoundary(items);

        // What stands outside ^ must match nothing, so it goes; if it cannot, the sequence never matches.
        private bool TakeValueAnchor(List<RegexNode> items)
        {
            var index = items.FindLastIndex(IsValueAnchor);
            if (index < 0)
            {
                return true;
            }

            var outside = items.GetRange(0, index);
            if (Edge == Edge.Inside || !outside.TrueForAll(RegexProperties.IsNullable))
            {
                return false;
            }

            foreach (var item in outside.Where(item => item is not RegexAnchor && !IsPlain(item)))
            {
                writer.Refuse(item, "Lucene cannot express this part outside an anchor");
            }

            // Of several anchors the strictest holds.
            RegexAnchor[] anchors = [.. items.Take(index + 1).OfType<RegexAnchor>().Where(anchor => letters.Contains(anchor.Letter))];
            BeforeLastBreak = isStart || Array.Exists(anchors, anchor => anchor.Letter == 'z') ? null : anchors[0];
            items.RemoveRange(0, index + 1);
            items.InsertRange(0, outside.Where(item => item is RegexAnchor anchor && !letters.Contains(anchor.Letter)));
            Edge = Edge.Fixed;
            return true;
        }

        private bool TakeLineAnchors(List<RegexNode> items)
        {
            var count = Edge == Edge.Inside ? 0 : CountFirst(items, item => item is RegexAnchor anchor && letters.Contains(anchor.Letter));
            if (count > 0 && Edge == Edge.Open)
            {
                var lineBreak = writer.WithoutControls(items[0], CodePointSet.LineFeed);
                items.RemoveRange(0, count);
                Context = isStart ? $"(.*{lineBreak})?" : $"({lineBreak}.*)?";
                Edge = Edge.Fixed;
                foreach (var item in items.Where(item => HasValueAnchor(item)).Take(1))
                {
                    writer.Refuse(item, "Lucene cannot distinguish an anchor of a line from one of the value here");
                }
            }
            else
            {
                items.RemoveRange(0, count);
            }

            return true;
        }

        // The search itself provides the .* that the author wrote.
        private bool TakeAnything(List<RegexNode> items)
        {
            var count = Edge != Edge.Open
                ? 0
                : CountFirst(items, item => item is RegexRepeat { Min: 0, Max: null, Greed: not RegexGreed.Possessive } repeat && IsAnyCharacter(repeat.Body));
            items.RemoveRange(0, count);
            return true;
        }

        private bool TakeBoundary(List<RegexNode> items)
        {
            var count = CountFirst(items, item => item is RegexAnchor { Letter: 'b' or 'B' });
            if (count == 0 || count == items.Count || Edge == Edge.Inside || Neighbour(items[count]) is not { } inner)
            {
                return true;
            }

            var letter = ((RegexAnchor)items[0]).Letter;
            var wantsWord = (letter == 'b') != inner;
            if (items.Take(count).Any(item => ((RegexAnchor)item).Letter != letter) || (wantsWord && Edge == Edge.Fixed))
            {
                return false;
            }

            items.RemoveRange(0, count);
            if (Edge == Edge.Open)
            {
                Context = (wantsWord, isStart) switch
                {
                    (true, true) => Anything + Word,
                    (true, false) => Word + Anything,
                    (false, true) => $"({Anything}{NoWord})?",
                    (false, false) => $"({NoWord}{Anything})?",
                };
                Edge = Edge.Fixed;
            }

            return true;
        }

        private bool? Neighbour(RegexNode item) => isStart ? WordEdges.First(item) : WordEdges.Last(item);

        private bool IsValueAnchor(RegexNode node) =>
            node is RegexAnchor anchor && letters.Contains(anchor.Letter)
            && (anchor.Letter is not ('^' or '$') || !anchor.Flags.HasFlag(RegexFlags.Multiline));

        private bool HasValueAnchor(RegexNode node) => IsValueAnchor(node) || RegexProperties.Children(node).Any(HasValueAnchor);

        private static bool IsAnyCharacter(RegexNode node) =>
            node is RegexAnyCharacter
            || (node is RegexGroup group && IsAnyCharacter(group.Body))
            || (node is RegexCharacterClass set && SetOf(set) is { } points && points.Equals(CodePointSet.All));

        private static bool IsPlain(RegexNode node) =>
            node is RegexSequence or RegexAlternation or RegexGroup or RegexRepeat or RegexLiteral or RegexAnyCharacter
                or RegexCharacterClass or RegexShorthand or RegexRange or RegexPosixClass or RegexInlineFlags
            && RegexProperties.Children(node).All(IsPlain);

        private static int CountFirst(List<RegexNode> items, Predicate<RegexNode> fits) =>
            items.FindIndex(item => !fits(item)) is var index and >= 0 ? index : items.Count;
    }
}
