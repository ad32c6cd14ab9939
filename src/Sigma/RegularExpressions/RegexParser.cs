using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sigma.RegularExpressions;

/// <summary>
/// Recursive descent over a pattern: alternation, sequence, quantified atom. A method that meets a mistake records it and
/// returns null, and so does every method above it.
/// </summary>
/// <remarks>
/// Accepts what PCRE2 10.42 compiles (the engine of grep 3.8 and the like) and Python's own <c>\uHHHH</c>,
/// <c>\UHHHHHHHH</c>, <c>{,n}</c> and the flags <c>(?a)</c>, <c>(?u)</c>, <c>(?L)</c>, since rules are checked with either.
/// </remarks>
internal sealed partial class RegexParser
{
    // PCRE2's own default (parens_nest_limit) is 250.
    private const int MaxNesting = 250;
    private const int MaxRepeat = 65_535;

    private readonly string text;
    private readonly RegexFlags flagsBeside;
    private readonly ImmutableArray<RegexTrivia>.Builder trivia = ImmutableArray.CreateBuilder<RegexTrivia>();
    private readonly List<string?> groupNames = [];
    private readonly Dictionary<string, int> groupNumbers = [];
    private readonly List<(int Offset, int Length, int Number, string? Name)> references = [];
    private int position;
    private int depth;
    private int groupCount;
    private RegexFlags flags;
    private bool inQuotes;
    private bool duplicateNames;
    private bool plainGroupsCapture = true;

    internal RegexParser(string text, RegexFlags flags)
    {
        this.text = text;
        this.flags = flagsBeside = flags;
    }

    /// <summary>The first mistake; set once <see cref="Parse"/> returned null.</summary>
    internal RegexError? Error { get; private set; }

    internal RegexPattern? Parse()
    {
        var root = ParseAlternation(resetsNumbers: false);
        if (root is not null && position < text.Length)
        {
            root = Fail(position, 1, "unmatched ')'; write \\) for a literal parenthesis");
        }

        return root is null || !ReferencesExist()
            ? null
            : new RegexPattern(text, flagsBeside, root, trivia.ToImmutable(), [.. groupNames]);
    }

    private RegexNode? ParseAlternation(bool resetsNumbers)
    {
        var start = position;
        var firstNumber = groupCount;
        var highestNumber = firstNumber;
        var branches = ImmutableArray.CreateBuilder<RegexNode>();
        while (true)
        {
            if (ParseSequence() is not { } branch)
            {
                return null;
            }

            branches.Add(branch);
            highestNumber = Math.Max(highestNumber, groupCount);
            if (!Take('|'))
            {
                break;
            }

            groupCount = resetsNumbers ? firstNumber : groupCount;
        }

        groupCount = highestNumber;
        return branches.Count == 1 ? branches[0] : new RegexAlternation(start, position - start, branches.ToImmutable());
    }

