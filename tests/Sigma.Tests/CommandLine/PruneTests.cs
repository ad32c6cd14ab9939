using System.Security.Cryptography;

namespace Sigma.Tests.CommandLine;

/// <summary><c>--prune</c> removes what sigmac made and no longer makes, and nothing else.</summary>
public sealed class PruneTests : IDisposable
{
    private const string List = "out/.sigmac-files";

    private readonly TemporaryFolder folder = new TemporaryFolder().With("rules/a.yml", Rule.For("a")).With("rules/deep/b.yml", Rule.For("b"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_of_rules_that_are_gone_are_removed_with_their_empty_folders_and_it_is_said()
    {
        Prune().Error.Should().Be("sigmac: 2 rules, 2 converted, 0 failed\n");
        Directory.Delete(folder["rules/deep"], recursive: true);
        folder.With("out/README.md", "mine");

        ProgramRun run = Prune();

        run.ExitCode.Should().Be(0);
        run.Error.Should().Be("sigmac: removed out/rules/deep/b.splunk.txt\n");
        folder.Files("out").Should().Equal(".sigmac-files", "README.md", "rules/a.splunk.txt");
        Directory.Exists(folder["out/rules/deep"]).Should().BeFalse();
    }

    [Fact]
    public void The_list_is_one_that_sha256sum_checks()
    {
        Prune();

        string hash = Convert.ToHexStringLower(SHA256.HashData("f=\"a\"\n"u8));
        folder.Read(List).Should().StartWith($"{hash}  rules/a.splunk.txt\n");
    }

    [Fact]
    public void A_file_that_has_changed_since_is_kept_and_no_longer_listed()
    {
        Prune();
        folder.With("out/rules/deep/b.splunk.txt", "changed");
        File.Delete(folder["rules/deep/b.yml"]);

        ProgramRun run = Prune();

        run.Error.Should().Be("sigmac: kept out/rules/deep/b.splunk.txt, which is no longer made, but is not as sigmac wrote it\n");
        folder.Read("out/rules/deep/b.splunk.txt").Should().Be("changed");
        folder.Read(List).Should().NotContain("b.splunk.txt");
    }

    [Fact]
    public void Without_a_list_nothing_is_removed()
    {
        folder.With("out/rules/old.splunk.txt", "f=\"old\"\n");

        Prune().ExitCode.Should().Be(0);

        folder.Files("out").Should().Equal(".sigmac-files", "rules/a.splunk.txt", "rules/deep/b.splunk.txt", "rules/old.splunk.txt");
    }

    [Fact]
    public void A_run_without_the_option_makes_no_list_and_keeps_one_up_to_date()
    {
        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "rules");
        File.Exists(folder[List]).Should().BeFalse();
        Prune();
        folder.With("rules/c.yml", Rule.For("c"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "rules/c.yml").Error.Should().BeEmpty();
        File.Delete(folder["rules/c.yml"]);

        Prune().Error.Should().Contain("removed out/rules/c.splunk.txt");
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Prune();
        folder.With("elsewhere/b.splunk.txt", "f=\"b\"\n");
        Directory.Delete(folder["out/rules/deep"], recursive: true);
        Directory.CreateSymbolicLink(folder["out/rules/deep"], folder["elsewhere"]);
        File.Delete(folder["rules/deep/b.yml"]);

        ProgramRun run = Prune();

        run.Error.Should().Contain("kept out/rules/deep/b.splunk.txt");
        folder.Read("elsewhere/b.splunk.txt").Should().Be("f=\"b\"\n");
    }

    [Theory]
    [InlineData("../precious")]
    [InlineData("rules/../../precious")]
    [InlineData("/etc/hostname")]
    [InlineData("./x")]
    [InlineData("a//b")]
    [InlineData("-x")]
    [InlineData("a\u001bb")]
    public void A_list_with_a_name_that_sigmac_does_not_write_removes_nothing(string name)
    {
        Prune();
        folder.With("precious", "precious").With(List, folder.Read(List) + Convert.ToHexStringLower(SHA256.HashData("precious"u8)) + $"  {name}\n");
        File.Delete(folder["rules/deep/b.yml"]);

        ProgramRun run = Prune();

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("error SIG0733: cannot remove old files: '.sigmac-files' has a line that sigmac did not write");
        folder.Read("precious").Should().Be("precious");
        File.Exists(folder["out/rules/deep/b.splunk.txt"]).Should().BeTrue();
    }

    [Fact]
    public void A_list_that_is_a_link_is_not_read()
    {
        Prune();
        File.Move(folder[List], folder["list"]);
        File.CreateSymbolicLink(folder[List], folder["list"]);
        File.Delete(folder["rules/deep/b.yml"]);

        Prune().Error.Should().Contain("SIG0733: cannot remove old files: '.sigmac-files' is not a file that sigmac wrote");
        File.Exists(folder["out/rules/deep/b.splunk.txt"]).Should().BeTrue();
    }

    [Fact]
    public void While_a_rule_cannot_be_read_nothing_is_removed()
    {
        Prune();
        File.Delete(folder["rules/deep/b.yml"]);
        File.CreateSymbolicLink(folder["rules/c.yml"], "nowhere");

        ProgramRun run = Prune();

        run.Error.Should().Contain("nothing is removed, because some files could not be read");
        File.Exists(folder["out/rules/deep/b.splunk.txt"]).Should().BeTrue();
    }

    [Theory]
    [InlineData("the option '--prune' must be used with folders, not 'rules/a.yml'", "-o", "out", "rules/a.yml")]
    [InlineData("the option '--prune' must be used with folders, not '-'", "-o", "out", "-")]
    [InlineData("add --output", "rules")]
    [InlineData("--since leaves most rules out", "-o", "out", "--since", "HEAD", "rules")]
    public void It_wants_all_rules_and_a_folder(string message, params string[] arguments)
    {
        ProgramRun run = Sigmac.Run(folder, ["convert", "-t", "splunk", "--prune", .. arguments]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(message);
    }

    [Theory]
    [InlineData("markdown", "deep/b.md")]
    [InlineData("html", "rules/b.html")]
    public void Pages_of_rules_that_are_gone_are_removed(string format, string page)
    {
        string[] document = ["doc", "-t", "splunk", "-f", format, "-o", "site", "--prune", "rules"];
        Sigmac.Run(folder, document).ExitCode.Should().Be(0);
        File.Exists(folder[$"site/{page}"]).Should().BeTrue();
        Directory.Delete(folder["rules/deep"], recursive: true);
        folder.With("site/mine.html", "mine");

        ProgramRun run = Sigmac.Run(folder, document);

        run.Error.Should().Contain($"sigmac: removed site/{page}\n");
        File.Exists(folder[$"site/{page}"]).Should().BeFalse();
        folder.Files("site").Should().Contain([".sigmac-files", "mine.html"]);
    }

    [Fact]
    public void While_a_page_cannot_be_made_no_page_is_removed()
    {
        string[] document = ["doc", "-t", "splunk", "-f", "html", "-o", "site", "--prune", "rules"];
        Sigmac.Run(folder, document);
        Directory.Delete(folder["rules/deep"], recursive: true);
        folder.With("theme/rule.scriban", "{{ nope }}");

        ProgramRun run = Sigmac.Run(folder, [.. document, "--template", "theme"]);

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("sigmac: nothing is removed, because some pages could not be made\n");
        File.Exists(folder["site/rules/b.html"]).Should().BeTrue();
    }

    [Theory]
    [InlineData("the option '--prune' must be used with folders, not 'rules/a.yml'", "-o", "out", "rules/a.yml")]
    [InlineData("add --output", "rules/a.yml")]
    public void For_pages_too_it_wants_all_rules_and_a_folder(string message, params string[] arguments)
    {
        ProgramRun run = Sigmac.Run(folder, ["doc", "-t", "splunk", "--prune", .. arguments]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(message);
    }

    private ProgramRun Prune() => Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "--prune", "rules");
}
