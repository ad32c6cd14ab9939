using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sigma.Events.Samples;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The files of <c>sigmac sample --output</c>: events to send to a SIEM, and cases for <c>sigmac test</c>.</summary>
internal static class SampleFiles
{
    /// <summary>Creates the files of a rule.</summary>
    /// <param name="input">The rule file.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="samples">Its samples, as far as they are wanted.</param>
    /// <param name="shape">How events are written.</param>
    /// <returns>Names below the output folder, with slashes, and contents; none without samples.</returns>
    public static IEnumerable<(string Name, byte[] Content)> Of(RuleInput input, SampledRule rule, IReadOnlyList<Sample> samples, EventShape shape)
    {
        if (samples.Count == 0)
        {
            yield break;
        }

        string below = Path.ChangeExtension(input.Below, null) + (rule.Index > 0 ? "-" + rule.Index : "");
        foreach ((string ending, bool matching) in ((string, bool)[])[(".matches.ndjson", true), (".near-misses.ndjson", false)])
        {
            Sample[] some = [.. samples.Where(sample => sample.Matches == matching)];
            if (some.Length > 0)
            {
                yield return (below + ending, Lines(some, shape));
            }
        }

        yield return (below + ".tests.yml", Cases(rule, samples, shape));
    }

    /// <summary>The events of samples, one a line.</summary>
    public static byte[] Lines(IReadOnlyList<Sample> samples, EventShape shape)
    {
        using var output = new MemoryStream();
        foreach (SampleEvent one in samples.SelectMany(sample => sample.Events))
        {
            output.Write(one.ToJson(shape));
            output.WriteByte((byte)'\n');
        }

        return output.ToArray();
    }

    /// <summary>Cases for <c>sigmac test</c>. JSON is YAML, so events and texts stand in the file as JSON.</summary>
    private static byte[] Cases(SampledRule rule, IReadOnlyList<Sample> samples, EventShape shape)
    {
        var text = new StringBuilder();
        if ((rule.Metadata.Id ?? rule.Metadata.Name) is { } name)
        {
            text.Append("rule: ").Append(Quoted(name)).Append('\n');
        }

        text.Append("tests:\n");
        foreach (Sample sample in samples)
        {
            text.Append("  - name: ").Append(Quoted(sample.Reason)).Append("\n    matches: ").Append(sample.Matches ? '1' : '0').Append("\n    events:\n");
            foreach (SampleEvent one in sample.Events)
            {
                text.Append("      - ").Append(Encoding.UTF8.GetString(one.ToJson(shape))).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string text) => UnseenCharacters.InJson("\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"");
}
