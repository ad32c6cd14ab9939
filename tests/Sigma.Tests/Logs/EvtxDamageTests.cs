using System.Buffers.Binary;
using Sigma.Events.Matching;
using static Sigma.Tests.Logs.EvtxTests;

namespace Sigma.Tests.Logs;

/// <summary>Windows event logs that are damaged, cut short or still open are read as far as they go, and what is wrong is told.</summary>
public class EvtxDamageTests
{
    private const int FileHeader = 4096;

    [Fact]
    public void A_file_that_is_cut_short_is_read_up_to_there()
    {
        byte[] file = WindowsRecords.Processes(WindowsRecords.Processes(new EvtxWriter(), 1, "a", "b").NewChunk(), 3, "c", "d").ToArray();
        int third = FileHeader + 65536 + 512;
        int size = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(third + 4));

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(file[..(third + size + 10)]);

        events.Select(one => one.Line).Should().Equal(1, 2, 3);
        problems.Should().Contain(problem => problem.IsCutShort && problem.Message == "chunk 2: the file ends within it");

        Read(file[..(FileHeader + 65536)]).Problems.Should().ContainSingle().Which.Message.Should().Be("its header counts 2 chunks, and it has 1");
        Read(file[..100]).Problems.Should().ContainSingle().Which.Message.Should().Be("it ends within its header");
        Read(file[..(FileHeader + 65536 + 100)]).Problems.Should().Contain(problem => problem.Message == "chunk 2: the file ends within its header");
    }

    [Fact]
    public void A_damaged_record_does_not_affect_the_others()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 1, "a", "b", "c").ToArray();
        int second = FileHeader + 512 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(FileHeader + 512 + 4));

        byte[] without = [.. file];
        without[second] = 0;
        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(without);
        events.Select(one => one.Line).Should().Equal(1, 3);
        problems.Should().Contain(problem => problem.IsDamage && problem.Message == "chunk 1: the checksum of its records is wrong")
            .And.Contain(problem => problem.IsCutShort && problem.Line == 1 && problem.Message.StartsWith("chunk 1: what should be a record at byte"));

        byte[] token = [.. file];
        token[second + 24] = 0x3F;
        (events, problems) = Read(token);
        events.Select(one => one.Line).Should().Equal(1, 3);
        problems.Should().Contain(problem => problem.Line == 2 && problem.Message == "the binary XML has an unknown token 3f");

        byte[] outside = [.. file];
        BinaryPrimitives.WriteUInt32LittleEndian(outside.AsSpan(second + 24 + 4 + 6), 0x7FFF_FFFF);
        Read(outside).Problems.Should().Contain(problem => problem.Line == 2 && problem.Message == "a template is outside of its chunk");
    }

    [Fact]
    public void Checksums_are_told()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 1, "whoami").ToArray();
        byte[] changed = [.. file];
        int at = changed.AsSpan().IndexOf(WindowsRecords.Wide("whoami"));
        changed[at] = (byte)'W';

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(changed);
        events.Should().ContainSingle().Which.Event.Find("CommandLine").Should().Be("Whoami");
        problems.Should().ContainSingle().Which.Should().Be(new EventProblem(0, "chunk 1: the checksum of its records is wrong") { IsDamage = true });

        byte[] chunkHeader = [.. file];
        chunkHeader[FileHeader + 8]++;
        Read(chunkHeader).Problems.Should().ContainSingle().Which.Message.Should().Be("chunk 1: the checksum of its header is wrong");

        byte[] fileHeader = [.. file];
        fileHeader[8]++;
        Read(fileHeader).Problems.Should().ContainSingle().Which.Message.Should().Be("the checksum of its header is wrong");
    }

    [Fact]
    public void A_log_that_was_open_has_records_that_its_headers_do_not_count()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter { IsDirty = true }, 1, "a", "b", "c").ToArray();
        int second = 512 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(FileHeader + 512 + 4));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(FileHeader + 48), second);

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(file);

        problems.Should().BeEmpty();
        events.Select(one => one.Line).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Unused_space_is_read_only_on_demand_and_marked()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 1, "new").ToArray();
        byte[] old = WindowsRecords.Processes(new EvtxWriter(), 1, "new", "old", "older").ToArray();

        // As if the log had been cleared, and one record written since.
        int end = EvtxWriter.EndOfRecords(file);
        old.AsSpan(end, EvtxWriter.EndOfRecords(old) - end).CopyTo(file.AsSpan(end));

        Read(file).Events.Select(one => one.Event.Find("CommandLine")).Should().Equal("new");
        Read(file, recover: true).Events.Select(one => (one.Event.Find("CommandLine"), one.Event.IsRecovered)).Should().Equal(("new", false), ("old", true), ("older", true));
    }

    [Fact]
    public void Chunks_are_found_where_bytes_are_missing_or_too_many()
    {
        byte[] file = WindowsRecords.Processes(WindowsRecords.Processes(new EvtxWriter(), 1, "a").NewChunk(), 2, "b").ToArray();
        byte[] shifted = [.. file[..(FileHeader + 65536)], .. new byte[100], 1, 2, .. file[(FileHeader + 65536)..]];

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(shifted);
        events.Select(one => one.Line).Should().Equal(1, 2);
        problems.Should().ContainSingle().Which.Message.Should().Be("there is no chunk where chunk 2 should be");

        Read(file[FileHeader..]).Events.Select(one => one.Line).Should().Equal([1, 2], "carved chunks have no header");
        Read([.. file[..FileHeader], .. Enumerable.Repeat((byte)7, 200_000)]).Problems.Should().NotBeEmpty();
    }

    /// <summary>A log is known by its first chunk too, so that no byte of the header costs all of its events.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 1)]
    [InlineData(0, 512)]
    [InlineData(0, FileHeader)]
    public void A_log_whose_header_is_damaged_is_read(int from, int length)
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 1, "a", "b").ToArray();
        file.AsSpan(from, length).Fill(0);
        file[from] = (byte)(length == 1 ? 'x' : 0);

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(file);
        events.Select(one => one.Line).Should().Equal(1, 2);
        problems.Should().ContainSingle().Which.Should().Be(new EventProblem(0, "the checksum of its header is wrong") { IsDamage = true });
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_changed_byte_anywhere_is_read_or_told()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 1, "a", "b", "c").ToArray();
        int end = EvtxWriter.EndOfRecords(file);
        var random = new Random(5);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] changed = [.. file[..(FileHeader + 65536)]];
            int count = random.Next(1, 4);
            for (int j = 0; j < count; j++)
            {
                // Mostly where the records are; a header says where they end.
                changed[random.Next(20) == 0 ? FileHeader + random.Next(512) : FileHeader + 512 + random.Next(end - FileHeader - 512)] = (byte)random.Next(256);
            }

            (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(changed, recover: i % 2 == 0);
            problems.Should().NotContain(problem => problem.IsOwnFault);
            (events.Count > 0 || problems.Count > 0).Should().BeTrue();
        }
    }
}
