using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>A rule or correlation that events are matched with.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Path">The file that it is from.</param>
public sealed record MatchedRule(Metadata Metadata, string Path)
{
    /// <summary>The offset at which it begins in the file, which tells it from others there.</summary>
    internal int Start { get; init; }

    /// <summary>The hash code of its place, which says enough; that of all its metadata would take long for thousands of rules.</summary>
    public override int GetHashCode() => HashCode.Combine(Path, Start);

    /// <summary>Describes a rule for its matches, without keeping the text of its file in memory.</summary>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="span">Its position.</param>
    /// <param name="brief">Whether its title, id, name, status, level and tags are enough.</param>
    /// <returns>The rule as matches report it.</returns>
    internal static MatchedRule Of(Metadata metadata, Span span, bool brief) => new(brief ? metadata.Brief() : metadata.WithoutPlaces(), span.Source.Path) { Start = span.Start };
}

/// <summary>A field that made an event match.</summary>
/// <param name="Name">The field as the rule calls it; for keywords, as the event does.</param>
/// <param name="Value">The value.</param>
public readonly record struct MatchedField(string Name, string Value);

/// <summary>Where an event is from, as far as it tells. What it does not tell is null.</summary>
public sealed class MatchedOrigin
{
    internal MatchedOrigin(string? computer, string? channel, string? provider, string? eventId, string? recordId)
    {
        Computer = computer;
        Channel = channel;
        Provider = provider;
        EventId = eventId;
        RecordId = recordId;
    }

    /// <summary>The host.</summary>
    public string? Computer { get; }

    /// <summary>The Windows event log.</summary>
    public string? Channel { get; }

    /// <summary>The provider.</summary>
    public string? Provider { get; }

    /// <summary>The event id.</summary>
    public string? EventId { get; }

    /// <summary>The number of the record in the log that it was written to.</summary>
    public string? RecordId { get; }
}

/// <summary>That events matched a rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Time">When, as far as the event says it; for a correlation, the time of the event that completed it.</param>
/// <param name="Line">The line at which the event begins, from 1; in a Windows event log, its record number.</param>
/// <param name="Fields">The fields that made the event match, in the order of the rule; for a correlation, what it is grouped by.</param>
public sealed record RuleMatch(MatchedRule Rule, DateTimeOffset? Time, long Line, IReadOnlyList<MatchedField> Fields)
{
    /// <summary>Where the event is from; null if it does not tell, and for correlations.</summary>
    public MatchedOrigin? Origin { get; init; }

    /// <summary>Whether the event was found in the unused space of a Windows event log.</summary>
    public bool IsRecovered { get; init; }

    /// <summary>What was counted; null for a match of one event.</summary>
    public MatchedCorrelation? Correlation { get; init; }
}

/// <summary>What a correlation counted when it held.</summary>
/// <param name="Type">What is counted.</param>
/// <param name="Value">The count, sum and the like; for temporal types, how many of the rules had matched.</param>
/// <param name="Events">How many events were within the timespan; one that several rules match counts once.</param>
/// <param name="From">The time of the first of them; null if events say no time.</param>
public sealed record MatchedCorrelation(CorrelationType Type, double Value, int Events, DateTimeOffset? From);
