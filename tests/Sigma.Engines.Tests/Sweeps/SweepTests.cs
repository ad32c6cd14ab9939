using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Sql;
using Sigma.Engines.Tests.Fidelity;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Events;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Sweeps;

/// <summary>
/// The format <c>sweep</c> on engines: the hits of its script, each a rule and an event, are those of <c>sigmac match</c>. The rules are
/// those of Windows, of the pack and where it is there of the public collection; the events are samples of all of them, and recorded ones.
/// </summary>
public sealed class SweepTests(ITestOutputHelper log)
{
    private static readonly string[] Pipelines = ["sysmon", "windows-logsources"];

    /// <summary>The ordinary run takes one public rule of so many.</summary>
    private const int Share = 25;

    private static readonly Lazy<Subject> Spread = new(() => Subject.Make(Collection.Where((_, i) => i % Share == 0)));

    private static IReadOnlyList<string> Collection => SharedFolder.Path is null ? [] : OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq"));

    [Fact]
    public void Hits_on_DuckDB_over_Parquet_are_those_of_match() =>
        Compare(Spread.Value, "duckdb", DuckDbEngine.Hits, "'sigma_events'");

    [NeedsFact(Needs.SqlEngines)]
    public void Hits_on_ClickHouse_are_those_of_match() => Compare(Spread.Value, "clickhouse", NodeSqlEngine.ClickHouse.Hits, "events");

    [NeedsFact(Needs.SqlEngines)]
    public void Hits_on_PostgreSQL_are_those_of_match() => Compare(Spread.Value, "postgres", NodeSqlEngine.Postgres.Hits, "events");

    [Fact]
    public void Hits_on_SQLite_are_those_of_match() => Compare(Spread.Value, "sqlite", SqliteEngine.Hits, "events");

    [LongFact(Needs.Shared | Needs.SqlEngines)]
    public void The_long_run_takes_every_rule()
    {
        var subject = Subject.Make(Collection);
        Compare(subject, "sqlite", SqliteEngine.Hits, "events");
        Compare(subject, "duckdb", DuckDbEngine.Hits, "'sigma_events'");
        Compare(subject, "clickhouse", NodeSqlEngine.ClickHouse.Hits, "events");
    }

    private void Compare(Subject subject, string name, Func<string, IReadOnlyList<EngineEvent>, IReadOnlyList<(string Rule, long Event)>> search, string table)
    {
        var target = OwnTarget.With(name, Pipelines, "sweep", ("event", SqlTable.Id), ("table", table));
        var conversions = OwnTarget.Convert(target, subject.Files);
        var diagnostics = new List<Diagnostic>();
        var script = target.Document(conversions, diagnostics)!;
        diagnostics.Should().NotContain(d => d.Severity == Severity.Error);
        var left = conversions.Where(c => c.Query is null).Select(c => c.Metadata.Id).ToHashSet();
        var inexact = conversions.Where(c => c.Diagnostics.Any(d => d.Code.Id is "SIG0602" or "SIG0603" or "SIG0608")).Select(c => c.Metadata.Id).ToHashSet();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var found = search(script, subject.Events).ToHashSet();
        log.WriteLine($"{name}: {conversions.Count} rules, {left.Count} refused, {inexact.Count} inexact, {script.Length} characters; {subject.Events.Count} events; {found.Count} hits, {clock.Elapsed.TotalSeconds:F1} s");

        var expected = subject.Hits.Where(hit => !left.Contains(hit.Rule) && !inexact.Contains(hit.Rule)).ToHashSet();
        string[] wrong =
        [
            .. expected.Except(found).Select(hit => $"missed {hit}"),
            .. found.Where(hit => !inexact.Contains(hit.Rule)).Except(expected).Select(hit => $"too many {hit}"),
        ];
        wrong.Take(20).ToList().ForEach(log.WriteLine);
        wrong.Should().BeEmpty();
        expected.Count.Should().BeGreaterThan(subject.Files.Count);
    }

    /// <summary>Rules, events, and what <c>sigmac match</c> finds.</summary>
    private sealed record Subject(IReadOnlyList<string> Files, IReadOnlyList<EngineEvent> Events, IReadOnlySet<(string Rule, long Event)> Hits)
    {
        /// <summary>Takes the rules of the pack, and some of others.</summary>
        public static Subject Make(IEnumerable<string> others)
        {
            // A correlation has no part in a sweep, and its rules have one only by themselves.
            string[] files = [.. OwnTarget.RulePack.Concat(others).Where(IsOfWindows)];
            var recorded = SharedFolder.Path is null ? [] : SweepEvents.Recorded(SharedFolder.In("corpus", "regression"));
            EngineEvent[] events = [.. SweepEvents.Samples(files, Pipelines).Concat(recorded).Select((e, i) => e with { RecordId = i })];
            var matcher = SigmaMatcher.For(files.Select(file => KeyValuePair.Create(file, File.ReadAllText(file))), new SigmaMatcherSettings { Pipelines = [.. Pipelines] });
            var hits = events.SelectMany(e => matcher.Match(Event.Of(e.Present.Select(field => KeyValuePair.Create(field.Name, (string?)field.Value))))
                .Select(match => (match.Rule.Metadata.Id!, e.RecordId))).ToHashSet();
            return new Subject(files, events, hits);
        }

        private static bool IsOfWindows(string file) => RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _)) is [{ Document: SigmaRule { LogSource.Product: "windows", Metadata.Id: not null } rule }]
            && rule.Conditions.All(condition => condition.Aggregation is null);
    }
}
