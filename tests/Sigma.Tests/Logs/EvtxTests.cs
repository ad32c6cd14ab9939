using System.Text;
using Sigma.Events.Logs;
using Sigma.Events.Matching;

namespace Sigma.Tests.Logs;

/// <summary>Windows event logs are read natively. Expected values are from [MS-EVEN6] 2.2.12 and what Windows shows as XML.</summary>
public class EvtxTests
{
    [Fact]
    public void A_record_has_the_fields_of_its_xml()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 7, "cmd /c whoami", "cmd /c \"é😀\"").ToArray();

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(file);

        problems.Should().BeEmpty();
        events.Select(one => one.Line).Should().Equal(7, 8);
        Values(events[0].Event).Should().Equal(
            ("Event", EventValueKind.Object, ""),
            ("Event.System", EventValueKind.Object, ""),
            ("Event.System.Provider.#attributes.Name", EventValueKind.Text, "Microsoft-Windows-Sysmon"),
            ("Event.System.Provider.#attributes.Guid", EventValueKind.Text, "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}"),
            ("Event.System.Provider", EventValueKind.Object, ""),
            ("Event.System.EventID", EventValueKind.Number, "1"),
            ("Event.System.Version", EventValueKind.Number, "5"),
            ("Event.System.Keywords", EventValueKind.Text, "0x8000000000000000"),
            ("Event.System.TimeCreated.#attributes.SystemTime", EventValueKind.Text, "2026-01-02T03:04:05.1234567Z"),
            ("Event.System.TimeCreated", EventValueKind.Object, ""),
            ("Event.System.EventRecordID", EventValueKind.Number, "7"),
            ("Event.System.Correlation", EventValueKind.Null, ""),
            ("Event.System.Execution.#attributes.ProcessID", EventValueKind.Number, "3544"),
            ("Event.System.Execution.#attributes.ThreadID", EventValueKind.Number, "4272"),
            ("Event.System.Execution", EventValueKind.Object, ""),
            ("Event.System.Channel", EventValueKind.Text, "Microsoft-Windows-Sysmon/Operational"),
            ("Event.System.Computer", EventValueKind.Text, "WS01.example.com"),
            ("Event.System.Security.#attributes.UserID", EventValueKind.Text, "S-1-5-18"),
            ("Event.System.Security", EventValueKind.Object, ""),
            ("Event.EventData", EventValueKind.Object, ""),
            ("Event.EventData.UtcTime", EventValueKind.Text, "2026-01-02 03:04:05.100"),
            ("Event.EventData.Image", EventValueKind.Text, "C:\\Windows\\System32\\cmd.exe"),
            ("Event.EventData.CommandLine", EventValueKind.Text, "cmd /c whoami"),
            ("Event.EventData.ProcessId", EventValueKind.Number, "4460"));
        events[1].Event.Find("CommandLine").Should().Be("cmd /c \"é😀\"");
        events[1].Event.Find("Provider_Name").Should().Be("Microsoft-Windows-Sysmon");
    }

    [Fact]
    public void A_template_of_another_chunk_counts_only_if_its_bytes_and_names_are_the_same()
    {
        // All have the same identifier and the same length. The third differs in a text, the fourth in a name that stands outside of the template.
        EvtxElement[] templates = [Template("Image", "one"), Template("Image", "one"), Template("Image", "two"), Template("Imago", "one"), Template("Image", "one")];
        var log = new EvtxWriter();
        ulong id = 1;
        foreach (EvtxElement template in templates)
        {
            log.Add(id, WindowsRecords.Root, WindowsRecords.Values(id, 1, EvtxTyped.Nested(template, EvtxTyped.Text("value"))));
            log.NewChunk();
            id++;
        }

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(log.ToArray());

        problems.Should().BeEmpty();
        events.Select(one => (one.Event.Find("Fixed"), one.Event.Find("Image"), one.Event.Find("Imago"))).Should().Equal(
            ("one", "value", null), ("one", "value", null), ("two", "value", null), ("one", null, "value"), ("one", "value", null));

        static EvtxElement Template(string name, string text) => EvtxElement.Of("EventData", EvtxElement.Of("Fixed", text), EvtxElement.Of(name, new EvtxPlace(0)));
    }

    public static TheoryData<byte, byte[], string?> Types() => new()
    {
        { 0x00, [], null },
        { 0x01, [], "" },
        { 0x01, WindowsRecords.Wide("a\0b\0\0"), "a\0b" },
        { 0x01, [0x00, 0xD8, 0x41, 0x00], "\uFFFDA" },
        { 0x01, [0x41], "" },
        { 0x02, [0x41, 0x80, 0xFC, 0x00], "A€ü" },
        { 0x03, [0xFF], "-1" },
        { 0x04, [0xFF], "255" },
        { 0x05, [0xFE, 0xFF], "-2" },
        { 0x06, [0xFE, 0xFF], "65534" },
        { 0x07, [0x00, 0x00, 0x00, 0x80], "-2147483648" },
        { 0x08, [0xFF, 0xFF, 0xFF, 0xFF], "4294967295" },
        { 0x09, BitConverter.GetBytes(long.MinValue), "-9223372036854775808" },
        { 0x0A, BitConverter.GetBytes(ulong.MaxValue), "18446744073709551615" },
        { 0x0B, BitConverter.GetBytes(1.5f), "1.5" },
        { 0x0B, BitConverter.GetBytes(float.NaN), "NaN" },
        { 0x0C, BitConverter.GetBytes(-2e3), "-2000" },
        { 0x0D, BitConverter.GetBytes(1), "true" },
        { 0x0D, BitConverter.GetBytes(0), "false" },
        { 0x0E, [0xDE, 0xAD], "DEAD" },
        { 0x0F, new Guid("00112233-4455-6677-8899-aabbccddeeff").ToByteArray(), "{00112233-4455-6677-8899-aabbccddeeff}" },
        { 0x10, BitConverter.GetBytes(0x1F2Eu), "0x1f2e" },
        { 0x10, BitConverter.GetBytes(0x1F2E_0000_0000ul), "0x1f2e00000000" },
        { 0x11, BitConverter.GetBytes(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToFileTimeUtc()), "2026-01-02T03:04:05.0000000Z" },
        { 0x11, BitConverter.GetBytes(long.MaxValue), "FFFFFFFFFFFFFF7F" },
        { 0x12, [0xEA, 0x07, 2, 0, 1, 0, 28, 0, 13, 0, 14, 0, 15, 0, 0x10, 0], "2026-02-28T13:14:15.016Z" },
        { 0x12, [0xEA, 0x07, 2, 0, 1, 0, 31, 0, 13, 0, 14, 0, 15, 0, 0x10, 0], "digits" },
        { 0x13, WindowsRecords.Sid(1, 5, 21, 4294967295, 500), "S-1-5-21-4294967295-500" },
        { 0x13, [1, 9, 0], "010900" },
        { 0x14, BitConverter.GetBytes(0xC000006Du), "0xc000006d" },
        { 0x15, BitConverter.GetBytes(0x3E7ul), "0x3e7" },
        { 0x08, [1, 2], "0102" },
        { 0x77, [0xAB], "AB" },
        { 0x81, WindowsRecords.Wide("a\0\0b\0"), "a||b" },
        { 0x86, [1, 0, 2, 0], "1|2" },
        { 0x88, [1, 0, 0, 0, 7], "1|07" },
        { 0x93, [.. WindowsRecords.Sid(1, 5, 18), .. WindowsRecords.Sid(1, 1, 0)], "S-1-5-18|S-1-1-0" },
        { 0x81, [], null },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_value_is_written_as_Windows_shows_it(byte type, byte[] bytes, string? expected)
    {
        // What a damaged SYSTEMTIME holds is shown in hexadecimal digits.
        expected = expected == "digits" ? Convert.ToHexString(bytes) : expected;
        EvtxElement template = EvtxElement.Of("Event", EvtxElement.Of("EventData", EvtxElement.Of("Data", new EvtxPlace(0, type)).With("Name", "X")));

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(new EvtxWriter().Add(template, new EvtxTyped(type, bytes)).ToArray());

        problems.Should().BeEmpty();
        (string Name, EventValueKind Kind, string Text)[] values = [.. Values(events.Should().ContainSingle().Subject.Event).Where(value => value.Name == "Event.EventData.X")];
        if (expected is null)
        {
            values.Should().Equal(("Event.EventData.X", EventValueKind.Null, ""));
        }
        else
        {
            string.Join('|', values.Select(value => value.Text)).Should().Be(expected);
            values.Should().OnlyContain(value => value.Kind != EventValueKind.Null);
        }
    }

    [Fact]
    public void Templates_have_texts_references_instructions_and_names_that_are_values()
    {
        EvtxElement template = EvtxElement.Of(
            "Event",
            EvtxElement.Of("EventData",
                EvtxElement.Of("Data", "a ", new EvtxRaw(0x09, Name: "amp"), new EvtxRaw(0x08, 'b'), new EvtxRaw(0x07, Text: "<c>"), new EvtxPlace(0), " d").With("Name", "Mixed"),
                EvtxElement.Of("Data", new EvtxPlace(0)).With("Name", new EvtxPlace(1)),
                EvtxElement.Of("Data", new EvtxPlace(0)),
                EvtxElement.Of("Data", "plain"),
                EvtxElement.Of("Binary", new EvtxPlace(9, 14)),
                EvtxElement.Of("Empty")),
            EvtxElement.Of("RenderingInfo", EvtxElement.Of("Message", "m")).With("Culture", "en-US").With("Other", "x", new EvtxPlace(2)));

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(new EvtxWriter().Add(template, EvtxTyped.Text("V"), EvtxTyped.Text("Own"), EvtxTyped.UInt16(3)).ToArray());

        problems.Should().BeEmpty();
        Values(events[0].Event).Where(value => value.Kind != EventValueKind.Object).Should().Equal(
            ("Event.EventData.Mixed", EventValueKind.Text, "a &b<c>V d"),
            ("Event.EventData.Own", EventValueKind.Text, "V"),
            ("Event.EventData.Data", EventValueKind.Text, "V"),
            ("Event.EventData.Data", EventValueKind.Text, "plain"),
            ("Event.EventData.Binary", EventValueKind.Null, ""),
            ("Event.EventData.Empty", EventValueKind.Null, ""),
            ("Event.RenderingInfo.#attributes.Culture", EventValueKind.Text, "en-US"),
            ("Event.RenderingInfo.#attributes.Other", EventValueKind.Text, "x3"),
            ("Event.RenderingInfo.Message", EventValueKind.Text, "m"));
    }

    [Fact]
    public void Binary_xml_in_a_value_may_stand_there_without_a_template()
    {
        EvtxElement data = EvtxElement.Of("UserData", EvtxElement.Of("EventXML", EvtxElement.Of("Param1", "one")));
        byte[] file = new EvtxWriter().Add(WindowsRecords.Root, WindowsRecords.Values(1, 104, EvtxTyped.Direct(data))).ToArray();

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(file);

        problems.Should().BeEmpty();
        Values(events[0].Event).Should().Contain(("Event.UserData.EventXML.Param1", EventValueKind.Text, "one"));
        events[0].Event.Find("Param1").Should().Be("one");
    }

    [Fact]
    public void Names_and_templates_are_those_of_their_own_chunk()
    {
        EvtxWriter log = WindowsRecords.Processes(new EvtxWriter(), 1, "a", "b").NewChunk();
        byte[] file = WindowsRecords.Processes(log.NewChunk(), 3, "c").ToArray();

        Read(file).Events.Select(one => one.Event.Find("CommandLine")).Should().Equal("a", "b", "c");
        Read(Through(file, 7)).Events.Should().HaveCount(3, "pipes give some bytes at a time");
    }

    [Fact]
    public void What_a_record_expands_to_is_bounded()
    {
        // Each level has the next one many times.
        EvtxElement inner = EvtxElement.Of("A", [.. Enumerable.Range(0, 400).Select(_ => (EvtxPiece)EvtxElement.Of("B", new EvtxPlace(0, 0x21)))]);
        EvtxTyped value = EvtxTyped.Text("x");
        for (int i = 0; i < 6; i++)
        {
            value = EvtxTyped.Nested(inner, value);
        }

        (List<(Event Event, long Line)> events, List<EventProblem> problems) = Read(new EvtxWriter().Add(inner, value).ToArray());
        events.Should().BeEmpty();
        problems.Should().ContainSingle().Which.Message.Should().Contain("expands to more than is read");

        EvtxTyped nested = EvtxTyped.Text("x");
        EvtxElement one = EvtxElement.Of("A", new EvtxPlace(0, 0x21));
        for (int i = 0; i < 20; i++)
        {
            nested = EvtxTyped.Nested(one, nested);
        }

        Read(new EvtxWriter().Add(one, nested).ToArray()).Problems.Should().ContainSingle().Which.Message.Should().Contain("nested more than 8 levels");

        EvtxElement deep = EvtxElement.Of("Deep", "x");
        for (int i = 0; i < 100; i++)
        {
            deep = EvtxElement.Of("Deep", deep);
        }

        Read(new EvtxWriter().Add(deep).ToArray()).Problems.Should().ContainSingle().Which.Message.Should().Contain("nested more than 64 levels");
    }

    [Fact]
    public void An_event_is_written_as_nested_json()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 7, "cmd \"1\"").ToArray();

        Encoding.UTF8.GetString(EventJson.Of(Read(file).Events[0].Event)).Should().Be(
            "{'Event':{'System':{'Provider':{'#attributes':{'Name':'Microsoft-Windows-Sysmon','Guid':'{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'}},'EventID':1,'Version':5,'Keywords':'0x8000000000000000',".Replace('\'', '"')
            + "'TimeCreated':{'#attributes':{'SystemTime':'2026-01-02T03:04:05.1234567Z'}},'EventRecordID':7,'Correlation':null,'Execution':{'#attributes':{'ProcessID':3544,'ThreadID':4272}},".Replace('\'', '"')
            + "'Channel':'Microsoft-Windows-Sysmon/Operational','Computer':'WS01.example.com','Security':{'#attributes':{'UserID':'S-1-5-18'}}},".Replace('\'', '"')
            + "'EventData':{'UtcTime':'2026-01-02 03:04:05.100','Image':'C:\\\\Windows\\\\System32\\\\cmd.exe','CommandLine':'cmd \\'1\\'','ProcessId':4460}}}".Replace('\'', '"'));
    }

    internal static (List<(Event Event, long Line)> Events, List<EventProblem> Problems) Read(byte[] file, bool recover = false) => Read(new MemoryStream(file), recover);

    private static (List<(Event Event, long Line)> Events, List<EventProblem> Problems) Read(Stream stream, bool recover = false)
    {
        var events = new List<(Event, long)>();
        var problems = new List<EventProblem>();
        foreach (EventBatch batch in EventInput.Read(stream, recover: recover))
        {
            batch.Read(EventInput.NewEvent(), (e, line, _) => events.Add((e.Copy(), line)), problems.Add);
            batch.Release();
        }

        return (events, problems);
    }

    private static List<(string Name, EventValueKind Kind, string Text)> Values(Event e) => [.. e.Values.Select(value => (value.Name, value.Kind, value.Text))];

    private static Stream Through(byte[] bytes, int step) => new Pieces(new MemoryStream(bytes), step);

    /// <summary>A stream that gives some bytes at a time.</summary>
    private sealed class Pieces(Stream inner, int step) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => inner.Read(buffer[..Math.Min(step, buffer.Length)]);
    }
}
