using System.Text;
using Sigma.RegularExpressions;

namespace Sigma.Events.Samples;

/// <summary>
/// Writes texts that a regular expression finds, straight off its tree. What needs more than a walk, such as a negative
/// look-ahead, is left to whoever tries the texts: several variants are offered.
/// </summary>
internal sealed class RegexTexts
{
    /// <summary>How many times a part without an upper bound is repeated at most beyond its minimum.</summary>
    private const int MostExtra = 3;

    /// <summary>Patterns such as <c>(a{1000}){1000}</c> must not fill the memory.</summary>
    private const int LongestText = 20_000;

    /// <summary>The characters that are taken first where a class leaves the choice.</summary>
    private const string Preferred = "aeot3rnsil7dcum5pgxbfhvwkyzjq018246 9-_.AEIORSTNLDCMPGXBFHVWKYZJQU/\\,:;=+@#%&(){}[]'\"";

    private readonly StringBuilder text = new();
    private readonly Dictionary<int, string> groups = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int variant;
    private readonly string stuffing;
    private int choices;
    private bool stuffed;

    private RegexTexts(int variant, string stuffing)
    {
        this.variant = variant;
        this.stuffing = stuffing;
    }

    /// <summary>Writes one text.</summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="variant">Which of the possible texts; each number makes the same choices every time.</param>
    /// <param name="stuffing">What to put where the expression takes any run of characters; empty for a filler of its own.</param>
    /// <returns>A text that the expression probably finds; the caller has to try it.</returns>
    public static string Write(RegexPattern pattern, int variant, string stuffing = "")
    {
        var writer = new RegexTexts(variant, stuffing);
        for (int i = 0; i < pattern.GroupNames.Length; i++)
        {
            if (pattern.GroupNames[i] is { } name)
            {
                writer.numbers.TryAdd(name, i + 1);
            }
        }

        writer.Append(pattern.Root);
        return writer.text.ToString();
    }

    private void Append(RegexNode node)
    {
        if (text.Length > LongestText)
        {
            return;
        }

        switch (node)
        {
            case RegexSequence sequence:
                foreach (RegexNode item in sequence.Items)
                {
                    Append(item);
                }

                break;
            case RegexAlternation alternation:
                Append(alternation.Branches[Choose(alternation.Branches.Length)]);
                break;
            case RegexGroup group:
                int start = text.Length;
                Append(group.Body);
                groups[group.Number] = text.ToString(start, text.Length - start);
                break;
            case RegexLookaround { Negative: false } look:
                // What must be ahead is written here; what follows in the pattern often takes any characters.
                if (variant % 2 == 0)
                {
                    Append(look.Body);
                }

                break;
            case RegexConditional conditional:
                Append(conditional.Body);
                break;
            case RegexRepeat repeat:
                AppendRepeat(repeat);
                break;
            case RegexLiteral literal:
                text.Append(char.IsSurrogate((char)Math.Min(literal.CodePoint, char.MaxValue)) ? "\uFFFD" : char.ConvertFromUtf32(literal.CodePoint));
                break;
            case RegexAnyCharacter:
                text.Append(Preferred[Choose(8)]);
                break;
            case RegexCharacterClass or RegexShorthand or RegexUnicodeProperty or RegexPosixClass:
                AppendOneOf(node);
                break;
            case RegexBackreference reference:
                int number = reference.Name is null ? reference.Number : numbers.GetValueOrDefault(reference.Name);
                text.Append(groups.GetValueOrDefault(number, ""));
                break;
            case RegexSpecialEscape { Letter: 'R' }:
                text.Append('\n');
                break;
            case RegexSpecialEscape { Letter: 'X' or 'C' }:
                text.Append('a');
                break;
        }
    }

