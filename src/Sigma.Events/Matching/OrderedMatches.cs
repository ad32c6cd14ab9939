using System.Collections.Immutable;

namespace Sigma.Events.Matching;

/// <summary>
/// Whether rules have matched in their order. Of each step it knows the latest time at which a row of matches that has come so far
/// can have begun, so that a match costs the same however many are in the window, and one that leaves it costs nothing.
/// </summary>
/// <param name="stepsOf">The steps that each rule is of, by its number.</param>
/// <param name="count">How many steps there are.</param>
internal sealed class OrderedMatches(ImmutableArray<ImmutableArray<int>> stepsOf, int count)
{
    private readonly Step[] steps = Empty(count);

    /// <summary>The latest start of a sequence through all steps; before all times if there is none.</summary>
    public long Began => steps[^1].Began;

    /// <summary>Takes in a match that is not before the others.</summary>
    public void Add(WindowEntry entry)
    {
        foreach (int number in stepsOf[entry.Part])
        {
            // One event that two rules match is not one after the other.
            long began = number == 0 ? entry.Time : steps[number - 1].BeganBefore(entry.Sequence);
            ref Step step = ref steps[number];
            if (began > step.Began)
            {
                step = new Step(began, entry.Sequence, step.BeganBefore(entry.Sequence));
            }
        }
    }

    /// <summary>Forgets all matches.</summary>
    public void Clear() => Array.Fill(steps, Step.None);

    private static Step[] Empty(int count)
    {
        var steps = new Step[count];
        Array.Fill(steps, Step.None);
        return steps;
    }

    /// <summary>A step.</summary>
    /// <param name="Began">When the row began that reaches it.</param>
    /// <param name="Sequence">The number of the event that brought this.</param>
    /// <param name="Before">When the row began that reached it before that event.</param>
    private readonly record struct Step(long Began, long Sequence, long Before)
    {
        public static Step None { get; } = new(long.MinValue, -1, long.MinValue);

        public long BeganBefore(long sequence) => Sequence == sequence ? Before : Began;
    }
}
