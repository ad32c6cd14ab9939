using System.Collections.Immutable;
using Sigma.Planning;

namespace Sigma.Events.Matching;

/// <summary>What an event says about its own log source.</summary>
internal enum EventOrigin
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>It is of a Windows event log.</summary>
    Windows,

    /// <summary>It is of Sysmon for Linux.</summary>
    Linux,

    /// <summary>It is of another log that is known: <see cref="Event.Log"/>.</summary>
    Other,
}

/// <summary>Whether an event is what a variant of its log source says of itself: right event id, right channel.</summary>
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
            // A field that is there without a value says nothing.
            bool told = test is not FieldTest { Slot: var field } || !sources.Have(field) || sources.Told(view, field) >= 0;
            Certainty one = !told ? Certainty.Open
                : test is FieldValueTest { Slot: var own } values && sources.Have(own) && sources.OwnPlace(view, own) is >= 0 and var place
                    ? (values.Test.Fits(view.Event.TextOf(place)) ? Certainty.Yes : Certainty.No)
                : test.Judge(view, sources, missingIsOpen: true);
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

    /// <summary>
    /// Without a channel, a provider says it that writes to one log, or where the channel is named for it: Microsoft-Windows-NTLM writes to
    /// Microsoft-Windows-NTLM/Operational.
    /// </summary>
    private Certainty JudgeByProvider(ValueTest channels, EventView view)
    {
        int provider = sources.Told(view, sources.Provider);
        if (provider < 0)
        {
            return Certainty.Open;
        }

        string name = view.Event.TextOf(provider).ToString();
        if (KnownLogs.ChannelOf(name) is { } only)
        {
            return channels.Fits(only) ? Certainty.Yes : Certainty.No;
        }

        // A part of Windows does not write to the own log of another.
        if (SourceFields.IsWindowsItself(name) && KnownLogs.OwnChannels.Any(own => channels.Fits(own)))
        {
            return Certainty.No;
        }

        return channels.Fits(name) || channels.Fits(name + "/Operational") || channels.Fits(name + "/Admin") ? Certainty.Yes : Certainty.Open;
    }
}

/// <summary>The fields by which events tell their log source.</summary>
internal sealed class SourceFields(FieldTable fields)
{
    /// <summary>The event id.</summary>
    public int EventId { get; } = fields.SlotOf(WindowsFields.EventId);

    /// <summary>The channel.</summary>
    public int Channel { get; } = fields.SlotOf(WindowsFields.Channel);

    /// <summary>The computer.</summary>
    public int Computer { get; } = fields.SlotOf("Computer");

    /// <summary>The number of the record in its log.</summary>
    public int RecordId { get; } = fields.SlotOf("EventRecordID");

    /// <summary>The provider.</summary>
    public int Provider { get; } = fields.SlotOf(WindowsFields.Provider);

    /// <summary>Whether a field is one of these.</summary>
    public bool Have(int slot) => slot == EventId || slot == Channel || slot == Provider;

    /// <summary>
    /// The place of what an event says of itself by a field; -1 if it is nothing. That is the first value that is not empty, but what a program
    /// reports, such as the channel that was cleared, is not what the log says.
    /// </summary>
    public int Told(EventView view, int slot) => OwnPlace(view, slot) ?? FirstTold(view, slot);

    /// <summary>
    /// The place of what the log says where a rule's field means what a program reports, and -1 if it says nothing there; null where the field means
    /// no such thing.
    /// </summary>
    public int? OwnPlace(EventView view, int slot)
    {
        if (view.First(slot) is not (>= 0 and var first) || !view.Event.PathOf(first).IsOfData)
        {
            return null;
        }

        string field = fields.NameOf(slot);
        int best = -1;
        for (int i = 0, least = int.MaxValue; i < view.Event.Count; i++)
        {
            EventPath path = view.Event.PathOf(i);
            if (!path.IsOfData && view.IsValue(i) && FieldTable.Rank(path, field) is { } rank && rank < least && EventNames.Tells(view.Event.TextOf(i)))
            {
                (best, least) = (i, rank);
            }
        }

        return best;
    }

    /// <summary>What the log says of an event where rules' fields mean what a program reports; null otherwise.</summary>
    public string? OwnOf(EventView view)
    {
        string? id = Text(EventId);
        string? channel = Text(Channel);
        string? provider = Text(Provider);
        return (id ?? channel ?? provider) is null ? null : $"{id}\0{channel}\0{provider}";

        string? Text(int slot) => OwnPlace(view, slot) is { } place ? place < 0 ? "\0" : view.Event.TextOf(place).ToString() : null;
    }