    private RegexNode? ParseSequence()
    {
        var start = position;
        var items = ImmutableArray.CreateBuilder<RegexNode>();
        while (true)
        {
            if (!SkipTrivia())
            {
                return null;
            }

            if (position >= text.Length || (!inQuotes && text[position] is '|' or ')'))
            {
                break;
            }

            if (ParseAtom() is not { } atom || ParseQuantifier(atom) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items.Count == 1 ? items[0] : new RegexSequence(start, position - start, items.ToImmutable());
    }

    private RegexNode? ParseAtom()
    {
        var start = position;
        if (inQuotes)
        {
            return TakeLiteral();
        }

        switch (text[position])
        {
            case '(':
                return ParseParenthesis();
            case '[':
                return ParseClass();
            case '\\':
                return ParseEscape();
            case '.':
                position++;
                return new RegexAnyCharacter(start, 1, flags);
            case '^' or '$':
                return new RegexAnchor(start, 1, text[position++], flags);
            case '*' or '+' or '?':
                return Fail(start, 1, $"nothing to repeat before '{text[start]}'; write \\{text[start]} for the character itself");
            case '{' when PeekBraces(out var length, out _, out _):
                return Fail(start, length, $"nothing to repeat before '{text.AsSpan(start, length)}'; write \\{{ for a literal brace");
            default:
                return TakeLiteral();
        }
    }

    private RegexLiteral TakeLiteral()
    {
        var start = position;
        var length = char.IsSurrogatePair(text, start) ? 2 : 1;
        position += length;
        return new RegexLiteral(start, length, length == 2 ? char.ConvertToUtf32(text, start) : text[start], flags);
    }

    private RegexNode? ParseQuantifier(RegexNode atom)
    {
        if (!SkipTrivia())
        {
            return null;
        }

        // A second quantifier ("a**") is left for ParseAtom, which says there is nothing to repeat, as PCRE does; so is one
        // after an anchor, an option or a callout.
        if (inQuotes || position >= text.Length || atom is RegexAnchor or RegexInlineFlags or RegexVerb or RegexSpecialEscape { Letter: 'K' } || IsAfterCallout(atom))
        {
            return atom;
        }

        var start = position;
        int min;
        int? max;
        switch (text[position])
        {
            case '*':
                (min, max) = (0, null);
                position++;
                break;
            case '+':
                (min, max) = (1, null);
                position++;
                break;
            case '?':
                (min, max) = (0, 1);
                position++;
                break;
            case '{' when PeekBraces(out var length, out min, out max):
                if (min > MaxRepeat || max > MaxRepeat)
                {
                    return Fail(start, length, $"repeat count too big; at most {MaxRepeat}");
                }

                if (max < min)
                {
                    return Fail(start, length, "repeat range out of order; the smaller number comes first");
                }

                position += length;
                break;
            default:
                return atom;
        }

        var greed = Take('?') ? RegexGreed.Lazy : Take('+') ? RegexGreed.Possessive : RegexGreed.Greedy;
        return new RegexRepeat(atom.Offset, position - atom.Offset, atom, min, max, greed, start);
    }

    private bool IsAfterCallout(RegexNode atom) =>
        trivia.Count > 0 && trivia[^1] is { Kind: RegexTriviaKind.Callout } callout && callout.Offset >= atom.End;

    // {2} {2,} {2,5} and Python's {,5}; anything else is a literal brace. PCRE2 up to 10.42 reads {,5} literally, 10.43 does not.
    private bool PeekBraces(out int length, out int min, out int? max)
    {
        var at = position + 1;
        var hasMin = ReadCount(ref at, out min);
        max = min;
        var comma = at < text.Length && text[at] == ',';
        if (comma)
        {
            at++;
            max = ReadCount(ref at, out var limit) ? limit : null;
        }

        length = at + 1 - position;
        return at < text.Length && text[at] == '}' && (hasMin || (comma && max is not null));
    }

    private bool ReadCount(ref int at, out int count)
    {
        var start = at;
        for (count = 0; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            count = Math.Min((count * 10) + text[at] - '0', MaxRepeat + 1);
        }

        return at > start;
    }

    /// <summary>Passes comments, callouts, <c>\Q</c> and <c>\E</c>; false on an unclosed comment.</summary>
    private bool SkipTrivia()
    {
        while (position < text.Length)
        {
            var start = position;
            var kind = RegexTriviaKind.Comment;
            if (Looking(inQuotes ? "\\E" : "\\Q") || (!inQuotes && Looking("\\E")))
            {
                inQuotes = !inQuotes && text[position + 1] == 'Q';
                position += 2;
                kind = RegexTriviaKind.QuoteMark;
            }
            else if (inQuotes)
            {
                return true;
            }
            else if (Looking("(?#") || IsCallout())
            {
                kind = text[position + 2] == 'C' ? RegexTriviaKind.Callout : kind;
                var close = text.IndexOf(')', position);
                if (close < 0)
                {
                    Fail(start, 3, "unclosed comment; it ends at the next ')'");
                    return false;
                }

                position = close + 1;
            }
            else if (flags.HasFlag(RegexFlags.Extended) && (text[position] is '#' or ' ' or (>= '\t' and <= '\r')))
            {
                var lineEnd = text[position] == '#' ? text.IndexOf('\n', position) : position;
                position = lineEnd < 0 ? text.Length : lineEnd + 1;
            }
            else
            {
                return true;
            }

            trivia.Add(new RegexTrivia(start, position - start, kind));
        }

        return true;
    }

    private bool IsCallout()
    {
        if (!Looking("(?C"))
        {
            return false;
        }

        var at = position + 3;
        return ReadCount(ref at, out _) | true && at < text.Length && text[at] == ')';
    }

    private bool ReferencesExist()
    {
        foreach (var (offset, length, number, name) in references)
        {
            if (name is null ? number > groupNames.Count || number < 0 : !groupNumbers.ContainsKey(name))
            {
                Fail(offset, length, name is null ? $"there is no group {number}" : $"there is no group named '{name}'");
                return false;
            }
        }

        return true;
    }

    private bool Looking(string wanted) => string.CompareOrdinal(text, position, wanted, 0, wanted.Length) == 0;

    private bool Take(char expected)
    {
        var found = position < text.Length && text[position] == expected;
        position += found ? 1 : 0;
        return found;
    }

    [SuppressMessage("Performance", "CA1859", Justification = "Every caller returns it as a node.")]
    private RegexNode? Fail(int offset, int length, string message)
    {
        Error ??= new RegexError(offset, Math.Min(length, text.Length - offset), message);
        return null;
    }
}
