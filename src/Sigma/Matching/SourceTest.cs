using System.Collections.Immutable;

namespace Sigma.Matching;

/// <summary>What an event says about its own log source.</summary>
internal enum EventOrigin
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>It is of a Windows event log.</summary>
    Windows,

    /// <summary>It is of Sysmon for Linux.</summary>
    Linux,
}

/// <summary>Whether an event is what a recording says of itself: right event id, right channel.</summary>
/// <param name="tests">The tests; all must hold.</param>
/// <param name="sources">Where the fields are that say it.</param>
internal sealed class SourceTest(ImmutableArray<EventTest> tests, SourceFields sources)
{
    /// <summary>Judges an event: yes when it says so, no when it says otherwise, open when it says nothing.</summary>
    public Certainty Judge(EventView view)
    {
        Certainty result = Certainty.Open;
        foreach (EventTest test in tests)
        {
            Certainty one = test.Judge(view, sources, missingIsOpen: true);
            if (one is Certainty.Open && test is FieldValueTest { Slot: var slot } channel && slot == sources.Channel)
            {
                one = JudgeByProvider(channel.Test, view);
            }

            if (one is Certainty.No)
            {
                return Certainty.No;
            }

            result = one is Certainty.Yes ? one : result;
        }

        return result;
    }

    /// <summary>Without a channel, a provider says it where the channel is named for it: Microsoft-Windows-Sysmon writes to Microsoft-Windows-Sysmon/Operational.</summary>
    private Certainty JudgeByProvider(ValueTest channels, EventView view)
    {
        int provider = view.First(sources.Provider);
        if (provider < 0 || !view.IsValue(provider))
        {
            return Certainty.Open;
        }

        string name = view.Event.TextOf(provider).ToString();
        return channels.Fits(name) || channels.Fits(name + "/Operational") || channels.Fits(name + "/Admin") ? Certainty.Yes : Certainty.Open;
    }
}

/// <summary>The fields by which events tell their log source.</summary>
internal sealed class SourceFields(FieldTable fields)
{
    /// <summary>The event id.</summary>
    public int EventId { get; } = fields.SlotOf(EventNames.EventId);

    /// <summary>The channel.</summary>
    public int Channel { get; } = fields.SlotOf(EventNames.Channel);

    /// <summary>The provider.</summary>
    public int Provider { get; } = fields.SlotOf(EventNames.Provider);

    /// <summary>Whether a field is one of these.</summary>
    public bool Have(int slot) => slot == EventId || slot == Channel || slot == Provider;

    /// <summary>What an event says of its origin: one with an event id, and a channel or provider, is a Windows event.</summary>
    public EventOrigin OriginOf(EventView view)
    {
        int id = view.First(EventId);
        if (id < 0 || !IsNumber(view.Event.TextOf(id)))
        {
            return EventOrigin.Unknown;
        }

        int name = view.First(Channel) >= 0 ? view.First(Channel) : view.First(Provider);
        return name < 0 || !view.IsValue(name) ? EventOrigin.Unknown
            : view.Event.TextOf(name).StartsWith("Linux-", StringComparison.OrdinalIgnoreCase) ? EventOrigin.Linux
            : EventOrigin.Windows;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and < 11 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
