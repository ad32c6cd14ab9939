using System.Text;
using System.Text.Json;
using Sigma.Yaml;

namespace Sigma.Events.Matching;

/// <summary>Reads JSON objects into events.</summary>
internal static class EventReader
{
    /// <summary>The names under which <c>Data</c> items of a Windows event say their own name, in the usual conversions.</summary>
    private static readonly string[] NameKeys = ["Name", "@Name", "name"];

    /// <summary>The same for their text.</summary>
    private static readonly string[] TextKeys = ["#text", "_text", "$t", "text", "Value", "value", "content", "_"];

    /// <summary>What a text within an event holds is read, but not what a text in that holds.</summary>
    private const int MostEmbedded = 1;

    /// <summary>How events are read.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 128, AllowTrailingCommas = true };

    /// <summary>Reads an object.</summary>
    /// <param name="json">The text, with nothing but blanks around it.</param>
    /// <param name="result">The event to fill; what it had before is gone.</param>
    /// <returns>Why it is not an event; null if it is.</returns>
    public static string? Read(ReadOnlySpan<byte> json, Event result)
    {
        result.Clear();
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                return "an event is a JSON object, and this is " + Describe(ref reader);
            }

            ReadObject(ref reader, EventPath.Root, result);
            result.Complete();
            return reader.Read() ? "something follows the object" : null;
        }
        catch (JsonException exception)
        {
            // The library's sentence ends with its own count of lines and bytes; the caller knows the line.
            int place = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return "the JSON is broken: " + (place < 0 ? exception.Message : exception.Message[..place]).TrimEnd('.');
        }
    }

    private static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.Null => "null",
        _ => "empty",
    };

    private static void ReadObject(ref Utf8JsonReader reader, EventPath path, Event result)
    {
        EventPath? child = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            child = result.Guesses.Child(path, reader.ValueIsEscaped ? Unescaped(ref reader) : reader.ValueSpan, child);
            reader.Read();
            ReadValue(ref reader, child, result);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, EventPath path, Event result)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                AddText(ref reader, path, result);
                break;
            case JsonTokenType.Number:
                AddNumber(ref reader, path, result);
                break;
            case JsonTokenType.True:
                result.Add(path, EventValueKind.Boolean, "true");
                break;
            case JsonTokenType.False:
                result.Add(path, EventValueKind.Boolean, "false");
                break;
            case JsonTokenType.StartObject when path.HoldsNamedData:
                ReadNamed(ref reader, path, result);
                break;
            case JsonTokenType.StartObject:
                result.Add(path, EventValueKind.Object, default);
                ReadObject(ref reader, path, result);
                break;
            case JsonTokenType.StartArray:
                bool any = false;
                (int before, int length) = (result.Count, result.TextLength);
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    any = true;
                    ReadValue(ref reader, path, result);
                }

                if (!any)
                {
                    result.Add(path, EventValueKind.Null, default);
                }
                else if (path.MayBeBytes)
                {
                    JournalText.Join(path, before, length, result);
                }

                break;
            default:
                result.Add(path, EventValueKind.Null, default);
                break;
        }
    }

    /// <summary><c>{"#attributes": {"Name": "Image"}, "#text": "…"}</c>, or the like, is the field <c>Image</c>.</summary>
    private static void ReadNamed(ref Utf8JsonReader reader, EventPath path, Event result)
    {
        Utf8JsonReader ahead = reader;
        string? name = NameOf(ref ahead);
        if (name is null)
        {
            result.Add(path, EventValueKind.Object, default);
            ReadObject(ref reader, path, result);
            return;
        }

        EventPath field = path.Parent!.Child(name);
        int before = result.Count;
        int depth = reader.CurrentDepth;
        while (reader.Read() && !(reader.TokenType is JsonTokenType.EndObject && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 && Is(ref reader, TextKeys))
            {
                reader.Read();
                ReadValue(ref reader, field, result);
            }
        }

        if (result.Count == before)
        {
            result.Add(field, EventValueKind.Null, default);
        }
    }

    private static string? NameOf(ref Utf8JsonReader reader)
    {
        int depth = reader.CurrentDepth;
        while (reader.Read() && !(reader.TokenType is JsonTokenType.EndObject && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is JsonTokenType.PropertyName && Is(ref reader, NameKeys))
            {
                reader.Read();
                return reader.TokenType is JsonTokenType.String ? Encoding.UTF8.GetString(Unescaped(ref reader)) : null;
            }
        }

        return null;
    }

    private static bool Is(ref Utf8JsonReader reader, string[] keys)
    {
        if (reader.ValueIsEscaped)
        {
            return keys.Contains(Encoding.UTF8.GetString(Unescaped(ref reader)));
        }

        foreach (string key in keys)
        {
            if (reader.ValueTextEquals(key))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddText(ref Utf8JsonReader reader, EventPath path, Event result)
    {
        ReadOnlySpan<byte> bytes = reader.ValueSpan;
        try
        {
            result.Commit(path, EventValueKind.Text, reader.CopyString(result.Reserve(bytes.Length)));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not valid UTF-8: such logs exist, and the rest of the text counts.
            result.Add(path, EventValueKind.Text, BrokenText.Decode(bytes));
        }

        AddEmbedded(path, result);
    }

    /// <summary>Reads an event that is the text of the value that was added last: the XML of Windows, or JSON where shippers put it.</summary>
    public static void AddEmbedded(EventPath path, Event result)
    {
        if (path.MayHoldLine)
        {
            result.MayBeLine();
        }

        ReadOnlySpan<char> text = result.TextOf(result.Count - 1).Trim();
        bool isXml = text is ['<', _, ..] && EventXml.IsLikeOne(text);
        if (isXml ? !path.HoldsEventXml : text is ['{', _, ..] && path.MayHoldEvent)
        {
            result.MayHold(result.Count - 1);
            return;
        }

        if (text is not ['<' or '{', _, ..] || result.Embedded >= MostEmbedded)
        {
            return;
        }

        int before = result.Count;
        int length = result.TextLength;
        result.Embedded++;
        bool isRead = text[0] == '<' ? isXml && EventXml.TryAdd(text.ToString(), path, result)
            : path.HoldsEvent && AddJson(text.ToString(), path, result);
        result.Embedded--;
        if (!isRead)
        {
            result.CutBack(before, length);
        }
    }

    /// <summary>Reads the event that the text of a value is, in JSON or XML, besides what else there is.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryAddHeld(string text, EventPath path, Event result)
    {
        int before = result.Count;
        int length = result.TextLength;
        result.Embedded++;
        bool isRead = text[0] == '<' ? EventXml.TryAdd(text, path, result) : AddJson(text, EventPath.Root, result);
        result.Embedded--;
        if (!isRead)
        {
            result.CutBack(before, length);
        }

        return isRead;
    }

    /// <summary>Reads JSON that is the text of a value.</summary>
    private static bool AddJson(string text, EventPath path, Event result)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Options);
        try
        {
            reader.Read();
            ReadObject(ref reader, path.IsEventData ? path : EventPath.Root, result);
            return !reader.Read();
        }
        catch (JsonException)
        {
            // It only begins like JSON, and stays a text.
            return false;
        }
    }

    private static void AddNumber(ref Utf8JsonReader reader, EventPath path, Event result)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        Span<char> room = result.Reserve(digits.Length);
        int length = Encoding.UTF8.GetChars(digits, room);
        bool canonical = digits.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && !digits.SequenceEqual("-0"u8);
        if (canonical || ScalarTypes.CanonicalNumber(room[..length].ToString()) is not { } number)
        {
            result.Commit(path, EventValueKind.Number, length);
        }
        else
        {
            result.Add(path, EventValueKind.Number, number);
        }
    }

    private static byte[] Unescaped(ref Utf8JsonReader reader)
    {
        byte[] bytes = new byte[reader.ValueSpan.Length];
        try
        {
            int length = reader.CopyString(bytes);
            return bytes[..length];
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetBytes(BrokenText.Decode(reader.ValueSpan));
        }
    }
}
