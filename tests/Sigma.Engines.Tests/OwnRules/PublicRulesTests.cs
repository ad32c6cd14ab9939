using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Text;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>
/// Every rule of the public collection for every target: it converts, or a code says why not, and the engines take what
/// came out.
/// </summary>
public sealed class PublicRulesTests(ITestOutputHelper log)
{
    private static readonly string[] Targets = [.. new BackendCatalog().Names];

    [SharedFact(Needs.Grep | Needs.Bash)]
    public void Every_public_rule_converts_or_is_refused_with_a_code_and_the_engines_take_it()
    {
        var files = OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq"));
        var compiler = new Compiler([.. Targets.Select(target => OwnTarget.Of(target))]);
        var conversions = files.AsParallel().AsOrdered()
            .SelectMany(file => compiler.Convert(SourceText.Decode(file, File.ReadAllBytes(file), out _))).ToList();

        log.WriteLine($"{files.Count} files, {conversions.Count / Targets.Length} rules");
        foreach (var target in Targets)
        {
            Tell(target, [.. conversions.Where(conversion => conversion.Target == target)]);
        }

        conversions.Where(c => c.Status is not ConversionStatus.Converted && !c.Diagnostics.Any(d => d.Severity is Severity.Error)).Should().BeEmpty();
        var queries = conversions.Where(c => c.Query is not null).ToLookup(c => c.Target, c => c.Query!);
        // All of them take the engines minutes, which is the long run's of SampleTests; every so many stand for the rest.
        Refused("grep", Every(16, queries["grep"]), GrepEngine.AcceptsAll).Should().BeEmpty();
        Refused("powershell", Every(16, queries["powershell"]), OneByOne(PowerShellEngine.Accepts)).Should().BeEmpty();
        Refused("es-qs", Every(32, queries["es-qs"]), Lucene(LuceneView.Elasticsearch)).Should().BeEmpty();
        Refused("graylog", Every(32, queries["graylog"]), Lucene(LuceneView.Graylog)).Should().BeEmpty();
        Refused("lucene", Every(32, queries["lucene"]), Lucene(LuceneView.Ecs)).Should().BeEmpty();
        Refused("eql", queries["eql"], OneByOne(Engines.Eql.EqlEngine.Accepts)).Should().BeEmpty();
        Refused("esql", queries["esql"], OneByOne(Engines.Esql.EsqlEngine.Accepts)).Should().BeEmpty();
        Refused("xpack-watcher", Every(100, queries["xpack-watcher"]), scripts => [.. CurlScriptEngine.RunAll(scripts).Select(r => r.Verdict)])
            .Should().BeEmpty();
    }

    private static IEnumerable<string> Every(int n, IEnumerable<string> queries) => queries.Where((_, i) => i % n == 0);

    private void Tell(string target, IReadOnlyList<Conversion> conversions)
    {
        var refused = conversions.Where(c => c.Query is null)
            .GroupBy(c => c.Diagnostics.First(d => d.Severity is Severity.Error).Code.Id)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key} {g.Count()}");
        log.WriteLine($"{target,-14} converted {conversions.Count(c => c.Query is not null),5}   refused {string.Join(", ", refused)}");
        foreach (var group in conversions.Where(c => c.Query is null)
            .GroupBy(c => c.Diagnostics.First(d => d.Severity is Severity.Error).Message).OrderByDescending(g => g.Count()).Take(12))
        {
            log.WriteLine($"    {group.Count(),4} {group.Key}");
        }
    }

    private IEnumerable<string> Refused(string target, IEnumerable<string> queries, Func<IReadOnlyList<string>, IReadOnlyList<Verdict>> accepts)
    {
        string[] all = [.. target == "grep" || target == "powershell" ? queries.SelectMany(query => query.Split('\n')) : queries];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var refused = all.Zip(accepts(all)).Where(pair => !pair.Second.Accepted).Select(pair => $"{pair.Second}\n{pair.First}").ToList();
        log.WriteLine($"{target}: {all.Length} run, {refused.Count} refused, {clock.Elapsed.TotalSeconds:F1} s");
        return refused;
    }

    private static Func<IReadOnlyList<string>, IReadOnlyList<Verdict>> Lucene(LuceneView view) =>
        OneByOne(text => AcceptanceTests.SingleQueries(text).Select(query => LuceneEngine.Accepts(query, view)).FirstOrDefault(v => !v.Accepted, Verdict.Accept));

    private static Func<IReadOnlyList<string>, IReadOnlyList<Verdict>> OneByOne(Func<string, Verdict> accepts) =>
        queries => [.. queries.AsParallel().AsOrdered().Select(accepts)];
}
