using System.Text.Json.Nodes;
using Sigma.Engines.Tests.Engines;
using Sigma.Matching;
using Sigma.Rules;
using Sigma.Text;
using Xunit.Abstractions;

namespace Sigma.Tests.Matching;

/// <summary>The public regression cases: each names a rule and says how many of the events beside it the rule must match.</summary>
public class RegressionCorpusTests(ITestOutputHelper output)
{
    /// <summary>
    /// Its info.yml counts 1, but all three events of its file set the zone 2, which its rule looks for; the public runner takes the
    /// count as the least.
    /// </summary>
    private const string MoreThanCounted = "45e112d0-7759-4c2a-aa36-9f8fb79d3393";

    [SharedFact]
    public void Every_case_has_its_matches_and_no_rule_throws_on_any_event()
    {
        Dictionary<string, SigmaRule> rules = Rules();
        RuleMatcher[] all = [.. rules.Values.Select(rule => RuleMatcher.Create(rule, [])).OfType<RuleMatcher>()];
        string[] infos = Directory.GetFiles(SharedFolder.In("corpus", "regression"), "info.yml", SearchOption.AllDirectories);
        int cases = 0;
        int hits = 0;
        foreach (string info in infos.Order(StringComparer.Ordinal))
        {
            Dictionary<string, string> facts = File.ReadLines(info)
                .Select(line => line.Trim().TrimStart('-').Trim().Split(": ", 2))
                .Where(pair => pair.Length == 2)
                .GroupBy(pair => pair[0])
                .ToDictionary(group => group.Key, group => group.Last()[1]);
            string id = Path.GetFileNameWithoutExtension(facts["path"]);
            Event[] events = [.. ReadAll(Path.Combine(Path.GetDirectoryName(info)!, id + ".json"))];
            RuleMatcher matcher = RuleMatcher.Create(rules[facts["id"]], [])!;
            int matches = events.Count(matcher.Matches);
            if (id == MoreThanCounted)
            {
                matches.Should().Be(3, info);
            }
            else if (facts.TryGetValue("match_count", out string? count))
            {
                matches.Should().Be(int.Parse(count), info);
            }
            else
            {
                matches.Should().BePositive(info);
            }

            cases++;
            hits += events.Sum(e => all.Count(rule => rule.Matches(e)));
        }

        cases.Should().BePositive();
        output.WriteLine($"{cases} cases; {all.Length} rules match their events {hits} times");
    }

    private static Dictionary<string, SigmaRule> Rules() => Directory
        .GetFiles(SharedFolder.In("corpus", "sigmahq"), "*.yml", SearchOption.AllDirectories)
        .SelectMany(file => RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _)))
        .Select(document => document.Document)
        .OfType<SigmaRule>()
        .ToDictionary(rule => rule.Metadata.Id!);

    /// <summary>The objects that follow each other in a file, or stand in its list.</summary>
    private static IEnumerable<Event> ReadAll(string file)
    {
        string text = "[" + File.ReadAllText(file).Replace("}\n{", "},{", StringComparison.Ordinal) + "]";
        return JsonNode.Parse(text)!.AsArray().SelectMany(node => node is JsonArray list ? list : (IEnumerable<JsonNode?>)[node]).Select(node => Event.Parse(node!.ToJsonString()));
    }
}
