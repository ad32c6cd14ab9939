using System.Text.Json;
using System.Xml.Linq;

namespace Sigma.Tests.CommandLine;

/// <summary>The formats of <c>sigmac check</c>, each opened by a reader.</summary>
public sealed class CheckFormatTests : CheckedFolder
{
    [Fact]
    public void Names_elsewhere_are_told_unless_their_loader_refuses_the_rule()
    {
        Given("whoami_rule.yml", Dotted);
        Given("whoami_rule_two.yml", Dotted.Replace("status: test", "status: tested").Replace("0f13", "0f14").Replace("whoami.exe", "who.exe").Replace("Whoami Is", "Who Is"));

        JsonElement findings = Json("--format", "json", "--select", "title_end", ".").GetProperty("findings");

        findings.EnumerateArray().Where(finding => finding.GetProperty("code").GetString() == "SIG1002")
            .Select(finding => finding.GetProperty("aliases").GetArrayLength()).Should().Equal(1, 0);
    }

    [Fact]
    public void A_record_has_the_keys_of_its_schema()
    {
        Given("whoami_rule.yml", Dotted);
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Backends.Repository.Root, "docs", "findings.schema.json")));
        JsonElement root = Json("--format", "json", "whoami_rule.yml");

        Keys(root).Should().Equal("findings", "summary");
        Keys(root.GetProperty("findings")[0]).Should().Equal(Keys(schema.RootElement.GetProperty("$defs").GetProperty("finding").GetProperty("properties")));
        Keys(root.GetProperty("summary")).Should().Equal(Keys(schema.RootElement.GetProperty("properties").GetProperty("summary").GetProperty("properties")));
        root.GetProperty("findings")[0].GetProperty("fix").GetProperty("edits")[0].GetProperty("column").GetInt32().Should().Be(8);
    }

    [Fact]
    public void Sarif_has_rules_places_fingerprints_and_fixes()
    {
        Given("a b/whoami_rule.yml", Dotted);

        JsonElement run = Json("--format", "sarif", "a b").GetProperty("runs")[0];

        JsonElement result = run.GetProperty("results")[0];
        result.GetProperty("ruleId").GetString().Should().Be("SIG1002");
        JsonElement rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        rule.GetProperty("id").GetString().Should().Be("SIG1002");
        rule.GetProperty("help").GetProperty("markdown").GetString().Should().Contain("Wrong:");
        JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        place.GetProperty("artifactLocation").GetProperty("uri").GetString().Should().Be("a%20b/whoami_rule.yml");
        place.GetProperty("region").GetProperty("startLine").GetInt32().Should().Be(1);
        place.GetProperty("region").GetProperty("endColumn").GetInt32().Should().Be(place.GetProperty("region").GetProperty("startColumn").GetInt32() + 1);
        result.GetProperty("partialFingerprints").EnumerateObject().Should().ContainSingle();
        result.GetProperty("fixes")[0].GetProperty("artifactChanges")[0].GetProperty("replacements").GetArrayLength().Should().Be(1);
    }

    [Fact]
    public void Without_findings_reports_are_still_reports()
    {
        Given("whoami_rule.yml", Dotted.Replace("Run.", "Run"));

        Json("--format", "sarif", "whoami_rule.yml").GetProperty("runs")[0].GetProperty("results").GetArrayLength().Should().Be(0);
        Json("--format", "gitlab", "whoami_rule.yml").GetArrayLength().Should().Be(0);
        Check("--format", "github", "whoami_rule.yml").Output.Should().BeEmpty();
        XElement suite = XDocument.Parse(Check("--format", "junit", "whoami_rule.yml").Output).Root!.Element("testsuite")!;
        suite.Attribute("failures")!.Value.Should().Be("0");
        suite.Elements("testcase").Should().ContainSingle();
    }

    [Fact]
    public void Commands_of_workflows_are_escaped_and_the_worst_come_first()
    {
        Given("a,b/whoami_rule.yml", Dotted.Replace("selection\nlevel", "selection and missing\nlevel"));

        string[] lines = Check("--format", "github", "a,b").Lines;

        lines[0].Should().StartWith("::error file=a%2Cb/whoami_rule.yml,line=16,endLine=16,col=30,endColumn=37,title=SIG0304::the rule has no detection 'missing'");
        lines[^1].Should().StartWith("::notice file=a%2Cb/whoami_rule.yml,line=1,");
    }

    /// <summary>A workflow's log runs each line that begins with <c>::</c>, and terminals show it.</summary>
    [Theory]
    [InlineData("github")]
    [InlineData("junit")]
    [InlineData("text")]
    public void Text_of_a_rule_begins_no_line_of_its_own_and_steers_no_terminal(string format)
    {
        folder.With("a.yml", "title: \"x\\e[31m\\n::error::t\"\nlogsource: {product: \"a\\n::error::p\"}\ndetection: {s: {\"f\\n::error::f b\": v}, condition: s}\nlevel: \"h\\n::error::l\"\n");

        ProgramRun run = Check("--format", format, "--select", "all", "a.yml");

        run.Lines.Where(line => line.StartsWith("::", StringComparison.Ordinal) && !line.Contains(" file=a.yml,line=")).Should().BeEmpty();
        (run.Output + run.Error).Should().NotContain("\e").And.Contain("a␊::error::p");
    }

    [Fact]
    public void A_code_quality_report_has_a_fingerprint_for_each_finding()
    {
        Given("whoami_rule.yml", Dotted.Replace("- attack.discovery", "- attack.t1033\n    - attack.t1033").Replace("0f13", "0f14"));

        JsonElement report = Json("--format", "gitlab", "whoami_rule.yml");

        string[] prints = [.. report.EnumerateArray().Select(finding => finding.GetProperty("fingerprint").GetString()!)];
        prints.Should().HaveCountGreaterThan(2).And.OnlyHaveUniqueItems();
        report[0].GetProperty("location").GetProperty("path").GetString().Should().Be("whoami_rule.yml");
        report[0].GetProperty("severity").GetString().Should().BeOneOf("info", "minor", "major");
    }

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private JsonElement Json(params string[] arguments) => JsonDocument.Parse(Check(arguments).Output).RootElement;
}