    private void AppendRepeat(RegexRepeat repeat)
    {
        int spare = Math.Min((repeat.Max ?? int.MaxValue) - repeat.Min, MostExtra);
        bool wide = IsWide(repeat.Body) && repeat.Max is null;
        if (wide && stuffing.Length >= Math.Max(1, repeat.Min) && !stuffed)
        {
            stuffed = true;
            text.Append(stuffing);
            return;
        }

        int times = repeat.Min + (spare == 0 ? 0 : Choose(spare + 1));
        for (int i = 0; i < times && text.Length <= LongestText; i++)
        {
            Append(repeat.Body);
        }
    }

    /// <summary>Whether a part takes nearly any character: a dot, or a class by what it leaves out.</summary>
    private static bool IsWide(RegexNode node) => node switch
    {
        RegexAnyCharacter => true,
        RegexCharacterClass { Negated: true } => true,
        RegexGroup { Body: var body } => IsWide(body),
        RegexSequence { Items: [var only] } => IsWide(only),
        _ => false,
    };

    private void AppendOneOf(RegexNode node)
    {
        CodePointSet set = SetOf(node);
        var fitting = new List<char>();
        foreach (char c in Preferred)
        {
            if (set.Contains(c))
            {
                fitting.Add(c);
            }
        }

        if (fitting.Count > 0)
        {
            text.Append(fitting[Choose(Math.Min(fitting.Count, 12))]);
            return;
        }

        foreach ((int first, int last) in set.Ranges)
        {
            int codePoint = first < ' ' && last >= ' ' ? ' ' : first;
            if (codePoint is < 0xD800 or > 0xDFFF)
            {
                text.Append(char.ConvertFromUtf32(codePoint));
                return;
            }
        }
    }

    private static CodePointSet SetOf(RegexNode node)
    {
        switch (node)
        {
            case RegexCharacterClass set:
                CodePointSet union = CodePointSet.Empty;
                foreach (RegexNode item in set.Items)
                {
                    union = union.Union(SetOf(item));
                }

                union = set.Flags.HasFlag(RegexFlags.IgnoreCase) ? union.FoldCase() : union;
                return set.Negated ? union.Complement() : union;
            case RegexRange range:
                return CodePointSet.Of(range.First.CodePoint, range.Last.CodePoint);
            case RegexShorthand shorthand:
                return CodePointSet.OfShorthand(shorthand.Letter);
            case RegexPosixClass posix:
                CodePointSet named = CodePointSet.OfPosixName(posix.Name) ?? CodePointSet.Empty;
                return posix.Negated ? named.Complement() : named;
            case RegexUnicodeProperty property:
                return OfProperty(property);
            default:
                return CodePointSet.Empty;
        }
    }

    /// <summary>A few characters of a property stand for it; of its opposite, those that are not of them.</summary>
    private static CodePointSet OfProperty(RegexUnicodeProperty property)
    {
        CodePointSet set = property.Name switch
        {
            "Lu" => CodePointSet.Of('A', 'Z'),
            "L" or "Ll" or "L&" => CodePointSet.Of('a', 'z'),
            "N" or "Nd" => CodePointSet.Digits,
            "Z" or "Zs" => CodePointSet.Of(' ', ' '),
            "P" or "Pd" => CodePointSet.Of('-', '-'),
            "Greek" => CodePointSet.Of('α', 'ω'),
            "Cyrillic" => CodePointSet.Of('а', 'я'),
            "Han" => CodePointSet.Of('一', '丁'),
            "Arabic" => CodePointSet.Of('ب', 'ت'),
            "Hebrew" => CodePointSet.Of('א', 'ב'),
            _ => CodePointSet.Of('a', 'z'),
        };
        return property.Negated ? set.Complement() : set;
    }

    /// <summary>Chooses one of some possibilities: the first in variant 0, others in turn in the variants after it.</summary>
    private int Choose(int count) => count <= 1 ? 0 : variant == 0 ? 0 : (int)((uint)((variant * 7) + (choices++ * 3)) % (uint)count);
}
