namespace Sigma.Tests.CommandLine;

/// <summary><c>--filter-file</c>: filters that go over all rules of the run.</summary>
public sealed class FilterFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", RuleOf("a"))
        .With("rules/b.yml", RuleOf("b"))
        .With("filters/one.yml", FilterOf("[a]", "user: admin"))
        .With("filters/more/two.yml", FilterOf("any", "host: test"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CLI_takes_filters_of_files_and_folders_that_are_no_rules_themselves()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--filter-file", "filters", "rules");
        run.Lines.Should().BeEquivalentTo("((f=\"a\" NOT (host=\"test\")) NOT (user=\"admin\"))", "(f=\"b\" NOT (host=\"test\"))");
        run.Error.Should().Be("sigmac: 2 rules, 2 converted, 0 failed\n");
        Sigmac.Run(folder, "convert", "-t", "splunk", "--filter-file", "filters/one.yml", "rules/a.yml").Output
            .Should().Be("(f=\"a\" NOT (user=\"admin\"))\n");
    }

    [Fact]
    public void A_filter_that_is_also_among_the_rules_applies_once() =>
        Sigmac.Run(folder, "convert", "-t", "splunk", "--filter-file", "filters/one.yml", "--filter-file", "./filters/one.yml", "rules/a.yml", "filters/one.yml").Output
            .Should().Be("(f=\"a\" NOT (user=\"admin\"))\n");

    [Fact]
    public void What_the_filters_find_is_said()
    {
        folder.With("filters/one.yml", FilterOf("[a, gone]", "user: admin"));
        ProgramRun run = Sigmac.Run(folder, "convert", "-v", "-t", "splunk", "--filter-file", "filters/one.yml", "rules");
        run.Error.Should().Contain("filters/one.yml:4:16: warning SIG0237").And.Contain("SIG0239: the filter has no query of its own; it applies to 1 of the rules");
        run.ExitCode.Should().Be(0);
        Sigmac.Run(folder, "convert", "--strict", "-t", "splunk", "--filter-file", "filters/one.yml", "rules").ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("match -r rules -r filters events.ndjson")]
    [InlineData("match -r rules -r filters --level low events.ndjson")]
    [InlineData("fit -r rules -r filters events.ndjson")]
    [InlineData("sample rules filters")]
    [InlineData("coverage rules filters")]
    [InlineData("convert -t splunk --filter level>=low rules filters")]
    public void What_filters_among_the_rules_find_is_said_by_every_command(string command)
    {
        folder.With("filters/one.yml", FilterOf("[a, gone]", "user: admin")).With("events.ndjson", "{\"f\": \"a\"}\n");
        foreach (string rule in (string[])["a", "b"])
        {
            folder.With($"rules/{rule}.yml", RuleOf(rule) + "level: low\n");
        }

        Sigmac.Run(folder, command.Split(' ')).Error.Split("SIG0237").Should().HaveCount(2);
    }

    [Theory]
    [InlineData("convert -t splunk --filter level>=low rules broken.yml")]
    [InlineData("match -r rules -r broken.yml --level low events.ndjson")]
    [InlineData("sample --filter level>=low rules broken.yml")]
    [InlineData("match --explain -r rules/a.yml -r broken.yml events.ndjson")]
    [InlineData("match --explain -r rules/a.yml -r broken.yml --level low events.ndjson")]
    public void A_broken_filter_fails_the_run_also_where_rules_are_chosen_by_level(string command)
    {
        folder.With("broken.yml", FilterOf("any", "user|foo: admin")).With("events.ndjson", "{\"f\": \"a\"}\n").With("rules/a.yml", RuleOf("a") + "level: low\n");
        ProgramRun run = Sigmac.Run(folder, command.Split(' '));
        run.Error.Should().Contain("broken.yml:5:16: error SIG0212");
        run.ExitCode.Should().Be(1);
    }

    [Fact]
    public void A_document_that_is_no_filter_is_said_and_is_not_converted()
    {
        folder.With("filters/one.yml", FilterOf("[a]", "user: admin") + "---\n" + RuleOf("c"));
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--filter-file", "filters/one.yml", "rules/a.yml");
        run.Output.Should().Be("(f=\"a\" NOT (user=\"admin\"))\n");
        run.Error.Should().Contain("filters/one.yml:8:1: warning SIG0714");
    }

    [Theory]
    [InlineData("rules/b.yml", "SIG0713: no filter found in rules/b.yml")]
    [InlineData("rules/a.yml", "SIG0713: no filter found in rules/a.yml")]
    [InlineData("gone.yml", "SIG0701: no such file or folder: 'gone.yml'")]
    [InlineData("broken.yml", "broken.yml:3:1: error SIG0202")]
    public void Where_there_is_no_filter_nothing_is_converted(string file, string message)
    {
        folder.With("broken.yml", "title: F\nlogsource: {product: x}\nfilter:\n    rules: any\n    sel: {a: 1}\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--filter-file", file, "rules/a.yml");
        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(message);
    }

    private static string RuleOf(string name) => $"title: {name}\nname: {name}\nlogsource: {{product: x}}\ndetection:\n    sel: {{f: {name}}}\n    condition: sel\n";

    private static string FilterOf(string rules, string item) => $"title: F\nlogsource: {{product: x}}\nfilter:\n    rules: {rules}\n    sel: {{{item}}}\n    condition: not sel\n";
}
