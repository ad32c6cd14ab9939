using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Loki;
using Sigma.Text;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>Every query of the pack and of the public collection is LogQL by Grafana's own grammar, in each format.</summary>
public sealed class LogqlGrammarTests(ITestOutputHelper log)
{
    [NeedsFact(Needs.LogqlGrammar)]
    public void Grafana_reads_every_query()
    {
        var files = OwnTarget.RulesIn(Path.Combine(SharedFolder.Root!, "rules"));
        if (SharedFolder.Path is not null)
        {
            files = [.. files, .. OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq"))];
        }

        var compiler = new Compiler([OwnTarget.Of("logql")]);
        var conversions = files.AsParallel().AsOrdered().SelectMany(file => compiler.Convert(SourceText.Decode(file, File.ReadAllBytes(file), out _))).ToList();
        var queries = conversions.Select(conversion => conversion.Query).OfType<string>().SelectMany(query => query.Split('\n')).Where(query => query.Length > 0).ToList();
        log.WriteLine($"{queries.Count} queries of {conversions.Count} rules");
        // Our own pack has rules that show what a language cannot say, and the rules that a correlation counts have no query of their own.
        queries.Should().HaveCountGreaterThan(conversions.Count * (SharedFolder.Path is null ? 70 : 95) / 100);
        LokiGrammar.AcceptsAll(queries).Zip(queries).Where(pair => !pair.First.Accepted).Select(pair => $"{pair.First}: {pair.Second}").Should().BeEmpty();
    }

    [NeedsFact(Needs.LogqlGrammar)]
    public void The_grammar_refuses_what_is_no_query() => LokiGrammar.AcceptsAll(["{a=\"b\"} | json | not c=\"d\"", "{a=\"b\"}"]).Select(verdict => verdict.Accepted).Should().Equal(false, true);
}
