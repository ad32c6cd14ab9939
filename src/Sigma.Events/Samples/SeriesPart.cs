using System.Collections.Immutable;

namespace Sigma.Events.Samples;

/// <summary>What a correlation counts once: an event of a rule, or a series that makes another correlation hold.</summary>
internal abstract class SeriesPart
{
    /// <summary>What reasons call it.</summary>
    public required string Label { get; init; }

    /// <summary>How long it takes.</summary>
    public abstract TimeSpan Length { get; }

    /// <summary>Whether its events are of the Windows event log.</summary>
    public abstract bool IsWindows { get; }

    /// <summary>The value that a field has unless one is chosen.</summary>
    /// <param name="field">The field as the correlation calls it.</param>
    public abstract FieldValue ValueOf(string field);

    /// <summary>Makes the events.</summary>
    /// <param name="time">When the first happens.</param>
    /// <param name="fields">Chosen values, by the names that the correlation has for them.</param>
    /// <returns>The events; null where they cannot have these values.</returns>
    public abstract IReadOnlyList<SampleEvent>? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields);

    /// <summary>Chosen values by other names; where two fields have one name, the later value stays.</summary>
    private protected static Dictionary<string, FieldValue> Renamed(IReadOnlyDictionary<string, FieldValue> fields, Func<string, string> nameOf)
    {
        var renamed = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach ((string name, FieldValue value) in fields)
        {
            renamed[nameOf(name)] = value;
        }

        return renamed;
    }
}

/// <summary>An event of a rule.</summary>
/// <param name="events">Makes the events.</param>
/// <param name="places">The places of the correlation's fields among the extra fields of the rule.</param>
internal sealed class RulePart(RuleEvents events, IReadOnlyDictionary<string, int> places) : SeriesPart
{
    public override TimeSpan Length => TimeSpan.Zero;

    public override bool IsWindows => events.IsWindows;

    public override FieldValue ValueOf(string field) => events.ValueOf(NameOf(field));

    public override IReadOnlyList<SampleEvent>? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields) =>
        events.At(time, Renamed(fields, NameOf)) is { } made ? [made] : null;

    private string NameOf(string field) => places.TryGetValue(field, out int place) ? events.ExtraFields[place].Names[0] : field;
}

/// <summary>A series that makes another correlation hold.</summary>
/// <param name="sampler">Makes the series.</param>
/// <param name="names">What the outer correlation's fields are called in the inner one.</param>
internal sealed class CorrelationPart(SeriesSampler sampler, IReadOnlyDictionary<string, ImmutableArray<string>> names) : SeriesPart
{
    public override TimeSpan Length => sampler.Length;

    public override bool IsWindows => sampler.IsWindows;

    public override FieldValue ValueOf(string field) => sampler.ValueOf(NameOf(field));

    public override IReadOnlyList<SampleEvent>? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields) =>
        sampler.SeriesAt(time, Renamed(fields, NameOf));

    private string NameOf(string field) => names.TryGetValue(field, out ImmutableArray<string> inner) ? inner[0] : field;
}
