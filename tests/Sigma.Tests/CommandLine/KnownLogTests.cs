using System.IO.Compression;
using System.Text;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>What is no log is refused by its name, and events are tried on the rules of their own log.</summary>
public sealed class KnownLogTests : IDisposable
{
    /// <summary>A rule that any event, and any text read as one, matches.</summary>
    private const string Everything = "title: Everything\nlogsource: {category: test}\ndetection:\n  s:\n    NoSuchField: null\n  condition: s\n";

    private readonly TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Everything);

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, byte[], string> NoLogs() => new()
    {
        { "evt", [0x30, 0, 0, 0, .. Bytes("LfLe"), 1, 0, 0, 0], "SIG0843: cannot read this file: it is a Windows event log of the old format (.evt)" },
        { "evt in gzip", Packed([0x30, 0, 0, 0, .. Bytes("LfLe"), 1, 0, 0, 0]), "SIG0843: cannot read this file: it is a Windows event log of the old format (.evt)" },
        { "zip", [.. Bytes("PK\u0003\u0004"), 20, 0, 0, 0, 8, 0], "SIG0845: the file is truncated or damaged" },
        { "gzip twice", Packed(Packed(Bytes("{}"))), "it is packed with gzip twice" },
        { "zstd", [0x28, 0xB5, 0x2F, 0xFD, 4, 0], "SIG0845: the file is truncated or damaged" },
        { "sqlite", Bytes("SQLite format 3\0abc"), "it is an SQLite database" },
        { "pcap", [0xD4, 0xC3, 0xB2, 0xA1, 2, 0], "it is a capture of network packets" },
        { "XML", Bytes("<?xml version=\"1.0\"?>\n<Events><Event/></Events>"), "it is XML" },
        { "XML in UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<?xml version=\"1.0\"?>")], "it is XML" },
        { "HTML", Bytes("<!doctype html>\n<p>a,b"), "it is HTML" },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes("A,c\r\nb,1\r\n"), "it is a text in UTF-16 without a byte order mark" },
        { "JSON in UTF-16 without a mark", Encoding.Unicode.GetBytes("{\"A\":\"b\"}\n{\"A\":\"c\"}\n"), "it is a text in UTF-16 without a byte order mark" },
        { "a list in UTF-16 of the other order", Encoding.BigEndianUnicode.GetBytes("[{\"A\":\"b\"}]"), "it is a text in UTF-16 without a byte order mark" },
        { "UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("{}")], "it is a text in UTF-32" },
        { "UTF-32 with the high byte first", [0, 0, 0xFE, 0xFF, .. new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes("{}")], "it is a text in UTF-32" },
        { "NUL bytes", Bytes("a,b\n1,2\n\0\0"), "it is a binary file" },
        { "key and value", Bytes("time=1, level=info\ntime=2, level=warn\n"), "SIG0844" },
        { "prose", Bytes("Dear reader,\nthis is a text; it has semicolons, and commas.\n"), "SIG0844" },
        { "one word", Bytes("hello\nworld\n"), "SIG0844" },
        { "numbers", Bytes("1,2,3\n4,5,6\n"), "SIG0844" },
        { "YAML", Bytes("---\ntitle: x\na: [1, 2]\n"), "SIG0844" },
        { "a script", Bytes("#!/bin/sh\necho a, b\n"), "it is a script" },
        { "broken lines only", Bytes("{x}\n{y}\n"), "SIG0851: the file has no valid event" },
        { "RTF", Bytes("{\\rtf1 a,b}"), "SIG0851" },
    };

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(NoLogs))]
    public void What_is_no_log_is_refused_by_its_name(string name, byte[] content, string message)
    {
        folder.With("no.log", content).With("yes.log", "{\"A\":\"b\"}\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "no.log", "yes.log");

        run.Error.Should().Contain("no.log").And.Contain(message, name).And.Contain("; 1 file not read completely");
        run.ExitCode.Should().Be(1, name);
        run.Lines.Should().ContainSingle("the other file is read").Which.Should().Contain("yes.log");
        if (message == "SIG0844")
        {
            run.Error.Should().Contain("--input-format");
        }
    }

    [Fact]
    public void Random_bytes_match_nothing()
    {
        var random = new Random(11);
        string[] files = [.. Enumerable.Range(1, 200).Select(i => $"r{i}.csv")];
        foreach (string file in files)
        {
            byte[] bytes = new byte[random.Next(2, 5_000)];
            random.NextBytes(bytes);
            folder.With(file, bytes);
        }

        ProgramRun run = Sigmac.Run(folder, ["match", "-r", "rule.yml", .. files]);

        run.Output.Should().BeEmpty();
        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("; 0 matches").And.Contain("; 200 files not read");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("names", "A,c\nb,1\n", 1)]
    [InlineData("semicolons", "Zeit;Größe;Nr.\nb;1;2\n", 1)]
    [InlineData("tabs", "_time\thost\tsource type\nx\ty\tz\n", 1)]
    [InlineData("bars", "TimeGenerated [UTC]|Event ID|winlog.event_data.Image\n1|2|3\n", 1)]
    [InlineData("quoted names", "\"@timestamp\",\"Date and Time\",\"Event.System.EventID\"\n\"1,2\",\"a\nb\",3\n", 1)]
    [InlineData("an empty name", ",a,b\n0,1,2\n", 1)]
    [InlineData("a name twice", "a,b,a\n0,1,2\n", 1)]
    [InlineData("a mark", "\uFEFFA,c\r\nb,1\r\n", 1)]
    [InlineData("blank lines", "\n\nA,c\n\nb,1\n", 1)]
    [InlineData("a broken row", "A,c\nb,1\nb\nb,2\n", 2)]
    [InlineData("texts of logs in cells", "time,message\n2026-01-02 03:04:05,\"a: b, c\"\n", 1)]
    [InlineData("many words", "Name of the process,User\nx,y\n", 1)]
    public void Columns_are_read_as_before(string name, string content, int rows)
    {
        folder.With("e", content).With("l1", Encoding.Latin1.GetBytes(content)).With("wide", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(content)]);

        Sigmac.Run(folder, "match", "-r", "rule.yml", "e", "l1", "wide").Lines.Should().HaveCount(3 * rows, name);
    }

    [Theory]
    [InlineData("hello\nworld\n", "csv", 1)]
    [InlineData("1,2\n3,4\n", "csv", 1)]
    public void A_format_that_is_named_is_believed(string content, string format, int rows)
    {
        folder.With("e", content);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "--input-format", format, "e");

        run.Lines.Should().HaveCount(rows, run.Error);
        run.ExitCode.Should().Be(0);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_folder_of_other_files_says_so()
    {
        folder.With("only/a.evt", "0").With("only/b/c.evt", "0").With("only/readme", "x").With("both/a.evt", "0").With("both/a.json", "{\"A\":\"b\"}");
        Directory.CreateDirectory(folder["empty"]);

        ProgramRun only = Sigmac.Run(folder, "match", "-r", "rule.yml", "only", "both");
        only.ExitCode.Should().Be(1);
        only.Error.Should().Contain("only: error SIG0849: there is no log in it, only 2 .evt, 1 without an ending").And.Contain("1 file passed over that is no log: 1 .evt");
        only.Lines.Should().ContainSingle();
        ProgramRun pipe = Sigmac.Shell(folder, "mkdir pipes; mkfifo pipes/a.json; : > pipes/b.json; printf '{\"A\":1}\n' > pipes/c.json; timeout 60 " + Sigmac.ShellWords + " match -r rule.yml pipes");
        pipe.Lines.Should().ContainSingle("nobody waits for a pipe that lies in a folder").Which.Should().Contain("c.json");
        ProgramRun both = Sigmac.Run(folder, "match", "-r", "rule.yml", "both", "empty");
        both.ExitCode.Should().Be(0);
        both.Error.Should().Contain("empty: the folder contains no files");
    }

    private const string CloudTrail = """{"eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"x","awsRegion":"us-east-1","eventID":"0-1"}""";
    private const string Zeek = """{"_path":"http","ts":1,"uid":"C1","eventName":"x"}""";
    private const string App = """{"channel":"security","level":"info","eventName":"x"}""";

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    // The log of the event says which rules are for it.
    [InlineData(CloudTrail, "product: aws, service: cloudtrail", true)]
    [InlineData(CloudTrail, "product: aws", true)]
    [InlineData(CloudTrail, "product: AWS, service: CloudTrail", true)]
    [InlineData(CloudTrail, "product: aws, service: route53", false)]
    [InlineData(CloudTrail, "product: zeek, service: rdp", false)]
    [InlineData(CloudTrail, "product: windows, category: process_creation", false)]
    [InlineData(CloudTrail, "product: linux", false)]
    [InlineData(CloudTrail, "service: cloudtrail", true)]
    [InlineData(CloudTrail, "service: apache", false)]
    [InlineData(CloudTrail, "category: test", true)]
    [InlineData("""{"_source":{"eventSource":"s3.amazonaws.com","eventName":"x"}}""", "product: aws, service: cloudtrail", true)]
    [InlineData("""{"result":{"eventSource":"iam.amazonaws.com","eventName":"x","awsRegion":"x"}}""", "product: zeek", false)]
    [InlineData(Zeek, "product: zeek, service: http", true)]
    [InlineData(Zeek, "product: zeek", true)]
    [InlineData(Zeek, "product: zeek, service: dns", false)]
    [InlineData(Zeek, "product: aws, service: cloudtrail", false)]
    [InlineData(Zeek, "category: proxy", true)]
    [InlineData("""{"_path":"C:\\x\\y.exe","eventName":"x"}""", "product: zeek", false)]
    [InlineData("""{"eventSource":"mine","eventName":"x"}""", "product: aws", false)]
    [InlineData("""{"protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog"},"eventName":"x"}""", "product: gcp, service: gcp.audit", true)]
    [InlineData("""{"apiVersion":"audit.k8s.io/v1","auditID":"1","eventName":"x"}""", "product: kubernetes, service: audit", true)]
    [InlineData("""{"apiVersion":"v1","auditID":"1","eventName":"x"}""", "product: kubernetes, service: audit", false)]
    // A log that leaves its service open is not of every service.
    [InlineData("""{"Workload":"x","Operation":"y","RecordType":1,"OrganizationId":"z","CreationTime":"t","eventName":"x"}""", "service: named", false)]
    [InlineData("""{"Workload":"x","Operation":"y","RecordType":1,"OrganizationId":"z","CreationTime":"t","eventName":"x"}""", "product: m365, service: threat_management", true)]
    // A category of the taxonomy is about events that a log must have.
    [InlineData(CloudTrail, "category: proxy", false)]
    [InlineData(CloudTrail, "category: Proxy", false)]
    [InlineData(CloudTrail, "category: process_creation", false)]
    [InlineData(CloudTrail, "product: aws, category: proxy", false)]
    [InlineData(CloudTrail, "product: aws, category: test", true)]
    [InlineData(CloudTrail, "product: aws, service: cloudtrail, category: application", true)]
    [InlineData(Zeek, "category: webserver", true)]
    [InlineData(Zeek, "category: dns", false)]
    [InlineData("""{"_path":"dns","eventName":"x"}""", "category: dns", true)]
    [InlineData("""{"_path":"conn","eventName":"x"}""", "category: proxy", false)]
    [InlineData("""{"_path":"files","eventName":"x"}""", "category: antivirus", false)]
    [InlineData("""{"apiVersion":"audit.k8s.io/v1","auditID":"1","eventName":"x"}""", "product: kubernetes, category: application", true)]
    [InlineData("""{"cs-method":"GET","cs-uri-stem":"/","sc-status":200,"eventName":"x"}""", "category: webserver", true)]
    [InlineData("""{"cs-method":"GET","cs-uri-stem":"/","sc-status":200,"eventName":"x"}""", "category: proxy", false)]
    // A provider says what the channel does not.
    [InlineData("""{"Provider_Name":"Microsoft-Windows-Security-Auditing","EventID":4625,"Channel":null,"eventName":"x"}""", "product: windows, service: security", true)]
    [InlineData("""{"Provider_Name":"Microsoft-Windows-Security-Auditing","EventID":4625,"Channel":null,"eventName":"x"}""", "product: windows, service: system", false)]
    [InlineData("""{"Provider_Name":"Service Control Manager","EventID":7045,"eventName":"x"}""", "product: windows, service: security", false)]
    [InlineData("""{"Provider_Name":"Service Control Manager","EventID":7045,"eventName":"x"}""", "product: windows, service: system", true)]
    [InlineData("""{"Provider_Name":"Service Control Manager","EventID":7045,"eventName":"x"}""", "category: proxy", false)]
    [InlineData("""{"Provider_Name":"Microsoft-Windows-Kernel-General","EventID":16,"eventName":"x"}""", "category: webserver", false)]
    [InlineData("""{"Provider_Name":"Microsoft-Windows-Kernel-General","EventID":16,"eventName":"x"}""", "product: windows", true)]
    [InlineData("""{"Provider_Name":"Squid for Windows","EventID":3128,"eventName":"x"}""", "category: proxy", true)]
    [InlineData("""{"Provider_Name":"MsiInstaller","EventID":1033,"eventName":"x"}""", "product: windows, service: application", true)]
    // What only Windows has is of Windows, also where it does not tell all.
    [InlineData("""{"EventID":4625,"eventName":"x"}""", "product: windows, service: security", true)]
    [InlineData("""{"EventCode":"4625","eventName":"x"}""", "product: windows", true)]
    [InlineData("""{"Channel":"Security","eventName":"x"}""", "product: windows, service: security", true)]
    [InlineData("""{"Channel":"Security","eventName":"x"}""", "product: linux", false)]
    [InlineData("""{"Provider_Name":"Microsoft-Windows-Sysmon","eventName":"x"}""", "product: windows, category: process_creation", true)]
    [InlineData("""{"Channel":"Security","EventID":4625,"eventName":"x"}""", "service: apache", false)]
    // What tells nothing is tried on the rules of any log.
    [InlineData(App, "category: test", true)]
    [InlineData(App, "category: process_creation", true)]
    [InlineData(App, "product: windows, service: security", false)]
    [InlineData(App, "product: windows", false)]
    [InlineData(App, "service: apache", false)]
    [InlineData(App, "product: aws, service: cloudtrail", false)]
    [InlineData("""{"event_id":7,"eventName":"x"}""", "product: windows", false)]
    [InlineData("""{"eventName":"x"}""", "product: macos, category: process_creation", false)]
    // Or on what the user says.
    [InlineData(App, "product: windows, service: security", true, "--product", "windows")]
    [InlineData(App, "product: windows, service: security", true, "--service", "security")]
    [InlineData(App, "product: windows, service: security", true, "--product", "Windows", "--service", "security")]
    [InlineData(App, "product: windows, service: security", false, "--product", "windows", "--service", "system")]
    [InlineData(App, "product: windows, service: security", false, "--category", "process_creation")]
    [InlineData(App, "product: windows, category: process_creation", true, "--category", "process_creation")]
    [InlineData(App, "product: windows, category: process_creation", false, "--product", "linux", "--category", "process_creation")]
    [InlineData(App, "category: proxy", false, "--category", "process_creation")]
    [InlineData(App, "category: proxy", true, "--product", "linux")]
    [InlineData(CloudTrail, "product: windows, service: security", false, "--product", "windows")]
    public void An_event_is_tried_on_the_rules_of_its_log(string json, string logSource, bool matches, params string[] options)
    {
        folder.With("r.yml", $"title: T\nlogsource: {{{logSource}}}\ndetection:\n  s:\n    - eventName: x\n    - _source.eventName: x\n    - result.eventName: x\n  condition: s\n")
            .With("e", json + "\n");

        UnknownEvents unknown = UnknownEvents.Of(Value("--product"), Value("--service"), Value("--category"));
        IReadOnlyList<ReadDocument> document = RuleReader.Read(new SourceText("r.yml", folder.Read("r.yml")));
        Detector detector = Detector.Create(document, RuleSet.Empty, new DetectorSettings { Unknown = unknown }, (_, _) => { });
        (detector.NewMatcher().Match(Event.Parse(json), 1) is not null).Should().Be(matches);

        string? Value(string name) => Array.IndexOf(options, name) is var at and >= 0 ? options[at + 1] : null;
    }

    [Theory]
    [InlineData("Jan  5 10:00:01 web1 sshd[811]: Accepted password for root from 192.0.2.7 port 51 ssh2", "category: proxy", false)]
    [InlineData("Jan  5 10:00:01 web1 sshd[811]: Accepted password for root from 192.0.2.7 port 51 ssh2", "product: linux, category: process_creation", false)]
    [InlineData("Jan  5 10:00:01 web1 sshd[811]: Accepted password for root from 192.0.2.7 port 51 ssh2", "product: linux, service: auth", true)]
    [InlineData("Jan  5 10:00:01 ns1 named[2]: client @0x1 192.0.2.7#51 (example.com): query: example.com IN A", "category: dns", true)]
    [InlineData("Jan  5 10:00:01 ns1 named[2]: client @0x1 192.0.2.7#51 (example.com): query: example.com IN A", "category: webserver", false)]
    [InlineData("Jan  5 10:00:01 av1 clamd[2]: /srv/upload/x: Eicar-Signature FOUND", "category: antivirus", true)]
    [InlineData("type=EXECVE msg=audit(1700000000.123:4): argc=1 a0=\"id\"", "product: linux, category: process_creation", true)]
    [InlineData("type=EXECVE msg=audit(1700000000.123:4): argc=1 a0=\"id\"", "category: database", false)]
    public void Lines_are_tried_on_the_categories_that_their_log_has(string line, string logSource, bool matches)
    {
        folder.With("r.yml", Everything.Replace("category: test", logSource)).With("e.log", line + "\n");

        Sigmac.Run(folder, "match", "-r", "r.yml", "e.log").Lines.Should().HaveCount(matches ? 1 : 0);
    }

    [Fact]
    public void Events_of_no_known_log_are_counted_and_the_options_named()
    {
        folder.With("w.yml", Everything.Replace("category: test", "product: windows, service: security")).With("e", App + "\n" + CloudTrail + "\n");

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "w.yml", "-r", "rule.yml", "e");
        run.Lines.Should().HaveCount(2).And.OnlyContain(line => line.Contains("Everything") && line.Contains("rule.yml"));
        run.Error.Should().Be(
            "sigmac: 1 event with an unknown log source: tested only against rules that name neither a product nor a service, not against 1 rule; set their log source with --product, --service or --category\n"
            + "sigmac: fields of the first of them: channel, level, eventName\n"
            + "sigmac: events by log: 1 unknown, 1 aws cloudtrail\n"
            + "sigmac: 1 rule without an event of its log source\n"
            + "sigmac: 2 events, 1 with an unknown log source; 2 rules; 2 matches of 1 rule\n");

        ProgramRun said = Sigmac.Run(folder, "match", "-r", "w.yml", "--product", "windows", "e");
        said.Lines.Should().ContainSingle().Which.Should().Contain("\"line\":1");
        said.Error.Should().Be("sigmac: events by log: 1 unknown, 1 aws cloudtrail\nsigmac: 2 events, 1 with an unknown log source; 1 rule; 1 match of 1 rule\n");

        Sigmac.Run(folder, "match", "-r", "w.yml", "--product", "windos", "e").Error.Should().Contain("warning SIG0852: no rule has the product 'windos'").And.Contain("windows");
        Sigmac.Run(folder, "match", "-r", "w.yml", "--explain", "e").Output.Should()
            .Contain("the event does not tell which log it is from, and the rule is for one").And.Contain("the event is of another log source");
    }

    [Fact]
    public void Fields_of_the_elastic_common_schema_need_a_pipeline_and_the_run_says_which()
    {
        folder.With("r.yml", "title: T\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n  s:\n    eventName: StopLogging\n  condition: s\n")
            .With("e", """{"event":{"dataset":"aws.cloudtrail","action":"StopLogging"}}""" + "\n");

        ProgramRun without = Sigmac.Run(folder, "match", "-r", "r.yml", "e");
        without.Lines.Should().BeEmpty();
        without.Error.Should().Be(
            "sigmac: 1 event with field names of the Elastic Common Schema, which rules do not use; give rules these names with -p ecs_cloudtrail\n"
            + "sigmac: 1 event; 1 rule; 0 matches of 0 rules\n");

        ProgramRun with = Sigmac.Run(folder, "match", "-r", "r.yml", "-p", "ecs_cloudtrail", "e");
        with.Lines.Should().ContainSingle();
        with.Error.Should().Be("sigmac: 1 event; 1 rule; 1 match of 1 rule\n");
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    internal static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
