using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Text;

namespace Sigma.Events.Samples;

/// <summary>How an event is written as JSON.</summary>
internal enum EventShape
{
    /// <summary>Names with dots are objects within objects, as the products themselves write them.</summary>
    Nested,

    /// <summary>All fields on one level, names with dots as they are.</summary>
    Flat,

    /// <summary>Windows events as <c>Event.System</c> and <c>Event.EventData</c>, as converters of .evtx files write them; others as <see cref="Nested"/>.</summary>
    WinEvent,
}

/// <summary>An event of a sample.</summary>
internal sealed class SampleEvent
{
    /// <summary>The field that has the time, where the log source has none of its own that sorts events.</summary>
    internal const string TimeField = "@timestamp";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<KeyValuePair<string, FieldValue>> fields;

    /// <summary>Makes an event.</summary>
    /// <param name="fields">The fields in order; none is absent.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="isWindows">Whether it is of the Windows event log.</param>
    internal SampleEvent(IReadOnlyList<KeyValuePair<string, FieldValue>> fields, DateTimeOffset time, bool isWindows)
    {
        this.fields = fields;
        Time = time;
        IsWindows = isWindows;
    }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Whether it is of the Windows event log.</summary>
    public bool IsWindows { get; }

    /// <summary>The fields in order, as texts: numbers by their digits, booleans as <c>true</c> and <c>false</c>, no value as an empty one.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => fields.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text));

    /// <summary>The value of a field.</summary>
    internal FieldValue ValueOf(string name)
    {
        foreach ((string field, FieldValue value) in fields)
        {
            if (field == name)
            {
                return value;
            }
        }

        return FieldValue.Absent;
    }

    /// <summary>The fields with their kinds.</summary>
    internal IReadOnlyList<KeyValuePair<string, FieldValue>> Values => fields;

    /// <summary>Writes the event as JSON, on one line.</summary>
    /// <param name="shape">How.</param>
    /// <returns>The text in UTF-8, without a line end.</returns>
    public byte[] ToJson(EventShape shape = EventShape.Nested)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            WriteTo(writer, shape);
        }

        return UnseenCharacters.InJson(buffer.WrittenSpan).ToArray();
    }

    /// <summary>Writes the event as a JSON value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="shape">How.</param>
    public void WriteTo(Utf8JsonWriter writer, EventShape shape)
    {
        if (shape is EventShape.WinEvent && IsWindows)
        {
            WindowsEventWriter.Write(writer, this);
            return;
        }

        writer.WriteStartObject();
        if (ValueOf(TimeField).IsPresent is false)
        {
            writer.WriteString(TimeField, TimeText);
        }

        if (shape is EventShape.Flat)
        {
            foreach ((string name, FieldValue value) in fields)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }
        }
        else
        {
            WriteNested(writer, [.. fields.Select(field => (field.Key, field.Value))]);
        }

        writer.WriteEndObject();
    }

    /// <summary>The time in ISO 8601.</summary>
    internal string TimeText => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes one value.</summary>
    internal static void Write(Utf8JsonWriter writer, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Null:
                writer.WriteNullValue();
                break;
            case FieldKind.Number:
                writer.WriteRawValue(value.Text);
                break;
            case FieldKind.Boolean:
                writer.WriteBooleanValue(value.Text == "true");
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }

    /// <summary>Puts what has the same first name together; a name that is a value itself leaves the longer ones as they are.</summary>
    private static void WriteNested(Utf8JsonWriter writer, List<(string Name, FieldValue Value)> fields)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, FieldValue value) in fields)
        {
            int dot = name.IndexOf('.');
            string head = dot <= 0 || dot == name.Length - 1 ? name : name[..dot];
            bool nests = head.Length < name.Length && !fields.Exists(other => other.Name == head);
            if (!nests)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }
            else if (done.Add(head))
            {
                writer.WriteStartObject(head);
                WriteNested(writer, [.. fields.Where(field => field.Name.Length > dot + 1 && field.Name[..(dot + 1)] == head + ".").Select(field => (field.Name[(dot + 1)..], field.Value))]);
                writer.WriteEndObject();
            }
        }
    }
}
