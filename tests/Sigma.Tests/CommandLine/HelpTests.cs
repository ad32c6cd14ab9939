using System.Text.RegularExpressions;
using Sigma.Backends;
using Sigma.Pipelines;

namespace Sigma.Tests.CommandLine;

/// <summary>What people try first: no word at all, <c>help</c>, <c>version</c>, the names of products, commas between pipelines.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class HelpTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().With("a.yml", Rule.For("a"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(new string[0], new[] { "--help" })]
    [InlineData(new[] { "help" }, new[] { "--help" })]
    [InlineData(new[] { "help", "convert" }, new[] { "convert", "--help" })]
    [InlineData(new[] { "help", "list", "targets" }, new[] { "list", "targets", "--help" })]
    [InlineData(new[] { "help", "list", "codes" }, new[] { "list", "codes", "--help" })]
    [InlineData(new[] { "help", "help" }, new[] { "help", "--help" })]
    [InlineData(new[] { "version" }, new[] { "--version" })]
    public void It_is_the_same_as_the_option(string[] words, string[] option)
    {
        ProgramRun run = Sigmac.Run(folder, words);

        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        run.Output.Should().StartWith(words is ["version"] ? "sigmac " : "Description:").And.Be(Sigmac.Run(folder, option).Output);
    }

    [Theory]
    [InlineData("there is no command 'sigmac conver'; did you mean 'convert'?", "conver")]
    [InlineData("there is no command 'sigmac list target'; did you mean 'targets'?", "list", "target")]
    [InlineData("there is no command 'sigmac convert x'; 'sigmac convert' has no commands", "convert", "x")]
    public void Help_of_a_command_that_is_not_there_says_so(string message, params string[] words)
    {
        ProgramRun run = Sigmac.Run(folder, ["help", .. words]);

        run.Should().Be(new ProgramRun(2, "", $"sigmac: {message}\n"));
    }

    [Fact]
    public void A_command_that_is_not_there_names_those_of_the_help()
    {
        string error = Sigmac.Run(folder, "qqqqqqqqqq").Error;

        error.Should().StartWith("sigmac: there is no command 'sigmac qqqqqqqqqq'; there are convert, check, ").And.NotContain(" complete,").And.NotContain(" man,");
    }

    [Theory]
    [InlineData("elasticsearch", "the target for it is 'eql' or 'es-qs' or 'esql' or 'lucene' or 'xpack-watcher'")]
    [InlineData("elastic", "the target for it is 'eql' or 'es-qs' or 'esql' or 'lucene' or 'xpack-watcher'")]
    [InlineData("Kibana", "the target for it is 'eql' or 'es-qs' or 'esql' or 'lucene' or 'xpack-watcher'")]
    [InlineData("opensearch", "the target for it is 'es-qs' or 'lucene' or 'opensearch-ppl'")]
    [InlineData("ppl", "the target for it is 'opensearch-ppl'")]
    [InlineData("Splunk", "the target for it is 'splunk'")]
    [InlineData("es-ql", "the target for it is 'esql'")]
    [InlineData("kusto", "the target for it is 'kql'")]
    [InlineData("defender", "the target for it is 'kql'")]
    [InlineData("mde", "the target for it is 'kql'")]
    [InlineData("sql", "the target for it is 'clickhouse' or 'duckdb' or 'postgres' or 'spark' or 'sqlite' or 'trino'")]
    [InlineData("bigquery", "sigmac has no target for BigQuery yet; the nearest is 'trino'")]
    [InlineData("sentinel", "the target for it is 'kql'")]
    [InlineData("loki", "the target for it is 'logql'")]
    [InlineData("humio", "the target for it is 'logscale'")]
    [InlineData("cql", "the target for it is 'logscale'")]
    [InlineData("athena", "the target for it is 'trino'")]
    [InlineData("qradar", "the target for it is 'qradar-aql'")]
    [InlineData("ibm-qradar-aql", "the target for it is 'qradar-aql'")]
    [InlineData("chronicle", "the target for it is 'secops'")]
    [InlineData("yara-l", "the target for it is 'secops'")]
    [InlineData("s1ql", "the target for it is 'sentinelone'")]
    [InlineData("sentinelone_pq", "the target for it is 'sentinelone'")]
    [InlineData("xsiam", "the target for it is 'cortex-xql'")]
    [InlineData("cortex_xdr", "the target for it is 'cortex-xql'")]
    [InlineData("arcsight", "sigmac has no target for ArcSight yet; --backends adds one of your own")]
    [InlineData("splnk", "did you mean 'splunk'?")]
    public void The_name_of_a_product_leads_to_its_target(string name, string hint)
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", name, "a.yml");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain($"unknown target '{name}'").And.Contain(hint);
    }

    [Fact]
    public void The_list_of_targets_names_their_products()
    {
        string output = Sigmac.Run(folder, "list", "targets").Output;

        output.Should().MatchRegex("(?m)^target +product +formats +description$").And.MatchRegex("(?m)^es-qs +Elasticsearch +default +the query_string syntax")
            .And.MatchRegex("(?m)^splunk +Splunk +default, savedsearches, correlation_search, contentctl, data_model +the search language of Splunk");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_list_of_pipelines_describes_each_and_can_be_that_of_a_target()
    {
        ProgramRun all = Sigmac.Run(folder, "list", "pipelines");
        ProgramRun splunk = Sigmac.Run(folder, "list", "pipelines", "splunk");

        string[] names = [.. all.Lines.Skip(1).Select(line => line.Split(' ')[0])];
        names.Should().Equal(PipelineCatalog.BuiltIn(new BackendCatalog()).Select(pipeline => pipeline.Name));
        all.Lines.Skip(1).Select(line => Regex.Split(line, " {2,}")[^1]).Should().OnlyContain(description => description.Length > 20);
        all.Lines.Should().ContainSingle(line => line.StartsWith("winlogbeat ") && line.EndsWith("  Windows event logs in the names of Winlogbeat 7, six logs"));
        splunk.Lines.Select(line => line.Split(' ')[0]).Should().Contain("splunk_windows").And.Contain("sysmon").And.NotContain("winlogbeat");
        splunk.Lines.Skip(1).Should().HaveCount(names.Count(name => Fits(name, "splunk")));
    }

    [Fact]
    public void Commas_separate_pipelines_unless_a_file_has_the_name()
    {
        folder.With("x,y.yml", "name: xy\ntransformations:\n  - {type: field_name_prefix, prefix: p_}\n")
            .With("p.yml", "name: p\ntransformations:\n  - {type: field_name_suffix, suffix: _s}\n");

        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "sysmon,p.yml", "a.yml").Output.Should().Be("f_s=\"a\"\n");
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "x,y.yml", "-p", "p.yml", "a.yml").Output.Should().Be("p_f_s=\"a\"\n");
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "p.yml,nowhere", "a.yml").Error.Should().Contain("unknown pipeline 'nowhere'");
    }

    [Fact]
    public void Commas_in_a_configuration_do_not_lead_out_of_its_folder()
    {
        folder.With("outside.yml", "name: p\ntransformations:\n  - {type: field_name_suffix, suffix: _s}\n")
            .With("in/a.yml", Rule.For("a")).With("in/.sigmac.yml", "pipelines: 'sysmon,../outside.yml'\n");

        ProgramRun run = Sigmac.RunBelow(folder, "in", "convert", "-t", "splunk", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
    }

    private static bool Fits(string pipeline, string target)
    {
        var catalog = new BackendCatalog();
        Pipeline read = PipelineCatalog.Resolve(pipeline, catalog, [])[0];
        return PipelineCatalog.IsFor(read, catalog.Read(target, new Dictionary<string, string>(), [])!);
    }
}
