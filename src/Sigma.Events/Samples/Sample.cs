using Sigma.Text;

namespace Sigma.Events.Samples;

/// <summary>What a sample shows.</summary>
internal enum SampleKind
{
    /// <summary>The rule matches.</summary>
    Match,

    /// <summary>One character of a value is another.</summary>
    ChangedCharacter,

    /// <summary>A value has a character more, where it must be whole, begin or end so.</summary>
    ExtraCharacter,

    /// <summary>A value is in another letter case, where case counts.</summary>
    ChangedCase,

    /// <summary>A number or an address lies just outside.</summary>
    OutsideRange,

    /// <summary>A field has another value.</summary>
    OtherValue,

    /// <summary>A field is missing.</summary>
    MissingField,

    /// <summary>A field is there that must not be.</summary>
    UnwantedField,

    /// <summary>What the rule leaves out holds.</summary>
    FilterApplies,

    /// <summary>A series has too few or too many events, or too small or great a value.</summary>
    Count,

    /// <summary>A series takes too long.</summary>
    Time,

    /// <summary>A series is spread over several groups.</summary>
    Group,

    /// <summary>The events of a series come in another order.</summary>
    Order,
}

/// <summary>An event, or a series of events, and whether the rule matches it.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Reason">One line that says what it is.</param>
/// <param name="Item">The place in the rule that it is about: the values that match, or the value that is broken; null for the rule as a whole.</param>
/// <param name="Field">The field that it is about; null for keywords and for the rule as a whole.</param>
/// <param name="Events">The event; several for correlations, in the order of their times.</param>
internal sealed record Sample(SampleKind Kind, string Reason, Span? Item, string? Field, IReadOnlyList<SampleEvent> Events)
{
    /// <summary>Whether the rule matches.</summary>
    public bool Matches => Kind is SampleKind.Match;
}

/// <summary>The samples of one rule.</summary>
/// <param name="Samples">Those that match first.</param>
/// <param name="Diagnostics">Why some, or all, could not be made.</param>
internal sealed record RuleSamples(IReadOnlyList<Sample> Samples, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>How many of them the rule matches.</summary>
    public int Positives => Samples.Count(sample => sample.Matches);

    /// <summary>How many of them are near misses.</summary>
    public int NearMisses => Samples.Count - Positives;
}
