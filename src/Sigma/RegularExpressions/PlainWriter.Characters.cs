using Sigma.Text;

namespace Sigma.RegularExpressions;

/// <content>Characters and classes.</content>
internal sealed partial class PlainWriter
{
    private static readonly CodePointSet Surrogates = CodePointSet.Of(0xD800, 0xDFFF);

    private string Character(RegexLiteral literal)
    {
        string text = Print(literal, literal.CodePoint);
        return text.Length == 1 && text.AsSpan().ContainsAny(RegexText.PerlMetacharacters) ? "\\" + text : text;
    }

    /// <summary>A character that means itself outside a class, but for the signs.</summary>
    private string Print(RegexNode node, int codePoint)
    {
        if (codePoint is >= 0xD800 and <= 0xDFFF)
        {
            Refuse(node, "half of a pair of surrogates is no character");
            return "";
        }

        return codePoint switch
        {
            '\n' => @"\n",
            '\t' => @"\t",
            '\r' => @"\r",
            0 when engine == RegexEngine.Postgres => Impossible(),
            <= char.MaxValue when ControlCharacters.IsOne((char)codePoint) || codePoint == 0xA0 => Code(codePoint),
            _ => char.ConvertFromUtf32(codePoint),
        };

        string Impossible()
        {
            Refuse(node, "PostgreSQL has no texts with the character 0");
            return "";
        }
    }

    // PostgreSQL takes any number of digits after \x; and where Trino has Joni, two of them are a byte.
    private string Code(int codePoint) => engine == RegexEngine.Re2 && codePoint > 0x7F ? $@"\x{{{codePoint:x}}}" : RegexText.Code(
        codePoint, engine == RegexEngine.Postgres ? RegexDialect.Postgres : engine == RegexEngine.LogScale ? RegexDialect.LogScale : RegexDialect.Pcre);

    private string InClass(RegexNode node, int codePoint) =>
        codePoint is '&' or '~' && engine == RegexEngine.LogScale ? Code(codePoint)
        : codePoint is '\\' or ']' or '[' or '^' or '-' or '&' or '~' ? "\\" + (char)codePoint : Print(node, codePoint);

    private string Shorthand(RegexShorthand node) => char.ToLowerInvariant(node.Letter) is 'h' or 'v' || engine == RegexEngine.LogScale
        ? char.IsUpper(node.Letter) ? $"[^{Ranges(node, CodePointSet.OfShorthand(char.ToLowerInvariant(node.Letter)))}]" : $"[{Ranges(node, CodePointSet.OfShorthand(node.Letter))}]"
        : $@"\{node.Letter}";

    private void PutClass(RegexCharacterClass set)
    {
        if (engine == RegexEngine.LogScale)
        {
            PutSet(set);
            return;
        }

        output.Append(set.Negated ? "[^" : "[");
        foreach (RegexNode item in set.Items)
        {
            switch (item)
            {
                case RegexRange range:
                    output.Append(InClass(item, range.First.CodePoint));
                    if (range.Last.CodePoint != range.First.CodePoint)
                    {
                        output.Append('-').Append(InClass(item, range.Last.CodePoint));
                    }

                    break;
                case RegexShorthand { Letter: 'd' or 'w' or 's' } shorthand:
                    output.Append('\\').Append(shorthand.Letter);
                    break;
                case RegexShorthand { Letter: 'D' or 'W' or 'S' } shorthand when engine != RegexEngine.Postgres:
                    output.Append('\\').Append(shorthand.Letter);
                    break;
                case RegexShorthand shorthand:
                    output.Append(Ranges(item, CodePointSet.OfShorthand(shorthand.Letter)));
                    break;
                case RegexPosixClass posix:
                    CodePointSet named = CodePointSet.OfPosixName(posix.Name)!;
                    output.Append(Ranges(item, posix.Negated ? named.Complement() : named));
                    break;
                case RegexUnicodeProperty property:
                    output.Append(Property(property, inClass: true));
                    break;
            }
        }

        output.Append(']');
    }

    private string Ranges(RegexNode node, CodePointSet set)
    {
        IEnumerable<(int First, int Last)> ranges = set.Except(Surrogates).Ranges;
        if (engine == RegexEngine.Postgres)
        {
            ranges = ranges.Select(range => (Math.Max(range.First, 1), range.Last));
        }

        return string.Concat(ranges.Select(range => range.First == range.Last
            ? InClass(node, range.First)
            : $"{InClass(node, range.First)}-{(range.Last == CodePointSet.Last && engine != RegexEngine.Postgres ? @"\x{10ffff}" : InClass(node, range.Last))}"));
    }

    private string Property(RegexUnicodeProperty property, bool inClass)
    {
        if (!engine.Properties)
        {
            Refuse(property, $"{engine.Name} has no Unicode properties");
            return "";
        }

        if (property.Name == "L&" && !(inClass && property.Negated))
        {
            const string Letters = @"\p{Lu}\p{Ll}\p{Lt}";
            return inClass ? Letters : $"[{(property.Negated ? "^" : "")}{Letters}]";
        }

        if (!DotNetWriter.IsGeneralCategory(property.Name))
        {
            Refuse(property, $"{engine.Name} is given no other Unicode properties than general categories such as Lu");
            return "";
        }

        return $@"\{(property.Negated ? 'P' : 'p')}{{{property.Name}}}";
    }
}
