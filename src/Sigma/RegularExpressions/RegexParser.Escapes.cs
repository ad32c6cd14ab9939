using System.Globalization;

namespace Sigma.RegularExpressions;

/// <content>Everything that begins with a backslash.</content>
internal sealed partial class RegexParser
{
    private RegexNode? ParseEscape()
    {
        var start = position;
        if (start + 1 >= text.Length)
        {
            return Fail(start, 1, "a lone backslash at the end; write \\\\ for a literal one");
        }

        var letter = text[start + 1];
        switch (letter)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'h' or 'H' or 'v' or 'V':
                position += 2;
                return new RegexShorthand(start, 2, letter, flags);
            case 'A' or 'Z' or 'z' or 'G' or 'b' or 'B':
                position += 2;
                return new RegexAnchor(start, 2, letter, flags);
            case 'R' or 'X' or 'C' or 'K':
                position += 2;
                return new RegexSpecialEscape(start, 2, letter);
            case 'N' when start + 2 >= text.Length || text[start + 2] != '{' || IsRepeatAt(start + 2):
                position += 2;
                return new RegexAnyCharacter(start, 2, flags & ~RegexFlags.DotAll);
            case 'p' or 'P':
                return ParseUnicodeProperty();
            case 'g' or 'k':
                return ParseNamedReference();
            case >= '1' and <= '9' when ParseNumberedReference() is { } reference:
                return reference;
            default:
                return ParseCharacterEscape();
        }
    }

    private bool IsRepeatAt(int offset)
    {
        var before = position;
        position = offset;
        var isRepeat = PeekBraces(out _, out _, out _);
        position = before;
        return isRepeat;
    }

    // \1 to \9 always refer to a group; from \10 on only when there are that many groups so far, else the digits are octal.
    private RegexBackreference? ParseNumberedReference()
    {
        var start = position;
        var at = start + 1;
        ReadCount(ref at, out var number);
        if (number > 9 && number > groupCount)
        {
            return null;
        }

        position = at;
        return Reference(start, number, null);
    }

    // \g1 \g{-1} \g{name} \k<name> \k'name' \k{name}; \g<1> and \g'name' are calls.
    private RegexNode? ParseNamedReference()
    {
        var start = position;
        var at = start + 2;
        var isCallable = text[start + 1] == 'g';
        var open = at < text.Length ? text[at] : '\0';
        var close = open switch { '{' => '}', '<' => '>', '\'' => '\'', _ => '\0' };
        at += close == '\0' ? 0 : 1;
        var sign = at < text.Length && isCallable && text[at] is '+' or '-' ? text[at++] : '\0';
        if (isCallable && ReadCount(ref at, out var number))
        {
            if (close != '\0' && (at >= text.Length || text[at] != close))
            {
                return Fail(start, at - start, $"the reference must end with '{close}'");
            }

            position = close == '\0' ? at : at + 1;
            number = sign switch { '-' => groupCount + 1 - number, '+' => groupCount + number, _ => number };
            if (open is '<' or '\'')
            {
                return Subroutine(start, number, null);
            }

            // Group 0 is the whole match, which nothing inside it can refer to.
            return Reference(start, number < 1 ? -1 : number, null);
        }

        if (close == '\0' || sign != '\0')
        {
            return Fail(start, 2, $"\\{text[start + 1]} needs a group: {(isCallable ? "\\g{1} or \\g{name}" : "\\k<name>")}");
        }

        position = at - 1;
        var name = ReadName(close);
        return name is null ? null : isCallable && open != '{' ? Subroutine(start, 0, name) : Reference(start, 0, name);
    }

    // \pL \p{Lu} \p{^Lu} \P{Greek}. Which properties exist is the target engine's knowledge, not the parser's.
    private RegexUnicodeProperty? ParseUnicodeProperty()
    {
        var start = position;
        var negated = text[start + 1] == 'P';
        var at = start + 2;
        string name;
        if (at < text.Length && text[at] == '{')
        {
            var close = text.AsSpan(at).IndexOfAnyExcept(PropertyCharacters) + at;
            if (close <= at || text[close] != '}')
            {
                Fail(start, 3, $"\\{text[start + 1]}{{ must end with '}}' after the property's name");
                return null;
            }

            name = text[(at + 1)..close];
            at = close + 1;
        }
        else if (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            name = text[at++].ToString();
        }
        else
        {
            Fail(start, 2, $"\\{text[start + 1]} needs a property: \\{text[start + 1]}{{L}}");
            return null;
        }

        position = at;
        negated ^= name.StartsWith('^');
        return new RegexUnicodeProperty(start, at - start, name.TrimStart('^'), negated);
    }

    private static readonly System.Buffers.SearchValues<char> PropertyCharacters = System.Buffers.SearchValues.Create(
        "{^&_=: -ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>An escape that stands for one character, in a class or outside.</summary>
    private RegexLiteral? ParseCharacterEscape()
    {
        var start = position;
        var letter = text[start + 1];
        position += 2;
        int? codePoint = letter switch
        {
            'a' => 7,
            'e' => 27,
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'c' => ReadControl(start),
            'x' => Looking("{") ? ReadBraced(start, 16) : ReadDigits(start, 16, 0, 2),
            'o' => ReadBraced(start, 8),
            'u' => ReadDigits(start, 16, 4, 4),
            'U' => ReadDigits(start, 16, 8, 8),
            'N' => ReadNamedCharacter(start),
            >= '0' and <= '7' => ReadOctal(),
            _ when char.IsAsciiLetter(letter) => Unknown(start, letter),
            _ => ReadPlain(),
        };
        return codePoint is { } value ? new RegexLiteral(start, position - start, value, flags) : null;
    }

    private int? Unknown(int start, char letter)
    {
        Fail(start, 2, $"unknown escape \\{letter}; write {letter} for the letter, \\\\{letter} for a backslash before it");
        return null;
    }

    private int ReadPlain()
    {
        position--;
        return TakeLiteral().CodePoint;
    }

    private int ReadOctal()
    {
        position--;
        var value = 0;
        for (var count = 0; count < 3 && position < text.Length && text[position] is >= '0' and <= '7'; count++)
        {
            value = (value * 8) + text[position++] - '0';
        }

        return value;
    }

    private int? ReadControl(int start)
    {
        if (position < text.Length && text[position] is >= ' ' and <= '~')
        {
            return char.ToUpperInvariant(text[position++]) ^ 64;
        }

        Fail(start, 2, "\\c needs a printable character, as in \\cM");
        return null;
    }

    // \N{U+41} is PCRE's; \N{LATIN SMALL LETTER A} is Python's, and no engine we write for has the names.
    private int? ReadNamedCharacter(int start)
    {
        if (Looking("{U+"))
        {
            position += 2;
            return ReadBraced(start, 16);
        }

        Fail(start, 2, "characters by name (\\N{...}) are not supported; write \\x{hex}");
        return null;
    }

    // Reads {digits}; the current character is the brace, or the + of \N{U+.
    private int? ReadBraced(int start, int radix)
    {
        var at = position + 1;
        var value = 0;
        while (at < text.Length && Digit(text[at]) < radix)
        {
            value = Math.Min((value * radix) + Digit(text[at++]), CodePointSet.Last + 1);
        }

        var isComplete = position < text.Length && text[position] is '{' or '+' && at > position + 1 && at < text.Length && text[at] == '}';
        position = Math.Min(at + 1, text.Length);
        return isComplete
            ? Checked(start, value)
            : Checked(start, -1, $"\\{text[start + 1]} needs digits in braces: \\{text[start + 1]}{{{(radix == 8 ? "101" : "41")}}}");
    }

    private int? ReadDigits(int start, int radix, int min, int max)
    {
        var value = 0;
        var count = 0;
        for (; count < max && position < text.Length && Digit(text[position]) < radix; count++)
        {
            value = (value * radix) + Digit(text[position++]);
        }

        return count >= min ? Checked(start, value) : Checked(start, -1, $"\\{text[start + 1]} needs {min} hexadecimal digits");
    }

    private int? Checked(int start, int value, string? message = null)
    {
        if (message is null && value is >= 0 and <= CodePointSet.Last and not (>= 0xD800 and <= 0xDFFF))
        {
            return value;
        }

        Fail(start, position - start, message ?? "there is no such Unicode character");
        return null;
    }

    private static int Digit(char c) =>
        int.TryParse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digit) ? digit : 16;
}
