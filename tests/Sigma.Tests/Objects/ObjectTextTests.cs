using Sigma.Compilation;
using Sigma.Templates;
using Sigma.Tests.Backends;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Objects;

/// <summary>The texts and names of objects are what their readers take: YAML's escapes, names of a length, and schedules that exist.</summary>
public sealed class ObjectTextTests
{
    private const string Detection = "logsource: {category: test}\ndetection: {s: {f: x}, condition: s}\n";
    private const string Long = "Potential Defense Evasion Activity Via Emoji Usage In CommandLine - ";

    // YAML 1.2.2, 5.7: an escape is one character, and half a surrogate pair is none.
    [Theory]
    [InlineData("kql", "sentinel_yaml")]
    [InlineData("logql", "ruler")]
    [InlineData("logql", "grafana")]
    [InlineData("logscale", "alert")]
    [InlineData("lucene", "elastalert")]
    [InlineData("splunk", "contentctl")]
    public void A_character_beyond_the_first_plane_is_one_escape_of_YAML(string target, string format)
    {
        string text = Convert(target, format, "title: T\nid: 5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11\ndate: 2026-01-31\ndescription: a \ud83d\ude00\n"
            + "logsource: {category: test}\ndetection: {s: {f: 'x\ud83d\ude00'}, condition: s}\n", ("table", "T")).Query!;
        text.Should().Contain("\\U0001f600").And.NotContain("\\ud83d");
        YamlReader.Read(new SourceText("a.yml", text)).Single().Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void A_JSON_string_keeps_its_pair_and_half_a_pair_is_no_character()
    {
        TemplateFunctions.ToJson("\ud83d\ude00").Should().Be("\"\\ud83d\\ude00\"");
        TemplateFunctions.ToYaml("\ud83d\ude00\"\\\n\u0085").Should().Be("\"\\U0001f600\\\"\\\\\\n\\u0085\"");
        TemplateFunctions.ToYaml("a\ud83d").Should().Be("\"a\\ufffd\"");
    }

    // elastalert/yaml.py: yaml.load(os.path.expandvars(f.read()))
    [Fact]
    public void No_variable_of_the_environment_is_in_a_file_of_ElastAlert()
    {
        string text = Convert("lucene", "elastalert", "title: $HOME\ndescription: ${SECRET} %PATH%\ntags: [a.$USER]\nreferences: [$X]\n"
            + "logsource: {category: test}\ndetection: {s: {f|cased: '$HOME%'}, condition: s}\n").Query!;
        text.Should().NotContainAny("$", "%");
        var map = (YamlMapping)YamlReader.Read(new SourceText("a.yml", text)).Single().Root!;
        Text(map, "name").Should().Be("$HOME");
        Text(map, "description").Should().Be("${SECRET} %PATH%");
    }

    // PostgreSQL 4.1.1: NAMEDATALEN-1 bytes. The names are cut to their first 63 by the server, where these are the same.
    [Fact]
    public void Views_of_PostgreSQL_have_names_of_63_bytes_that_stay_apart()
    {
        string[] texts = [.. new[] { "1", "2" }.Select(number => Convert("postgres", "view", $"title: {Long}{number}\n{Detection}")).Select(made =>
        {
            made.Diagnostics.Should().ContainSingle(finding => finding.Code.Id == "SIG0614");
            return made.Query!.Split('"')[1];
        })];
        texts.Should().OnlyHaveUniqueItems().And.AllSatisfy(name => name.Length.Should().BeInRange(60, 63));
        Convert("postgres", "view", "title: short\n" + Detection).Diagnostics.Should().NotContain(finding => finding.Code.Id == "SIG0614");
        Convert("sqlite", "view", $"title: {Long}1\n{Detection}").Query.Should().Contain("CommandLine");
    }

    // contentctl: contentNameToFileName; CONTENTCTL_MAX_SEARCH_NAME_LENGTH is 67.
    [Theory]
    [InlineData("A - B/C.d", "A - B/C.d", "a___b_c_d")]
    [InlineData("Run (x86): `a`, \"b\" + c_d", "Run x86 a b c_d", "run_x86_a_b_c_d")]
    public void The_macro_of_contentctl_is_made_of_the_name(string title, string name, string macro)
    {
        string text = Convert("splunk", "contentctl", $"title: '{title}'\ndate: 2026-01-31\n{Detection}").Query!;
        text.Should().Contain($"name: \"{name}\"\n").And.Contain($"| `{macro}_filter`\"");
    }

    [Theory]
    [InlineData("splunk", "contentctl", 67)]
    [InlineData("logql", "grafana", 190)]
    public void A_name_that_is_too_long_is_shortened_and_said(string target, string format, int most)
    {
        Conversion Of(string end) => Convert(target, format, $"title: {new string('a', 200)} {end}\ndate: 2026-01-31\n{Detection}");
        Of("1").Objects.Single(named => !named.IsId).Name.Should().HaveLength(most).And.NotBe(Of("2").Objects.Single(named => !named.IsId).Name);
        Of("1").Diagnostics.Should().ContainSingle(finding => finding.Code.Id == "SIG0614").Which.Message.Should().Contain(most.ToString());
    }

    [Fact]
    public void A_cut_name_of_Enterprise_Security_is_said() =>
        Convert("splunk", "correlation_search", $"title: {new string('a', 120)}\n{Detection}").Diagnostics.Should().Contain(finding => finding.Message.Contains("99 characters"));

    [Fact]
    public void A_rule_without_an_id_has_a_number_only_beside_one_of_its_title()
    {
        string[] names = [.. new Compiler([Repository.Target("lucene", "siem_rule_ndjson")])
            .Convert(new SourceText("a.yml", string.Join("---\n", new[] { "A", "B", "A" }.Select(title => $"title: {title}\n{Detection}"))))
            .Select(made => System.Text.Json.Nodes.JsonNode.Parse(made.Query!)!["name"]!.GetValue<string>())];
        names.Should().Equal("A", "B", "A (2)");
    }

    // learn.microsoft.com, custom-detection-rules, rule frequency: the past 4 hours, 12 hours, 48 hours and 30 days.
    [Theory]
    [InlineData("3h", "PT1H")]
    [InlineData("4h", "PT3H")]
    [InlineData("9h", "PT3H")]
    [InlineData("10h", "PT12H")]
    [InlineData("3d", "PT24H")]
    public void A_custom_detection_sees_the_whole_timespan(string timespan, string frequency)
    {
        Conversion made = new Compiler([Repository.Target("kql", "defender_xdr", ("table", "DeviceEvents"))]).Convert(new SourceText("a.yml", $"title: A\nname: rule_a\n{Detection}"
            + $"---\ntitle: C\ncorrelation: {{type: event_count, rules: [rule_a], timespan: {timespan}, condition: {{gte: 3}}}}\n")).Last();
        made.Query.Should().Contain($"\"frequency\": \"{frequency}\"", string.Join("; ", made.Diagnostics.Select(finding => finding.Message)));
        made.Diagnostics.Any(finding => finding.Message.Contains("it runs every")).Should().Be(frequency != "PT1H");
    }

    [Theory]
    [InlineData("kql", "sentinel_arm", "1s")]
    [InlineData("kql", "sentinel_yaml", "20d")]
    [InlineData("logql", "grafana", "7s")]
    public void An_interval_that_the_system_does_not_have_is_refused(string target, string format, string interval) =>
        Convert(target, format, "title: T\n" + Detection, ("interval", interval), ("table", "T")).Diagnostics
            .Should().ContainSingle(finding => finding.Code.Id == "SIG0706" && finding.Message.Contains("interval"));

    private static Conversion Convert(string target, string format, string rule, params (string Name, string Value)[] options) =>
        new Compiler([Repository.Target(target, format, [.. options.Where(option => option.Name != "table" || target == "kql")])]).Convert(new SourceText("a.yml", rule)).Single();

    private static string Text(YamlMapping map, string key) => ((YamlScalar)map.Entries.Single(entry => entry.Name == key).Value).Value;
}
