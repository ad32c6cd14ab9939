using System.Text;
using Sigma.Text;

namespace Sigma.RegularExpressions;

/// <content>
/// Characters and classes, which Lucene has no escapes for: they are written out. A control character is never written: what has
/// one in it gets all of them, as the complement of all other characters.
/// </content>
internal sealed partial class LuceneWriter
{
    // Beyond what anybody writes by hand, the author's order is not worth its quadratic time.
    private const int MaxOrderedItems = 200;

    private string Character(RegexLiteral literal)
    {
        if (literal.Flags.HasFlag(RegexFlags.IgnoreCase) && CodePointSet.OtherCase(literal.CodePoint) is { } other)
        {
            var isUpper = char.IsUpper((char)literal.CodePoint);
            var (lower, upper) = isUpper ? (other, literal.CodePoint) : (literal.CodePoint, other);
            return $"[{InClass(lower)}{InClass(upper)}]";
        }

        var text = Raw(literal.CodePoint);
        if (ControlCharacters.In(text))
        {
            return WithoutControls(literal, CodePointSet.Of(literal.CodePoint, literal.CodePoint));
        }

        return IsEscaped(text[0], options.EscapeSlash) ? "\\" + text : text;
    }

    /// <summary>Whether a character has a backslash before it.</summary>
    internal static bool IsEscaped(char c, bool escapeSlash) => RegexText.LuceneMetacharacters.Contains(c) || (c == '/' && escapeSlash);

    private string Shorthand(RegexShorthand node)
    {
        var set = CodePointSet.OfShorthand(node.Letter);
        var text = node.Letter switch
        {
            's' or 'S' when options.WhitespaceShorthand => $@"\{node.Letter}",
            _ when char.IsUpper(node.Letter) => $"[^{Ranges(set.Complement())}]",
            _ => $"[{Ranges(set)}]",
        };
        return ControlCharacters.In(text) ? WithoutControls(node, set) : text;
    }

    /// <summary>A set of characters whose ends are not control characters; a set with some of them gets all.</summary>
    private string WithoutControls(RegexNode node, CodePointSet points)
    {
        if (points.Except(CodePointSet.Controls).Equals(points))
        {
            return $"[{Ranges(points)}]";
        }

        var wide = points.Union(CodePointSet.Controls);

        if (!wide.Equals(points))
        {
            Approximate(node, "Lucene has no escape for a control character, so any control character matches");
        }

        return wide.Equals(CodePointSet.All) ? "." : $"[^{Ranges(wide.Complement())}]";
    }

    private Piece WriteClass(RegexCharacterClass set)
    {
        if (SetOf(set) is not { } points)
        {
            Refuse(set, "Lucene has no Unicode properties");
            return Piece.Empty;
        }

        if (points.IsEmpty)
        {
            return Piece.Impossible;
        }

        if (points.Equals(CodePointSet.All))
        {
            return Piece.Atom(".");
        }

        // A negative item such as \W reaches up to U+10FFFF; the class reads better, and prints, from its other side.
        if (set is { Negated: false, Items: [RegexShorthand { Letter: 'S' } single] })
        {
            return Piece.Atom(Shorthand(single));
        }

        var isNegative = set.Items.Any(item => item is RegexShorthand { Letter: 'D' or 'W' or 'S' or 'H' or 'V' } or RegexPosixClass { Negated: true });
        var text = isNegative
            ? points.Contains(CodePointSet.Last) ? $"[^{Ranges(points.Complement())}]" : $"[{Ranges(points)}]"
            : $"[{(set.Negated ? "^" : string.Empty)}{Items(set, points)}]";
        return Piece.Atom(ControlCharacters.In(text) ? WithoutControls(set, points) : text);
    }

    // In the author's order, each item without what the ones before it hold: [a-zA-Z] under i is [A-Za-z].
    private string Items(RegexCharacterClass set, CodePointSet points)
    {
        if (set.Items.Length > MaxOrderedItems)
        {
            return Ranges(set.Negated ? points.Complement() : points);
        }

        var text = new StringBuilder();
        var written = CodePointSet.Empty;
        foreach (var item in set.Items)
        {
            var members = SetOf(item, set.Flags)!;
            var rest = members.Except(written);
            written = written.Union(members);
            text.Append(item is RegexShorthand { Letter: 's' } && options.WhitespaceShorthand ? @"\s" : Ranges(rest));
        }

        return text.ToString();
    }

    /// <summary>The characters of a class; null if it has a Unicode property, whose members are the engine's knowledge.</summary>
    internal static CodePointSet? SetOf(RegexCharacterClass set)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var item in set.Items)
        {
            if (SetOf(item, set.Flags) is not { } points)
            {
                return null;
            }

            ranges.AddRange(points.Ranges);
        }

        var union = CodePointSet.FromRanges(ranges);
        return set.Negated ? union.Complement() : union;
    }

    private static CodePointSet? SetOf(RegexNode item, RegexFlags flags)
    {
        var points = item switch
        {
            RegexRange range => CodePointSet.Of(range.First.CodePoint, range.Last.CodePoint),
            RegexShorthand shorthand => CodePointSet.OfShorthand(shorthand.Letter),
            RegexPosixClass { Negated: true } posix => CodePointSet.OfPosixName(posix.Name)!.Complement(),
            RegexPosixClass posix => CodePointSet.OfPosixName(posix.Name),
            _ => null,
        };
        return flags.HasFlag(RegexFlags.IgnoreCase) && item is RegexRange or RegexPosixClass ? points?.FoldCase() : points;
    }

    private string Ranges(CodePointSet set) => set.Equals(CodePointSet.WordCharacters)
        ? "0-9A-Za-z_"
        : string.Concat(set.Ranges.Select(range => (range.Last - range.First) switch
        {
            0 => InClass(range.First),
            1 => InClass(range.First) + InClass(range.Last),
            _ => $"{InClass(range.First)}-{InClass(range.Last)}",
        }));

    private string InClass(int codePoint) =>
        codePoint is '\\' or ']' or '[' or '^' or '-' || (codePoint == '/' && options.EscapeSlash)
            ? "\\" + (char)codePoint
            : Raw(codePoint);

    // A lone surrogate is a character of the pattern like any other, though not one of Unicode.
    private static string Raw(int codePoint) =>
        codePoint is >= 0xD800 and <= 0xDFFF ? ((char)codePoint).ToString() : char.ConvertFromUtf32(codePoint);
}
