using System.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>In a folder a log is read whatever its name is, and what is passed over is named and counted.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class LogFolderTests : IDisposable
{
    private const string Failed = "title: Failed\nlogsource: {category: mine}\ndetection:\n  s: [Failed password]\n  condition: s\n";
    private const string Line = "Jan  2 03:04:05 web01 unheard-of[1]: Failed password for root\n";
    private const string Json = "{\"a\":\"Failed password\"}\n";
    private const string Columns = "a,b\nFailed password,2\n";

    private readonly TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Failed);

    public void Dispose() => folder.Dispose();

    [Theory]
    // What logrotate writes, with and without dateext, and packed before or after.
    [InlineData("syslog.2.gz", Line, true)]
    [InlineData("auth.log.2.gz", Line, true)]
    [InlineData("messages-20260302.gz", Line, true)]
    [InlineData("access.log-20260302.gz", Line, true)]
    [InlineData("auth.log.gz.1", Line, true)]
    [InlineData("e.gz", Line, true)]
    [InlineData("messages-20260302", Line, false)]
    [InlineData("eve.json.1", Json, false)]
    [InlineData("eve.json-2026030208.gz", Json, true)]
    [InlineData("eve.json.2026-03-02", Json, false)]
    [InlineData("x.csv.1", Columns, false)]
    [InlineData("x.csv.old", Columns, false)]
    // Other names, by their content.
    [InlineData("cloudtrail", Json + Json, false)]
    [InlineData("e.txt", Json, false)]
    [InlineData("list.txt", "[\n  {\"a\": \"Failed password\"}\n]\n", false)]
    [InlineData("pretty", "{\n  \"a\": \"Failed password\"\n}\n", false)]
    [InlineData("columns.txt", Columns, false)]
    [InlineData("packed", Json, true)]
    public void A_log_in_a_folder_is_read(string name, string content, bool isPacked)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        folder.With("logs/" + name, isPacked ? KnownLogTests.Packed(bytes) : bytes);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "logs");

        run.ExitCode.Should().Be(0, run.Error);
        run.Lines.Should().HaveCount(content == Json + Json ? 2 : 1);
        run.Error.Should().NotContain("passed over");
    }

    [Fact]
    public void Text_in_UTF16_is_read_too()
    {
        folder.With("logs/wide", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Line)]);

        Sigmac.Run(folder, "match", "-r", "rule.yml", "logs").Lines.Should().ContainSingle();
    }

    [Fact]
    public void What_is_passed_over_is_named_with_the_reason()
    {
        folder.With("logs/a.json", Json).With("logs/readme", "Dear reader.\n").With("logs/t.rtf", "{\\rtf1 x}\n").With("logs/t.tmpl", "{ x }\n").With("logs/p.png", [0x89, 0x50, 0x4E, 0x47])
            .With("logs/empty", "").With("logs/a.docx", ArchiveCommandTests.Zip(("word/document.xml", "<x/>"u8.ToArray())))
            .With("logs/p.gz", KnownLogTests.Packed([0x89, 0x50, 0x4E, 0x47]));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "-v", "logs");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().ContainSingle();
        run.Error.Should().Contain("logs/p.png: info SIG0854: passed over this file: cannot read this file: it is a picture")
            .And.Contain("logs/p.gz: info SIG0854: passed over this file: cannot read this file: it is a picture")
            .And.Contain("logs/readme: info SIG0854: passed over this file: the file is not a log that sigmac knows: ")
            .And.Contain("logs/t.rtf: info SIG0854").And.Contain("it is an RTF document")
            .And.Contain("logs/t.tmpl: info SIG0854")
            .And.Contain("logs/a.docx: info SIG0854: passed over this file: cannot read this file: it is an archive without the name of one")
            .And.Contain("logs/empty: info SIG0854: passed over this file: cannot read this file: it is empty")
            .And.Contain("sigmac: 7 files passed over that are no logs: 2 without an ending, 1 .docx, 1 .gz, 1 .png, 1 .rtf and 1 other\n");

        Sigmac.Run(folder, "match", "-r", "rule.yml", "logs").Error.Should().NotContain("SIG0854");
    }

    [Fact]
    public void A_folder_without_a_log_names_them_too()
    {
        folder.With("logs/p.png", [0x89, 0x50, 0x4E, 0x47]);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "-v", "logs");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("logs: error SIG0849: there is no log in it, only 1 .png").And.Contain("logs/p.png: info SIG0854");
    }

    /// <summary>What cannot be unpacked may be a log, so nobody is told that it is none.</summary>
    [Fact]
    public void A_damaged_file_is_named_and_fails()
    {
        byte[] packed = KnownLogTests.Packed(Encoding.UTF8.GetBytes(Line));
        folder.With("logs/a.json", Json).With("logs/syslog.2.gz", packed[..^12]);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "logs");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("logs/syslog.2.gz: error SIG0845");
    }
}
