using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Matching;

/// <summary>A rule's searches, and the ways in which events of its log source are recorded.</summary>
/// <param name="searches">For each condition its own search, and then those of its <c>near</c>.</param>
internal sealed class RecordedPlans(ImmutableArray<ImmutableArray<SearchPlan>> searches)
{
    /// <summary>The rule after the user's pipelines.</summary>
    public SigmaRule Rule => searches[0][0].Rule;

    /// <summary>For each condition its own search, and then those of its <c>near</c>.</summary>
    public ImmutableArray<ImmutableArray<SearchPlan>> Searches => searches;

    /// <summary>The ways in which events of its log source are recorded; none if nothing is known of it.</summary>
    public IReadOnlyList<Recording> Recordings { get; } = LogSources.BuiltIn.RecordingsOf(searches[0][0].Rule);

    /// <summary>The names that events may have for one of the fields that are counted.</summary>
    /// <param name="counted">Its place among them.</param>
    public IReadOnlyList<string> NamesOf(int counted) =>
        [.. Recordings.Select(recording => recording.ExtraFields).Prepend(Rule.ExtraFields).SelectMany(way => way[counted].Names).Distinct()];
}
