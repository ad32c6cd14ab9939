using System.Text;
using System.Text.Json;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// An object around a list of events, as services export them: <c>Records</c> of CloudTrail, <c>hits.hits</c> of Elasticsearch, <c>value</c> of
/// OData and PowerShell, <c>records</c> of Azure, <c>Events</c>, <c>items</c> of Google, <c>logEvents</c> of CloudWatch, <c>Messages</c> of SQS.
/// An event may have a list of such a name too: what else the object has tells them apart.
/// </summary>
internal sealed class JsonWrapping
{
    private static readonly string[] Lists = ["Records", "records", "value", "Events", "events", "items", "logs", "logEvents", "Messages"];

    /// <summary>What describes a list, besides what OData says of it; only this may stand before it.</summary>
    private static readonly HashSet<string> Describing =
    [
        "_shards", "_scroll_id", "_clusters", "_links", "took", "timed_out", "pit_id", "num_reduce_phases", "terminated_early", "aggregations", "suggest", "profile", "total", "max_score",
        "kind", "etag", "nextPageToken", "count", "Count", "status", "success", "nextLink", "@context", "@count", "@nextLink",
        "messageType", "owner", "logGroup", "logStream", "subscriptionFilters", "searchedLogStreams", "nextToken", "NextToken", "nextForwardToken", "nextBackwardToken",
    ];

    private JsonWrapping()
    {
    }

    /// <summary>The only instance.</summary>
    public static JsonWrapping Instance { get; } = new();

    /// <summary>Whether the first object of a text may be one.</summary>
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
            Range? first = null;
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                bool isObject = reader.TokenType is JsonTokenType.StartObject;
                reader.Skip();
                items.Add(start..(int)reader.BytesConsumed);
                first ??= isObject ? items[^1] : null;
            }

            return items.Count > 0 && first is null ? null
                : OnlyDescribes(ref reader) || (first is { } item && !TellsLog(json) && TellsLog(json[item])) ? items
                : null;
        }
        catch (JsonException)
        {
            // What is wrong is said when it is read as an event.
            return null;
        }
    }

    /// <summary>Whether what follows the list, up to the end of the object, describes it.</summary>
    private static bool OnlyDescribes(ref Utf8JsonReader reader)
    {
        bool only = true;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                only &= Describes(NameOf(ref reader));
                reader.Read();
                reader.Skip();
            }
        }

        return only;
    }

    private static bool Describes(string name) => name.StartsWith("@odata.", StringComparison.Ordinal) || Describing.Contains(name);

    /// <summary>Whether an object is an event that tells its log.</summary>
    private static bool TellsLog(ReadOnlySpan<byte> json)
    {
        var e = new Event();
        return EventReader.Read(json, e) is null && e.IsOfKnownLog;
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
            string name = NameOf(ref reader);
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

            if (!Describes(name) || !reader.TrySkip())
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

    /// <summary>A name; none of those that matter has an escape, and one of others may be half a surrogate pair.</summary>
    private static string NameOf(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? "" : Encoding.UTF8.GetString(reader.ValueSpan);
}
