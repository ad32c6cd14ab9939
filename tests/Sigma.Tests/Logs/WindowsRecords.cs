using System.Text;

namespace Sigma.Tests.Logs;

/// <summary>Records as Windows writes them, with made-up content.</summary>
internal static class WindowsRecords
{
    private static readonly EvtxElement System = EvtxElement.Of(
        "System",
        EvtxElement.Of("Provider").With("Name", new EvtxPlace(0)).With("Guid", new EvtxPlace(1, 15)),
        EvtxElement.Of("EventID", new EvtxPlace(3, 6)).With("Qualifiers", new EvtxPlace(2, 6)),
        EvtxElement.Of("Version", new EvtxPlace(4, 4)),
        EvtxElement.Of("Keywords", new EvtxPlace(5, 21)),
        EvtxElement.Of("TimeCreated").With("SystemTime", new EvtxPlace(6, 17)),
        EvtxElement.Of("EventRecordID", new EvtxPlace(7, 10)),
        EvtxElement.Of("Correlation").With("ActivityID", new EvtxPlace(8, 15)).With("RelatedActivityID", new EvtxPlace(9, 15)),
        EvtxElement.Of("Execution").With("ProcessID", new EvtxPlace(10, 8)).With("ThreadID", new EvtxPlace(11, 8)),
        EvtxElement.Of("Channel", "Microsoft-Windows-Sysmon/Operational"),
        EvtxElement.Of("Computer", "WS01.example.com"),
        EvtxElement.Of("Security").With("UserID", new EvtxPlace(12, 19)));

    /// <summary>The template of all records.</summary>
    public static EvtxElement Root { get; } = EvtxElement.Of("Event", System, new EvtxPlace(13, 0x21))
        .With("xmlns", "http://schemas.microsoft.com/win/2004/08/events/event");

    /// <summary>The template of a process creation's data.</summary>
    public static EvtxElement ProcessCreation { get; } = EvtxElement.Of(
        "EventData",
        EvtxElement.Of("Data", new EvtxPlace(0)).With("Name", "UtcTime"),
        EvtxElement.Of("Data", new EvtxPlace(1)).With("Name", "Image"),
        EvtxElement.Of("Data", new EvtxPlace(2)).With("Name", "CommandLine"),
        EvtxElement.Of("Data", new EvtxPlace(3, 8)).With("Name", "ProcessId"));

    /// <summary>The time of the records.</summary>
    public static DateTime Time { get; } = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567);

    /// <summary>The values of a record with some data.</summary>
    public static EvtxTyped[] Values(ulong id, ushort eventId, EvtxTyped data) =>
    [
        EvtxTyped.Text("Microsoft-Windows-Sysmon"),
        new(0x0F, new Guid("5770385f-c22a-43e0-bf4c-06f5698ffbd9").ToByteArray()),
        EvtxTyped.Null,
        EvtxTyped.UInt16(eventId),
        new(0x04, [5]),
        new(0x15, BitConverter.GetBytes(0x8000000000000000)),
        new(0x11, BitConverter.GetBytes(Time.ToFileTimeUtc())),
        new(0x0A, BitConverter.GetBytes(id)),
        EvtxTyped.Null,
        EvtxTyped.Null,
        EvtxTyped.UInt32(3544),
        EvtxTyped.UInt32(4272),
        new(0x13, Sid(1, 5, 18)),
        data,
    ];

    /// <summary>A log of process creations.</summary>
    public static EvtxWriter Processes(EvtxWriter log, ulong first, params string[] commandLines)
    {
        foreach (string commandLine in commandLines)
        {
            EvtxTyped data = EvtxTyped.Nested(ProcessCreation, EvtxTyped.Text("2026-01-02 03:04:05.100"), EvtxTyped.Text("C:\\Windows\\System32\\cmd.exe"), EvtxTyped.Text(commandLine), EvtxTyped.UInt32(4460));
            log.Add(first, Root, Values(first, 1, data));
            first++;
        }

        return log;
    }

    /// <summary>A SID in bytes.</summary>
    public static byte[] Sid(byte revision, byte authority, params uint[] parts) =>
        [revision, (byte)parts.Length, 0, 0, 0, 0, 0, authority, .. parts.SelectMany(BitConverter.GetBytes)];

    /// <summary>The bytes of a text in UTF-16.</summary>
    public static byte[] Wide(string text) => Encoding.Unicode.GetBytes(text);
}
