using System.Text.Json;
using Sigma.Tests.Logs;

namespace Sigma.Tests.CommandLine;

/// <summary>The commands read Windows event logs.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class EvtxCommandTests : IDisposable
{
    private const string Whoami = """
        title: Whoami
        id: 00000000-0000-4000-8000-000000000001
        logsource: {product: windows, category: process_creation}
        detection:
          s: {CommandLine|contains: whoami}
          condition: s
        """;

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rule.yml", Whoami)
        .With("logs/a.evtx", WindowsRecords.Processes(new EvtxWriter(), 5, "cmd /c whoami", "cmd /c exit").ToArray());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_of_logs_is_matched()
    {
        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "--with-event", "logs");

        run.Error.Should().Be("sigmac: 2 events; 1 rule; 1 match of 1 rule\n");
        run.ExitCode.Should().Be(0);
        using JsonDocument record = JsonDocument.Parse(run.Lines.Should().ContainSingle().Subject);
        record.RootElement.GetProperty("file").GetString().Should().Be("logs/a.evtx");
        record.RootElement.GetProperty("line").GetInt64().Should().Be(5, "it is the number of the record");
        record.RootElement.GetProperty("time").GetString().Should().Be("2026-01-02T03:04:05.1Z");
        record.RootElement.TryGetProperty("recovered", out _).Should().BeFalse();
        record.RootElement.GetProperty("event").GetProperty("Event").GetProperty("System").GetProperty("EventRecordID").GetInt64().Should().Be(5);
    }

    [Fact]
    public void Logs_come_through_pipes_and_gzip()
    {
        folder.With("a.gz", KnownLogTests.Packed(File.ReadAllBytes(folder["logs/a.evtx"])));

        Sigmac.Run(folder, "match", "-r", "rule.yml", "a.gz").Lines.Should().ContainSingle();
        Sigmac.Shell(folder, "cat logs/a.evtx | " + Sigmac.ShellWords + " match -r rule.yml -").Lines.Should().ContainSingle();
    }

    [Fact]
    public void A_damaged_log_is_said_and_fails()
    {
        byte[] file = File.ReadAllBytes(folder["logs/a.evtx"]);
        byte[] changed = [.. file];
        changed[changed.AsSpan().IndexOf(WindowsRecords.Wide("exit"))] = (byte)'E';
        folder.With("changed.evtx", changed).With("cut.evtx", file[..5_000]).With("empty.evtx", "ElfFile\0");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "changed.evtx", "cut.evtx", "empty.evtx");

        run.ExitCode.Should().Be(1);
        run.Lines.Should().ContainSingle("what can be read is");
        run.Error.Should().Contain("changed.evtx: error SIG0853: the file was damaged or changed: chunk 1: the checksum of its records is wrong")
            .And.Contain("cut.evtx: error SIG0845: the file is truncated or damaged, and events may be missing: chunk 1: the file ends within it")
            .And.Contain("empty.evtx: error SIG0845").And.Contain("; 3 files not read completely");
    }

    [Fact]
    public void A_log_in_a_folder_is_not_passed_over_for_its_header()
    {
        byte[] file = File.ReadAllBytes(folder["logs/a.evtx"]);
        file[0] = 0;
        folder.With("logs/b.evtx", file);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "logs");

        run.ExitCode.Should().Be(1);
        run.Lines.Should().HaveCount(2);
        run.Error.Should().Contain("logs/b.evtx: error SIG0853: the file was damaged or changed: the checksum of its header is wrong").And.NotContain("passed over");
    }

    /// <summary>In a folder or an archive too, what is called so and has no event was a log.</summary>
    [Theory]
    [InlineData("logs/b.evtx")]
    [InlineData("logs/b.EVTX")]
    public void A_log_that_cannot_be_recognised_is_an_error(string name)
    {
        folder.With(name, new byte[70_000]);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "logs");

        run.ExitCode.Should().Be(1);
        run.Lines.Should().NotBeEmpty("the other log is read");
        run.Error.Should().Contain($"{name}: error SIG0843").And.NotContain("passed over");
    }

    [Fact]
    public void Recovered_records_are_marked()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 1, "whoami /all").ToArray();
        byte[] old = WindowsRecords.Processes(new EvtxWriter(), 1, "whoami /all", "whoami /groups").ToArray();
        int end = EvtxWriter.EndOfRecords(file);
        old.AsSpan(end, EvtxWriter.EndOfRecords(old) - end).CopyTo(file.AsSpan(end));
        folder.With("b.evtx", file);

        Sigmac.Run(folder, "match", "-r", "rule.yml", "b.evtx").Lines.Should().ContainSingle();
        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "--recover", "b.evtx");
        run.Lines.Should().HaveCount(2);
        run.Lines[0].Should().NotContain("recovered");
        run.Lines[1].Should().Contain("\"recovered\":true").And.Contain("whoami /groups");
        Sigmac.Run(folder, "match", "-r", "rule.yml", "--recover", "-f", "table", "b.evtx").Lines[2].Should().Contain("(recovered) CommandLine=whoami /groups");
    }

    [Fact]
    public void The_named_format_must_be_the_file_s()
    {
        folder.With("a.json", "{\"A\":1}\n");

        Sigmac.Run(folder, "match", "-r", "rule.yml", "--input-format", "json", "logs/a.evtx").Error.Should().Contain("SIG0843: cannot read this file: it is a Windows event log (.evtx)");
        Sigmac.Run(folder, "match", "-r", "rule.yml", "--input-format", "evtx", "a.json").Error.Should().Contain("SIG0843: cannot read this file: it is not a Windows event log (.evtx)");
        Sigmac.Run(folder, "match", "-r", "rule.yml", "--input-format", "evtx", "logs/a.evtx").Lines.Should().ContainSingle();
    }

    [Fact]
    public void Cases_have_their_events_in_logs()
    {
        folder.With("rule.tests.yml", "tests:\n  - name: log\n    data: logs/a.evtx\n    matches: [1]\n")
            .With("data/info.yml", "rule_metadata:\n  - id: 00000000-0000-4000-8000-000000000001\nregression_tests_info:\n  - name: P\n    path: x/y/z.evtx\n    match_count: 1\n")
            .With("data/z.evtx", File.ReadAllBytes(folder["logs/a.evtx"]))
            .With("data/z.json", "{\"not\":\"read\"}");

        ProgramRun run = Sigmac.Run(folder, "test", "rule.yml", "--data", "data");

        run.Error.Should().Contain("2 cases, 2 passed, 0 failed");
        run.ExitCode.Should().Be(0);
    }
}
