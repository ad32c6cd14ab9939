using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Engines.Loki;

/// <summary>A line of a stream as its pipeline sees it: its text, its labels, and whether a stage has failed on it.</summary>
internal sealed partial class LokiLine
{
    /// <summary>The label of the stream.</summary>
    private const string Job = "windows";

    private static readonly JsonSerializerOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyDictionary<string, string> extracted;

    public LokiLine(EngineEvent e)
    {
        Event = e;
        var json = new JsonObject();
        if (e.EventId != 0)
        {
            json["EventID"] = e.EventId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in e.Present)
        {
            json[name] = value;
        }

        Text = json.ToJsonString(Raw);
        extracted = Parsed(json);
    }

    public EngineEvent Event { get; }

    public string Text { get; }

    public Dictionary<string, string> Labels { get; } = new(StringComparer.Ordinal) { ["job"] = Job };

    public bool HasError { get; set; }

    /// <summary>Every text that an expression may be tried on.</summary>
    public IEnumerable<string> Texts => extracted.Values.Prepend(Text).Prepend(Job);

    /// <summary>A label's value; the empty text where there is none.</summary>
    public string this[string label] => Labels.GetValueOrDefault(label, "");

    /// <summary>The line as it is before the first stage.</summary>
    public LokiLine Fresh()
    {
        Labels.Clear();
        Labels["job"] = Job;
        HasError = false;
        return this;
    }

    /// <summary>The stage <c>json</c>.</summary>
    public void Parse()
    {
        foreach (var (name, value) in extracted)
        {
            Labels[name] = value;
        }
    }

    /// <summary>
    /// What a parser makes of a name: blanks at its ends go, a digit at its start gets a _, and all but ASCII letters, digits and _ becomes _
    /// (docs, parser expression; sanitizeLabelKey).
    /// </summary>
    public static string LabelOf(string name)
    {
        var trimmed = name.Trim();
        return NotLabel().Replace(trimmed is [>= '0' and <= '9', ..] or "" ? "_" + trimmed : trimmed, "_");
    }

    /// <summary>"If an extracted key appears twice, only the first label value will be kept." A label of the stream stays.</summary>
    private static Dictionary<string, string> Parsed(JsonObject json)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in json)
        {
            var label = LabelOf(name);
            // An empty value is no label.
            if ((string?)value is { Length: > 0 } text)
            {
                labels.TryAdd(label == "job" ? "job_extracted" : label, text);
            }
        }

        return labels;
    }

    [GeneratedRegex("[\uD800-\uDBFF][\uDC00-\uDFFF]|[^A-Za-z0-9_]")]
    private static partial Regex NotLabel();
}
