using Sigma.Engines.Tests.Engines;
using Sigma.Rules;
using Sigma.Text;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>
/// Random rules over hostile values select, on the real engines, the events that the rule means. A target's view of an
/// event (a line, a message, fields by case) is the evaluator's too, so every difference is a mistake of the emitter.
/// </summary>
public sealed class RandomMeaningTests(ITestOutputHelper log)
{
    private const RuleParts Fields = RuleParts.Absence | RuleParts.Numbers | RuleParts.Cased;

    [NeedsFact(Needs.Grep)]
    public void Grep_finds_the_lines_that_hold_the_values()
    {
        var cases = Cases(new RandomRules(4401, RuleParts.Keywords | RuleParts.Cased, controls: true), OwnTarget.Of("grep"), 150, 6);
        var found = GrepEngine.SearchAll([.. cases.Rules.Select(r => r.Query)], cases.Events);

        Compare(cases, SigmaMeaning.InLine, found);
    }

    [Fact]
    public void PowerShell_finds_the_messages_that_hold_the_values()
    {
        var cases = Cases(new RandomRules(4402, RuleParts.Keywords | RuleParts.Cased, controls: true), OwnTarget.Of("powershell"), 120, 4);

        Compare(cases, SigmaMeaning.InMessage, PowerShell(cases));
    }

    [Fact]
    public void PowerShell_compares_event_data_exactly()
    {
        var cases = Cases(new RandomRules(4403, Fields | RuleParts.Keywords | RuleParts.References, controls: false), OwnTarget.Of("powershell", "eventdata"), 80, 3);

        Compare(cases, SigmaMeaning.Exact(ignoreCase: true), PowerShell(cases));
    }

    [Fact]
    public void Graylog_compares_whole_values_by_case()
    {
        var cases = Cases(new RandomRules(4404, Fields, controls: true), OwnTarget.Of("graylog"), 250, 5);

        Compare(cases, SigmaMeaning.Exact(ignoreCase: false), Lucene(cases, LuceneView.Graylog));
    }

    [Fact]
    public void Elasticsearch_compares_keyword_fields_by_case()
    {
        var target = OwnTarget.Of("es-qs", null, ("keyword_whitelist", "*"));
        var cases = Cases(new RandomRules(4405, Fields, controls: true), target, 250, 5);

        Compare(cases, SigmaMeaning.Exact(ignoreCase: false), Lucene(cases, LuceneView.Elasticsearch));
    }

    [Theory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    public void Fields_of_the_case_insensitive_list_disregard_case(string name)
    {
        var target = OwnTarget.Of(name, null, ("case_insensitive_whitelist", "*"));
        var cases = Cases(new RandomRules(4406, RuleParts.Absence, controls: true), target, 60, 6);

        Compare(cases, SigmaMeaning.Exact(ignoreCase: true), Lucene(cases, name == "graylog" ? LuceneView.Graylog : LuceneView.Elasticsearch));
    }

    private static IReadOnlyList<IReadOnlyList<long>> PowerShell(RandomCases cases) =>
        [.. cases.Rules.Select(r => PowerShellEngine.Run(r.Query, cases.Events)).Select((run, i) => run.Errors.Count == 0
            ? run.RecordIds
            : throw new InvalidOperationException($"{run.Verdict}\n{cases.Rules[i].Query}"))];

    private static IReadOnlyList<IReadOnlyList<long>> Lucene(RandomCases cases, LuceneView view)
    {
        using var index = new LuceneIndex(view, cases.Events);
        return [.. cases.Rules.Select(r => index.Search(r.Query))];
    }

    private static RandomCases Cases(RandomRules random, CompilerTarget target, int count, int eventsARule)
    {
        var rules = new List<(string Text, SigmaRule Rule, string Query)>();
        var events = new List<EngineEvent>();
        for (var i = 0; i < count; i++)
        {
            var text = random.Rule();
            var rule = (SigmaRule?)RuleReader.Read(new SourceText("rule.yml", text)).Single().Document ?? throw new InvalidOperationException(text);
            events.AddRange(random.Events(rule, events.Count, eventsARule));
            if (OwnTarget.Convert(target, text).Single().Query is { } query)
            {
                rules.Add((text, rule, query));
            }
        }

        rules.Count.Should().BeGreaterThan(count * 3 / 4, "nearly all of these rules can be said");
        return new RandomCases(rules, events);
    }

    private void Compare(RandomCases cases, ValueTest test, IReadOnlyList<IReadOnlyList<long>> found)
    {
        var positives = 0;
        var differences = new List<string>();
        foreach (var ((text, rule, query), selected) in cases.Rules.Zip(found))
        {
            var meaning = new SigmaMeaning(rule, test);
            var expected = cases.Events.Where(meaning.Holds).Select(e => e.RecordId).ToHashSet();
            positives += expected.Count;
            foreach (var id in expected.Except(selected).Concat(selected.Except(expected)).Take(1))
            {
                var e = cases.Events.Single(e => e.RecordId == id);
                differences.Add($"{(expected.Contains(id) ? "missed" : "wrongly found")}: {string.Join(" | ", e.Present.Select(p => $"{p.Name}={p.Value}"))}\n{text}{query}");
            }
        }

        log.WriteLine($"{cases.Rules.Count} rules, {cases.Events.Count} events, {positives} hits, {differences.Count} differences");
        differences.Take(5).ToList().ForEach(log.WriteLine);
        differences.Should().BeEmpty();
        positives.Should().BeGreaterThan(cases.Rules.Count);
    }

    private sealed record RandomCases(IReadOnlyList<(string Text, SigmaRule Rule, string Query)> Rules, IReadOnlyList<EngineEvent> Events);
}
