using System.Globalization;
using System.Text.Json;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Events.Samples;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Sweeps;

/// <summary>Events for whole folders of rules: samples of each rule, and the recorded events of the public rules.</summary>
internal static class SweepEvents
{
    /// <summary>Makes the samples of rules: those that match, and those that nearly do.</summary>
    public static IEnumerable<EngineEvent> Samples(IEnumerable<string> files, IEnumerable<string> pipelines)
    {
        var sampler = new RuleSampler(new SampleSettings { Count = 4 }, OwnTarget.With("duckdb", pipelines).Pipelines);
        foreach (var rule in files.SelectMany(file => RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _))).Select(read => read.Document).OfType<SigmaRule>())
        {
            foreach (var sample in sampler.Make(rule).Samples.SelectMany(sample => sample.Events))
            {
                yield return Event(sample.Fields.GroupBy(field => field.Key).ToDictionary(group => group.Key, group => (string?)group.First().Value), sample.Time.UtcDateTime);
            }
        }
    }

    /// <summary>Reads the events of <c>Event.System</c> and <c>Event.EventData</c> in JSON files, with the names that rules have for them.</summary>
    public static IEnumerable<EngineEvent> Recorded(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var one in ObjectsOf(File.ReadAllBytes(file)))
            {
                var system = one.GetProperty("Event").GetProperty("System");
                var fields = new Dictionary<string, string?>
                {
                    ["EventID"] = system.GetProperty("EventID").ToString(),
                    ["Channel"] = system.GetProperty("Channel").GetString(),
                    ["Computer"] = system.GetProperty("Computer").GetString(),
                    ["Provider_Name"] = system.GetProperty("Provider").GetProperty("#attributes").GetProperty("Name").GetString(),
                };
                foreach (var field in one.GetProperty("Event").TryGetProperty("EventData", out var data) && data.ValueKind is JsonValueKind.Object ? [.. data.EnumerateObject()] : Array.Empty<JsonProperty>())
                {
                    if (field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    {
                        fields[field.Name] = field.Value.ToString();
                    }
                }

                yield return Event(fields, EngineEvent.Noon);
            }
        }
    }

    /// <summary>The objects of a file: one after another, or in a list.</summary>
    private static List<JsonElement> ObjectsOf(byte[] content)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { AllowMultipleValues = true });
        var objects = new List<JsonElement>();
        while (reader.Read())
        {
            var read = JsonElement.ParseValue(ref reader);
            objects.AddRange(read.ValueKind is JsonValueKind.Array ? read.EnumerateArray() : [read]);
        }

        return objects;
    }

    private static EngineEvent Event(Dictionary<string, string?> fields, DateTime time) =>
        new(0, fields.GetValueOrDefault("Channel") ?? "", int.TryParse(fields.GetValueOrDefault("EventID"), CultureInfo.InvariantCulture, out var id) ? id : 0, fields, time);
}
