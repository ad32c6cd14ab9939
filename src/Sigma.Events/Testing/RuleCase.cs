using Sigma.Text;

namespace Sigma.Events.Testing;

/// <summary>Which events of a case a rule must match.</summary>
/// <param name="Least">How many at least.</param>
/// <param name="Most">How many at most; null for any number.</param>
/// <param name="Numbers">Which ones, from 1 in their order; null if only the number counts.</param>
internal sealed record Expectation(int Least, int? Most, IReadOnlyList<int>? Numbers)
{
    /// <summary>At least one.</summary>
    public static Expectation Any { get; } = new(1, null, null);

    /// <summary>None.</summary>
    public static Expectation None { get; } = new(0, 0, null);

    /// <summary>Exactly this many.</summary>
    public static Expectation Of(int count) => new(count, count, null);

    /// <summary>Just these.</summary>
    public static Expectation Of(IReadOnlyList<int> numbers) => new(numbers.Count, numbers.Count, numbers);

    /// <summary>Whether matches are as expected.</summary>
    /// <param name="matches">The numbers of the events that match, from 1, sorted.</param>
    public bool IsMet(IReadOnlyList<int> matches) => Numbers is { } wanted
        ? wanted.Order().SequenceEqual(matches)
        : matches.Count >= Least && (Most is not { } most || matches.Count <= most);

    /// <inheritdoc/>
    public override string ToString() => Numbers is { Count: > 0 } wanted ? "just " + string.Join(", ", wanted.Order())
        : Most is null ? $"at least {Least}"
        : Most > Least ? $"{Least} to {Most}"
        : Least == 0 ? "none" : $"just {Least}";
}

/// <summary>A case: events, and which of them a rule must match.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Rule">The id, name or title of the rule; null for the rule that the file of cases stands beside.</param>
/// <param name="Events">The events as JSON, where they stand in the file of cases; null if they are in a file of their own.</param>
/// <param name="Data">That file's path, from the file of cases; null if the events stand here.</param>
/// <param name="Expected">What is expected.</param>
/// <param name="Span">The position of the case.</param>
internal sealed record RuleCase(string Name, string? Rule, IReadOnlyList<string>? Events, string? Data, Expectation Expected, Span Span)
{
    /// <summary>Where the rule is named; null if it is not.</summary>
    public Span? RuleSpan { get; init; }

    /// <summary>Where the file of events is named; null if there is none.</summary>
    public Span? DataSpan { get; init; }

    /// <summary>The folder that its data has to lie in; null for the folder of its file.</summary>
    public string? Root { get; init; }

    /// <summary>The usual number of matches, where more are reported but do not fail; null if none is given.</summary>
    public int? Count { get; init; }

    /// <summary>Further paths under which the events may be found, best first.</summary>
    public IReadOnlyList<string> OtherData { get; init; } = [];
}
