using System.Text;
using System.Text.Json;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Rules;

namespace Sigma.Cli;

/// <summary>
/// Events for a kind of condition, and which of them the rule means: those that <c>sigmac sample</c> makes, and the same in the other
/// letter case. A program that runs the query on an engine compares what it finds.
/// </summary>
internal static class KindCases
{
    /// <summary>One line of JSON; null if there are no events for the rule.</summary>
    public static string? Of(CheckedKind kind)
    {
        var rule = (SigmaRule)kind.Document.Document!;
        IReadOnlyList<Sample> samples = new RuleSampler(new SampleSettings { Count = 6 }, []).Make(rule).Samples;
        if (samples.Count == 0 || RuleMatcher.Create(rule, []) is not { } matcher)
        {
            return null;
        }

        var events = new List<KeyValuePair<string, string?>[]>();
        foreach (KeyValuePair<string, string?>[] fields in samples.Select(sample => FieldsOf(sample.Events[0])))
        {
            events.Add(fields);
            events.Add([.. fields.Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null : Turned(field.Value)))]);
        }

        // An event with none of the fields is what NOT must not lose.
        events.Add([KeyValuePair.Create("Unrelated", (string?)"x")]);
        return Json(kind, events, [.. events.Select(fields => matcher.Matches(Event.Of(fields)))]);
    }

    private static KeyValuePair<string, string?>[] FieldsOf(SampleEvent sample) =>
        [.. sample.Fields.DistinctBy(field => field.Key).Select(field => KeyValuePair.Create(field.Key, (string?)field.Value))];

    /// <summary>The text with its letters in the other case.</summary>
    private static string Turned(string text) => string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));

    private static string Json(CheckedKind kind, IReadOnlyList<KeyValuePair<string, string?>[]> events, IReadOnlyList<bool> found)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", kind.Title);
            json.WriteString("query", kind.Query);
            json.WriteStartArray("events");
            foreach (KeyValuePair<string, string?>[] fields in events)
            {
                json.WriteStartObject();
                foreach ((string name, string? value) in fields)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("expected");
            foreach (int index in Enumerable.Range(0, events.Count).Where(index => found[index]))
            {
                json.WriteNumberValue(index);
            }

            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (string code in kind.Findings.Select(finding => finding.Code.Id).Distinct())
            {
                json.WriteStringValue(code);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
