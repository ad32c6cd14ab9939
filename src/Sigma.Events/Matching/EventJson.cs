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
}
