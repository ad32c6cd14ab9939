using System.Text;
using System.Text.Json;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// An object around a list of events, as services export them: <c>Records</c> of CloudTrail, <c>hits.hits</c> of Elasticsearch, <c>value</c> of
/// OData and PowerShell, <c>records</c> of Azure, <c>Events</c>, <c>items</c> of Google.
/// </summary>
internal sealed class JsonWrapping
{
    private static readonly string[] Lists = ["Records", "records", "value", "Events", "events", "items", "logs"];

    /// <summary>What may stand before the list; events begin otherwise.</summary>
    private static readonly string[] Before = ["took", "timed_out", "_scroll_id", "pit_id", "num_reduce_phases", "kind", "etag", "nextPageToken", "count", "Count", "total", "status", "success", "nextLink"];

    private JsonWrapping()
    {
    }

    /// <summary>The only instance.</summary>
    public static JsonWrapping Instance { get; } = new();

    /// <summary>Whether the first object of a text is one.</summary>
    /// <param name="head">The text, or the beginning of it.</param>
    public static bool IsOne(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(EventReader.Options));
        try
        {
            return FindList(ref reader) && HoldsEvents(ref reader);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The events of an object; null if it is none of this kind, and an event itself.</summary>
    public IReadOnlyList<Range>? Items(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, EventReader.Options);
        try
        {
            if (!FindList(ref reader))
            {
                return null;
            }

            var items = new List<Range>();
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(start..(int)reader.BytesConsumed);
            }

            return items;
        }
        catch (JsonException)
        {
            // What is wrong is said when it is read as an event.
            return null;
        }
    }

    /// <summary>
    /// Whether a list is one of events: empty, or with an object in it. Whatever else it holds is then said to be no event. An event may
    /// have a list of texts or numbers of the same name.
    /// </summary>
    private static bool HoldsEvents(ref Utf8JsonReader reader)
    {
        bool empty = true;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                return true;
            }

            empty = false;
            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return empty;
    }

    /// <summary>Goes to the beginning of the list.</summary>
    private static bool FindList(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            // None of the names has an escape, and one of others may be half a surrogate pair.
            string name = reader.ValueIsEscaped ? "" : Encoding.UTF8.GetString(reader.ValueSpan);
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType is JsonTokenType.StartArray && Lists.Contains(name))
            {
                return true;
            }

            if (name == "hits" && reader.TokenType is JsonTokenType.StartObject)
            {
                return FindHits(ref reader);
            }

            bool isSmall = name == "_shards" || name.StartsWith('@') || Before.Contains(name);
            if (!isSmall || !reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    private static bool FindHits(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isList = reader.ValueSpan.SequenceEqual("hits"u8);
            if (!reader.Read())
            {
                return false;
            }

            if (isList)
            {
                return reader.TokenType is JsonTokenType.StartArray;
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }
}
