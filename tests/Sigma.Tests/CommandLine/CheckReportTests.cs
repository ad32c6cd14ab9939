using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Sigma.Tests.CommandLine;

/// <summary>
/// The reports of <c>sigmac check</c> for other systems: SARIF by the schema of the standard and by what code scanning asks for, the
/// commands of workflows and the Code Quality report by readers that are written from their documentation.
/// </summary>
public sealed partial class CheckReportTests : CheckedFolder
{
    private static readonly Lazy<JsonSchema> Standard = new(() =>
    {
        using Stream stream = typeof(CheckReportTests).Assembly.GetManifestResourceStream("sarif-2.1.0.json")!;
        using var reader = new StreamReader(stream);
        return JsonSchema.FromText(reader.ReadToEnd());
    });

    public CheckReportTests()
    {
        Given("rules/a b,c%.yml", Dotted);
        Given("rules/broken.yml", "title: [\n");
        Given("rules/many.yml", Dotted.Replace("- attack.discovery", "- attack.t1033\n    - attack.t1033").Replace("0f13", "0f14"));
        Given("rules/text.yml", "title: \"Line\\none: ü 🙂, 100%.\"\nlogsource:\n    product: windows\ndetection:\n    s:\n        'a b': \"\\t\"\n    condition: s\n");
        Given(".sigmac.yml", "check:\n    custom-checks:\n        owner_missing:\n            message: 'the rule has no owner: 100%, really'\n            detection:\n                s: {owner: null}\n                condition: s\n");
    }

    [Theory]
    [InlineData]
    [InlineData("--select", "all")]
    [InlineData("--select", "title_end")]
    public void Sarif_meets_the_schema_of_the_standard(params string[] options)
    {
        JsonElement report = Json(["--format", "sarif", .. options, "rules"]);

        EvaluationResults result = Standard.Value.Evaluate(report, new EvaluationOptions { OutputFormat = OutputFormat.List });

        IEnumerable<string> errors = (result.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
            .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}");
        result.IsValid.Should().BeTrue(string.Join("\n", errors));
    }

    [Fact]
    public void The_schema_refuses_what_is_no_report()
    {
        foreach (string wrong in (string[])["{}", "{\"version\": \"2.1.0\"}", "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}]}"])
        {
            Standard.Value.Evaluate(JsonDocument.Parse(wrong).RootElement).IsValid.Should().BeFalse();
        }
    }

    [Fact]
    public void Code_scanning_finds_what_it_asks_for()
    {
        JsonElement run = Json(["--format", "sarif", "--select", "all", "rules"]).GetProperty("runs")[0];

        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];
        var prints = new HashSet<string>();
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
        {
            JsonElement rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            rule.GetProperty("id").GetString().Should().Be(result.GetProperty("ruleId").GetString());
            result.GetProperty("message").GetProperty("text").GetString().Should().NotBeNullOrWhiteSpace();
            JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            string path = Uri.UnescapeDataString(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!);
            JsonElement region = place.GetProperty("region");
            Length(path, region).Should().BeGreaterThanOrEqualTo(0);
            prints.Add(result.GetProperty("partialFingerprints").GetProperty("sigmacFinding/v1").GetString()!).Should().BeTrue("fingerprints tell findings apart");
        }

        foreach (JsonElement rule in rules)
        {
            rule.GetProperty("help").GetProperty("text").GetString().Should().NotBeNullOrWhiteSpace();
            rule.GetProperty("shortDescription").GetProperty("text").GetString()!.Length.Should().BeInRange(1, 1024);
            rule.GetProperty("fullDescription").GetProperty("text").GetString()!.Length.Should().BeInRange(1, 1024);
            rule.GetProperty("properties").GetProperty("tags").GetArrayLength().Should().BeInRange(1, 20);
            rule.TryGetProperty("helpUri", out _).Should().Be(rule.GetProperty("id").GetString()!.StartsWith("SIG", StringComparison.Ordinal));
        }

