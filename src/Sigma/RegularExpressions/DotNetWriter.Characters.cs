using System.Globalization;

namespace Sigma.RegularExpressions;

/// <content>Characters and classes.</content>
internal sealed partial class DotNetWriter
{
    private const string Halves = @"\uD800-\uDFFF";
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    /// <summary>Any character but some.</summary>
    private string Except(string some) => !isWhole ? $"[^{some}]" : $"(?:[^{some}{Halves}]|{Pair})";

    /// <summary>Makes a class that takes all characters but some take those beyond U+FFFF whole: no class of .NET has them.</summary>
    private void EditHalves(RegexCharacterClass set)
    {
        if (!isWhole || !set.Negated)
        {
            return;
        }

        // A bracket that is the first character of a class is one of its characters.
        var isBracket = Pattern.Text[set.Offset + 2] == ']';
        Edit(set.Offset, "[^".Length, "(?:[^" + Halves + (isBracket ? "\\" : string.Empty));
        Edit(set.End, 0, $"|{Pair})");
    }

    // PCRE's \h is this list and U+180E, a blank no more since Unicode 6.3.
    private static string SpaceClass(char letter) => char.ToLowerInvariant(letter) == 'h' ? @"\t\p{Zs}" : VerticalSpace;

    private void EditLiteral(RegexLiteral literal, bool inClass)
    {
        if (Guarded(literal, RegexDialect.DotNet) is { } guarded)
        {
            Replace(literal, guarded);
        }
        else if (!ReadsAlike(literal, inClass))
        {
            Replace(literal, Print(literal.CodePoint, inClass, literal.Flags.HasFlag(RegexFlags.Extended)));
        }
    }

    private bool ReadsAlike(RegexLiteral literal, bool inClass)
    {
        var source = Source(literal);
        if (IsControl(source))
        {
            return false;
        }

        if (source[0] != '\\')
        {
            return !(inClass && source[0] == '[' && OpensSomething(literal.Offset));
        }

        return source[1] switch
        {
            'a' or 'e' or 'f' or 'n' or 'r' or 't' or 'u' => true,
            'b' => inClass,
            'c' => char.IsAsciiLetter(source[2]),
            'x' => source.Length == 4 && source[2] != '{',
            'N' or 'o' or 'U' => false,
            _ => char.IsAscii(source[1]) && !char.IsAsciiLetterOrDigit(source[1]) && source[1] != '_',
        };
    }

    // In a class .NET reads "-[" as a subtraction and skips "[:".
    private bool OpensSomething(int offset) =>
        Pattern.Text[offset - 1] == '-' || (offset + 1 < Pattern.Text.Length && Pattern.Text[offset + 1] == ':');

    private static string Print(int codePoint, bool inClass, bool isExtended)
    {
        if (codePoint is < ' ' or (>= 0x7F and <= 0xA0))
        {
            return $@"\x{codePoint:X2}";
        }

        if (codePoint is >= 0xD800 and <= 0xDFFF or 0x2028 or 0x2029)
        {
            return $@"\u{codePoint:X4}";
        }

        var text = char.ConvertFromUtf32(codePoint);
        var needsBackslash = inClass
            ? codePoint is '\\' or ']' or '[' or '^' or '-'
            : text.AsSpan().ContainsAny(RegexText.PerlMetacharacters) || (isExtended && codePoint is ' ' or '#');
        return needsBackslash ? "\\" + text : text;
    }

    private void EditClass(RegexCharacterClass set)
    {
        foreach (var item in set.Items)
        {
            switch (item)
            {
                case RegexRange { Last.CodePoint: > char.MaxValue }:
                    Refuse(item, ".NET has no characters beyond U+FFFF in a class");
                    break;
                case RegexRange range:
                    EditLiteral(range.First, inClass: true);
                    if (range.Last.Offset != range.First.Offset)
                    {
                        EditLiteral(range.Last, inClass: true);
                    }

                    break;
                case RegexShorthand { Letter: 'h' or 'v' } shorthand:
                    Replace(item, SpaceClass(shorthand.Letter));
                    break;
                case RegexShorthand { Letter: 'H' or 'V' } shorthand:
                    Replace(item, Print(CodePointSet.OfShorthand(shorthand.Letter)));
                    break;
                case RegexPosixClass posix:
                    var named = CodePointSet.OfPosixName(posix.Name)!;
                    Replace(item, Print(posix.Negated ? named.Complement() : named));
                    break;
                case RegexUnicodeProperty property:
                    EditProperty(property, inClass: true);
                    break;
            }
        }
    }

    private static string Print(CodePointSet set) => string.Concat(set.Ranges.Select(range =>
    {
        var last = Math.Min(range.Last, char.MaxValue);
        var end = last == char.MaxValue ? @"\uFFFF" : Print(last, inClass: true, isExtended: false);
        return range.First == last ? end : $"{Print(range.First, inClass: true, isExtended: false)}-{end}";
    }));

    private void EditProperty(RegexUnicodeProperty property, bool inClass)
    {
        var letter = property.Negated ? 'P' : 'p';
        if (property.Name == "L&" && !(inClass && property.Negated))
        {
            var negation = property.Negated ? "^" : string.Empty;
            Replace(property, inClass ? @"\p{Lu}\p{Ll}\p{Lt}" : $@"[{negation}\p{{Lu}}\p{{Ll}}\p{{Lt}}]");
        }
        else if (IsGeneralCategory(property.Name))
        {
            var text = string.Create(CultureInfo.InvariantCulture, $@"\{letter}{{{property.Name}}}");
            if (!Source(property).SequenceEqual(text))
            {
                Replace(property, text);
            }
        }
        else
        {
            Refuse(property, $".NET has no Unicode property {property.Name}, only general categories such as Lu");
        }
    }

    /// <summary>Whether it is the short name of one of Unicode's general categories.</summary>
    internal static bool IsGeneralCategory(string name) => name
        is "L" or "Lu" or "Ll" or "Lt" or "Lm" or "Lo"
        or "M" or "Mn" or "Mc" or "Me"
        or "N" or "Nd" or "Nl" or "No"
        or "P" or "Pc" or "Pd" or "Ps" or "Pe" or "Pi" or "Pf" or "Po"
        or "S" or "Sm" or "Sc" or "Sk" or "So"
        or "Z" or "Zs" or "Zl" or "Zp"
        or "C" or "Cc" or "Cf" or "Cs" or "Co" or "Cn";
}
