using System.Text.Json;

namespace Sigma.Events.Samples;

/// <summary>
/// Writes an event in the JSON form that converters of .evtx files give it: <c>Event.System</c> and <c>Event.EventData</c>
/// (learn.microsoft.com, "Windows Event Log, Event schema").
/// </summary>
internal static class WindowsEventWriter
{
    private const string Schema = "http://schemas.microsoft.com/win/2004/08/events/event";

    /// <summary>What every event has in its System part; the rest is its data.</summary>
    private static readonly string[] SystemFields =
    [
        "Provider_Name", "Provider_Guid", "EventID", "Version", "Level", "Task", "Opcode", "Keywords", "EventRecordID", "Channel", "Computer",
    ];

    /// <summary>Writes an event.</summary>
    public static void Write(Utf8JsonWriter writer, SampleEvent sample)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("Event");
        writer.WriteStartObject("#attributes");
        writer.WriteString("xmlns", Schema);
        writer.WriteEndObject();
        writer.WriteStartObject("System");
        writer.WriteStartObject("Provider");
        writer.WriteStartObject("#attributes");
        Write("Provider_Name", "Name");
        Write("Provider_Guid", "Guid");
        writer.WriteEndObject();
        writer.WriteEndObject();
        Write("EventID", "EventID");
        foreach (string name in SystemFields[3..9])
        {
            Write(name, name);
        }

        writer.WriteStartObject("TimeCreated");
        writer.WriteStartObject("#attributes");
        writer.WriteString("SystemTime", sample.TimeText);
        writer.WriteEndObject();
        writer.WriteEndObject();
        Write("Channel", "Channel");
        Write("Computer", "Computer");
        writer.WriteEndObject();
        writer.WriteStartObject("EventData");
        foreach ((string name, FieldValue value) in sample.Values)
        {
            if (!SystemFields.Contains(name) && name != SampleEvent.TimeField)
            {
                writer.WritePropertyName(name);
                SampleEvent.Write(writer, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();

        void Write(string field, string name)
        {
            if (sample.ValueOf(field) is { IsPresent: true } value)
            {
                writer.WritePropertyName(name);
                SampleEvent.Write(writer, value);
            }
        }
    }
}
