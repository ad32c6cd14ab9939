namespace Sigma.Tests.CommandLine;

/// <summary>No output of any command takes the place of a file that the run reads, or of what is no regular file.</summary>
public sealed class OutputBoundsTests : IDisposable
{
    private const string Cases = "tests:\n  - {event: {f: a}, matches: 1}\n";
    private const string Pipeline = "name: p\npriority: 1\ntransformations: []\n";
    private const string Filter = "title: F\nlogsource: {category: test}\nfilter: {rules: any, x: {g: b}, condition: not x}\n";

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", Rule.For("a")).With("rules/a.tests.yml", Cases).With("p.yml", Pipeline).With("filter.yml", Filter);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("rules/a.yml", "coverage", "rules", "-o")]
    [InlineData("rules/a.yml", "coverage", "rules", "-f", "json", "-o")]
    [InlineData("filter.yml", "coverage", "rules", "--filter-file", "filter.yml", "-o")]
    [InlineData("rules/a.yml", "test", "rules", "--junit")]
    [InlineData("rules/a.tests.yml", "test", "rules", "--junit")]
    [InlineData("p.yml", "test", "rules", "-p", "p.yml", "--junit")]
    [InlineData("rules/a.yml", "convert", "-t", "splunk", "rules", "--objects")]
    [InlineData("p.yml", "convert", "-t", "splunk", "-p", "p.yml", "rules", "--output-file")]
    [InlineData("p.yml", "convert", "-t", "splunk", "-p", "p.yml", "rules", "--objects")]
    [InlineData("filter.yml", "convert", "-t", "splunk", "--filter-file", "filter.yml", "rules", "--output-file")]
    public void A_file_that_is_read_stays_and_nothing_is_done(string file, params string[] arguments)
    {
        string before = folder.Read(file);

        ProgramRun run = Sigmac.Run(folder, [.. arguments, file]);

        folder.Read(file).Should().Be(before);
        run.Should().Be(new ProgramRun(2, "", $"sigmac: error SIG0707: cannot write '{file}': it is one of the files that are read\n"));
    }

    [Theory]
    [InlineData("linked/a.yml", "convert", "-t", "splunk", "rules", "--output-file")]
    [InlineData("linked/a.yml", "coverage", "rules", "-o")]
    [InlineData("rules/a.yml", "convert", "-t", "splunk", "linked", "--output-file")]
    [InlineData("rules/a.yml", "convert", "-t", "splunk", "link.yml", "--output-file")]
    [InlineData("rules/../linked/a.yml", "test", "rules", "--junit")]
    public void Whatever_links_it_is_named_by(string file, params string[] arguments)
    {
        Directory.CreateSymbolicLink(folder["linked"], "rules");
        File.CreateSymbolicLink(folder["link.yml"], "rules/a.yml");

        ProgramRun run = Sigmac.Run(folder, [.. arguments, file]);

        folder.Read("rules/a.yml").Should().Be(Rule.For("a"));
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain($"cannot write '{file}': it is one of the files that are read");
    }

    [Fact]
    public void A_tree_does_not_grow_over_its_rules()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-o", ".", "--output-template", "{{ path }}", "rules");

        folder.Read("rules/a.yml").Should().Be(Rule.For("a"));
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules/a.yml: error SIG0707: cannot write './rules/a.yml': it is one of the files that are read");
    }

    [Fact]
    public void Cases_of_a_target_do_not_replace_its_definition()
    {
        Sigmac.Run(folder, "backend", "new", "mine").ExitCode.Should().Be(0);
        string before = folder.Read("mine/backend.yml");

        ProgramRun run = Sigmac.Run(folder, "backend", "check", "mine", "--cases", "mine/backend.yml");

        folder.Read("mine/backend.yml").Should().Be(before);
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("cannot write 'mine/backend.yml': it is one of the files that are read");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [BashTheory]
    [InlineData("coverage", "rules", "-o")]
    [InlineData("test", "rules", "--junit")]
    [InlineData("convert", "-t", "splunk", "rules", "--objects")]
    public void What_is_no_regular_file_stays_what_it_is(params string[] arguments)
    {
        Sigmac.Shell(folder, "mkfifo pipe").ExitCode.Should().Be(0);

        ProgramRun run = Sigmac.Run(folder, [.. arguments, "pipe"]);

        Sigmac.Shell(folder, "test -p pipe").ExitCode.Should().Be(0, "it is a pipe still");
        run.Should().Be(new ProgramRun(2, "", "sigmac: error SIG0707: cannot write 'pipe': it is not a regular file\n"));
    }

    [Theory]
    [InlineData("coverage", "rules", "-o")]
    [InlineData("test", "rules", "--junit")]
    [InlineData("check", "rules", "--write-baseline", "--baseline")]
    [InlineData("convert", "-t", "splunk", "rules", "--objects")]
    public void A_folder_is_no_file(params string[] arguments)
    {
        foreach (string name in (string[])["rules", "new/"])
        {
            Sigmac.Run(folder, [.. arguments, name]).Should().Be(new ProgramRun(2, "", $"sigmac: error SIG0707: cannot write '{name}': it is a folder, not a file\n"));
        }

        Sigmac.Run(folder, [.. arguments, ""]).Should().Be(new ProgramRun(2, "", "sigmac: error SIG0707: cannot write '': the file has no name\n"));
    }
}
