using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Sigma.Tests.CommandLine;

/// <summary>One bad event, or one bad file, ends no run, changes nothing for the others, and is said.</summary>
public sealed class HostileEventTests : IDisposable
{
    private const string RuleText = "title: T\nlogsource: {category: test}\ndetection:\n  sel:\n    A: b\n  condition: sel\n";
    private const string Hit = """{"A":"b"}""";

    private readonly TemporaryFolder folder = new TemporaryFolder().With("rule.yml", RuleText);

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, byte[]> OddEvents() => new()
    {
        { "half a pair in a value", Bytes("""{"A":"b","c":"\udc00x"}""") },
        { "half a pair in a name", Bytes("""{"A":"b","\udc00x":"c"}""") },
        { "half a pair in a nested name and value", Bytes("""{"A":"b","n":{"\ud800":["\ud800","x\udfff"]}}""") },
        { "half a pair beside the value that is looked for", Bytes("""{"A":["\ud83d","b"]}""") },
        { "no UTF-8 in a value", [.. Bytes("{\"A\":\"b\",\"c\":\""), 0xFF, 0xC3, .. Bytes("\"}")] },
        { "no UTF-8 in a name", [.. Bytes("{\"A\":\"b\",\""), 0xFF, .. Bytes("\":1}")] },
        { "an overlong NUL", [.. Bytes("{\"A\":\"b\",\"c\":\""), 0xC0, 0x80, .. Bytes("\"}")] },
        { "a NUL", Bytes("""{"A":"b","c":"\u0000","\u0000":1}""") },
        { "one name twice", Bytes("""{"A":"b","A":"b","c":1,"c":{"d":2}}""") },
        { "a giant number", Bytes("{\"A\":\"b\",\"c\":1e999999999,\"d\":" + new string('9', 5000) + ",\"e\":-0.0e-99999999999999999999}") },
        { "an empty name", Bytes("""{"A":"b","":"x","a..b":1,".":2}""") },
        { "a name of dots", Bytes("{\"A\":\"b\",\"" + new string('.', 70_000) + "\":1}") },
        { "a long name", Bytes("{\"A\":\"b\",\"" + new string('n', 300_000) + "\":1}") },
        { "many names", Bytes("{\"A\":\"b\"," + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":{i}")) + "}") },
        { "deep, but not too deep", Bytes("{\"A\":\"b\",\"c\":" + string.Concat(Enumerable.Repeat("[", 120)) + string.Concat(Enumerable.Repeat("]", 120)) + "}") },
        { "a comma too many", Bytes("""{"A":"b","c":[1,],}""") },
        { "a name of Data that is broken", Bytes("""{"A":"b","Event":{"EventData":{"Data":[{"\udc00":1},{"@Name":"\ud800","#text":"\udc00"},{"@Name":5}]}}}""") },
    };

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(OddEvents))]
    public void An_odd_event_is_reported_like_the_others(string name, byte[] odd)
    {
        folder.With("e.ndjson", [.. odd, (byte)'\n', .. Bytes(Hit), (byte)'\n']);

        foreach (string[] more in (string[][])[["--with-event"], ["-f", "csv"], ["-f", "table"]])
        {
            ProgramRun run = Sigmac.Run(folder, ["match", "-r", "rule.yml", .. more, "e.ndjson"]);

            run.ExitCode.Should().Be(0, name + run.Error);
            run.Error.Should().StartWith("sigmac: 2 events, 2 with an unknown log source; 1 rule; 2 matches", name);
            // A table has one line for both, unless the odd field is one of those that matched.
            run.Lines.Length.Should().BeInRange(more[^1] == "csv" ? 3 : 2, more[0] == "-f" ? 3 : 2, name);
            if (more[0] == "--with-event")
            {
                run.Lines.Should().OnlyContain(line => JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 200 }).RootElement.GetProperty("event").ValueKind == JsonValueKind.Object);
            }
        }
    }

    [Theory]
    [InlineData("too deep", "{\"A\":\"b\",\"c\":{0}1{1}}")]
    [InlineData("a raw NUL", "{\"A\":\"b\u0000\"}")]
    [InlineData("a raw control character", "{\"A\":\"b\u0001\"}")]
    [InlineData("no number", "{\"A\":\"b\",\"c\":NaN}")]
    [InlineData("garbage", "\u0001\u0002garbage")]
    [InlineData("the end of an event", "x\":\"y\"}")]
    public void A_broken_event_is_counted_wherever_it_stands(string name, string broken)
    {
        broken = broken.Replace("{0}", string.Concat(Enumerable.Repeat("[", 200))).Replace("{1}", string.Concat(Enumerable.Repeat("]", 200)));
        folder.With("first", broken + "\n" + Hit + "\n" + Hit + "\n").With("last", Hit + "\n" + Hit + "\n" + broken + "\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "first", "last");

        run.ExitCode.Should().Be(0, name + run.Error);
        run.Lines.Should().HaveCount(4, name);
        run.Error.Should().Contain("first:1: warning SIG0841").And.Contain("last:3: warning SIG0841").And.Contain("4 events, 2 broken");
    }

    [Fact]
    public void Half_a_pair_is_no_trouble_in_what_correlations_group_by_and_in_columns()
    {
        folder.With("c.yml", RuleText.Replace("title: T", "title: T\nname: t") + "---\ntitle: C\ncorrelation: {type: event_count, rules: t, group-by: [g], timespan: 1h, condition: {gte: 2}}\n")
            .With("e.ndjson", string.Concat(Enumerable.Repeat("""{"A":"b","g":"\ud800"}""" + "\n", 2)))
            .With("u.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("A,g\nb,"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("\nb,x\n")])
            .With("l.csv", [.. Bytes("A,g\nb,"), 0xE4, .. Bytes("\nb,x\n")]);

        foreach (string format in (string[])["ndjson", "csv", "table"])
        {
            ProgramRun run = Sigmac.Run(folder, "match", "-r", "c.yml", "-f", format, "e.ndjson");
            run.Error.Should().Contain("1 match of 1 rule", format);
            run.Output.Should().Contain("\uFFFD");
            Sigmac.Run(folder, "match", "-r", "rule.yml", "-f", format, "u.csv", "l.csv").Error.Should().Contain("4 events, 4 with an unknown log source; 1 rule; 4 matches");
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_row_that_is_too_long_is_left_out()
    {
        string cell = new('x', 17_000_000);
        folder.With("cell.csv", $"A,c\nb,1\nb,{cell}\nb,2\n")
            .With("quoted.csv", $"A,c\nb,1\nb,\"{cell}\n\"\nb,2\n")
            .With("almost.csv", $"A,c\nb,1\nb,{cell[..16_700_000]}\nb,2\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "cell.csv", "quoted.csv");
        run.ExitCode.Should().Be(0, run.Error);
        run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("line").GetInt64()).Should().Equal(2, 4, 2, 5);
        run.Error.Should().Contain("cell.csv:3: warning SIG0841: skipped an invalid event: the row is longer than 16 MB").And.Contain("quoted.csv:3: warning").And.Contain("4 events, 2 broken");
        Sigmac.Run(folder, "match", "-r", "rule.yml", "almost.csv").Error.Should().Contain("3 events, 3 with an unknown log source");
    }

    public static TheoryData<string, byte[], int, string> CutShort()
    {
        string lines = string.Concat(Enumerable.Range(0, 2_000).Select(i => $$"""{"A":"{{(i % 100 == 0 ? "b" : Guid.NewGuid())}}"}""" + "\n"));
        byte[] packed = Packed(lines);
        return new()
        {
            { "gzip in its middle", packed[..(packed.Length / 2)], 1, "its compressed data ends too early" },
            { "gzip in its trailer", packed[..^4], 20, "its compressed data ends too early" },
            { "gzip with a damaged sum", [.. packed[..^8], 1, 2, 3, 4, .. packed[^4..]], 20, "its compressed data ends too early, is damaged" },
            { "the second part of gzip", [.. Packed(Hit + "\n"), .. packed[..(packed.Length / 2)]], 2, "its compressed data" },
            { "text behind gzip", [.. Packed(Hit + "\n"), .. Bytes(Hit + "\n")], 1, "its compressed data ends too early, is damaged, or is followed by other data" },
            { "two letters behind gzip", [.. Packed(Hit + "\n"), .. "xy"u8], 1, "SIG0845" },
            { "the damaged head of the second part of gzip", [.. Packed(Hit + "\n"), 0x1F, 0x8C, .. packed[2..]], 1, "SIG0845" },
            { "zeros, then more, behind gzip", [.. Packed(Hit + "\n"), .. new byte[100_000], 1], 1, "SIG0845" },
            { "much behind gzip", [.. packed, .. packed[2..], .. packed[2..]], 20, "SIG0845" },
            { "a list", Bytes($"[{Hit},\n{Hit}\n"), 2, "e:1: error SIG0845: the file is truncated or damaged, and events may be missing: the list that begins here is not closed" },
            { "a list behind a comma", Bytes($"[{Hit},{Hit},"), 2, "SIG0845" },
            { "a list within an event", Bytes("[" + Hit + ",\n{\"A\":\"b\""), 1, "e:2: error SIG0845" },
            { "an object", Bytes($"{{\n\"A\":\"b\"\n}}\n{{\n\"A\":\n"), 1, "the object is not closed" },
            { "a line", Bytes(Hit + "\n" + Hit + "\n{\"A\":\"b"), 2, "e:3: error SIG0845: the file is truncated or damaged, and events may be missing: the file ends within it" },
            { "a line in an escape", Bytes(Hit + "\n{\"A\":\"b\\"), 1, "e:2: error SIG0845" },
            { "a quote", Bytes("A,c\nb,1\nb,\"2\nb,3\n"), 1, "e:3: error SIG0845: the file is truncated or damaged, and events may be missing: a quote of the row that begins here is not closed" },
            { "a row", Bytes("A,c,d\nb,1,2\nb,1"), 1, "e:3: error SIG0845" },
        };
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(CutShort))]
    public void A_file_that_is_cut_short_is_an_error_and_what_it_has_counts(string name, byte[] content, int matches, string message)
    {
        folder.With("e", content).With("f", Hit + "\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "e", "f");

        run.ExitCode.Should().Be(1, name);
        run.Error.Should().Contain(message, name).And.Contain("; 1 file not read completely");
        run.Lines.Should().HaveCountGreaterThanOrEqualTo(matches + 1, name).And.Contain(line => line.Contains("\"file\":\"f\""), "the next file is read");
    }

    [Fact]
    public void Whole_files_are_not_taken_for_cut_ones()
    {
        folder.With("parts.gz", [.. Packed(Hit + "\n"), .. Packed(Hit + "\n"), .. Packed("")])
            .With("padded.gz", [.. Packed(Hit + "\n"), .. new byte[512]])
            .With("empty", "").With("empty.gz", Packed("")).With("blank", "\n\n").With("list", "[]").With("lists", $"[{Hit}]\n[{Hit}]")
            .With("line", Hit).With("columns", "A,c\nb,\"1\n\"").With("names", "A,c\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "parts.gz", "padded.gz", "empty", "empty.gz", "blank", "list", "lists", "line", "columns", "names");

        run.Error.Should().Be("sigmac: 7 events, 7 with an unknown log source; 1 rule; 7 matches of 1 rule\n");
        run.ExitCode.Should().Be(0);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("A|re: '^(?=(a+)+$)'", 301)]
    // The last event has no a, without which these are not tried.
    [InlineData("A|re: '^(a|aa)+(?!a)$'", 300)]
    [InlineData(@"A|re: '^(a+)+\1b$'", 300)]
    public void Expressions_that_need_backtracking_have_a_budget(string item, int timeouts)
    {
        string text = new string('a', 5_000) + "!";
        folder.With("slow.yml", $"title: Slow\nlogsource: {{category: test}}\ndetection:\n  sel:\n    {item}\n  condition: sel\n")
            .With("e.ndjson", string.Concat(Enumerable.Repeat($$"""{"A":"{{text}}"}""" + "\n", 300)) + Hit + "\n");

        ProgramRun run = Sigmac.Shell(folder, "ulimit -t 60; sigmac match --regex-time 1 -r rule.yml -r slow.yml e.ndjson");

        run.ExitCode.Should().Be(0, run.Error);
        run.Error.Should().Contain("e.ndjson:1: warning SIG0846: a regular expression of the rule 'Slow' takes too long on this event")
            .And.Contain("warning SIG0847: regular expressions of the rule 'Slow' count as not found from here on: they have used up their time of 1 seconds per rule and 10 per run")
            .And.Contain($"; {timeouts} regular expression timeouts");
        run.Lines.Should().ContainSingle("the other rule is judged by every event").Which.Should().Contain("\"line\":301");
    }

    [Fact]
    public void Correlations_forget_rather_than_fill_the_memory()
    {
        folder.With("c.yml", RuleText.Replace("title: T", "title: T\nname: t") + "---\ntitle: Many\ncorrelation: {type: event_count, rules: t, group-by: [g], timespan: 1h, condition: {gte: 2}}\n")
            .With("e.ndjson", string.Concat(Enumerable.Range(0, 6_000).Append(5_999).Select(i => $$"""{"A":"b","g":"g{{i}}"}""" + "\n")));

        ProgramRun run = Sigmac.Run(folder, "match", "--correlation-memory", "1", "-r", "c.yml", "e.ndjson");

        run.Error.Should().Contain("warning SIG0850: 'Many' drops its oldest groups and their counts").And.MatchRegex("; \\d+ correlation groups discarded");
        run.Error.Split("SIG0850").Should().HaveCount(2, "it is said once");
        run.Lines.Should().ContainSingle("the last group is remembered").Which.Should().Contain("g5999");
        Sigmac.Run(folder, "match", "-r", "c.yml", "e.ndjson").Error.Should().NotContain("SIG0850");
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Bytes(text));
        }

        return packed.ToArray();
    }
}
