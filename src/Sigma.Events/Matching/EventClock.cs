namespace Sigma.Events.Matching;

/// <summary>Tells when events happened.</summary>
internal sealed class EventClock
{
    /// <summary>What Sysmon calls the time at which it saw an event; in another log it is whatever a program reports.</summary>
    private const string SysmonTime = "UtcTime";

    private readonly SourceFields sources;
    private readonly int[] slots;
    private readonly int sysmon;
    private readonly int timeOfDay;
    private readonly int date;
    private readonly int[] zones;
    private readonly Dictionary<string, int[]> slotsOfLogs;
    private readonly bool isNamed;

    /// <summary>Creates the clock; the fields are asked for here, before events are read.</summary>
    /// <param name="fields">The fields of the rules.</param>
    /// <param name="sources">Where events tell their log source.</param>
    /// <param name="named">The field that the user says has the time; null for the usual ones.</param>
    public EventClock(FieldTable fields, SourceFields sources, string? named)
    {
        this.sources = sources;
        isNamed = named is not null;
        slots = [.. (named is null ? EventTime.Fields : [named]).Select(fields.SlotOf)];
        slotsOfLogs = named is null ? KnownLogs.TimeFields.ToDictionary(name => name, name => (int[])[fields.SlotOf(name), .. slots], StringComparer.Ordinal) : [];
        sysmon = named is null ? fields.SlotOf(SysmonTime) : -1;
        timeOfDay = named is null ? fields.SlotOf("time") : -1;
        date = fields.SlotOf("date");
        zones = [fields.SlotOf("tz"), fields.SlotOf("timezone")];
    }

    /// <summary>When an event happened; null if it does not tell.</summary>
    public DateTimeOffset? TimeOf(EventView view)
    {
        foreach (int slot in SlotsOf(view))
        {
            int place = PlaceOf(view, slot);
            if (place >= 0 && view.IsValue(place)
                && (EventTime.TryParse(view.Event.TextOf(place), out DateTimeOffset time) || (slot == timeOfDay && TryJoin(view, place, out time))))
            {
                return time;
            }
        }

        return null;
    }

    /// <summary>The first field of an event without a time that has something in the place of one; null if there is none, or a time.</summary>
    public string? UnreadField(EventView view)
    {
        if (TimeOf(view) is not null)
        {
            return null;
        }

        string? alike = null;
        foreach (int slot in SlotsOf(view))
        {
            if (PlaceOf(view, slot) is >= 0 and var place && view.IsValue(place) && EventNames.Tells(view.Event.TextOf(place)))
            {
                string name = view.Fields.NameOf(slot);
                if (view.Event.PathOf(place).Segments[^1] == name)
                {
                    return name;
                }

                // A field is found by a name with other letters or underscores too.
                alike ??= name;
            }
        }

        return alike;
    }

    /// <summary>The fields that may have the time of an event: the one that its log has it in, then those that have it in every log.</summary>
    private int[] SlotsOf(EventView view) =>
        (view.Event.TimeField ?? view.Event.Log?.Time) is { } name && slotsOfLogs.TryGetValue(name, out int[]? own) ? own : slots;

    /// <summary>Reads a time of a day whose day stands in a field of its own, and the zone maybe too, as FortiGate has them.</summary>
    private bool TryJoin(EventView view, int place, out DateTimeOffset time) =>
        EventTime.TryJoin(TextOf(view, date), view.Event.TextOf(place), TextOf(view, zones[0]) is { IsEmpty: false } zone ? zone : TextOf(view, zones[1]), out time);

    private ReadOnlySpan<char> TextOf(EventView view, int slot) =>
        PlaceOf(view, slot) is >= 0 and var place && view.IsValue(place) ? view.Event.TextOf(place) : default;

    /// <summary>Where an event has a time by a field; -1 if it has none there. A program that reports an event does not say when that was logged.</summary>
    private int PlaceOf(EventView view, int slot)
    {
        int place = view.First(slot);
        return place < 0 || isNamed ? place
            : slot == sysmon ? (sources.IsOfSysmon(view) ? place : -1)
            : sources.OwnPlace(view, slot) ?? place;
    }
}
