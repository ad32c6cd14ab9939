using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Events.Fitting;

/// <summary>What the events of one kind are like: those of a log with the same event id, or what a schema says of them.</summary>
internal sealed class LogProfile
{
    /// <summary>More fields are not looked at; no log has so many.</summary>
    private const int MostFields = 5_000;

    private readonly Dictionary<EventPath, FieldProfile> fields = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, EventPath> further = new(StringComparer.Ordinal);
    private readonly ValueRoom room;

    /// <summary>Starts the profile of events that tell the same log.</summary>
    /// <param name="sample">One of them.</param>
    /// <param name="name">The log in words; null if it is not known.</param>
    /// <param name="room">How much of its values may be kept.</param>
    public LogProfile(Event sample, string? name, ValueRoom room)
    {
        this.room = room;
        Sample = sample.Copy();
        Name = name;
    }

    /// <summary>Makes the profile of a schema.</summary>
    /// <param name="source">The log source that it is of.</param>
    /// <param name="known">Its fields.</param>
    public LogProfile(LogSource source, IEnumerable<FieldProfile> known)
    {
        room = new ValueRoom();
        Source = source;
        Name = source.ShortName;
        foreach (FieldProfile field in known)
        {
            fields[field.Path] = field;
        }
    }

    /// <summary>One of the events; null for a schema.</summary>
    public Event? Sample { get; }

    /// <summary>The log source of a schema; null for events.</summary>
    public LogSource? Source { get; }

    /// <summary>The log in words; null if it is not known.</summary>
    public string? Name { get; }

    /// <summary>Whether the log is known: from its events, or from a schema.</summary>
    public bool IsOfKnownLog { get; init; } = true;

    /// <summary>How many events there are; 0 for a schema.</summary>
    public long Events { get; private set; }

    /// <summary>The fields.</summary>
    public IReadOnlyCollection<FieldProfile> Fields => fields.Values;

    /// <summary>Adds an event.</summary>
    public void Add(Event e)
    {
        Events++;
        for (int i = 0; i < e.Count; i++)
        {
            if (e.KindOf(i) is EventValueKind.Null or EventValueKind.Object)
            {
                continue;
            }

            EventPath place = e.PathOf(i);
            if (place.Id < 0)
            {
                // A place beyond those that are kept is made anew for each event.
                if (!further.TryGetValue(place.Name, out EventPath? first))
                {
                    if (further.Count >= MostFields)
                    {
                        continue;
                    }

                    further.Add(place.Name, first = place);
                }

                place = first;
            }

            if (!fields.TryGetValue(place, out FieldProfile? field))
            {
                if (fields.Count >= MostFields)
                {
                    continue;
                }

                fields.Add(place, field = new FieldProfile(place, room));
            }

            field.Add(e.TextOf(i));
        }
    }
}
