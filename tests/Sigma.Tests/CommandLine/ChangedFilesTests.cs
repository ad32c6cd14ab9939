using System.Diagnostics;

namespace Sigma.Tests.CommandLine;

/// <summary>Lists of changed files: files without a rule are passed over, and <c>--since</c> asks git for the list.</summary>
public sealed class ChangedFilesTests : IDisposable
{
    private static readonly (string, string)[] Path = [("PATH", Environment.GetEnvironmentVariable("PATH") ?? "")];

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/a.yml", Rule.For("a"))
        .With("rules/b.yml", Rule.For("b"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_without_a_key_of_a_rule_are_passed_over_with_a_note()
    {
        folder.With("README.md", $"# Rules: how to\n\n```yaml\n{Rule.For("x")}```\n").With("rules/a.tests.yml", "rule: a.yml\ntests: []\n")
            .With(".sigmac.yml", "filter: level!=low\n").With("logo.png", [0x89, 0x50, 0xFF, 0x00]).With("notes.yml", "todo: [\n").With("empty.yml", "");

        ProgramRun run = Sigmac.Run(folder, "convert", "--no-config", "-t", "splunk", "README.md", "rules/a.tests.yml", "rules/a.yml", ".sigmac.yml", "logo.png", "notes.yml", "empty.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("f=\"a\"\n");
        run.Error.Should().Be("sigmac: passed over 6 files without a key of a rule: .sigmac.yml, README.md, empty.yml, logo.png, notes.yml and 1 more\n");
    }

    [Theory]
    [InlineData("title: x\ndetecion:\n    s: {f: a}\n    condition: s\n", "SIG0202")]
    [InlineData("title: x\nlogsorce: {product: windows}\n", "SIG0202")]
    [InlineData("title: x: y\nlogsource: {product: windows}\ndetection: {s: {f: a}, condition: s}\n", "SIG0104")]
    [InlineData("title: [x\n  detecton:\n    s: {f: a}\n", "SIG0106")]
    [InlineData("title: x\nfilter: 1\n", "SIG0203")]
    [InlineData("title: x\ncorelation: {type: event_count}\n", "SIG0202")]
    [InlineData("{title: x, detection: {s: {f: a}, condition: s}}\n", "SIG0202")]
    [InlineData("action: golbal\n", "SIG0205")]
    public void A_broken_rule_is_reported(string text, string code)
    {
        folder.With("x.yml", text);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "x.yml", "rules/a.yml");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain($"error {code}: ").And.NotContain("passed over");
    }

    [Fact]
    public void A_file_of_a_folder_is_never_passed_over()
    {
        folder.With("rules/c.yml", "todo: x\n");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules/c.yml:1:1: error SIG0202");
    }

    [Fact]
    public void A_file_that_does_not_exist_or_cannot_be_read_is_an_error()
    {
        File.CreateSymbolicLink(folder["gone.md"], "nowhere.md");

        Sigmac.Run(folder, "convert", "-t", "splunk", "README.md", "rules/a.yml").ExitCode.Should().Be(2);
        folder.With("x.yml", [0xFF, 0xFE, 0x00]);
        Sigmac.Run(folder, "convert", "-t", "splunk", "x.yml", "rules/a.yml").Error.Should().Contain("x.yml:1:1: error SIG0103");
    }

    [Theory]
    [InlineData]
    [InlineData("-q")]
    public void Nothing_left_to_convert_is_a_failure_that_is_said(params string[] options)
    {
        folder.With("README.md", "# Rules\n");

        ProgramRun run = Sigmac.Run(folder, ["convert", "-t", "splunk", "README.md", .. options]);

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("sigmac: error SIG0731: nothing to do: none of the files has a key of a rule (1 passed over)\n");
    }

    [Fact]
    public void A_rule_of_another_name_and_one_on_standard_input_are_rules()
    {
        folder.With("rule.sigma", Rule.For("x"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "rule.sigma").Output.Should().Be("f=\"x\"\n");
        Sigmac.Run(folder, "todo: x\n"u8.ToArray(), ["convert", "-t", "splunk", "-"]).Error.Should().Contain("-:1:1: error SIG0202");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Since_takes_what_changed_what_is_new_and_what_is_not_tracked_and_leaves_out_what_is_gone()
    {
        folder.With("rules/gone.yml", Rule.For("gone")).With("rules/same.yml", Rule.For("same"));
        Commit("first");
        folder.With("rules/é\"1.yml", Rule.For("committed")).With("rules/b.yml", Rule.For("changed"));
        File.Delete(folder["rules/gone.yml"]);
        Commit("second");
        folder.With("rules/a.yml", Rule.For("edited")).With("rules/new.yml", Rule.For("new")).With("rules/ignored.yml", Rule.For("ignored"))
            .With(".gitignore", "ignored.yml\n").With("elsewhere.yml", Rule.For("elsewhere"));

        Since("HEAD~1", "rules").Lines.Should().Equal("f=\"edited\"", "f=\"changed\"", "f=\"new\"", "f=\"committed\"");
        Since("HEAD", "rules").Lines.Should().Equal("f=\"edited\"", "f=\"new\"");
        Since("HEAD", "rules/new.yml", "rules/same.yml", "rules/a.yml").Lines.Should().Equal("f=\"edited\"", "f=\"new\"");
        Since("HEAD").Lines.Should().Equal("f=\"elsewhere\"", "f=\"edited\"", "f=\"new\"");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Since_runs_no_program_that_the_repository_names()
    {
        folder.With(".gitattributes", "*.yml filter=x diff=x\n");
        Commit("first");
        foreach (string key in (string[])["filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.x.command", "diff.x.textconv", "diff.external", "core.fsmonitor", "core.pager"])
        {
            Git("config", key, "touch ran; cat");
        }

        Git("config", "filter.x.required", "true");
        folder.With("rules/a.yml", Rule.For("edited"));
        File.SetLastWriteTimeUtc(folder["rules/b.yml"], DateTime.UtcNow.AddMinutes(1));

        Since("HEAD", "rules").Output.Should().Contain("f=\"edited\"");
        File.Exists(folder["ran"]).Should().BeFalse();
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Since_another_branch_leaves_out_what_changed_there()
    {
        Commit("first");
        Git("branch", "mine");
        folder.With("rules/a.yml", Rule.For("theirs"));
        Commit("theirs");
        Git("branch", "theirs");
        Git("checkout", "-q", "mine");
        folder.With("rules/b.yml", Rule.For("mine"));

        Since("theirs", "rules").Lines.Should().Equal("f=\"mine\"");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_changed_correlation_counts_rules_that_have_not_changed()
    {
        folder.With("rules/a.yml", Rule.For("a", "name: counted"));
        Commit("first");
        folder.With("rules/many.yml", "title: Many\ncorrelation: {type: event_count, rules: [counted], group-by: [User], timespan: 5m, condition: {gte: 3}}\n");

        ProgramRun run = Since("HEAD", "rules");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().ContainSingle().Which.Should().Contain("f=\"a\"");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Other_files_that_changed_are_passed_over()
    {
        Commit("first");
        folder.With("deploy/compose.yml", "services: {}\n").With("rules/new.yml", Rule.For("new")).With("rules/broken.yml", Rule.Broken);

        ProgramRun run = Since("HEAD");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("f=\"new\"\n");
        run.Error.Should().StartWith("sigmac: passed over 1 file without a key of a rule: ./deploy/compose.yml\n").And.Contain("rules/broken.yml:4:11: error SIG0212");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Nothing_changed_is_fine()
    {
        Commit("first");

        Since("HEAD", "rules").Should().Be(new ProgramRun(0, "", "sigmac: no rule has changed since HEAD\n"));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("nowhere", "git does not know it")]
    [InlineData("--output=x", "this is not the name of a branch, tag or commit")]
    [InlineData("-p", "this is not the name of a branch, tag or commit")]
    [InlineData("HEAD; touch x", "git does not know it")]
    [InlineData("$(touch x)", "git does not know it")]
    public void A_reference_that_is_none_is_wrong_use(string reference, string reason)
    {
        Commit("first");

        ProgramRun run = Since(reference, "rules");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain($"error SIG0732: cannot tell what changed since '{reference}': {reason}");
        run.Error.Contains("fetch the whole history", StringComparison.Ordinal).Should().Be(reference[0] != '-', "only what git was asked for may be missing from a short history");
        folder.Files(".").Where(file => !file.Contains(".git")).Should().Equal("rules/a.yml", "rules/b.yml");
    }

    [Fact]
    public void Outside_a_repository_or_without_git_it_is_said()
    {
        Since("HEAD", "rules").Error.Should().Contain("SIG0732: cannot tell what changed since 'HEAD': 'rules' is not in a git repository");
        Sigmac.RunWith(folder, [("PATH", "")], "convert", "-t", "splunk", "--since", "HEAD", "rules").Error.Should().Contain("the program 'git' is not on this machine");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_program_called_git_among_the_rules_is_not_started()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Commit("first");
        folder.With("git", "#!/bin/sh\ntouch started\n");
        File.SetUnixFileMode(folder["git"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        ProgramRun run = Sigmac.RunWith(folder, [("PATH", ".::" + Path[0].Item2)], "convert", "-t", "splunk", "--since", "HEAD", "rules");

        run.ExitCode.Should().Be(0);
        File.Exists(folder["started"]).Should().BeFalse();
    }

    [Fact]
    public void Rules_must_be_given_unless_git_knows_them()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("argument 'rules' missing");
    }

    private ProgramRun Since(string reference, params string[] inputs) => Sigmac.RunWith(folder, Path, ["convert", "-t", "splunk", $"--since={reference}", .. inputs]);

    private void Commit(string message)
    {
        if (!Directory.Exists(folder[".git"]))
        {
            Git("init", "-q");
        }

        Git("add", "-A");
        Git("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", message);
    }

    private void Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, error);
    }
}