        rules.Select(rule => rule.GetProperty("id").GetString()).Should().OnlyHaveUniqueItems().And.Contain("owner_missing");
    }

    [Fact]
    public void Fingerprints_stay_when_lines_move()
    {
        string[] before = Prints();
        Given("rules/many.yml", "# a line more\n" + folder.Read("rules/many.yml"));

        Prints().Should().BeEquivalentTo(before);

        string[] Prints() => [.. Json(["--format", "sarif", "rules"]).GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("partialFingerprints").GetProperty("sigmacFinding/v1").GetString()!)];
    }

    [Fact]
    public void Commands_of_workflows_say_what_json_says()
    {
        JsonElement[] expected = [.. Json(["--format", "json", "--select", "all", "rules"]).GetProperty("findings").EnumerateArray()];
        ProgramRun run = Check(["--format", "github", "--select", "all", "rules"]);

        var commands = run.Lines.Where(line => line.Length > 0).Select(WorkflowCommand).ToList();

        commands.Select(command => (command.Kind, command.Properties["file"], command.Properties["title"], command.Properties["line"], command.Properties["col"])).Should().BeEquivalentTo(
            expected.Select(finding => (
                finding.GetProperty("severity").GetString() switch { "error" => "error", "warning" => "warning", _ => "notice" },
                finding.GetProperty("path").GetString()!, finding.GetProperty("code").GetString()!,
                finding.GetProperty("line").GetInt32().ToString(), finding.GetProperty("column").GetInt32().ToString())));
        commands.Should().Contain(command => command.Properties["title"] == "owner_missing" && command.Message.StartsWith("the rule has no owner: 100%, really"));
    }

    [Fact]
    public void A_code_quality_report_says_what_json_says()
    {
        JsonElement[] expected = [.. Json(["--format", "json", "--select", "all", "rules"]).GetProperty("findings").EnumerateArray()];

        JsonElement[] report = [.. Json(["--format", "gitlab", "--select", "all", "rules"]).EnumerateArray()];

        report.Select(entry => (entry.GetProperty("location").GetProperty("path").GetString(), entry.GetProperty("check_name").GetString(), entry.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32()))
            .Should().BeEquivalentTo(expected.Select(finding => (finding.GetProperty("path").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("line").GetInt32())));
        report.Select(entry => entry.GetProperty("fingerprint").GetString()).Should().OnlyHaveUniqueItems();
        report.Should().OnlyContain(entry => entry.GetProperty("description").GetString()!.Length > 0
            && new[] { "info", "minor", "major", "critical", "blocker" }.Contains(entry.GetProperty("severity").GetString()));
    }

    /// <summary>A line of a workflow's log, as the runner reads it: the message and the properties have their escapes undone.</summary>
    private static (string Kind, Dictionary<string, string> Properties, string Message) WorkflowCommand(string line)
    {
        Match match = Command().Match(line);
        match.Success.Should().BeTrue("'{0}' is a command", line);
        var properties = match.Groups["properties"].Value.Split(',').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Plain(pair[1], property: true));
        return (match.Groups["kind"].Value, properties, Plain(match.Groups["message"].Value, property: false));
    }

    private static string Plain(string text, bool property)
    {
        text = text.Replace("%0D", "\r").Replace("%0A", "\n");
        return (property ? text.Replace("%3A", ":").Replace("%2C", ",") : text).Replace("%25", "%");
    }

    /// <summary>How many characters a region has; it must lie in the file.</summary>
    private int Length(string path, JsonElement region)
    {
        string text = folder.Read(path);
        return Offset(region.GetProperty("endLine").GetInt32(), region.GetProperty("endColumn").GetInt32())
            - Offset(region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32());

        int Offset(int line, int column)
        {
            string[] lines = text.Split('\n');
            line.Should().BeInRange(1, lines.Length);
            column.Should().BeInRange(1, lines[line - 1].Length + 1);
            return lines.Take(line - 1).Sum(one => one.Length + 1) + column;
        }
    }

    private JsonElement Json(string[] arguments) => JsonDocument.Parse(Check(arguments).Output).RootElement;

    [GeneratedRegex("^::(?<kind>error|warning|notice) (?<properties>[^:]+)::(?<message>.*)$")]
    private static partial Regex Command();
}
