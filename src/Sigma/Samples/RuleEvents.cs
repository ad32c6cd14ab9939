namespace Sigma.Samples;

/// <summary>Events that one rule matches, at any times and with chosen values, for series.</summary>
/// <param name="frame">The frame of the rule's log source.</param>
/// <param name="draft">An event that the rule matches.</param>
/// <param name="judge">Whether the rule matches an event.</param>
internal sealed class RuleEvents(EventFrame frame, Draft draft, Func<SampleEvent, bool> judge)
{
    private int number;

    /// <summary>Whether the events are of the Windows event log.</summary>
    public bool IsWindows => frame.IsWindows;

    /// <summary>The value that a field has unless one is chosen.</summary>
    public FieldValue ValueOf(string field) => draft.ValueOf(field);

    /// <summary>Makes an event.</summary>
    /// <param name="time">When it happens.</param>
    /// <param name="fields">The chosen values.</param>
    /// <returns>The event; null where the rule does not match one with these values.</returns>
    public SampleEvent? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields)
    {
        Dictionary<string, FieldValue> fresh = frame.Refill(draft, time, ++number);
        SampleEvent made = frame.Event(
            draft,
            time,
            name => fields.TryGetValue(name, out FieldValue chosen) ? chosen : fresh.TryGetValue(name, out FieldValue filler) ? filler : draft.ValueOf(name),
            fields.Keys);
        return judge(made) ? made : null;
    }
}
