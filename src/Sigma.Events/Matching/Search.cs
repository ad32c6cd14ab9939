using System.Collections.Immutable;

namespace Sigma.Events.Matching;

/// <summary>An expression that events are matched with, and the action for a match.</summary>
/// <param name="test">The expression.</param>
/// <param name="rule">The rule that it is of.</param>
/// <param name="reported">The rule that is reported; null if it is only counted.</param>
internal sealed class Search(RuleTest test, MatchedRule rule, MatchedRule? reported)
{
    /// <summary>The rule that it is of.</summary>
    public MatchedRule Rule => rule;

    /// <summary>The expression.</summary>
    public RuleTest Test => test;

    /// <summary>The rule that is reported; null if it is only counted.</summary>
    public MatchedRule? Reported => reported;

    /// <summary>What counts its matches.</summary>
    public List<Feed> Feeds { get; } = [];
}

/// <summary>An event or correlation as a correlation counts it.</summary>
/// <param name="Counter">The correlation.</param>
/// <param name="Part">Which of its rules matched, from 0.</param>
/// <param name="Group">The values of what it is grouped by.</param>
/// <param name="Value">The value that counts; null if there is none.</param>
internal sealed record Counted(CorrelationCounter Counter, int Part, ImmutableArray<string> Group, string? Value);

/// <summary>What a correlation takes of an event that matched one of its rules.</summary>
/// <param name="counter">The correlation.</param>
/// <param name="part">The rule, from 0.</param>
/// <param name="groups">For each field that it is grouped by, the fields that may have it.</param>
/// <param name="values">The same for each field whose values count.</param>
/// <param name="figure">Which of the correlation's figures the values are: rules whose fields have the same names there count the same.</param>
internal sealed class Feed(CorrelationCounter counter, int part, int[][] groups, int[][] values, int figure)
{
    /// <summary>Which of the correlation's figures the values are.</summary>
    public int Figure => figure;

    /// <summary>Reads an event.</summary>
    /// <returns>What is counted; null for an event that is in no group.</returns>
    public Counted? Read(EventView view)
    {
        string?[] group = [.. groups.Select(slots => ValueOf(view, slots))];
        if (group.Contains(null))
        {
            return null;
        }

        string?[] counted = [.. values.Select(slots => ValueOf(view, slots))];
        return new Counted(counter, part, [.. group!], CorrelationCounter.Together(counted));
    }

    private static string? ValueOf(EventView view, int[] slots)
    {
        foreach (int slot in slots)
        {
            for (int place = view.First(slot); place >= 0; place = view.Next(slot, place))
            {
                if (view.IsValue(place))
                {
                    return view.Event.TextOf(place).ToString();
                }
            }
        }

        return null;
    }
}

/// <summary>What a correlation takes of another one that held: nothing but what that is grouped by.</summary>
/// <param name="counter">The correlation.</param>
/// <param name="part">Which of its rules the other is, from 0.</param>
/// <param name="groups">For each field that it is grouped by, its name in the other.</param>
/// <param name="values">The same for each field whose values count.</param>
internal sealed class ChainedFeed(CorrelationCounter counter, int part, string[] groups, string[] values)
{
    /// <summary>Reads the other's group.</summary>
    /// <returns>What is counted; null if it is in no group.</returns>
    public Counted? Read(ImmutableArray<string> names, ImmutableArray<string> texts)
    {
        string?[] group = [.. groups.Select(ValueOf)];
        return group.Contains(null) ? null : new Counted(counter, part, [.. group!], CorrelationCounter.Together([.. values.Select(ValueOf)]));

        string? ValueOf(string name) => names.IndexOf(name) is var at and >= 0 ? texts[at] : null;
    }
}
