using System.Text;
using System.Text.Json;

namespace Sigma.Tests.CommandLine;

/// <summary>Files that are no rules: each is reported at its place, and the others are converted.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rules/alias.yml", "title: &t [*t]\n")
        .With("rules/big.yml", Encoding.UTF8.GetBytes("#" + new string('x', 16 * 1024 * 1024)))
        .With("rules/bom.yml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Rule.For("bom"))])
        .With("rules/comment.yml", "# nothing but this\n")
        .With("rules/condition.yml", Rule.For("x").Replace("condition: s", "condition: s and"))
        .With("rules/crlf.yml", Rule.For("crlf").Replace("\n", "\r\n"))
        .With("rules/deep.yml", "title: " + new string('[', 100) + "\n")
        .With("rules/duplicate.yml", "title: a\ntitle: b\n")
        .With("rules/empty.yml", "")
        .With("rules/flow.yml", "title: [a\n")
        .With("rules/many.yml", $"{Rule.For("first")}---\ntitle: [broken\n---\n{Rule.For("last")}")
        .With("rules/scalar.yml", "just a text\n")
        .With("rules/tab.yml", "title: a\ndetection:\n\ts: x\n")
        .With("rules/utf8.yml", [.. "title: a\n# "u8, 0xFF, (byte)'\n'])
        .With("rules/z.yml", Rule.For("z"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_is_reported_with_file_line_column_and_caret_and_the_good_ones_come_out()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "rules");

        run.ExitCode.Should().Be(1);
        run.Lines.Should().Equal("f=\"bom\"", "f=\"crlf\"", "f=\"first\"", "f=\"last\"", "f=\"z\"");
        foreach (string place in new[]
        {
            "rules/alias.yml:1:12: error SIG0110",
            "rules/big.yml:1:1: error SIG0102",
            "rules/comment.yml:1:1: error SIG0114",
            "rules/condition.yml:6:21: error SIG0301",
            "rules/deep.yml:1:72: error SIG0108",
            "rules/duplicate.yml:2:1: error SIG0107",
            "rules/empty.yml:1:1: error SIG0114",
            "rules/flow.yml:1:8: error SIG0106",
            "rules/many.yml:8:8: error SIG0106",
            "rules/scalar.yml:1:1: error SIG0201",
            "rules/tab.yml:3:1: error SIG0105",
            "rules/utf8.yml:2:3: error SIG0103",
        })
        {
            run.Error.Should().MatchRegex($@"(?m)^{place}: .+\n +\|\n\d+ \| .*\n +\| *\^", "{0} has its excerpt", place);
        }
    }

    [Fact]
    public void Each_has_a_record_for_every_target()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk,grep", "--json", "-q", "rules");

        var records = run.Lines.Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(record => record.GetProperty("path").GetString()!, record => record.GetProperty("status").GetString()!);
        foreach (IGrouping<string, string> statuses in records)
        {
            bool good = statuses.Key is "rules/bom.yml" or "rules/crlf.yml" or "rules/z.yml";
            string[] expected = statuses.Key == "rules/many.yml"
                ? ["converted", "converted", "failed", "failed", "converted", "converted"]
                : good ? ["converted", "converted"] : ["failed", "failed"];
            statuses.Should().Equal(expected, "those are the records of {0}", statuses.Key);
        }

        records.Should().HaveCount(15);
    }

    [Fact]
    public void All_mistakes_of_a_rule_are_said_in_one_run()
    {
        folder.With("a.yml", """
            title: Several
            logsource: {}
            detection:
                s: {f|endwith: x, g|cidr: 1.2.3.4/99}
                condition: s and t
            """);

        string error = Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml").Error;

        error.Should().MatchRegex(@"(?s)a\.yml:2:\d+: error SIG0204.*a\.yml:4:11: error SIG0212.*a\.yml:4:\d+: error SIG0217.*a\.yml:5:22: error SIG0304");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_long_line_is_shown_around_the_mistake()
    {
        folder.With("a.yml", Rule.For("[" + string.Concat(Enumerable.Repeat("'some value', ", 20_000)) + "2024-01-01: x]"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml");

        run.ExitCode.Should().Be(1);
        run.Error.Split('\n').Should().OnlyContain(line => line.Length < 250);
    }

    [Fact]
    public void A_control_character_of_a_file_or_its_name_does_not_reach_the_terminal()
    {
        folder.With("a\e[31m.yml", Rule.For("\"\\e[31m\"").Replace("condition: s", "condition: s and \"\\e[31m\"")).With("b.yml", "title: [\e[31m\n");

        Sigmac.Run(folder, "convert", "-t", "splunk", ".").Error.Should().NotContain("\e");
    }

    [Fact]
    public void An_unreadable_folder_is_reported_and_the_others_are_searched()
    {
        if (Environment.UserName == "root" || OperatingSystem.IsWindows())
        {
            // Nothing is unreadable to root: there is nothing to see.
            return;
        }

        Directory.CreateDirectory(folder["r/locked"]);
        folder.With("r/a.yml", Rule.For("a"));
        File.SetUnixFileMode(folder["r/locked"], UnixFileMode.None);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "r");

        File.SetUnixFileMode(folder["r/locked"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("f=\"a\"\n");
        run.Error.Should().Contain("r/locked: error SIG0101");
    }
}
