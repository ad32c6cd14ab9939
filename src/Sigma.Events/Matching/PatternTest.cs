using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>
/// The whole text fits a pattern of literals, <c>*</c> and <c>?</c>. A <c>?</c> is one character, also one of two UTF-16 units.
/// Time grows at worst with the product of the two lengths.
/// </summary>
/// <param name="parts">The pattern.</param>
/// <param name="cased">Whether case counts.</param>
internal sealed class PatternTest(ImmutableArray<StringPart> parts, bool cased) : ValueTest
{
    private readonly StringComparison comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The longest literal of the pattern; null if it has none.</summary>
    public string? Longest { get; } = parts.Where(part => part.Kind is PartKind.Literal).Select(part => part.Text).MaxBy(text => text.Length);

    public override int Cost => 8;

    public override bool Fits(ReadOnlySpan<char> text)
    {
        int at = 0;
        int part = 0;
        int star = -1;
        int behindStar = 0;
        while (true)
        {
            if (part == parts.Length)
            {
                if (at == text.Length)
                {
                    return true;
                }
            }
            else if (parts[part].Kind is PartKind.Many)
            {
                star = part++;
                behindStar = at;
                if (part == parts.Length)
                {
                    return true;
                }

                if (!Skip(text, part, ref behindStar))
                {
                    return false;
                }

                at = behindStar;
                continue;
            }
            else if (parts[part].Kind is PartKind.One)
            {
                if (at < text.Length)
                {
                    at += Step(text, at);
                    part++;
                    continue;
                }
            }
            else if (text[at..].StartsWith(parts[part].Text, comparison))
            {
                at += parts[part++].Text.Length;
                continue;
            }

            if (star < 0 || behindStar >= text.Length)
            {
                return false;
            }

            behindStar += Step(text, behindStar);
            part = star + 1;
            if (!Skip(text, part, ref behindStar))
            {
                return false;
            }

            at = behindStar;
        }
    }

    /// <summary>Moves to the next occurrence of the literal after a <c>*</c>.</summary>
    private bool Skip(ReadOnlySpan<char> text, int part, ref int at)
    {
        if (parts[part].Kind is not PartKind.Literal)
        {
            return true;
        }

        int next = text[at..].IndexOf(parts[part].Text, comparison);
        at += Math.Max(next, 0);
        return next >= 0;
    }

    private static int Step(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
}
