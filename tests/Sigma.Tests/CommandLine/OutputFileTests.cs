namespace Sigma.Tests.CommandLine;

/// <summary><c>--output-file</c>: one file for all queries, which is whole or not there.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().With("rules/a.yml", Rule.For("a")).With("rules/b.yml", Rule.For("b"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_queries_go_into_one_file()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", "out/deep/queries.txt", "rules");

        run.Should().Be(new ProgramRun(0, "", "sigmac: 2 rules, 2 converted, 0 failed\n"));
        folder.Files("out").Should().Equal("deep/queries.txt");
        folder.Read("out/deep/queries.txt").Should().Be("f=\"a\"\nf=\"b\"\n");
    }

    [Fact]
    public void Records_and_finalized_texts_go_there_too()
    {
        folder.With("p.yml", "name: p\ntransformations: []\nfinalizers:\n  - type: concat\n    separator: ' | '\n");

        Sigmac.Run(folder, "convert", "-t", "splunk", "--json", "--output-file", "records", "rules").Output.Should().BeEmpty();
        Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "p.yml", "--output-file", "one", "rules").Output.Should().BeEmpty();

        File.ReadAllLines(folder["records"]).Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("{\"path\":\"rules/"));
        folder.Read("one").Should().Be("f=\"a\" | f=\"b\"\n");
    }

    [Fact]
    public void A_file_from_before_is_replaced_and_broken_rules_are_left_out()
    {
        folder.With("rules/broken.yml", Rule.Broken).With("queries", new string('x', 1000));

        Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", "queries", "rules").ExitCode.Should().Be(1);

        folder.Read("queries").Should().Be("f=\"a\"\nf=\"b\"\n");
    }

    [Theory]
    [InlineData("-t", "splnk", "rules")]
    [InlineData("-t", "splunk", "--filter", "level=high", "rules")]
    [InlineData("-t", "splunk", "nowhere")]
    public void A_run_that_converts_nothing_leaves_it_as_it_was(params string[] arguments)
    {
        folder.With("queries", "before");

        Sigmac.Run(folder, ["convert", "--output-file", "queries", .. arguments]).ExitCode.Should().Be(2);

        folder.Read("queries").Should().Be("before");
        Directory.GetFiles(folder.Path).Should().ContainSingle("nothing half done is left");
    }

    [Theory]
    [InlineData("/proc/self/fd/1")]
    [InlineData("/dev/stdout")]
    [InlineData("deep/stream")]
    public void A_link_to_a_stream_is_refused_and_stays(string target)
    {
        folder.With("deep/file", "");
        File.CreateSymbolicLink(folder["deep/stream"], "/proc/self/fd/1");
        File.CreateSymbolicLink(folder["link"], target);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", "link", "rules");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("cannot write 'link': it is not a regular file");
        new FileInfo(folder["link"]).LinkTarget.Should().Be(target);
    }

    [Theory]
    [InlineData("rules/a.yml")]
    [InlineData("rules/../rules/a.yml")]
    public void A_rule_that_is_read_is_not_replaced(string file)
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", file, "rules");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain($"cannot write '{file}': it is one of the files that are read");
        folder.Read("rules/a.yml").Should().Be(Rule.For("a"));
    }

    [Fact]
    public void A_run_without_a_query_leaves_it_as_it_was_too()
    {
        folder.With("queries", "before").With("broken/c.yml", Rule.Broken);

        Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", "queries", "broken").ExitCode.Should().Be(1);

        folder.Read("queries").Should().Be("before");
    }

    [Theory]
    [InlineData("rules", "cannot write 'rules': it is a folder, not a file")]
    [InlineData("new/", "cannot write 'new/': it is a folder, not a file")]
    [InlineData("", "cannot write '': the file has no name")]
    [InlineData("/dev/full", "cannot write '/dev/full': it is not a regular file")]
    [InlineData("rules/a.yml/x", "cannot write 'rules/a.yml/x': ")]
    public void What_can_be_no_file_is_wrong_use(string file, string message)
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", file, "rules");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("error SIG0707: " + message);
        File.Exists("/dev/full").Should().Be(OperatingSystem.IsLinux());
    }

    [Fact]
    public void A_link_is_replaced_and_what_it_leads_to_stays()
    {
        folder.With("precious", "precious");
        File.CreateSymbolicLink(folder["queries"], "precious");

        Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", "queries", "rules").ExitCode.Should().Be(0);

        folder.Read("precious").Should().Be("precious");
        folder.Read("queries").Should().StartWith("f=");
    }

    /// <summary>The run waits for its rules, with the file begun, when it is ended.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [BashFact]
    public void A_run_that_is_ended_leaves_nothing_half_done()
    {
        folder.With("queries", "before");

        ProgramRun run = Sigmac.Shell(
            folder,
            $"""
            mkfifo in
            (exec {Sigmac.ShellWords} convert -t splunk - --output-file queries < in) &
            exec 3> in
            until ls queries.*.part > /dev/null 2>&1; do sleep 0.1; kill -0 $! || exit 9; done
            kill -TERM $!
            wait $!
            """);

        run.ExitCode.Should().Be(128 + 15, run.Error);
        Directory.GetFiles(folder.Path, "queries*").Select(Path.GetFileName).Should().Equal("queries");
        folder.Read("queries").Should().Be("before");
    }

    [Fact]
    public void It_cannot_be_used_with_a_folder()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--output-file", "x", "-o", "y", "rules");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("they cannot be used together");
    }
}
