using Sigma.Planning;

namespace Sigma.Events.Matching;

/// <summary>A name by which rules may mean a value of an event.</summary>
/// <param name="Name">The name.</param>
/// <param name="Tier">How directly it is meant: 0 for the full name; of several values a rule means the one with the least.</param>
internal readonly record struct FieldName(string Name, int Tier);

/// <summary>What a value may tell about its event's log source, besides itself.</summary>
[Flags]
internal enum SourceHint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Splunk's <c>source</c>: <c>XmlWinEventLog:Security</c> names the channel.</summary>
    Source = 1,

    /// <summary><c>LogName</c>, as PowerShell's Get-WinEvent calls the channel. It may be there without a value.</summary>
    LogName = 2,

    /// <summary><c>Id</c>: the event id, where a <c>LogName</c> stands beside it.</summary>
    Id = 4,

    /// <summary>The channel itself, by any of its names.</summary>
    Channel = 8,

    /// <summary>One of the marks of <see cref="KnownLogs"/>.</summary>
    Mark = 16,

    /// <summary><c>event.dataset</c>, the log by its name in the Elastic Common Schema.</summary>
    Dataset = 32,

    /// <summary>The provider, by the name that PowerShell's Get-WinEvent has for it.</summary>
    Provider = 64,

    /// <summary>
    /// What only programs write that render an event for people, with its fields in the text of a message: <c>StringInserts</c> of Fluent Bit, and the
    /// Event Viewer's <c>Task Category</c>.
    /// </summary>
    Rendered = 128,

    /// <summary><c>Properties</c>, the values without their names, where PowerShell's Get-WinEvent wrote the event.</summary>
    Properties = 256,
}

/// <summary>
/// What shippers and converters make of an event on its way to JSON: the wrappers around it, the objects that only sort its
/// fields, and the other names of what every Windows event has. From the formats of evtx_dump, Winlogbeat 6 to 9, NXLog,
/// Wazuh, Splunk's and Elasticsearch's exports, and the usual XML to JSON conversions.
/// </summary>
internal static class EventNames
{
    private const int Unwrapped = 1;
    private const int SystemPart = 4;
    private const int Attribute = 6;

    /// <summary>Objects that have all of an event: of Elasticsearch, of Splunk, and of Amazon EventBridge.</summary>
    private static readonly string[] Wrappers = ["_source", "result", "detail"];

    /// <summary>Objects whose names are not part of a field's name; <c>*</c> is any one name. The first that fits counts.</summary>
    private static readonly (string[] Names, int Tier)[] Containers =
    [
        (["Event", "EventData"], 2),
        (["Event", "UserData", "*"], 3),
        (["Event", "System"], SystemPart),
        (["Event"], 5),
        (["EventData"], 2),
        (["UserData", "*"], 3),
        (["System"], SystemPart),
        (["winlog", "event_data"], 2),
        (["winlog", "user_data"], 3),
        (["winlog"], SystemPart),
        (["event_data"], 2),
        (["user_data"], 3),
        (["data", "win", "eventdata"], 2),
        (["data", "win", "system"], SystemPart),
    ];

    /// <summary>The objects with what the program that reports an event chose.</summary>
    private static readonly string[] Data = ["EventData", "event_data", "UserData", "user_data"];

    private static readonly string[] Telling = [WindowsFields.EventId, WindowsFields.Channel, WindowsFields.Provider];

    /// <summary>The elements of the part that Windows writes which have attributes, by the schema of events.</summary>
    private static readonly string[] WithAttributes = ["Provider", "EventID", "TimeCreated", "Correlation", "Execution", "Security"];

    private static readonly string[] AttributeMarks = ["#attributes", "@attributes", "_attributes", "$"];
    private static readonly string[] TextMarks = ["#text", "_text", "$t", "#value"];

