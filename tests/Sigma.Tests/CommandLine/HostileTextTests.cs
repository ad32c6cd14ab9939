namespace Sigma.Tests.CommandLine;

/// <summary>A text of a stranger's on a terminal and in a spreadsheet is what it looks like, and does nothing.</summary>
public sealed class HostileTextTests : IDisposable
{
    /// <summary>Turns of direction, joiners, tags, separators, and sequences that steer a terminal.</summary>
    private const string Hostile = "x\u202ey\u2066\u200b\u200f\u061c\ufeff\u00ad\u2028\U000E0041\u3164\u001b]0;t\u0007\u001b[31m\u009b31m";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static void BePlain(string text) => text.EnumerateRunes().Should().NotContain(
        rune => rune.Value != '\n' && (System.Text.Rune.IsControl(rune) || System.Text.Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format
            || rune.Value == 0x2028 || rune.Value == 0x3164), text);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("convert -t splunk -v")]
    [InlineData("explain -t splunk --color never")]
    [InlineData("coverage")]
    [InlineData("coverage --by field")]
    public void No_message_and_no_table_has_what_is_not_seen(string command)
    {
        folder.With("a.yml", $"title: {Quoted("T " + Hostile)}\nid: {Quoted("i" + Hostile)}\nlevel: {Quoted("l" + Hostile)}\ntags: [{Quoted("attack." + Hostile)}, {Quoted("t1059." + Hostile)}]\n"
            + $"logsource: {{category: {Quoted("c" + Hostile)}}}\ndetection:\n  s: {{{Quoted("f" + Hostile)}: 1, {Quoted("g|" + Hostile)}: 2}}\n  condition: s and {Quoted(Hostile)}\n");
        folder.With("b\u202e\u001b[31m.yml", Rule.Broken);

        ProgramRun run = Sigmac.Run(folder, [.. command.Split(' '), "."]);

        BePlain(run.Error);
        if (!command.StartsWith("convert", StringComparison.Ordinal))
        {
            BePlain(run.Output);
        }

        (run.Output + run.Error).Should().Contain("\\u{202e}", "what was hidden shows");
    }

    [Fact]
    public void The_caret_stays_below_its_word()
    {
        folder.With("a.yml", "title: T\nlogsource: {category: x}\ndetection:\n  s: {\"f\u202e\", g|endwith: x}\n  condition: s\n".Replace("\"f\u202e\"", "\"f\u202e\": 1"));

        string[] lines = Sigmac.Run(folder, "convert", "-t", "splunk", "a.yml").Error.Split('\n');

        int at = Array.FindIndex(lines, line => line.Contains("endwith: x", StringComparison.Ordinal));
        lines[at].Should().Contain("\\u{202e}");
        lines[at + 1].IndexOf('^').Should().Be(lines[at].IndexOf("endwith", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=cmd(1)")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(1)")]
    [InlineData(" =1+1")]
    [InlineData("\u00a0=1+1")]
    [InlineData("＝1+1")]
    public void A_spreadsheet_can_be_kept_from_calculating(string formula)
    {
        folder.With("a.yml", $"title: {Quoted(formula)}\nlogsource: {{category: application}}\ndetection:\n  s: {{{Quoted(formula)}: x}}\n  condition: s\n")
            .With("e.json", $"{{{Quoted(formula)}: \"x\"}}\n");

        string plain = Sigmac.Run(folder, "coverage", "--by", "field", "-f", "csv", "a.yml").Output;
        string safe = Sigmac.Run(folder, "coverage", "--by", "field", "-f", "csv", "--spreadsheet-safe", "a.yml").Output;

        plain.Should().Contain("\n" + formula, "without the option a cell is the text itself");
        safe.Should().Contain("\n'" + formula);
        string matched = Sigmac.Run(folder, "match", "-r", "a.yml", "-f", "csv", "--spreadsheet-safe", "e.json").Output;
        matched.Should().Contain(",'" + formula + ",");
    }

    /// <summary>A file's own text is in a difference, for <c>git apply</c> as it is, for people so that it does nothing.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [BashTheory]
    [InlineData("fmt --diff")]
    [InlineData("migrate --diff")]
    [InlineData("check --fix --diff")]
    public void A_difference_steers_no_terminal(string command)
    {
        const string Text = "title: T\nlogsource: {category: test}\ndate: 2020/01/02 # \e[31m\u202E\u009B2J\tx\nlevel: low\ndetection:\n    s: {f: a}\n    condition: ( s )\n";
        folder.With("a.yml", Text).With("run", $"{Sigmac.ShellWords} {command} a.yml 2>/dev/null\n");

        string piped = Sigmac.Shell(folder, "bash run").Output;
        if (!Sigmac.Has("script"))
        {
            return;
        }

        Sigmac.Shell(folder, "TERM=xterm script -qec 'bash run' terminal >/dev/null </dev/null");

        piped.Should().Contain("# \e[31m\u202E\u009B2J\tx\n", "it is what patch compares");
        folder.Read("terminal").Should().Contain(@"# \u{1b}[31m\u{202e}\u{9b}2J" + "\tx").And.NotContain("\e[31m").And.NotContain("\u202E").And.NotContain("\u009B");
    }

    /// <summary>A query has the bytes of the rule in a pipe and in a file. On a terminal it has none that do anything, and a note says so.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [BashTheory]
    [InlineData("convert -t sqlite -p p.yml b.yml", "# \e[31m\u202E\u009B2J\tx\n")]
    [InlineData("coverage --by field -f csv a.yml", "\e[31m\u202E\u009B2J\tx")]
    [InlineData("fmt - <a.yml", "# \e[31m\u202E\u009B2J\tx\n")]
    [InlineData("migrate - <a.yml", "# \e[31m\u202E\u009B2J\tx\n")]
    public void A_text_of_a_rule_steers_no_terminal(string command, string inPipe)
    {
        folder.With("a.yml", "title: T\nlogsource: {category: test}\nlevel: low # \e[31m\u202E\u009B2J\tx\ndetection:\n    s: {\"\\e[31m\u202E\\u009B2J\\tx\": 1}\n    condition: s\n")
            .With("b.yml", "title: \"T # \\e[31m\u202E\\u009B2J\\tx\"\nlogsource: {category: test}\ndetection:\n    s: {A: 1}\n    condition: s\n")
            .With("p.yml", "postprocessing: [{type: template, template: '{{ rule.title }}'}]\n")
            .With("run", $"{Sigmac.ShellWords} {command}\n");

        Sigmac.Shell(folder, "bash run 2>/dev/null").Output.Should().Contain(inPipe);
        if (!Sigmac.Has("script"))
        {
            return;
        }

        Sigmac.Shell(folder, "TERM=xterm script -qec 'bash run' terminal >/dev/null </dev/null");

        folder.Read("terminal").Should().Contain(@"\u{1b}[31m\u{202e}\u{9b}2J" + "\tx").And.NotContain("\e[31m").And.NotContain("\u202E").And.NotContain("\u009B")
            .And.Contain(@"sigmac: characters that would control the terminal or are not seen are shown as \u{…}");
    }

    [Theory]
    [InlineData("a\e[2Jb\n", "a\\u{1b}[2Jb\n", true)]
    [InlineData("a\tb\r\nc", "a\tb\r\nc", false)]
    [InlineData("ü😀\n", "ü😀\n", false)]
    public void A_terminal_is_shown_the_text(string text, string shown, bool changed)
    {
        bool isSaid = false;
        using var terminal = new MemoryStream();
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        using (var stream = new Sigma.Cli.TerminalStream(terminal, () => isSaid = true))
        {
            foreach (byte b in bytes)
            {
                stream.Write([b]);
            }
        }

        System.Text.Encoding.UTF8.GetString(terminal.ToArray()).Should().Be(shown);
        isSaid.Should().Be(changed);
    }
}
