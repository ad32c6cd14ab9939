using System.Xml.Linq;

namespace Sigma.Engines.Tests.Engines;

/// <summary>An event with the members of .NET's EventLogRecord that queries touch. Public, because PowerShell reads it.</summary>
public sealed class WinEventRecord(EngineEvent source)
{
    private static readonly XNamespace Schema = "http://schemas.microsoft.com/win/2004/08/events/event";

    private string? xml;

    public int Id => source.EventId;

    public string LogName => source.Channel;

    public string Message { get; } = source.Message;

    public DateTime? TimeCreated => source.Time;

    public long? RecordId => source.RecordId;

    public int? ProcessId => 4;

    public string? ProviderName => source.Provider;

    public string MachineName => source.Computer;

    /// <summary>
    /// The data items by position, which is all that the real record's Properties tell. A plain List, for PowerShell finds
    /// no indexer on the type behind a collection expression.
    /// </summary>
    public IList<WinEventProperty> Properties => source.Present.Select(item => new WinEventProperty(item.Value)).ToList();

    internal IEnumerable<(string Name, string Value)> Data => source.Present;

    public string ToXml() => xml ??= new XElement(Schema + "Event",
        new XElement(Schema + "System",
            new XElement(Schema + "EventID", Id),
            new XElement(Schema + "TimeCreated", new XAttribute("SystemTime", source.Time)),
            new XElement(Schema + "EventRecordID", source.RecordId),
            new XElement(Schema + "Channel", LogName),
            new XElement(Schema + "Computer", MachineName)),
        new XElement(Schema + "EventData",
            Data.Select(item => new XElement(Schema + "Data", new XAttribute("Name", item.Name), item.Value))))
        .ToString(SaveOptions.DisableFormatting);
}

/// <summary>A data item without its name.</summary>
public sealed record WinEventProperty(object Value);