    /// <summary>Other names, each with how directly it is meant: Winlogbeat has several of them in one event.</summary>
    private static readonly Dictionary<string, (string Usual, int Tier)> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["event_id"] = (WindowsFields.EventId, 7),
        ["EventCode"] = (WindowsFields.EventId, 8),
        ["event.code"] = (WindowsFields.EventId, 9),
        ["LogName"] = (WindowsFields.Channel, 7),
        ["log_name"] = (WindowsFields.Channel, 8),
        ["Provider.Name"] = (WindowsFields.Provider, 7),
        ["ProviderName"] = (WindowsFields.Provider, 7),
        ["provider_name"] = (WindowsFields.Provider, 7),
        ["SourceName"] = (WindowsFields.Provider, 8),
        ["source_name"] = (WindowsFields.Provider, 8),
        ["event.provider"] = (WindowsFields.Provider, 9),
        ["Provider"] = (WindowsFields.Provider, 10),
        ["EventID.Value"] = (WindowsFields.EventId, 7),
        ["ComputerName"] = ("Computer", 7),
        ["computer_name"] = ("Computer", 7),
        ["MachineName"] = ("Computer", 8),
        ["Hostname"] = ("Computer", 8),
        ["host.name"] = ("Computer", 9),
    };

    /// <summary>The names by which rules may mean a place, the full one first.</summary>
    public static IReadOnlyList<FieldName> Of(string[] segments)
    {
        if (segments.Length == 0)
        {
            return [];
        }

        var names = new List<FieldName> { new(string.Join('.', segments), 0) };
        ReadOnlySpan<string> rest = segments;
        if (rest.Length > 1 && Wrappers.Contains(rest[0]))
        {
            rest = rest[1..];
            names.Add(new FieldName(Join(rest), Unwrapped));
        }

        int tier = Unwrapped;
        bool isSystem = false;
        foreach ((string[] container, int rank) in Containers)
        {
            if (StartsWith(rest, container))
            {
                rest = rest[container.Length..];
                tier = rank;
                isSystem = container[^1].Equals("System", StringComparison.OrdinalIgnoreCase);
                break;
            }
        }

        AddPlain(names, rest, tier, isSystem);
        if (tier == SystemPart && rest is [var only] && only.Equals(WindowsFields.Channel, StringComparison.OrdinalIgnoreCase))
        {
            // The event's own channel, in whatever case, before the log that a shipper read it from.
            names.Add(new FieldName(WindowsFields.Channel, tier));
        }

        foreach (FieldName name in names.ToArray())
        {
            if (Aliases.TryGetValue(name.Name, out (string Usual, int Tier) alias) || Aliases.TryGetValue(WithoutBlanks(name.Name), out alias))
            {
                names.Add(new FieldName(alias.Usual, alias.Tier));
            }
        }

        return names;
    }

    /// <summary>A name without its blanks: Defender's <c>Threat Name</c> is <c>ThreatName</c> to most shippers and rules.</summary>
    public static string WithoutBlanks(string name) =>
        name.Any(char.IsWhiteSpace) ? string.Concat(name.Where(c => !char.IsWhiteSpace(c))) : name;

    /// <summary>A name without blanks and underscores, which some shippers put in the place of blanks.</summary>
    public static string Folded(string name) =>
        name.Any(c => c == '_' || char.IsWhiteSpace(c)) ? string.Concat(name.Where(c => c != '_' && !char.IsWhiteSpace(c))) : name;

    /// <summary>Whether a place is within the data of a Windows event.</summary>
    public static bool IsOfData(string[] segments) =>
        segments.SkipLast(1).Any(name => Data.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether one of the names is that of an event id, a channel or a provider, as <see cref="SourceHint"/> knows them too.</summary>
    public static bool TellsOfWindows(IReadOnlyList<FieldName> names) =>
        names.Any(name => name.Name is "source" or "Id" || Telling.Contains(name.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether one of the names is that which only Windows gives to the number of an event.</summary>
    public static bool IsWindowsEventId(IReadOnlyList<FieldName> names) =>
        names.Any(name => (name.Name == WindowsFields.EventId && name.Tier < Attribute) || name.Name == "EventCode" || name.Name.StartsWith("winlog.", StringComparison.Ordinal));

    /// <summary>Whether one of the names is that which only Windows gives to a log; other loggers have a <c>channel</c> too.</summary>
    public static bool IsWindowsChannel(IReadOnlyList<FieldName> names) =>
        names.Any(name => name.Name == WindowsFields.Channel || name.Name.StartsWith("winlog.", StringComparison.Ordinal));

    /// <summary>Whether a text is a value: Windows and many shippers write <c>-</c> if there is none.</summary>
    public static bool Tells(ReadOnlySpan<char> text) => text.Trim() is not ("" or "-");

    /// <summary>What a value with these names may tell.</summary>
    public static SourceHint HintOf(IReadOnlyList<FieldName> names)
    {
        SourceHint hint = KnownLogs.MarksOf(names).Length > 0 ? SourceHint.Mark : SourceHint.None;
        foreach (FieldName name in names)
        {
            hint |= name.Name switch
            {
                "source" => SourceHint.Source,
                "LogName" => SourceHint.LogName,
                "Id" => SourceHint.Id,
                "ProviderName" => SourceHint.Provider,
                "event.dataset" => SourceHint.Dataset,
                "StringInserts" or "Task Category" => SourceHint.Rendered,
                "Properties" => SourceHint.Properties,
                _ => SourceHint.None,
            };
            hint |= name.Name.Equals(WindowsFields.Channel, StringComparison.OrdinalIgnoreCase) ? SourceHint.Channel : SourceHint.None;
        }

        return hint;
    }

    /// <summary>Whether a place is the <c>Data</c> of a Windows event.</summary>
    public static bool HoldsNamedData(string[] segments) =>
        segments.Length > 1
        && segments[^1].Equals("Data", StringComparison.OrdinalIgnoreCase)
        && segments[^2].Equals("EventData", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a text here may be an event in JSON: what shippers keep of an event as it came, EvtxECmd's <c>Payload</c>, what AWS CloudTrail's
    /// lookup-events has, and the <c>AuditData</c> of Microsoft 365 in what is exported from Purview or by Search-UnifiedAuditLog. Deeper such a name is another's: <c>user_agent.original</c> is what a client sent.
    /// </summary>
    public static bool HoldsEvent(string[] segments) =>
        (segments is [var first, _, ..] && Wrappers.Contains(first) ? segments.AsSpan(1) : segments) is ["_raw" or "Payload" or "CloudTrailEvent" or "AuditData"] or ["event", "original"];

    /// <summary>
    /// Whether a text here is an event in XML whatever the event around it tells: by a name that says so. Elsewhere, in a command line or what a
    /// client sent, anyone may have written it.
    /// </summary>
    public static bool HoldsEventXml(string[] segments) =>
        segments is [.., var last] && (last is "Event" or "System" || last.Contains("xml", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether a text here is an event in JSON if the event around it does not tell its log: the messages of Amazon CloudWatch, SNS and SQS, of
    /// Docker, and of a shipper that was not told to read them.
    /// </summary>
    public static bool MayHoldEvent(string[] segments) =>
        segments is ["message" or "Message" or "@message" or "body" or "Body" or "log"] or [_, "message" or "Message"];

    /// <summary>Whether a text here may be the line that a shipper read: Splunk's <c>_raw</c>, <c>event.original</c>, Filebeat's <c>message</c>, and Docker's <c>log</c>.</summary>
    public static bool MayHoldLine(string[] segments) =>
        (segments is [var first, _, ..] && Wrappers.Contains(first) ? segments.AsSpan(1) : segments) is ["_raw" or "message" or "log"] or ["event", "original"];

    /// <summary>Whether a name marks the text of an XML element.</summary>
    public static bool IsTextMark(string name) => TextMarks.Contains(name);

    /// <summary>Whether a name marks the attributes of an XML element.</summary>
    public static bool IsAttributeMark(string name) => AttributeMarks.Contains(name);

    /// <summary>Adds the names of a place without what is around it.</summary>
    /// <param name="names">The names so far.</param>
    /// <param name="rest">The place within what is around it.</param>
    /// <param name="tier">How directly it is meant.</param>
    /// <param name="isSystem">Whether it is of the part that Windows writes; what is within one of its elements is an attribute, however it is written.</param>
    private static void AddPlain(List<FieldName> names, ReadOnlySpan<string> rest, int tier, bool isSystem)
    {
        while (rest.Length > 1 && IsTextMark(rest[^1]))
        {
            rest = rest[..^1];
        }

        if (rest.Length >= 2)
        {
            // <Provider Name="…"/>, as "Provider": {"#attributes": {"Name": …}}, {"@Name": …}, or "Provider_attributes": {…}
            string attribute = rest[^1].TrimStart('@');
            string? element = rest.Length > 2 && IsAttributeMark(rest[^2]) ? rest[^3]
                : rest[^1].StartsWith('@') ? rest[^2]
                : rest[^2].EndsWith("_attributes", StringComparison.Ordinal) ? rest[^2][..^"_attributes".Length]
                : isSystem && rest.Length == 2 && WithAttributes.Contains(rest[0], StringComparer.OrdinalIgnoreCase) && attribute != "Value" ? rest[^2]
                : null;
            if (element is { Length: > 0 })
            {
                names.Add(new FieldName($"{element}_{attribute}", tier));
                names.Add(new FieldName($"{element}.{attribute}", tier));
                names.Add(new FieldName(attribute, Attribute));
                return;
            }
        }

        string plain = Join(rest);
        if (plain.Length > 0 && !names.Exists(name => name.Name == plain))
        {
            names.Add(new FieldName(plain, tier));
        }
    }

    private static string Join(ReadOnlySpan<string> segments) => string.Join('.', segments);

    private static bool StartsWith(ReadOnlySpan<string> segments, string[] names)
    {
        if (segments.Length <= names.Length)
        {
            return false;
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] != "*" && !names[i].Equals(segments[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
