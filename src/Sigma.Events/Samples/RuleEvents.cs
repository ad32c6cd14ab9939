using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>Events that one rule matches, at any times and with chosen values, for series.</summary>
/// <param name="template">The template of the rule's log source.</param>
/// <param name="partialEvent">An event that the rule matches.</param>
/// <param name="judge">Whether the rule matches an event.</param>
/// <param name="extraFields">The fields that are counted, in the names of the events.</param>
internal sealed class RuleEvents(EventTemplate template, PartialEvent partialEvent, Func<SampleEvent, bool> judge, ImmutableArray<ExtraField> extraFields)
{
    private int number;

    /// <summary>Whether the events are of the Windows event log.</summary>
    public bool IsWindows => template.IsWindows;

    /// <summary>The fields that are counted, in the names of the events.</summary>
    public ImmutableArray<ExtraField> ExtraFields => extraFields;

    /// <summary>The value that a field has unless one is chosen.</summary>
    public FieldValue ValueOf(string field) => partialEvent.ValueOf(field);

    /// <summary>Makes an event.</summary>
    /// <param name="time">When it happens.</param>
    /// <param name="fields">The chosen values.</param>
    /// <returns>The event; null where the rule does not match one with these values.</returns>
    public SampleEvent? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields)
    {
        Dictionary<string, FieldValue> fresh = template.Refill(partialEvent, time, ++number);
        SampleEvent made = template.Event(
            partialEvent,
            time,
            name => fields.TryGetValue(name, out FieldValue chosen) ? chosen : fresh.TryGetValue(name, out FieldValue filler) ? filler : partialEvent.ValueOf(name),
            fields.Keys);
        return judge(made) ? made : null;
    }
}