    /// <summary>Whether an event is of Sysmon, by its provider or else by its channel. One that tells neither may be.</summary>
    public bool IsOfSysmon(EventView view) =>
        Told(view, Provider) is var provider and >= 0 ? view.Event.TextOf(provider) is "Microsoft-Windows-Sysmon" or "Linux-Sysmon"
        : Told(view, Channel) is not (>= 0 and var channel) || view.Event.TextOf(channel) is "Microsoft-Windows-Sysmon/Operational" or "Linux-Sysmon/Operational";

    private static int FirstTold(EventView view, int slot)
    {
        for (int i = view.First(slot); i >= 0; i = view.Next(slot, i))
        {
            if (view.IsValue(i) && EventNames.Tells(view.Event.TextOf(i)))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What an event says of its origin: one with an event id, and a channel or provider, is a Windows event.</summary>
    public EventOrigin OriginOf(EventView view)
    {
        int id = Told(view, EventId);
        int name = Told(view, Channel) is var channel and >= 0 ? channel : Told(view, Provider);
        return id < 0 || name < 0 || !IsNumber(view.Event.TextOf(id)) ? (view.Event.Log is null ? EventOrigin.Unknown : EventOrigin.Other)
            : view.Event.TextOf(name).StartsWith("Linux-", StringComparison.OrdinalIgnoreCase) ? EventOrigin.Linux
            : EventOrigin.Windows;
    }

    /// <summary>Where an event is from, as far as it tells; null if it tells nothing.</summary>
    public MatchedOrigin? Tell(EventView view)
    {
        string? computer = Text(Computer);
        string? channel = Text(Channel);
        string? provider = Text(Provider);
        string? id = Text(EventId);
        string? record = Text(RecordId);
        return (computer ?? channel ?? provider ?? id ?? record) is null ? null : new MatchedOrigin(computer, channel, provider, id, record);

        string? Text(int slot) => Told(view, slot) is var place and >= 0 ? view.Event.TextOf(place).ToString() : null;
    }

    /// <summary>The log that an event is from, in words: the channel or provider of a Windows event; null if it is not known.</summary>
    public string? NameOf(EventView view)
    {
        EventOrigin origin = OriginOf(view);
        if (origin is EventOrigin.Other)
        {
            return view.Event.Log!.Name;
        }

        if (origin is EventOrigin.Unknown && !MustBeWindows(view))
        {
            return null;
        }

        int name = Told(view, Channel) is var channel and >= 0 ? channel : Told(view, Provider);
        return name < 0 ? "windows" : view.Event.TextOf(name).ToString();
    }

    /// <summary>Whether an event that does not tell all of its origin can only be of Windows: by the name of its event id, by its channel, or by its provider.</summary>
    public bool MustBeWindows(EventView view)
    {
        int channel = Told(view, Channel);
        int provider = Told(view, Provider);
        return HasWindowsId(view)
            || (HasWindowsChannel(view) && LogSources.BuiltIn.Channels.Contains(view.Event.TextOf(channel).ToString()))
            || (provider >= 0 && IsWindowsItself(view.Event.TextOf(provider)));
    }

    /// <summary>Whether an event was written by a part of Windows, not by a program that writes to its logs.</summary>
    public bool IsOfWindowsItself(EventView view) =>
        Told(view, Provider) is var provider and >= 0 && (IsWindowsItself(view.Event.TextOf(provider)) || KnownLogs.ChannelOf(view.Event.TextOf(provider).ToString()) is not (null or "Application"));

    /// <summary>Whether an event has an event id by the name that only Windows has for it.</summary>
    public bool HasWindowsId(EventView view) =>
        Told(view, EventId) is var id and >= 0 && view.Event.PathOf(id).IsWindowsEventId && IsNumber(view.Event.TextOf(id));

    /// <summary>Whether an event has a channel by the name that only Windows has for it.</summary>
    public bool HasWindowsChannel(EventView view) => Told(view, Channel) is var channel and >= 0 && view.Event.PathOf(channel).IsWindowsChannel;

    /// <summary>Whether a provider is a part of Windows, going by its name.</summary>
    public static bool IsWindowsItself(ReadOnlySpan<char> provider) => provider.StartsWith("Microsoft-Windows-", StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and < 11 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
