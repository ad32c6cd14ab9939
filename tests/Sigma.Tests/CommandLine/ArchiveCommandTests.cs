using System.IO.Compression;
using System.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>Logs are found in archives and folders among other files, and the last lines tell what was done.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class ArchiveCommandTests : IDisposable
{
    private const string Failed = "title: Failed\nlogsource: {product: linux, service: auth}\ndetection:\n  s: [Failed password]\n  condition: s\n";
    private const string Syslog = "Jan  2 03:04:05 web01 sshd[1]: Failed password for root from 10.0.0.9 port 22 ssh2\n";
    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    private readonly TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Failed);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_archive_of_pictures_is_named_and_fails()
    {
        folder.With("p.zip", Zip(("a.png", Picture), ("b/c.png", Picture)));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "p.zip");

        run.Output.Should().BeEmpty();
        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith("p.zip: error SIG0849: there is no log in it, only 2 .png").And.Contain("sigmac: 2 files passed over that are no logs: 2 .png\n").And.Contain("0 events; 1 rule; 0 matches");
    }

    [Fact]
    public void Logs_in_an_archive_are_read_and_the_rest_is_counted()
    {
        folder.With("l.zip", Zip(("var/log/auth.log", Encoding.UTF8.GetBytes(Syslog)), ("a.png", Picture), ("note.txt", "Dear reader, this is prose.\n"u8.ToArray())));

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "-v", "l.zip");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().ContainSingle().Which.Should().Contain("\"file\":\"l.zip/var/log/auth.log\"").And.Contain("\"line\":1");
        run.Error.Should().Contain("l.zip/a.png: info SIG0854: passed over this file: cannot read this file: it is a picture")
            .And.Contain("l.zip/note.txt: info SIG0854").And.Contain("sigmac: 2 files passed over that are no logs: 1 .png, 1 .txt\n");
    }

    [Fact]
    public void Damaged_archives_are_named()
    {
        byte[] zip = Zip(("auth.log", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"Jan  2 03:04:05 web01 sshd[{i * 7919 % 10007}]: x\n")))));
        folder.With("cut.zip", zip[..(zip.Length / 2)]).With("bytes.zip", [.. zip[..60], 1, 2, 3, .. zip[63..]]);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "cut.zip", "bytes.zip");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("cut.zip: error SIG0845").And.Contain("bytes.zip/auth.log: error SIG0845").And.Contain("2 files not read completely");
        Sigmac.Shell(folder, "cat cut.zip | " + Sigmac.ShellWords + " match -r rule.yml -").Error.Should().Contain("SIG0843: cannot read this file: it is a zip archive, which cannot be read from a pipe");
    }

    [Fact]
    public void Folders_are_searched_for_logs_of_any_name()
    {
        folder.With("log/syslog", Syslog).With("log/auth.log.1", Syslog).With("log/a.log.gz", KnownLogTests.Packed(Encoding.UTF8.GetBytes(Syslog))).With("log/a.txt", "prose\n").With("log/p.png", Picture).With("log/broken.csv", Picture);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "log");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().HaveCount(3);
        run.Error.Should().Contain("sigmac: 3 files passed over that are no logs: 1 .csv, 1 .png, 1 .txt");
    }

    [Fact]
    public void The_last_lines_tell_logs_and_rules_without_events()
    {
        folder.With("w.yml", Failed.Replace("product: linux, service: auth", "product: windows, service: security").Replace("Failed\n", "Windows\n"))
            .With("e.log", Syslog + Syslog + "Jan  2 03:04:05 web01 unheard-of[1]: x\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "-r", "w.yml", "e.log");

        run.Error.Should().Be(
            "sigmac: 1 event with an unknown log source: tested only against rules that name neither a product nor a service, not against 2 rules; set their log source with --product, --service or --category\n"
            + "sigmac: fields of the first of them: @timestamp, hostname, program, pid, message\n"
            + "sigmac: events by log: 2 linux sshd, 1 unknown\n"
            + "sigmac: 1 rule without an event of its log source\n"
            + "sigmac: 3 events, 1 with an unknown log source; 2 rules; 2 matches of 1 rule\n");
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return zip.ToArray();
    }
}
