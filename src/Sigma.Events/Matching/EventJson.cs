using System.Text.Json;

namespace Sigma.Events.Matching;

/// <summary>Writes events again, as they were read.</summary>
internal static class EventJson
{
    /// <summary>Writes an event on one line, whatever its layout was; half a surrogate pair, and what is not valid UTF-8, is written as U+FFFD.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="json">The event; it was read before, so it is sound JSON.</param>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, EventReader.Options);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(Text(ref reader));
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Text(ref reader));
                    break;
                default:
                    // Digit by digit: a number may have more of them than any type of ours.
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
    }

    /// <summary>Writes an event that was no JSON: names with dots are nested, and items of a list are one.</summary>
    public static byte[] Of(Event e)
    {
        var root = new Node();
        for (int i = 0; i < e.Count; i++)
        {
            Node node = root;
            foreach (string name in e.PathOf(i).Segments)
            {
                node = node.Child(name);
            }

            if (e.KindOf(i) is not EventValueKind.Object)
            {
                node.Values.Add((e.KindOf(i), e.TextOf(i).ToString()));
            }
        }

        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            root.Write(writer);
        }

        return output.WrittenSpan.ToArray();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return BrokenText.Decode(reader.ValueSpan);
        }
    }

    /// <summary>A name, its values, and the names within it.</summary>
    private sealed class Node
    {
        private readonly Dictionary<string, Node> children = new(StringComparer.Ordinal);

        public List<(EventValueKind Kind, string Text)> Values { get; } = [];

        public Node Child(string name)
        {
            if (!children.TryGetValue(name, out Node? child))
            {
                children.Add(name, child = new Node());
            }

            return child;
        }

        public void Write(Utf8JsonWriter writer)
        {
            if (children.Count == 0)
            {
                WriteValues(writer);
                return;
            }

            writer.WriteStartObject();
            foreach ((string name, Node child) in children)
            {
                writer.WritePropertyName(name);
                child.Write(writer);
            }

            if (Values.Count > 0)
            {
                // As the usual conversions of XML write the text of an element that has more than a text.
                writer.WritePropertyName("#text");
                WriteValues(writer);
            }

            writer.WriteEndObject();
        }

        private void WriteValues(Utf8JsonWriter writer)
        {
            if (Values.Count == 1)
            {
                Write(writer, Values[0]);
                return;
            }

            if (Values.Count == 0)
            {
                writer.WriteNullValue();
                return;
            }

            writer.WriteStartArray();
            foreach ((EventValueKind, string) value in Values)
            {
                Write(writer, value);
            }

            writer.WriteEndArray();
        }

        private static void Write(Utf8JsonWriter writer, (EventValueKind Kind, string Text) value)
        {
            switch (value.Kind)
            {
                case EventValueKind.Null:
                    writer.WriteNullValue();
                    break;
                case EventValueKind.Boolean:
                    writer.WriteBooleanValue(value.Text == "true");
                    break;
                case EventValueKind.Number:
                    writer.WriteRawValue(value.Text, skipInputValidation: true);
                    break;
                default:
                    writer.WriteStringValue(value.Text);
                    break;
            }
        }
    }
}
