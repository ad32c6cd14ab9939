using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines.Loki;

namespace Sigma.Engines.Tests.Engines.LogScale;

/// <summary>An event or a row of LogScale: all values are texts, a field that is not there has none.</summary>
internal sealed partial class LogScaleRow(IReadOnlyDictionary<string, string> fields, EngineEvent? of)
{
    private readonly Dictionary<string, string> fields = new(fields, StringComparer.Ordinal);

    /// <summary>The event that the row is.</summary>
    public EngineEvent? Event => of;

    public string? this[string field] => fields.GetValueOrDefault(field);

    /// <summary>When the event was, in seconds.</summary>
    public double Time => Number(this["@timestamp"])!.Value / 1000;

    /// <summary>An event as it is logged, a line of JSON, and parsed.</summary>
    public static LogScaleRow Of(EngineEvent e)
    {
        var fields = e.Present.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);
        if (e.EventId != 0)
        {
            fields.TryAdd("EventID", e.EventId.ToString(CultureInfo.InvariantCulture));
        }

        fields["@rawstring"] = new LokiLine(e).Text;
        fields["@timestamp"] = (e.Time - DateTime.UnixEpoch).TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        return new LogScaleRow(fields, e);
    }

    /// <summary>The row with other fields besides.</summary>
    public LogScaleRow With(IEnumerable<(string Name, string Value)> more)
    {
        var copy = new LogScaleRow(fields, Event);
        foreach (var (name, value) in more)
        {
            copy.fields[name] = value;
        }

        return copy;
    }

    /// <summary>Every text that an expression may be tried on.</summary>
    public IEnumerable<string> Texts => fields.Values;

    /// <summary>A text as a number; null for one that is none.</summary>
    public static double? Number(string? text) =>
        text is not null && Decimal().IsMatch(text) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\A[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\z")]
    private static partial Regex Decimal();
}
