using System.Collections.Immutable;

namespace Sigma.RegularExpressions;

/// <content>Character classes.</content>
internal sealed partial class RegexParser
{
    private RegexNode? ParseClass()
    {
        var start = position++;
        if (PosixNameAt(start, out var outside))
        {
            return Fail(start, outside.Length + 4, $"[:{outside}:] belongs inside a class: [[:{outside}:]]");
        }

        var negated = Take('^');
        var items = ImmutableArray.CreateBuilder<RegexNode>();
        var quoted = false;
        while (position < text.Length)
        {
            if (Looking(quoted ? "\\E" : "\\Q") || (!quoted && Looking("\\E")))
            {
                quoted = !quoted && text[position + 1] == 'Q';
                trivia.Add(new RegexTrivia(position, 2, RegexTriviaKind.QuoteMark));
                position += 2;
                continue;
            }

            // A ']' directly after the opening is a literal.
            if (!quoted && items.Count > 0 && Take(']'))
            {
                return new RegexCharacterClass(start, position - start, negated, items.ToImmutable(), flags);
            }

            if (ParseClassItem(quoted) is not { } item)
            {
                return null;
            }

            if (!quoted && Looking("-") && position + 1 < text.Length && text[position + 1] != ']' && !IsQuoteMark(position + 1))
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
        position++;
        if (ParseClassItem(quoted: false) is not { } last)
        {
            return null;
        }

        var length = position - first.Offset;
        if (first is not RegexLiteral from || last is not RegexLiteral to)
        {
            return Fail(first.Offset, length, "a range needs a single character on both sides; write \\- for a literal hyphen");
        }

        return to.CodePoint < from.CodePoint
            ? Fail(first.Offset, length, $"range out of order: '{text.AsSpan(first.Offset, length)}'; the lower character comes first")
            : new RegexRange(first.Offset, length, from, to);
    }

    private RegexNode? ParseClassItem(bool quoted)
    {
        var start = position;
        var c = text[start];
        if (quoted || c is not ('[' or '\\'))
        {
            return TakeLiteral();
        }

        return c == '\\' ? ParseClassEscape() : PosixNameAt(start, out var name) ? ParsePosixClass(name) : ParseOpeningBracket();
    }

    private RegexNode? ParseClassEscape()
    {
        var start = position;
        if (start + 1 >= text.Length)
        {
            return Fail(start, 1, "a lone backslash at the end; write \\\\ for a literal one");
        }

        switch (text[start + 1])
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'h' or 'H' or 'v' or 'V':
                position += 2;
                return new RegexShorthand(start, 2, text[start + 1], flags);
            case 'p' or 'P':
                return ParseUnicodeProperty();
            case 'b':
                position += 2;
                return new RegexLiteral(start, 2, '\b', flags);
            case 'B' or 'R' or 'X':
                return Fail(start, 2, $"\\{text[start + 1]} means nothing inside a character class");
            case 'N' when start + 2 >= text.Length || text[start + 2] != '{':
                return Fail(start, 2, "\\N means nothing inside a character class");
            default:
                return ParseCharacterEscape();
        }
    }

    private RegexNode? ParsePosixClass(string name)
    {
        var start = position;
        position += name.Length + 4;
        var negated = name.StartsWith('^');
        var plain = negated ? name[1..] : name;
        return CodePointSet.OfPosixName(plain) is null
            ? Fail(start, name.Length + 4, $"unknown POSIX class [:{plain}:]")
            : new RegexPosixClass(start, name.Length + 4, plain, negated);
    }

    private RegexNode? ParseOpeningBracket()
    {
        var mark = position + 1 < text.Length ? text[position + 1] : '\0';
        if (mark is '.' or '=')
        {
            // [.x.] and [=x=] are POSIX collating elements, which PCRE recognizes only to refuse them.
            var close = text.AsSpan(position + 2).IndexOfAnyExceptInRange('A', 'z') + position + 2;
            if (close >= position + 2 && string.CompareOrdinal(text, close, mark + "]", 0, 2) == 0)
            {
                return Fail(position, close + 2 - position, "POSIX collating elements are not supported");
            }
        }

        return TakeLiteral();
    }

    // [:name:] and [:^name:]. Only letters may stand between, so that a row of "[:" is still read in linear time.
    private bool PosixNameAt(int offset, out string name)
    {
        name = string.Empty;
        if (string.CompareOrdinal(text, offset, "[:", 0, 2) != 0)
        {
            return false;
        }

        var start = offset + 2;
        var at = start < text.Length && text[start] == '^' ? start + 1 : start;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        if (string.CompareOrdinal(text, at, ":]", 0, 2) != 0)
        {
            return false;
        }

        name = text[start..at];
        return true;
    }

    private bool IsQuoteMark(int offset) =>
        string.CompareOrdinal(text, offset, "\\Q", 0, 2) == 0 || string.CompareOrdinal(text, offset, "\\E", 0, 2) == 0;
}
