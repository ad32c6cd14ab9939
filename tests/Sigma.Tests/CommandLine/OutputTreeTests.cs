namespace Sigma.Tests.CommandLine;

/// <summary><c>-o</c>: a file a rule and target, in a tree like that of the rules, each whole or not there.</summary>
public sealed class OutputTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", Rule.For("a", "id: 01234567-89ab-4def-8123-456789abcdef\nlevel: high\ntags: [attack.t1059]"))
        .With("rules/deep/two.yml", $"{Rule.For("b")}---\n{Rule.For("c")}");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("out")]
    [InlineData("out/")]
    [InlineData("./new/../out/")]
    public void The_tree_is_that_of_the_rules(string output)
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk,grep", "-o", output, "rules/");

        run.ExitCode.Should().Be(0);
        run.Output.Should().BeEmpty();
        run.Error.Should().Be("sigmac: 3 rules, 3 converted, 0 failed\n");
        folder.Files("out").Should().Equal(
            "a.grep.sh", "a.splunk.txt", "deep/two-1.grep.sh", "deep/two-1.splunk.txt", "deep/two.grep.sh", "deep/two.splunk.txt");
        folder.Read("out/a.splunk.txt").Should().Be("f=\"a\"\n");
        folder.Read("out/deep/two-1.splunk.txt").Should().Be("f=\"c\"\n");
    }

    [Fact]
    public void A_failed_rule_has_no_file_and_with_json_a_record()
    {
        folder.With("rules/broken.yml", Rule.Broken);

        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "rules").ExitCode.Should().Be(1);
        Sigmac.Run(folder, "convert", "-t", "splunk", "--json", "-o", "records", "rules").ExitCode.Should().Be(1);

        folder.Files("out").Should().Equal("a.splunk.txt", "deep/two-1.splunk.txt", "deep/two.splunk.txt");
        folder.Files("records").Should().Equal(
            "a.splunk.json", "broken.splunk.json", "deep/two-1.splunk.json", "deep/two.splunk.json");
        folder.Read("records/broken.splunk.json").Should().Contain("\"status\":\"failed\"");
    }

    [Fact]
    public void A_template_names_the_files_by_anything_known_of_the_rule()
    {
        ProgramRun run = Sigmac.Run(
            folder, "convert", "-t", "splunk", "-o", "out", "rules/a.yml", "--output-template",
            "{{ target }}/{{ format }}/{{ rule.level }}-{{ rule.tags[0] }}-{{ rule.id | string.slice 0 8 }}-{{ index }}-{{ name }}{{ extension }}");

        run.Error.Should().BeEmpty();
        folder.Files("out").Should().Equal("splunk/default/high-attack.t1059-01234567-0-a.txt");
    }

    [Theory]
    [InlineData("{{ rule.idd }}", 1, "SIG0711: invalid output template: ", "idd")]
    [InlineData("{{ nowhere }}", 1, "SIG0711: invalid output template: ", "nowhere")]
    [InlineData("{{ if }}", 2, "SIG0711: invalid output template: ", "if")]
    [InlineData("{{ if false }}x{{ end }}", 1, "SIG0711: invalid output template: ", "not a valid file name")]
    [InlineData("deep/", 1, "SIG0711: invalid output template: ", "not a valid file name")]
    [InlineData("../{{ name }}", 1, "SIG0710: the output template leads out of", "../a")]
    [InlineData("/elsewhere/{{ name }}", 1, "SIG0710: the output template leads out of", "/elsewhere/a")]
    [InlineData("x/..", 1, "SIG0710: the output template leads out of", "x/..")]
    [InlineData("{{ \"a\\0b\" }}", 1, "SIG0707", "cannot write")]
    public void A_template_that_names_no_file_below_the_folder_is_refused(string template, int exitCode, string message, string about)
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "--output-template", template, "rules/a.yml");

        run.ExitCode.Should().Be(exitCode);
        run.Error.Should().Contain(message).And.Contain(about);
        Directory.GetFiles(folder.Path).Should().BeEmpty();
        if (Directory.Exists(folder["out"]))
        {
            folder.Files("out").Should().BeEmpty();
        }
    }

    [Fact]
    public void Two_rules_of_one_name_are_reported_and_the_first_is_kept()
    {
        folder.With("other/a.yml", Rule.For("other"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "rules", "other");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules/a.yml: error SIG0709: two rules would be written to 'a.splunk.txt'").And.Contain("{{ rule.id }}");
        folder.Read("out/a.splunk.txt").Should().Be("f=\"other\"\n");
    }

    [Theory]
    [InlineData("file", "error SIG0707: cannot write 'file': it is a file, not a folder")]
    [InlineData("file/out", "error SIG0707: cannot write 'file/out': a folder of its path does not exist, or is a file")]
    [InlineData("", "error SIG0707: cannot write '': the folder has no name")]
    [InlineData("/dev/full", "error SIG0707: cannot write '/dev/full': it is a file, not a folder")]
    public void An_output_that_can_be_no_folder_is_wrong_use(string output, string message)
    {
        folder.With("file", "");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-o", output, "rules");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(message);
    }

    [Fact]
    public void A_file_that_cannot_be_written_fails_its_rule_only_and_leaves_nothing_half_done()
    {
        folder.With("out/deep", "a file where a folder is needed").With("out/a.splunk.txt/x", "a folder where a file is needed");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk,grep", "-o", "out", "rules");

        run.ExitCode.Should().Be(1);
        run.Error.Should().MatchRegex(@"rules/a\.yml: error SIG0707: cannot write 'out/a\.splunk\.txt': .")
            .And.MatchRegex(@"rules/deep/two\.yml: error SIG0707: cannot write 'out/deep/two\.splunk\.txt': .")
            .And.NotContain(".part").And.NotContain(folder.Path);
        folder.Files("out").Should().Equal("a.grep.sh", "a.splunk.txt/x", "deep");
    }

    [Fact]
    public void A_file_from_before_is_replaced()
    {
        folder.With("out/a.splunk.txt", new string('x', 1000));

        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "rules/a.yml").ExitCode.Should().Be(0);

        folder.Read("out/a.splunk.txt").Should().Be("f=\"a\"\n");
        folder.Files("out").Should().Equal("a.splunk.txt");
    }

    [Fact]
    public void Standard_input_is_named_stdin()
    {
        Sigmac.Run(folder, System.Text.Encoding.UTF8.GetBytes(Rule.For("a")), ["convert", "-t", "splunk", "-o", "out", "-"]).ExitCode.Should().Be(0);

        folder.Files("out").Should().Equal("stdin.splunk.txt");
    }
}
