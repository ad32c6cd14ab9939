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

    private readonly string _text;
    private readonly RegexFlags _flagsBeside;
    private readonly ImmutableArray<RegexTrivia>.Builder _trivia = ImmutableArray.CreateBuilder<RegexTrivia>();
    private readonly List<string?> _groupNames = [];
    private readonly Dictionary<string, int> _groupNumbers = [];
    private readonly List<(int Offset, int Length, int Number, string? Name)> _references = [];
    private int _position;
    private int _depth;
    private int _groupCount;
    private RegexFlags _flags;
    private bool _quoted;
    private bool _duplicateNames;
    private bool _plainGroupsCapture = true;

    internal RegexParser(string text, RegexFlags flags)
    {
        _text = text;
        _flags = _flagsBeside = flags;
    }

    /// <summary>The first mistake; set once <see cref="Parse"/> returned null.</summary>
    internal RegexError? Error { get; private set; }

    internal RegexPattern? Parse()
    {
        var root = ParseAlternation(resetsNumbers: false);
        if (root is not null && _position < _text.Length)
        {
            root = Fail(_position, 1, "unmatched ')'; write \\) for a literal parenthesis");
        }

        return root is null || !ReferencesExist()
            ? null
            : new RegexPattern(_text, _flagsBeside, root, _trivia.ToImmutable(), [.. _groupNames]);
    }

    private RegexNode? ParseAlternation(bool resetsNumbers)
    {
        var start = _position;
        var firstNumber = _groupCount;
        var highestNumber = firstNumber;
        var branches = ImmutableArray.CreateBuilder<RegexNode>();
        while (true)
        {
            if (ParseSequence() is not { } branch)
            {
                return null;
            }

            branches.Add(branch);
            highestNumber = Math.Max(highestNumber, _groupCount);
            if (!Take('|'))
            {
                break;
            }

            _groupCount = resetsNumbers ? firstNumber : _groupCount;
        }

        _groupCount = highestNumber;
        return branches.Count == 1 ? branches[0] : new RegexAlternation(start, _position - start, branches.ToImmutable());
    }

    private RegexNode? ParseSequence()
    {
        var start = _position;
        var items = ImmutableArray.CreateBuilder<RegexNode>();
        while (true)
        {
            if (!SkipTrivia())
            {
                return null;
            }

            if (_position >= _text.Length || (!_quoted && _text[_position] is '|' or ')'))
            {
                break;
            }

            if (ParseAtom() is not { } atom || ParseQuantifier(atom) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items.Count == 1 ? items[0] : new RegexSequence(start, _position - start, items.ToImmutable());
    }

    private RegexNode? ParseAtom()
    {
        var start = _position;
        if (_quoted)
        {
            return TakeLiteral();
        }

        switch (_text[_position])
        {
            case '(':
                return ParseParenthesis();
            case '[':
                return ParseClass();
            case '\\':
                return ParseEscape();
            case '.':
                _position++;
                return new RegexAnyCharacter(start, 1, _flags);
            case '^' or '$':
                return new RegexAnchor(start, 1, _text[_position++], _flags);
            case '*' or '+' or '?':
                return Fail(start, 1, $"nothing to repeat before '{_text[start]}'; write \\{_text[start]} for the character itself");
            case '{' when PeekBraces(out var length, out _, out _):
                return Fail(start, length, $"nothing to repeat before '{_text.AsSpan(start, length)}'; write \\{{ for a literal brace");
            default:
                return TakeLiteral();
        }
    }

    private RegexLiteral TakeLiteral()
    {
        var start = _position;
        var length = char.IsSurrogatePair(_text, start) ? 2 : 1;
        _position += length;
        return new RegexLiteral(start, length, length == 2 ? char.ConvertToUtf32(_text, start) : _text[start], _flags);
    }

    private RegexNode? ParseQuantifier(RegexNode atom)
    {
        if (!SkipTrivia())
        {
            return null;
        }

        // A second quantifier ("a**") is left for ParseAtom, which says there is nothing to repeat, as PCRE does; so is one
        // after an anchor, an option or a callout.
        if (_quoted || _position >= _text.Length || atom is RegexAnchor or RegexInlineFlags or RegexVerb or RegexSpecialEscape { Letter: 'K' } || IsAfterCallout(atom))
        {
            return atom;
        }

        var start = _position;
        int min;
        int? max;
        switch (_text[_position])
        {
            case '*':
                (min, max) = (0, null);
                _position++;
                break;
            case '+':
                (min, max) = (1, null);
                _position++;
                break;
            case '?':
                (min, max) = (0, 1);
                _position++;
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

                _position += length;
                break;
            default:
                return atom;
        }

        var greed = Take('?') ? RegexGreed.Lazy : Take('+') ? RegexGreed.Possessive : RegexGreed.Greedy;
        return new RegexRepeat(atom.Offset, _position - atom.Offset, atom, min, max, greed, start);
    }

    private bool IsAfterCallout(RegexNode atom) =>
        _trivia.Count > 0 && _trivia[^1] is { Kind: RegexTriviaKind.Callout } callout && callout.Offset >= atom.End;

    // {2} {2,} {2,5} and Python's {,5}; anything else is a literal brace. PCRE2 up to 10.42 reads {,5} literally, 10.43 does not.
    private bool PeekBraces(out int length, out int min, out int? max)
    {
        var at = _position + 1;
        var hasMin = ReadCount(ref at, out min);
        max = min;
        var comma = at < _text.Length && _text[at] == ',';
        if (comma)
        {
            at++;
            max = ReadCount(ref at, out var limit) ? limit : null;
        }

        length = at + 1 - _position;
        return at < _text.Length && _text[at] == '}' && (hasMin || (comma && max is not null));
    }

    private bool ReadCount(ref int at, out int count)
    {
        var start = at;
        for (count = 0; at < _text.Length && char.IsAsciiDigit(_text[at]); at++)
        {
            count = Math.Min((count * 10) + _text[at] - '0', MaxRepeat + 1);
        }

        return at > start;
    }

    /// <summary>Passes comments, callouts, <c>\Q</c> and <c>\E</c>; false on an unclosed comment.</summary>
    private bool SkipTrivia()
    {
        while (_position < _text.Length)
        {
            var start = _position;
            var kind = RegexTriviaKind.Comment;
            if (Looking(_quoted ? "\\E" : "\\Q") || (!_quoted && Looking("\\E")))
            {
                _quoted = !_quoted && _text[_position + 1] == 'Q';
                _position += 2;
                kind = RegexTriviaKind.QuoteMark;
            }
            else if (_quoted)
            {
                return true;
            }
            else if (Looking("(?#") || IsCallout())
            {
                kind = _text[_position + 2] == 'C' ? RegexTriviaKind.Callout : kind;
                var close = _text.IndexOf(')', _position);
                if (close < 0)
                {
                    Fail(start, 3, "unclosed comment; it ends at the next ')'");
                    return false;
                }

                _position = close + 1;
            }
            else if (_flags.HasFlag(RegexFlags.Extended) && (_text[_position] is '#' or ' ' or (>= '\t' and <= '\r')))
            {
                var lineEnd = _text[_position] == '#' ? _text.IndexOf('\n', _position) : _position;
                _position = lineEnd < 0 ? _text.Length : lineEnd + 1;
            }
            else
            {
                return true;
            }

            _trivia.Add(new RegexTrivia(start, _position - start, kind));
        }

        return true;
    }

    private bool IsCallout()
    {
        if (!Looking("(?C"))
        {
            return false;
        }

        var at = _position + 3;
        return ReadCount(ref at, out _) | true && at < _text.Length && _text[at] == ')';
    }

    private bool ReferencesExist()
    {
        foreach (var (offset, length, number, name) in _references)
        {
            if (name is null ? number > _groupNames.Count || number < 0 : !_groupNumbers.ContainsKey(name))
            {
                Fail(offset, length, name is null ? $"there is no group {number}" : $"there is no group named '{name}'");
                return false;
            }
        }

        return true;
    }

    private bool Looking(string text) => string.CompareOrdinal(_text, _position, text, 0, text.Length) == 0;

    private bool Take(char expected)
    {
        var found = _position < _text.Length && _text[_position] == expected;
        _position += found ? 1 : 0;
        return found;
    }

    [SuppressMessage("Performance", "CA1859", Justification = "Every caller returns it as a node.")]
    private RegexNode? Fail(int offset, int length, string message)
    {
        Error ??= new RegexError(offset, Math.Min(length, _text.Length - offset), message);
        return null;
    }
}
