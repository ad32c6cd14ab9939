using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>One test of one value, and whether the event must pass it.</summary>
/// <param name="Leaf">The test it belongs to.</param>
/// <param name="Index">Which of the test's values.</param>
/// <param name="Wanted">Whether it must hold, or must not.</param>
internal readonly record struct Literal(MatchExpr Leaf, int Index, bool Wanted)
{
    /// <summary>The value.</summary>
    public Value Value => Leaf.Values[Index];

    /// <summary>The field; null for keywords.</summary>
    public string? Field => Leaf.Field;

    /// <summary>Whether it is the same test of the same value, not only an equal one.</summary>
    public bool IsSame(Literal other) => ReferenceEquals(Leaf, other.Leaf) && Index == other.Index;
}
