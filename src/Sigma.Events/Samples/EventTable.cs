using System.Globalization;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Events.Samples;

/// <summary>The further fields that events of a log source usually have: events.yml beside this file.</summary>
internal static class EventTable
{
    private static readonly Lazy<IReadOnlyList<Entry>> Entries = new(Read);

    /// <summary>The fields of an event.</summary>
    /// <param name="source">The log source.</param>
    /// <param name="eventId">The event's id; null where it has none.</param>
    /// <returns>Names and values, with the tokens that <see cref="Fill"/> fills; empty where nothing is known.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(LogSource source, string? eventId) =>
        Entries.Value.FirstOrDefault(entry => Fits(entry, source, eventId))?.Fields ?? [];

    /// <summary>Fills the tokens of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="field">The field it is for.</param>
    /// <param name="time">The time of the event.</param>
    /// <param name="random">What tells this event from others.</param>
    public static FieldValue Fill(string value, string field, DateTimeOffset time, ulong random)
    {
        if (!value.Contains('{'))
        {
            return FieldValue.OfText(value);
        }

        ulong a = Hash(field, random);
        ulong b = Hash("2" + field, a);
        ulong c = Hash("3" + field, b);
        return value switch
        {
            "{pid}" => FieldValue.OfNumber((long)(1000 + (4 * (a % 4000)))),
            "{port}" => FieldValue.OfNumber((long)(49152 + (a % 16384))),
            "{epoch}" => FieldValue.OfNumber(time.ToUnixTimeSeconds()),
            "{utc}" => FieldValue.OfText(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)),
            "{time}" => FieldValue.OfText(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            "{guid}" => FieldValue.OfText($"{{{a >> 32:x8}-{a & 0xffff:x4}-{(a >> 16) & 0xffff:x4}-{b & 0xffff:x4}-{b >> 16:x12}}}"),
            _ => FieldValue.OfText(value
                .Replace("{hash}", $"{a:X16}{b:X16}{c:X16}{a ^ c:X16}", StringComparison.Ordinal)
                .Replace("{hex}", $"{a:x16}", StringComparison.Ordinal)),
        };
    }

    /// <summary>A number that follows from a text and another number (FNV-1a): the same on every machine.</summary>
    public static ulong Hash(string text, ulong seed)
    {
        ulong hash = 14695981039346656037 ^ seed;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        hash ^= hash >> 29;
        return hash * 0xBF58476D1CE4E5B9;
    }

    private static bool Fits(Entry entry, LogSource source, string? eventId) =>
        (entry.Product is null || entry.Product == source.Product)
        && (entry.Category is null || entry.Category == source.Category)
        && (entry.Service is null || entry.Service == source.Service)
        && (entry.EventId is null || entry.EventId == eventId);

    private static IReadOnlyList<Entry> Read()
    {
        SourceText source = EmbeddedFiles.Open(typeof(EventTable).Assembly, "samples/events.yml")!;
        var list = (YamlSequence)YamlReader.Read(source)[0].Root!;
        return
        [
            .. list.Items.Cast<YamlMapping>().Select(entry => new Entry(
                Text(entry, "product"),
                Text(entry, "category"),
                Text(entry, "service"),
                Text(entry, "event_id"),
                [.. ((YamlMapping)entry["fields"]!).Entries.Select(field => KeyValuePair.Create(field.Key.Value, ((YamlScalar)field.Value).Value))])),
        ];
    }

    private static string? Text(YamlMapping entry, string key) => (entry[key] as YamlScalar)?.Value;

    private sealed record Entry(string? Product, string? Category, string? Service, string? EventId, IReadOnlyList<KeyValuePair<string, string>> Fields);
}
