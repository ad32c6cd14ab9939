using System.Collections.Immutable;
using System.Text;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>How often a step of a pattern is gone.</summary>
internal enum StepCount
{
    /// <summary>Once.</summary>
    One,

    /// <summary>Once or not at all.</summary>
    OneOrNone,

    /// <summary>Any number of times.</summary>
    Any,
}

/// <summary>A step of a pattern: some characters, and how often one of them stands there.</summary>
/// <param name="Count">How often.</param>
/// <param name="Letter">The character; its upper case, where case does not count.</param>
/// <param name="IsCased">Whether case counts.</param>
/// <param name="Set">The characters of ASCII, instead of the one; empty for any character; null for the one.</param>
internal readonly record struct PatternStep(StepCount Count, int Letter, bool IsCased, string? Set)
{
    /// <summary>Any character.</summary>
    public static PatternStep AnyCharacter(StepCount count) => new(count, 0, false, "");

    /// <summary>One character of some.</summary>
    public static PatternStep OneOf(string set, StepCount count = StepCount.One) => new(count, 0, true, set);

    /// <summary>Whether it takes a character.</summary>
    /// <param name="codePoint">The character.</param>
    /// <param name="folded">Its upper case.</param>
    public bool Takes(int codePoint, int folded) =>
        Set is null ? (IsCased ? codePoint : folded) == Letter : Set.Length == 0 || (codePoint < 0x80 && Set.Contains((char)codePoint, StringComparison.Ordinal));
}

/// <summary>The texts that go through one of some rows of steps, from the first step to the last.</summary>
/// <param name="Rows">The rows.</param>
internal sealed record TextPattern(ImmutableArray<ImmutableArray<PatternStep>> Rows)
{
    /// <summary>The pattern of a string with wildcards; null where it has half a surrogate pair or a placeholder, which no text of an event has.</summary>
    public static TextPattern? Of(StringValue value)
    {
        var steps = ImmutableArray.CreateBuilder<PatternStep>();
        foreach (StringPart part in value.Text.Parts)
        {
            switch (part.Kind)
            {
                case PartKind.Many:
                    steps.Add(PatternStep.AnyCharacter(StepCount.Any));
                    break;
                case PartKind.One:
                    steps.Add(PatternStep.AnyCharacter(StepCount.One));
                    break;
                case PartKind.Literal:
                    for (int at = 0; at < part.Text.Length; at += Rune.GetRuneAt(part.Text, at).Utf16SequenceLength)
                    {
                        if (!Rune.TryGetRuneAt(part.Text, at, out Rune letter))
                        {
                            return null;
                        }

                        steps.Add(new PatternStep(StepCount.One, value.Cased ? letter.Value : LetterCase.Folded(letter.Value), value.Cased, null));
                    }

                    break;
                default:
                    return null;
            }
        }

        return new TextPattern([steps.ToImmutable()]);
    }
}
