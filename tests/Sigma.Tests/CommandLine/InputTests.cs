using System.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>Which files are read, under which names, in which order.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_dash_reads_standard_input()
    {
        ProgramRun run = Sigmac.Run(folder, Encoding.UTF8.GetBytes(Rule.For("é")), ["convert", "-t", "splunk", "--json", "-"]);

        run.ExitCode.Should().Be(0);
        run.Output.Should().StartWith("{\"path\":\"-\",").And.Contain("f=\\\"é\\\"");
    }

    [Fact]
    public void Nothing_on_standard_input_is_a_file_without_a_rule()
    {
        ProgramRun run = Sigmac.Run(folder, [], ["convert", "-t", "splunk", "-"]);

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith("-:1:1: error SIG0114: ");
    }

    [Fact]
    public void A_file_named_twice_is_converted_once()
    {
        folder.With("rules/a.yml", Rule.For("a")).With("b.yml", Rule.For("b"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "rules/a.yml", "rules", "./rules/a.yml", "b.yml").Output.Should().Be("f=\"b\"\nf=\"a\"\n");
    }

    [Theory]
    [InlineData("rules", "rules/deep/a.yml")]
    [InlineData("rules/", "rules/deep/a.yml")]
    [InlineData("./rules", "./rules/deep/a.yml")]
    [InlineData(".", "./rules/deep/a.yml")]
    [InlineData("rules/deep/a.yml", "rules/deep/a.yml")]
    public void A_path_is_shown_as_it_was_given_and_goes_on_below_that(string given, string shown)
    {
        folder.With("rules/deep/a.yml", Rule.For("a"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "--json", given).Output.Should().StartWith($"{{\"path\":\"{shown}\",");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_order_is_that_of_the_paths_however_many_files_are_converted_at_once()
    {
        string[] expected = [.. Enumerable.Range(100, 60).Select(number => $"f=\"{number}\"")];
        foreach (int number in Enumerable.Range(100, 60))
        {
            // The first files are the longest, so that the others are done before them.
            folder.With($"rules/{number % 7}/{number}.yml", Rule.For($"\"{number}\"") + new string('\n', (160 - number) * 1000));
        }

        string one = Sigmac.Run(folder, "convert", "-t", "splunk,grep", "--json", "-j", "1", "rules").Output;

        one.Should().MatchRegex("^\\{\"path\":\"rules/0/105.yml\"");
        one.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(2 * expected.Length);
        Sigmac.Run(folder, "convert", "-t", "splunk,grep", "--json", "-j", "2", "rules").Output.Should().Be(one);
        Sigmac.Run(folder, "convert", "-t", "splunk,grep", "--json", "-j", "8", "rules").Output.Should().Be(one);
        Sigmac.Run(folder, "convert", "-t", "splunk,grep", "--json", "-j", "2147483647", "rules").Output.Should().Be(one);
    }

    [Fact]
    public void Both_endings_are_rules_and_what_is_hidden_or_named_otherwise_is_not()
    {
        folder.With("rules/a.yml", Rule.For("a")).With("rules/b.yaml", Rule.For("b")).With("rules/c.YML", Rule.For("c"))
            .With("rules/d.txt", Rule.For("d")).With("rules/.e.yml", Rule.For("e")).With("rules/.git/f.yml", Rule.For("f"))
            .With("rules/x.yml/g.yml", Rule.For("g"));

        Sigmac.Run(folder, "convert", "-t", "splunk", "rules").Lines.Should().Equal("f=\"a\"", "f=\"b\"", "f=\"c\"", "f=\"g\"");
        Sigmac.Run(folder, "convert", "-t", "splunk", "rules/.git", "rules/d.txt").Lines.Should().Equal("f=\"f\"", "f=\"d\"");
    }

    [Fact]
    public void A_link_that_leads_back_is_not_followed_and_one_to_nothing_is_reported()
    {
        folder.With("rules/a.yml", Rule.For("a"));
        File.CreateSymbolicLink(folder["rules/gone.yml"], "nowhere.yml");
        Directory.CreateSymbolicLink(folder["rules/loop"], folder["rules"]);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("f=\"a\"\n");
        run.Error.Should().StartWith("rules/gone.yml: error SIG0101: cannot read the file: it does not exist, or is a link to nothing\n");
    }

    [Fact]
    public void A_folder_without_rules_beside_others_is_mentioned()
    {
        folder.With("rules/a.yml", Rule.For("a")).With("docs/a.md", "");

        Sigmac.Run(folder, "convert", "-t", "splunk", "docs", "rules").Should().Be(new ProgramRun(0, "f=\"a\"\n", "sigmac: no rule found in docs\n"));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_pipe_or_device_given_as_a_file_is_read_up_to_the_limit()
    {
        folder.With("a.yml", Rule.For("a"));

        ProgramRun run = Sigmac.Shell(folder, "sigmac convert -t splunk <(cat a.yml) /dev/zero");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("f=\"a\"\n");
        run.Error.Should().Contain("/dev/zero:1:1: error SIG0102: files are limited to 16 MB, but this one has more than 16 MB");
    }
}
