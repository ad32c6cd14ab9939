using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>Log sources of which no pipeline says which log holds them.</summary>
public sealed class UnmappedLogTests : IDisposable
{
    private const string Known = """
        complete: log_sources
        allowed_backends: [splunk]
        transformations:
            - type: add_condition
              conditions: {source: known}
              rule_conditions: [{type: logsource, service: known}]

        """;

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("known.yml", Known)
        .With("rule-known.yml", Text("{product: p, service: known}"))
        .With("rule-other.yml", Text("{product: p, service: other}"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_service_without_a_log_is_a_warning_at_the_log_source()
    {
        Convert("known.yml", "rule-known.yml").Error.Should().BeEmpty();

        ProgramRun run = Convert("known.yml", "rule-other.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("f=\"x\"\n");
        run.Error.Should().Contain("rule-other.yml:2:12: warning SIG0435: no pipeline says which log holds 'p/other' for splunk");
    }

    [Theory]
    [InlineData("[{product: p, service: other}]", "")]
    [InlineData("[{product: p}]", "")]
    [InlineData("[{product: p, service: third}]", "SIG0435")]
    [InlineData("{product: p}", "SIG0409")]
    [InlineData("[p]", "SIG0409")]
    [InlineData("[{produkt: p}]", "SIG0402")]
    [InlineData("[{}]", "SIG0407")]
    public void A_log_source_that_several_logs_record_has_none_of_them_and_is_not_reported(string sources, string code)
    {
        folder.With("several.yml", $"name: several\nseveral_logs: {sources}\ntransformations: []\n");

        ProgramRun run = Convert("known.yml", "-p", "several.yml", "rule-other.yml");

        if (code.Length == 0)
        {
            run.Error.Should().BeEmpty();
            run.Output.Should().Be("f=\"x\"\n");
        }
        else
        {
            run.Error.Should().Contain(code);
        }
    }

    /// <summary>Whoever asks for every log source to be mapped has to choose one of the logs.</summary>
    [Fact]
    public void It_is_reported_where_the_user_asks()
    {
        folder.With("several.yml", "name: several\nseveral_logs: [{product: p, service: other}]\ntransformations: []\n")
            .With("process.yml", Text("{category: process_creation, product: windows}"));

        Convert("known.yml", "-p", "several.yml", "--unmapped", "warn", "rule-other.yml").Error.Should().Contain("warning SIG0435");
        Convert("known.yml", "-p", "several.yml", "--unmapped", "error", "rule-other.yml").Error.Should().Contain("error SIG0436");
        Sigmac.Run(folder, "convert", "-t", "splunk", "process.yml").Error.Should().BeEmpty();
        Sigmac.Run(folder, "convert", "-t", "splunk", "--unmapped", "error", "process.yml").Error.Should().Contain("SIG0436").And.Contain("'-p sysmon' maps it");
        Sigmac.Run(folder, "convert", "-t", "splunk", "--unmapped", "error", "-p", "sysmon", "process.yml").ExitCode.Should().Be(0);
    }

    [Fact]
    public void Unmapped_chooses_what_happens()
    {
        Convert("known.yml", "--unmapped", "ignore", "rule-other.yml").Error.Should().BeEmpty();

        ProgramRun run = Convert("known.yml", "--unmapped", "error", "rule-other.yml", "rule-known.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("(source=\"known\" f=\"x\")\n");
        run.Error.Should().Contain("rule-other.yml:2:12: error SIG0436: no pipeline says which log holds 'p/other' for splunk");
    }

    [Theory]
    [InlineData("- {type: set_state, key: index, val: i, rule_conditions: [{type: logsource, service: other}]}", false)]
    [InlineData("- {type: nest, rule_conditions: [{type: logsource, service: other}], items: [{type: add_condition, conditions: {source: s}}]}", false)]
    [InlineData("- {type: change_logsource, service: known, rule_conditions: [{type: logsource, service: other}]}", false)]
    [InlineData("- {type: set_state, key: team, val: i, rule_conditions: [{type: logsource, service: other}]}", true)]
    [InlineData("- {type: add_condition, conditions: {index: main}}", true)]
    [InlineData("- {type: add_condition, conditions: {EventID: 1}, rule_conditions: [{type: logsource, service: other}]}\n    - {type: change_logsource, service: another, rule_conditions: [{type: logsource, service: other}]}", true)]
    public void A_log_is_named_by_a_condition_or_an_index_for_the_log_source_as_it_is_at_the_end(string steps, bool warned)
    {
        folder.With("first.yml", $"name: first\npriority: -1\ncomplete: []\ntransformations:\n    {steps}\n");

        ProgramRun run = Convert("known.yml", "-p", "first.yml", "rule-other.yml");

        run.ExitCode.Should().Be(0);
        run.Error.Contains("SIG0435", StringComparison.Ordinal).Should().Be(warned);
    }

    [Fact]
    public void A_rule_about_a_whole_product_names_no_log()
    {
        folder.With("product.yml", Text("{product: p}"));

        Convert("known.yml", "product.yml").Error.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{type: add_condition, conditions: {source: s}, rule_conditions: [{type: logsource, product: p, service: known}]}", true)]
    [InlineData("{type: add_condition, conditions: {source: s}, rule_conditions: [{type: logsource, product: other}]}", false)]
    [InlineData("{type: set_state, key: index, val: i, rule_conditions: [{type: logsource, product: p}]}", false)]
    public void It_is_reported_where_a_pipeline_knows_logs_of_the_product_but_not_all(string step, bool warned)
    {
        folder.With("product.yml", Text("{product: p}")).With("logs.yml", $"complete: log_sources\nallowed_backends: [splunk]\ntransformations:\n  - {step}\n");

        ProgramRun run = Convert("logs.yml", "product.yml");

        run.ExitCode.Should().Be(0);
        run.Error.Contains("product.yml:2:12: warning SIG0435: no pipeline says which log holds 'p' for splunk", StringComparison.Ordinal).Should().Be(warned);
    }

    [Theory]
    [InlineData("splunk")]
    [InlineData("logpoint")]
    [InlineData("powershell")]
    public void A_rule_for_all_of_Windows_searches_more_than_the_logs_of_Windows(string target)
    {
        folder.With("windows.yml", Text("{product: windows}"));

        Sigmac.Run(folder, "convert", "-t", target, "windows.yml").Error.Should().Contain("SIG0435").And.Contain("'windows'");
    }

    [Fact]
    public void Where_no_pipeline_knows_log_sources_nothing_is_said()
    {
        folder.With("own.yml", "allowed_backends: [splunk]\ntransformations: []\n");

        Convert("own.yml", "rule-other.yml").Error.Should().BeEmpty();
        Sigmac.Run(folder, "convert", "-t", "grep,graylog", "--unmapped", "error", "rule-other.yml").ExitCode.Should().Be(0);
    }

    [Fact]
    public void The_hint_names_the_built_in_pipeline_that_knows_the_log()
    {
        folder.With("category.yml", Text("{product: windows, category: sysmon_status}")).With("service.yml", Text("{product: windows, service: vhdmp}"));

        Sigmac.Run(folder, "convert", "-t", "es-qs", "-p", "ecs_windows", "category.yml").Error.Should().Contain("'windows/sysmon_status'").And.Contain("'-p sysmon' maps it");
        Sigmac.Run(folder, "convert", "-t", "grep", "service.yml").Error.Should().BeEmpty();
        Sigmac.Run(folder, "convert", "-t", "es-qs", "-p", "ecs_kubernetes", "service.yml").Error.Should().Contain("'-p ecs_windows' maps it");
    }

    [SharedTheory]
    [InlineData("splunk", "source=\"")]
    [InlineData("logpoint", "channel", "event_source=")]
    [InlineData("powershell", "Get-WinEvent -LogName ")]
    [Trait(Tier.Name, Tier.Slow)]
    public void Every_public_rule_of_a_windows_log_names_it_or_is_warned_of(string target, params string[] names)
    {
        CompilerTarget plain = Backends.Repository.Target(target);
        var compiler = new Compiler([new CompilerTarget(plain.Backend, plain.Format, plain.Pipelines, new PipelineSettings { Unmapped = UnmappedNames.WarnWhereMapIsComplete })]);
        string[] files = Directory.GetFiles(Path.Combine(SharedFolder.Path!, "corpus", "sigmahq", "rules", "windows", "builtin"), "*.yml", SearchOption.AllDirectories);

        files.Should().HaveCountGreaterThan(300);
        foreach (string file in files)
        {
            SourceText source = SourceText.Decode(file, File.ReadAllBytes(file), out _);
            foreach (Conversion conversion in compiler.Convert(source).Where(conversion => conversion.Status is ConversionStatus.Converted))
            {
                bool named = Array.Exists(names, name => conversion.Query!.Contains(name, StringComparison.Ordinal));
                bool warned = conversion.Diagnostics.Any(finding => finding.Code == Codes.LogSourceNotMapped);

                named.Should().Be(!warned, file);
            }
        }
    }

    private static string Text(string logSource) => $"title: T\nlogsource: {logSource}\ndetection: {{s: {{f: x}}, condition: s}}\n";

    private ProgramRun Convert(string pipeline, params string[] arguments) =>
        Sigmac.Run(folder, ["convert", "-t", "splunk", "-p", pipeline, .. arguments]);
}
