using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>Completes partial events: the further fields that events of a log source have, as far as they disturb no test.</summary>
/// <param name="source">The rule's own log source.</param>
/// <param name="names">What the events call their fields.</param>
/// <param name="random">What tells the events of this rule from those of others.</param>
internal sealed class EventTemplate(LogSource source, TargetNames names, ulong random)
{
    private const string ProgramToken = "{program}";
    private const string Contoso = "contoso";
    private const string Computer = "WS07.contoso.example";
    private const string ComputerField = "Computer";
    private const string HostField = "hostname";

    /// <summary>Whether the events are those of the Windows event log.</summary>
    public bool IsWindows => source.Product == "windows";

    /// <summary>The field that takes keywords.</summary>
    public string KeywordField => IsWindows ? "Message" : "message";

    /// <summary>Adds the further fields to a partial event.</summary>
    /// <param name="partialEvent">The event; its tests stay met.</param>
    /// <param name="time">When the event happens.</param>
    /// <param name="number">Which event of the rule it is; tells their process ids and the like apart.</param>
    /// <param name="unintended">Whether a value would pass one of the rule's tests; such a one would blur what the event shows.</param>
    public void Fill(PartialEvent partialEvent, DateTimeOffset time, int number, Func<string, FieldValue, bool> unintended)
    {
        if (IsWindows)
        {
            Add(names.Of(ComputerField), FieldValue.OfText(Computer));
            string channel = partialEvent.ValueOf(names.Of(WindowsFields.Channel)).Text;
            if (Provider(channel) is { } provider)
            {
                Add(names.Of(WindowsFields.Provider), FieldValue.OfText(provider));
            }
        }
        else if (source.Product is "linux" or "macos")
        {
            Add(names.Of(HostField), FieldValue.OfText("srv07"));
        }

        ulong mine = EventTable.Hash("event", random + (ulong)number);
        foreach ((string name, string value) in FieldsOf(partialEvent))
        {
            if (value == ProgramToken)
            {
                partialEvent.Refresh(name);
                Add(name, FieldValue.OfText(FieldSolver.Program(partialEvent.ValueOf) ?? Contoso));
                Add(name, FieldValue.OfText(Contoso));
            }
            else
            {
                Add(name, EventTable.Fill(value, name, time, mine));
            }
        }

        void Add(string name, FieldValue value)
        {
            if (!unintended(name, value))
            {
                partialEvent.TryFill(name, value);
            }
        }
    }

    /// <summary>Makes the event.</summary>
    public SampleEvent Event(PartialEvent partialEvent, DateTimeOffset time) => Event(partialEvent, time, partialEvent.ValueOf);

    /// <summary>Makes the event with some values changed.</summary>
    /// <param name="partialEvent">The event so far.</param>
    /// <param name="time">When the event happens.</param>
    /// <param name="valueOf">Gives the value of each of its fields.</param>
    /// <param name="further">Fields that it does not have.</param>
    public SampleEvent Event(PartialEvent partialEvent, DateTimeOffset time, Func<string, FieldValue> valueOf, params IEnumerable<string> further)
    {
        string[] head = IsWindows ? [ComputerField, WindowsFields.Channel, WindowsFields.Provider, WindowsFields.EventId] : [HostField];
        IEnumerable<string> all = head.Select(names.Of)
            .Concat(FieldsOf(partialEvent).Select(field => field.Key))
            .Concat(partialEvent.Slots.Keys)
            .Concat(further)
            .Distinct();
        return new SampleEvent(
            [.. all.Select(name => KeyValuePair.Create(name, valueOf(name))).Where(field => field.Value.Kind is not FieldKind.Absent)], time, IsWindows);
    }

    /// <summary>What fillers become at another time, in another event.</summary>
    /// <param name="partialEvent">The event so far.</param>
    /// <param name="time">The time.</param>
    /// <param name="number">Which event of the rule it is.</param>
    /// <returns>The fields that no test is about and that differ from event to event.</returns>
    public Dictionary<string, FieldValue> Refill(PartialEvent partialEvent, DateTimeOffset time, int number)
    {
        ulong mine = EventTable.Hash("event", random + (ulong)number);
        return FieldsOf(partialEvent)
            .Where(field => field.Value.Contains('{') && field.Value != ProgramToken && partialEvent.Slots.TryGetValue(field.Key, out Slot? slot) && slot.Literals.Count == 0)
            .ToDictionary(field => field.Key, field => EventTable.Fill(field.Value, field.Key, time, mine), StringComparer.Ordinal);
    }

    private IReadOnlyList<KeyValuePair<string, string>> FieldsOf(PartialEvent partialEvent) =>
        names.Of(EventTable.FieldsOf(source, partialEvent.ValueOf(names.Of(WindowsFields.EventId)) is { IsPresent: true } id ? id.Text : null));

    /// <summary>Who writes to a channel; by their names, most channels belong to one provider.</summary>
    private static string? Provider(string channel) => channel switch
    {
        "Security" => "Microsoft-Windows-Security-Auditing",
        "Windows PowerShell" => "PowerShell",
        "System" or "Application" or "" => null,
        _ when channel.IndexOf('/') is > 0 and var slash && channel.StartsWith("Microsoft-", StringComparison.Ordinal) => channel[..slash],
        _ => null,
    };
}
