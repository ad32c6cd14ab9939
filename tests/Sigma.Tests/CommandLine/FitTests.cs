using System.Text.Json;
using Json.Schema;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac fit</c>: which rules cannot match, why, and what would help.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class FitTests : IDisposable
{
    private const string Head = "title: T\nlogsource: {product: windows, category: process_creation}\n";
    private const string Sysmon = "\"EventID\":1,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\"";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_rule_whose_fields_and_values_are_there_fits_even_if_it_does_not_match()
    {
        (JsonElement record, int code) = Fit("s: {Image|endswith: '\\cmd.exe'}\n  condition: s", """{SYSMON,"Image":"C:\\Windows\\explorer.exe"}""");

        code.Should().Be(0);
        record.GetProperty("fits").GetString().Should().Be("yes");
        record.GetProperty("logs")[0].GetString().Should().Be("Microsoft-Windows-Sysmon/Operational");
        record.GetProperty("findings").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public void A_field_that_no_event_has_is_found_with_the_pipeline_that_names_it_as_the_events_do()
    {
        (JsonElement record, int code) = Fit("s: {Image|endswith: '\\cmd.exe'}\n  condition: s", """{SYSMON,"process":{"executable":"C:\\Windows\\cmd.exe"}}""");

        code.Should().Be(1);
        record.GetProperty("fits").GetString().Should().Be("no");
        JsonElement finding = Only(record);
        finding.GetProperty("problem").GetString().Should().Be("missing-field");
        finding.GetProperty("field").GetString().Should().Be("Image");
        finding.GetProperty("line").GetInt32().Should().Be(4);
        finding.GetProperty("help")[0].GetProperty("field").GetString().Should().Be("process.executable");
        finding.GetProperty("help")[0].GetProperty("pipeline").GetString().Should().StartWith("ecs");
        finding.GetProperty("help")[0].GetProperty("values").GetInt64().Should().Be(1);
    }

    [Theory]
    [InlineData("Image|endswith: '\\cmd.exe'", "\"Image\":\"cmd.exe\"", "name")]
    [InlineData("Image: 'C:\\Windows\\cmd.exe'", "\"Image\":\"C:/Windows/cmd.exe\"", "slashed-path")]
    [InlineData("Image: cmd.exe", "\"Image\":\"C:\\\\Windows\\\\cmd.exe\"", "windows-path")]
    [InlineData("ProcessId: 4660", "\"ProcessId\":\"0x1234\"", "hexadecimal")]
    [InlineData("ProcessId: '0x1234'", "\"ProcessId\":4660", "number")]
    [InlineData("ProcessId|gte: 10", "\"ProcessId\":\"ten\"", "name")]
    [InlineData("Signed: true", "\"Signed\":\"yes\"", "switch")]
    [InlineData("Signed: 'true'", "\"Signed\":\"1\"", "number")]
    [InlineData("LogonGuid: '{00000000-0000-4000-8000-000000000001}'", "\"LogonGuid\":\"00000000-0000-4000-8000-000000000002\"", "bare-guid")]
    [InlineData("Ip|cidr: 10.0.0.0/8", "\"Ip\":\"gateway\"", "name")]
    [InlineData("TargetObject|startswith: 'HKLM\\Software'", "\"TargetObject\":\"HKEY_LOCAL_MACHINE\\\\Software\\\\A\"", "long-key")]
    [InlineData("TargetObject|contains: 'HKLM\\Software'", "\"TargetObject\":\"\\\\REGISTRY\\\\MACHINE\\\\Software\\\\A\"", "kernel-key")]
    public void Values_of_another_form_are_found(string item, string held, string form)
    {
        (JsonElement record, int code) = Fit($"s: {{{item}}}\n  condition: s", "{SYSMON," + held + "}");

        code.Should().Be(1);
        JsonElement finding = Only(record);
        finding.GetProperty("problem").GetString().Should().Be("value-form");
        finding.GetProperty("forms").EnumerateArray().Select(one => one.GetString()).Should().Equal(form);
        finding.GetProperty("weight").GetString().Should().Be("error");
    }

    [Theory]
    [InlineData("Image|endswith: 'cmd.exe'", "\"Image\":\"explorer.exe\"")]
    [InlineData("Image|re: '\\\\cmd'", "\"Image\":\"explorer.exe\"")]
    [InlineData("Image: System", "\"Image\":\"C:\\\\Windows\\\\explorer.exe\"")]
    [InlineData("CommandLine|contains: ' /c '", "\"CommandLine\":\"run now\"")]
    [InlineData("User: 'NT AUTHORITY\\SYSTEM'", "\"User\":\"-\",\"user\":\"EXAMPLE\\\\dana\"")]
    [InlineData("Image: null", "\"User\":\"dana\"")]
    [InlineData("Image|exists: false", "\"User\":\"dana\"")]
    [InlineData("Ip|cidr: 10.0.0.0/8", "\"Ip\":\"192.0.2.1\"")]
    [InlineData("Details: 'DWORD (0x00000001)'", "\"Details\":\"Binary Data\"")]
    public void What_may_match_is_not_reported(string item, string held)
    {
        (JsonElement record, int code) = Fit($"s: {{{item}}}\n  condition: s", "{SYSMON," + held + "}");

        record.GetProperty("findings").GetArrayLength().Should().Be(0, record.ToString());
        code.Should().Be(0);
    }

    [Fact]
    public void The_weight_tells_what_is_left_of_the_rule()
    {
        const string Event = """{SYSMON,"Image":"C:\\Windows\\explorer.exe"}""";

        Weights("a: {Image: a}\n  b: {Nope: b}\n  condition: a or b", Event.Replace("C:\\\\Windows\\\\", "")).Should().Equal(("Nope", "warning"));
        Weights("a: {Image|endswith: a}\n  b: {Nope: b}\n  condition: a and not b", Event).Should().Equal(("Nope", "info"));
        Weights("a: {Image|endswith: a}\n  b: {Nope: null}\n  condition: a and not b", Event).Should().BeEmpty();
        Weights("a: {Image: ['\\a.exe', '*\\b.exe', c.exe]}\n  condition: a", Event).Should().Equal(("Image", "info"));
        Weights("a: {Image|endswith: a}\n  condition: a | count() by Nope > 3", Event).Should().Equal(("Nope", "error"));
    }

    [Fact]
    public void A_rule_of_the_security_log_is_compared_in_its_names()
    {
        (JsonElement record, _) = Fit("s: {Image|endswith: '\\cmd.exe'}\n  condition: s", """{"EventID":4688,"Channel":"Security","Provider_Name":"Microsoft-Windows-Security-Auditing","NewProcessName":"cmd.exe"}""");

        Only(record).GetProperty("field").GetString().Should().Be("NewProcessName");
    }

    /// <summary>What is asked for is said, also where that is a part of a date.</summary>
    [Fact]
    public void A_part_of_a_date_is_named()
    {
        (JsonElement record, _) = Fit("s: {User|hour: 8}\n  condition: s", """{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","User":"EXAMPLE\\joe"}""");

        Only(record).GetProperty("wanted").GetString().Should().Be("hour 8");
    }

    [Fact]
    public void Without_an_event_of_its_log_nothing_is_known_of_a_rule_and_that_is_no_success()
    {
        folder.With("rule.yml", Head + "detection:\n  s: {Image: a}\n  condition: s\n").With("e.json", """{"eventSource":"s3.amazonaws.com","eventName":"GetObject","eventVersion":"1.08","awsRegion":"x"}""");

        ProgramRun run = Sigmac.Run(folder, "fit", "-r", "rule.yml", "e.json");

        run.ExitCode.Should().Be(1);
        run.Error.Should().EndWith("sigmac: 1 event; 1 rule: 0 fit, 0 match only in part, 0 cannot match, 1 without an event for them\n");
        Sigmac.Run(folder, "fit", "-v", "-r", "rule.yml", "e.json").Output.Should().Contain("no-events  windows/process_creation");
    }

    [Theory]
    [InlineData("{EventID: 7045, TargetUserName: x}")]
    [InlineData("{EventID|contains: '70', TargetUserName: x}")]
    [InlineData("{Provider_Name: Other, TargetUserName: x}")]
    public void A_log_without_the_event_that_a_rule_asks_for_is_there(string detection)
    {
        folder.With("rule.yml", $"title: T\nlogsource: {{product: windows, service: security}}\ndetection:\n  s: {detection}\n  condition: s\n")
            .With("e.json", """{"EventID":4688,"Channel":"Security","Provider_Name":"Microsoft-Windows-Security-Auditing"}""");

        ProgramRun run = Sigmac.Run(folder, "fit", "-v", "-r", "rule.yml", "e.json");

        run.ExitCode.Should().Be(1, "nothing is known of the rule");
        run.Output.Should().Contain("no-such-event  windows/security").And.Contain("none of 1 event has the event id, channel or provider that is asked for");
        Sigmac.Run(folder, "fit", "-f", "json", "-r", "rule.yml", "e.json").Output.Should().Contain("\"logs\":[\"Security\"]").And.Contain("\"problem\":\"no-such-event\"");
        Sigmac.Run(folder, "match", "-r", "rule.yml", "e.json").Error.Should().NotContain("without an event");
    }

    [Theory]
    [InlineData("record_type: TXT, answer: x", "{\"a\":1}", "0 fit, 0 match only in part, 0 cannot match, 1 without")]
    [InlineData("record_type: TXT, answer: x", "{\"answer\":\"y\"}", "0 fit, 0 match only in part, 0 cannot match, 1 without")]
    [InlineData("record_type: TXT, answer: x", "{\"record_type\":\"A\",\"answer\":\"other\"}", "1 fit, 0 match only in part, 0 cannot match, 0 without")]
    [InlineData("record_type: TXT, answer: x", "{\"_path\":\"dns\",\"answer\":\"y\"}", "0 fit, 0 match only in part, 1 cannot match, 0 without")]
    public void An_event_of_an_unknown_log_does_not_fail_a_rule_of_any_product(string detection, string e, string said)
    {
        folder.With("rule.yml", $"title: T\nlogsource: {{category: dns}}\ndetection:\n  s: {{{detection}}}\n  condition: s\n").With("e.json", e);

        Sigmac.Run(folder, "fit", "-r", "rule.yml", "e.json").Error.Should().EndWith($"1 event; 1 rule: {said} an event for them\n");
    }

    [Fact]
    public void What_the_user_says_of_events_of_an_unknown_log_counts_as_known()
    {
        folder.With("rule.yml", "title: T\nlogsource: {category: dns}\ndetection:\n  s: {answer: x}\n  condition: s\n").With("e.json", "{\"a\":1}");

        Sigmac.Run(folder, "fit", "--category", "dns", "-r", "rule.yml", "e.json").Error.Should().EndWith("1 rule: 0 fit, 0 match only in part, 1 cannot match, 0 without an event for them\n");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Each_rule_is_in_just_one_class()
    {
        string[] sources = ["{category: dns}", "{category: firewall}", "{category: mine}", "{product: windows, category: process_creation}", "{product: zeek, service: dns}", "{product: cisco, service: aaa}"];
        string[] fields = ["a", "b", "answer", "EventID", "Image"];
        string[] logs = ["\"_path\":\"dns\",", "\"EventID\":1,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",", ""];
        var random = new Random(5);
        for (int turn = 0; turn < 20; turn++)
        {
            for (int i = 0; i < 10; i++)
            {
                string Item() => $"{fields[random.Next(fields.Length)]}: {(random.Next(3) == 0 ? "null" : random.Next(9))}";
                string rule = $"title: T{i}\nname: r{i}\nlogsource: {sources[random.Next(sources.Length)]}\ndetection:\n  s: {{{Item()}}}\n  t: {{{Item()}}}\n  condition: s {(random.Next(2) == 0 ? "and" : "or")} t\n";
                string counted = $"---\ntitle: C{i}\ncorrelation: {{type: temporal, rules: [r{i}, r{(i + 1) % 10}], timespan: 1m, group-by: [{fields[random.Next(fields.Length)]}]}}\n";
                folder.With($"rules/{i}.yml", rule + counted);
            }

            folder.With("e.json", string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{{{logs[random.Next(logs.Length)]}\"{fields[random.Next(3)]}\":{random.Next(9)}}}\n")));
            string error = Sigmac.Run(folder, "fit", "-r", "rules", "e.json").Error;

            System.Text.RegularExpressions.Match counts = System.Text.RegularExpressions.Regex.Match(error, @"20 rules: (\d+) fit, (\d+) match only in part, (\d+) cannot match, (\d+) without an event");
            counts.Success.Should().BeTrue(error);
            counts.Groups.Values.Skip(1).Sum(group => int.Parse(group.Value)).Should().Be(20, error);
        }
    }

    [Theory]
    [InlineData("{\"EventID\":4624,\"Channel\":\"Security\",\"LogonType\":3}", "unknown")]
    [InlineData("{\"EventID\":4663,\"Channel\":\"Security\",\"FileName\":\"C:\\\\a\"}", "no")]
    public void Events_of_no_known_category_are_a_rules_own_only_if_they_have_one_of_its_fields(string e, string fits)
    {
        folder.With("rule.yml", "title: T\nlogsource: {product: windows, category: file_access}\ndetection:\n  s: {FileName|endswith: '\\a', Image|endswith: '\\b'}\n  condition: s\n").With("e.json", e);

        Sigmac.Run(folder, "fit", "-f", "json", "-r", "rule.yml", "e.json").Output.Should().Contain($"\"fits\":\"{fits}\"");
    }

    [Fact]
    public void The_threshold_decides_the_exit_code()
    {
        folder.With("rule.yml", Head + "detection:\n  a: {Image|endswith: a}\n  b: {Nope: b}\n  condition: a or b\n").With("e.json", """{SYSMON,"Image":"C:\\a"}""".Replace("SYSMON", Sysmon));

        Sigmac.Run(folder, "fit", "-r", "rule.yml", "e.json").ExitCode.Should().Be(0);
        Sigmac.Run(folder, "fit", "--fail-on", "warning", "-r", "rule.yml", "e.json").ExitCode.Should().Be(1);
        Sigmac.Run(folder, "fit", "--fail-on", "never", "-r", "rule.yml", "e.json").ExitCode.Should().Be(0);
        Sigmac.Run(folder, "fit", "--fail-on", "sometimes", "-r", "rule.yml", "e.json").ExitCode.Should().Be(2);
        Sigmac.Run(folder, "fit", "-r", "rule.yml").Error.Should().Contain("give files of events, or --schema");
    }

    [Fact]
    public void Rules_with_the_same_problem_are_one_row()
    {
        for (int i = 0; i < 3; i++)
        {
            folder.With($"rules/{i}.yml", Head + $"detection:\n  s: {{Nope: {i}}}\n  condition: s\n");
        }

        folder.With("e.json", """{SYSMON,"Image":"C:\\a"}""".Replace("SYSMON", Sysmon));

        ProgramRun run = Sigmac.Run(folder, "fit", "-r", "rules", "e.json");

        run.Lines.Should().HaveCount(2);
        run.Lines[1].Should().MatchRegex("^error +missing-field +windows/process_creation +Nope +3 rules +has no value in 1 event$");
    }

    [Fact]
    public void A_schema_stands_for_events()
    {
        folder.With("rule.yml", Head + "detection:\n  s: {EventID: 1, Image|endswith: '\\a.exe', ParentImage: b}\n  condition: s\n")
            .With("schema.yml", "- log: {product: windows, category: process_creation}\n  fields: {Image: name, Parent-Image: }\n- log: {product: linux}\n  fields: [ParentImage]\n");

        ProgramRun run = Sigmac.Run(folder, "fit", "-r", "rule.yml", "--schema", "schema.yml");

        run.ExitCode.Should().Be(1);
        run.Lines.Skip(1).Should().SatisfyRespectively(
            line => line.Should().EndWith(@"holds names without a path; asked for '*\a.exe'"),
            line => line.Should().EndWith("the schema does not have it; map it to 'Parent-Image'"));
    }

    [Theory]
    [InlineData("a: b\n", "must be a list of logs")]
    [InlineData("- x\n", "must be maps with 'log' and 'fields'")]
    [InlineData("- log: {produkt: windows}\n  fields: [A]\n", "did you mean 'product'?")]
    [InlineData("- log: {product: windows}\n  fields: {A: nummer}\n", "did you mean 'number'?")]
    [InlineData("- log: {product: windows}\n  fields: [[A]]\n", "must be names of fields")]
    [InlineData("- log: [\n", "SIG0106")]
    public void A_broken_schema_is_refused_with_its_place(string text, string said)
    {
        folder.With("rule.yml", Head + "detection:\n  s: {Image: a}\n  condition: s\n").With("schema.yml", text);

        ProgramRun run = Sigmac.Run(folder, "fit", "-r", "rule.yml", "--schema", "schema.yml");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("schema.yml:").And.Contain(said);
    }

    [Fact]
    public void What_events_have_cannot_control_the_terminal()
    {
        folder.With("rule.yml", Head + "detection:\n  s: {Image: 'C:\\a.exe'}\n  condition: s\n").With("e.json", """{SYSMON,"Image":"a\u001b[2J"}""".Replace("SYSMON", Sysmon));

        Sigmac.Run(folder, "fit", "-r", "rule.yml", "e.json").Output.Should().Contain("\\u{1b}").And.NotContain("\u001b");
    }

    private IEnumerable<(string?, string?)> Weights(string detection, string events) => [.. Fit(detection, events).Record.GetProperty("findings").EnumerateArray()
        .Select(finding => (finding.GetProperty("field").GetString(), finding.GetProperty("weight").GetString()))];

    private static JsonElement Only(JsonElement record) => record.GetProperty("findings").EnumerateArray().Should().ContainSingle().Subject;

    /// <summary>The record of a rule, which keeps to the schema, and the exit code.</summary>
    private (JsonElement Record, int Code) Fit(string detection, string events)
    {
        folder.With("rule.yml", Head + "detection:\n  " + detection + "\n").With("e.json", events.Replace("SYSMON", Sysmon, StringComparison.Ordinal));
        ProgramRun run = Sigmac.Run(folder, "fit", "-r", "rule.yml", "-f", "json", "e.json");
        string line = run.Lines.Should().ContainSingle(run.Error).Subject;
        JsonElement record = JsonDocument.Parse(line).RootElement.Clone();
        Schema.Evaluate(record).IsValid.Should().BeTrue(line);
        return (record, run.ExitCode);
    }

    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Root, "docs", "fit.schema.json")));
}
