namespace Sigma.Tests.CommandLine;

/// <summary><c>-o</c>: one file per rule and target, in a tree like that of the rules, each whole or not there.</summary>
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
            "rules/a.grep.sh", "rules/a.splunk.txt", "rules/deep/two-1.grep.sh", "rules/deep/two-1.splunk.txt", "rules/deep/two.grep.sh", "rules/deep/two.splunk.txt");
        folder.Read("out/rules/a.splunk.txt").Should().Be("f=\"a\"\n");
        folder.Read("out/rules/deep/two-1.splunk.txt").Should().Be("f=\"c\"\n");
    }

    [Theory]
    [InlineData("rules")]
    [InlineData("./rules/")]
    [InlineData(".")]
    [InlineData("rules/deep", "rules/a.yml")]
    [InlineData("rules/a.yml", "rules/deep/two.yml")]
    [InlineData("rules/deep/../a.yml", "./rules/deep/two.yml")]
    [InlineData("|/rules/a.yml", "|/rules/deep")]
    public void A_file_has_one_place_in_the_tree_however_it_is_named(params string[] given)
    {
        string[] inputs = [.. given.Select(path => path.Replace("|", folder.Path, StringComparison.Ordinal))];

        Sigmac.Run(folder, ["convert", "-t", "splunk", "-o", "out", .. inputs]).ExitCode.Should().Be(0);

        folder.Files("out").Should().Equal("rules/a.splunk.txt", "rules/deep/two-1.splunk.txt", "rules/deep/two.splunk.txt");
    }

    [Theory]
    [InlineData("rules")]
    [InlineData("rules/a.yml", "rules/deep")]
    public void The_root_is_left_out_of_the_names(params string[] given)
    {
        Sigmac.Run(folder, ["convert", "-t", "splunk", "-o", "out", "--root", "rules", .. given]).ExitCode.Should().Be(0);

        folder.Files("out").Should().Equal("a.splunk.txt", "deep/two-1.splunk.txt", "deep/two.splunk.txt");
    }

    [Theory]
    [InlineData("rule", "error SIG0701: no such file or folder: 'rule'")]
    [InlineData("rules/a.yml", "error SIG0706: the option '--root' must be a folder, not 'rules/a.yml'")]
    public void A_root_that_is_no_folder_names_nothing(string root, string message)
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "--root", root, "rules");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Be($"sigmac: {message}\n");
    }

    [Fact]
    public void What_is_above_the_root_stays_in_the_output_folder()
    {
        Directory.CreateDirectory(folder["work/here"]);

        ProgramRun run = Sigmac.RunBelow(folder, "work/here", "convert", "-t", "splunk", "-o", "out", "../../rules/a.yml");

        run.Should().Be(new ProgramRun(0, "", ""));
        folder.Files("work/here/out").Should().Equal("rules/a.splunk.txt");
    }

    [Fact]
    public void Two_files_above_the_root_that_get_one_name_are_reported()
    {
        folder.With("work/rules/a.yml", Rule.For("other"));
        Directory.CreateDirectory(folder["work/here"]);

        ProgramRun run = Sigmac.RunBelow(folder, "work/here", "convert", "-t", "splunk", "-o", "out", "../rules/a.yml", "../../rules/a.yml");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("SIG0709: two rules would be written to 'rules/a.splunk.txt'");
        folder.Files("work/here/out").Should().Equal("rules/a.splunk.txt");
    }

    [Theory]
    [InlineData("saved.conf", "sigmac: 'saved.conf' is a folder now, with one file per rule and target; for one file with all queries, use --output-file\n")]
    [InlineData("v1.2", "")]
    [InlineData("out", "")]
    public void A_folder_with_the_name_of_a_file_is_mentioned(string output, string note)
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", output, "rules/a.yml").Should().Be(new ProgramRun(0, "", note));
        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", output, "rules/a.yml").Error.Should().BeEmpty("it is known to be a folder now");
    }

    [Fact]
    public void A_failed_rule_has_no_file_and_with_json_a_record()
    {
        folder.With("rules/broken.yml", Rule.Broken);

        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "rules").ExitCode.Should().Be(1);
        Sigmac.Run(folder, "convert", "-t", "splunk", "--json", "-o", "records", "rules").ExitCode.Should().Be(1);

        folder.Files("out").Should().Equal("rules/a.splunk.txt", "rules/deep/two-1.splunk.txt", "rules/deep/two.splunk.txt");
        folder.Files("records").Should().Equal(
            "rules/a.splunk.json", "rules/broken.splunk.json", "rules/deep/two-1.splunk.json", "rules/deep/two.splunk.json");
        folder.Read("records/rules/broken.splunk.json").Should().Contain("\"status\":\"failed\"");
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

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "--output-template", "{{ name }}.{{ target }}{{ extension }}", "rules", "other");

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
        folder.With("out/rules/deep", "a file where a folder is needed").With("out/rules/a.splunk.txt/x", "a folder where a file is needed");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk,grep", "-o", "out", "rules");

        run.ExitCode.Should().Be(1);
        run.Error.Should().MatchRegex(@"rules/a\.yml: error SIG0707: cannot write 'out/rules/a\.splunk\.txt': .")
            .And.MatchRegex(@"rules/deep/two\.yml: error SIG0707: cannot write 'out/rules/deep/two\.splunk\.txt': .")
            .And.NotContain(".part").And.NotContain(folder.Path);
        folder.Files("out").Should().Equal("rules/a.grep.sh", "rules/a.splunk.txt/x", "rules/deep");
    }

    [Fact]
    public void A_file_from_before_is_replaced()
    {
        folder.With("out/rules/a.splunk.txt", new string('x', 1000));

        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "rules/a.yml").ExitCode.Should().Be(0);

        folder.Read("out/rules/a.splunk.txt").Should().Be("f=\"a\"\n");
        folder.Files("out").Should().Equal("rules/a.splunk.txt");
    }

    [Fact]
    public void Standard_input_is_named_stdin()
    {
        Sigmac.Run(folder, System.Text.Encoding.UTF8.GetBytes(Rule.For("a")), ["convert", "-t", "splunk", "-o", "out", "-"]).ExitCode.Should().Be(0);

        folder.Files("out").Should().Equal("stdin.splunk.txt");
    }
}
