using System.Collections.Immutable;

namespace Sigma.RegularExpressions;

/// <content>Character classes.</content>
internal sealed partial class RegexParser
{
    private RegexNode? ParseClass()
    {
        var start = _position++;
        if (PosixNameAt(start, out var outside))
        {
            return Fail(start, outside.Length + 4, $"[:{outside}:] belongs inside a class: [[:{outside}:]]");
        }

        var negated = Take('^');
        var items = ImmutableArray.CreateBuilder<RegexNode>();
        var quoted = false;
        while (_position < _text.Length)
        {
            if (Looking(quoted ? "\\E" : "\\Q") || (!quoted && Looking("\\E")))
            {
                quoted = !quoted && _text[_position + 1] == 'Q';
                _trivia.Add(new RegexTrivia(_position, 2, RegexTriviaKind.QuoteMark));
                _position += 2;
                continue;
            }

            // A ']' directly after the opening is a literal.
            if (!quoted && items.Count > 0 && Take(']'))
            {
                return new RegexCharacterClass(start, _position - start, negated, items.ToImmutable(), _flags);
            }

            if (ParseClassItem(quoted) is not { } item)
            {
                return null;
            }

            if (!quoted && Looking("-") && _position + 1 < _text.Length && _text[_position + 1] != ']' && !IsQuoteMark(_position + 1))
            {
                item = ParseRange(item);
                if (item is null)
                {
                    return null;
                }
            }

            items.Add(item is RegexLiteral one ? new RegexRange(one.Offset, one.Length, one, one) : item);
        }

        return Fail(start, 1, "unclosed character class; write \\[ for a literal bracket");
    }

    private RegexNode? ParseRange(RegexNode first)
    {
        _position++;
        if (ParseClassItem(quoted: false) is not { } last)
        {
            return null;
        }

        var length = _position - first.Offset;
        if (first is not RegexLiteral from || last is not RegexLiteral to)
        {
            return Fail(first.Offset, length, "a range needs a single character on both sides; write \\- for a literal hyphen");
        }

        return to.CodePoint < from.CodePoint
            ? Fail(first.Offset, length, $"range out of order: '{_text.AsSpan(first.Offset, length)}'; the lower character comes first")
            : new RegexRange(first.Offset, length, from, to);
    }

    private RegexNode? ParseClassItem(bool quoted)
    {
        var start = _position;
        var c = _text[start];
        if (quoted || c is not ('[' or '\\'))
        {
            return TakeLiteral();
        }

        return c == '\\' ? ParseClassEscape() : PosixNameAt(start, out var name) ? ParsePosixClass(name) : ParseOpeningBracket();
    }

    private RegexNode? ParseClassEscape()
    {
        var start = _position;
        if (start + 1 >= _text.Length)
        {
            return Fail(start, 1, "a lone backslash at the end; write \\\\ for a literal one");
        }

        switch (_text[start + 1])
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'h' or 'H' or 'v' or 'V':
                _position += 2;
                return new RegexShorthand(start, 2, _text[start + 1], _flags);
            case 'p' or 'P':
                return ParseUnicodeProperty();
            case 'b':
                _position += 2;
                return new RegexLiteral(start, 2, '\b', _flags);
            case 'B' or 'R' or 'X':
                return Fail(start, 2, $"\\{_text[start + 1]} means nothing inside a character class");
            case 'N' when start + 2 >= _text.Length || _text[start + 2] != '{':
                return Fail(start, 2, "\\N means nothing inside a character class");
            default:
                return ParseCharacterEscape();
        }
    }

    private RegexNode? ParsePosixClass(string name)
    {
        var start = _position;
        _position += name.Length + 4;
        var negated = name.StartsWith('^');
        var plain = negated ? name[1..] : name;
        return CodePointSet.OfPosixName(plain) is null
            ? Fail(start, name.Length + 4, $"unknown POSIX class [:{plain}:]")
            : new RegexPosixClass(start, name.Length + 4, plain, negated);
    }

    private RegexNode? ParseOpeningBracket()
    {
        var mark = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        if (mark is '.' or '=')
        {
            // [.x.] and [=x=] are POSIX collating elements, which PCRE recognizes only to refuse them.
            var close = _text.AsSpan(_position + 2).IndexOfAnyExceptInRange('A', 'z') + _position + 2;
            if (close >= _position + 2 && string.CompareOrdinal(_text, close, mark + "]", 0, 2) == 0)
            {
                return Fail(_position, close + 2 - _position, "POSIX collating elements are not supported");
            }
        }

        return TakeLiteral();
    }

    // [:name:] and [:^name:]. Only letters may stand between, so that a row of "[:" is still read in linear time.
    private bool PosixNameAt(int offset, out string name)
    {
        name = string.Empty;
        if (string.CompareOrdinal(_text, offset, "[:", 0, 2) != 0)
        {
            return false;
        }

        var start = offset + 2;
        var at = start < _text.Length && _text[start] == '^' ? start + 1 : start;
        while (at < _text.Length && char.IsAsciiLetter(_text[at]))
        {
            at++;
        }

        if (string.CompareOrdinal(_text, at, ":]", 0, 2) != 0)
        {
            return false;
        }

        name = _text[start..at];
        return true;
    }

    private bool IsQuoteMark(int offset) =>
        string.CompareOrdinal(_text, offset, "\\Q", 0, 2) == 0 || string.CompareOrdinal(_text, offset, "\\E", 0, 2) == 0;
}
