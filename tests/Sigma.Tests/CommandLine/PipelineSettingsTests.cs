namespace Sigma.Tests.CommandLine;

/// <summary>What the command line gives to pipelines, and what their finalizers make of the whole output.</summary>
public sealed class PipelineSettingsTests : IDisposable
{
    private const string Values = "transformations: [{type: value_placeholders}]\n";

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("a.yml", Rule.For("a"))
        .With("b.yml", Rule.For("b"))
        .With("names.txt", "one\ntwo\n")
        .With("placeholder.yml", "title: P\nlogsource: {product: x}\ndetection:\n    sel: {f|expand: '%names%'}\n    condition: sel\n")
        .With("values.yml", Values)
        .With("file.yml", "transformations: [{type: file_placeholders, path: names.txt}]\n")
        .With("whole.yml", "finalizers: [{type: concat, prefix: 'begin ', separator: ' or ', suffix: ' end'}]\n")
        .With("drop.yml", "transformations: [{type: drop_detection_item}, {type: add_condition, conditions: {index: x}}]\n");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_variable_fills_a_placeholder_and_without_it_the_placeholder_is_an_error()
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "values.yml", "--var", "names=one,two", "placeholder.yml").Output
            .Should().Be("(f=\"one\" OR f=\"two\")\n");
        ProgramRun without = Sigmac.Run(folder, "convert", "-t", "splunk", "placeholder.yml");
        without.ExitCode.Should().Be(1);
        without.Error.Should().Contain("placeholder.yml:4:").And.Contain("SIG0605");
    }

    /// <summary>The last one would replace the others, and the query would look for its values only.</summary>
    [Fact]
    public void A_variable_that_is_given_twice_is_a_mistake() =>
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "values.yml", "--var", "names=one", "--var", "names=two", "placeholder.yml").Should().Be(new ProgramRun(
            2, "", "sigmac: error SIG0706: the option '--var' must be given once for a name, not 'names=two'\n   separate several values with commas: name=value,value\n"));

    [Theory]
    [InlineData("-p", "more/prefix.yml", "-p", "./more/prefix.yml")]
    [InlineData("-p", "more", "-p", "more/prefix.yml")]
    [InlineData("-p", "more/prefix.yml,more/prefix.yml")]
    [InlineData("-p", "link.yml", "-p", "more")]
    public void A_pipeline_that_is_given_twice_runs_once(params string[] pipelines)
    {
        folder.With("more/prefix.yml", "transformations: [{type: field_name_prefix, prefix: p.}]\n");
        File.CreateSymbolicLink(folder["link.yml"], folder["more/prefix.yml"]);
        Sigmac.Run(folder, ["convert", "-t", "splunk", .. pipelines, "a.yml"]).Output.Should().Be("p.f=\"a\"\n");
    }

    [Fact]
    public void A_file_is_read_only_where_that_is_allowed()
    {
        ProgramRun refused = Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "file.yml", "placeholder.yml");
        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("SIG0417").And.Contain("--allow-files");
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "file.yml", "--allow-files", "placeholder.yml").Output
            .Should().Be("(f=\"one\" OR f=\"two\")\n");
    }

    [Fact]
    public void Finalizers_make_one_text_of_all_queries_on_standard_output_and_say_where_they_do_not()
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "whole.yml", "a.yml", "b.yml").Output
            .Should().Be("begin f=\"a\" or f=\"b\" end\n");
        ProgramRun json = Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "whole.yml", "--json", "a.yml");
        json.Output.Should().Contain("\"query\":\"f=\\\"a\\\"\"");
        json.Error.Should().Contain("finalizers");
    }

    [Fact]
    public void A_rule_whose_finalizer_fails_for_several_targets_failed_once()
    {
        folder.With("failing.yml", "finalizers: [{type: template, template: '{{ qurey }}'}]\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk,es-qs", "-p", "failing.yml", "a.yml", "b.yml");
        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().EndWith("sigmac: 2 rules, 0 converted, 2 failed\n");
    }

    [Fact]
    public void A_folder_without_pipelines_is_an_error()
    {
        folder.With("empty/readme.txt", "");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "empty", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("SIG0401").And.Contain("'empty'").And.Contain("no file that ends with .yml");
    }

    [Fact]
    public void A_rule_of_which_a_pipeline_leaves_nothing_makes_no_query_of_what_the_pipeline_adds()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "drop.yml", "a.yml");
        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("SIG0413");
    }

    [Fact]
    public void Correlations_and_filters_reach_over_files()
    {
        folder.With("rules/counted.yml", "title: C\nname: counted\nlogsource: {product: x}\ndetection:\n    sel: {f: 1}\n    condition: sel\n")
            .With("rules/z.yml", "title: Z\ncorrelation:\n    type: event_count\n    rules: counted\n    group-by: user\n    timespan: 5m\n    condition: {gte: 3}\n")
            .With("rules/filter.yml", "title: F\nlogsource: {product: x}\nfilter:\n    rules: [counted]\n    sel: {g: 2}\n    condition: not sel\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");
        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("(f=\"1\" NOT (g=\"2\")) | bin _time span=5m | stats count as event_count by _time, user | where event_count >= 3\n");
    }

    [Theory]
    [InlineData("\"title\": F\n\"logsource\": {product: x}\n\"filter\" :\n    rules: [counted]\n    sel: {g: 2}\n    condition: not sel\n")]
    [InlineData("  title: F\n  logsource: {product: x}\n  filter:\n    rules: [counted]\n    sel: {g: 2}\n    condition: not sel\n")]
    [InlineData("{'title': F, 'logsource': {product: x}, 'filter': {rules: [counted], sel: {g: 2}, condition: not sel}}")]
    public void A_filter_reaches_over_files_however_its_yaml_is_written(string filter)
    {
        folder.With("rules/counted.yml", "title: C\nname: counted\nlogsource: {product: x}\ndetection:\n    sel: {f: 1}\n    condition: sel\n")
            .With("rules/filter.yml", filter);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");

        run.Should().Be(new ProgramRun(0, "(f=\"1\" NOT (g=\"2\"))\n", "sigmac: 2 rules, 1 converted, 0 failed, 1 skipped\n"));
    }
}
