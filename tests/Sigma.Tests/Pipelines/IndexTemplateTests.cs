using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Pipelines;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>Which fields, time and indices a query asks for follows from how the indices are mapped, which a pipeline or the user says.</summary>
[Trait(Tier.Name, Tier.Slow)]
public class IndexTemplateTests
{
    private static readonly string Rule = BuiltInRun.Rule("product: windows, service: system", "{ImagePath|endswith: x, EventID: 1}");

    /// <summary>A value of the option, the sub-field, the time field, the index.</summary>
    public static TheoryData<string, string, string, string> Templates => new()
    {
        { "legacy", ".keyword", "timestamp", "winlogbeat-*" },
        { "dynamic", ".keyword", "@timestamp", "winlogbeat-*" },
        { "winlogbeat6", "", "@timestamp", "winlogbeat-*" },
        { "ecs", "", "@timestamp", "winlogbeat-*" },
        { "data_streams", "", "@timestamp", "logs-*" },
        { "opensearch", ".keyword", "@timestamp", "winlogbeat-*" },
    };

    [Theory]
    [MemberData(nameof(Templates))]
    public void One_option_switches_sub_field_time_and_index(string template, string subField, string time, string index)
    {
        string watch = Convert("xpack-watcher", [], ("index_template", template));

        watch.Should().Contain($"winlog.event_data.ImagePath{subField}:*x").And.Contain($"\"{time}\": {{\n").And.Contain($"\"indices\": [\n          \"{index}\"\n");
        Convert("es-qs", [], ("index_template", template)).Should().Contain($"winlog.event_data.ImagePath{subField}:*x");
    }

    [Fact]
    public void The_page_lists_the_templates()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "targets.md"));

        foreach (object[] row in Templates.Select(row => row.ToArray()))
        {
            string subField = (string)row[1] == "" ? "none" : $"`{row[1]}`";
            string index = (string)row[3] == "logs-*" ? "`logs-*`" : "the pipeline's";
            page.Split('\n').Should().ContainSingle(line => line.StartsWith($"| `{row[0]}` ") && line.EndsWith($"| {subField} | `{row[2]}` | {index} |"));
        }
    }

    [Fact]
    public void What_the_user_says_of_one_of_them_holds() =>
        Convert("xpack-watcher", [], ("index_template", "ecs"), ("keyword_field", ".raw"), ("timestamp_field", "t"), ("index", "mine"))
            .Should().Contain("ImagePath.raw:*x").And.Contain("\"t\": {\n").And.Contain("\"mine\"");

    [Theory]
    [InlineData("ecs_windows")]
    [InlineData("ecs_windows_old")]
    public void A_pipeline_says_how_its_indices_are_mapped(string pipeline)
    {
        string watch = Convert("xpack-watcher", BuiltInRun.Pipelines(pipeline));

        watch.Should().NotContain(".keyword").And.Contain("ImagePath:*x").And.Contain("\"@timestamp\": {\n").And.Contain("\"winlogbeat-*\"");
        Convert("xpack-watcher", BuiltInRun.Pipelines(pipeline), ("index_template", "dynamic")).Should().Contain("ImagePath.keyword:*x");
    }

    [Fact]
    public void The_pipeline_that_runs_last_decides()
    {
        Pipeline first = BuiltInRun.Read("name: a\npriority: 1\noptions: {keyword_field: .a}\n");
        Pipeline last = BuiltInRun.Read("name: b\npriority: 2\noptions: {keyword_field: .b}\n");

        Convert("es-qs", [last, first]).Should().Contain("ImagePath.b:*x");
    }

    [Fact]
    public void A_pipeline_for_another_target_says_nothing()
    {
        Pipeline other = BuiltInRun.Read("name: a\nallowed_backends: [splunk]\noptions: {keyword_field: .a}\n");

        Convert("es-qs", [other]).Should().Contain("ImagePath.keyword:*x");
    }

    [Theory]
    [InlineData("{keyword_fild: x}", "the target 'es-qs' has no option 'keyword_fild'")]
    [InlineData("{keyword_field: 'x y'}", "the option 'keyword_field' must be a name such as .keyword, or empty, not 'x y'")]
    [InlineData("{index_template: ecs8}", "the option 'index_template' must be one of legacy, dynamic, winlogbeat6, ecs, data_streams, opensearch, not 'ecs8'")]
    public void A_wrong_option_of_a_pipeline_is_an_error_at_its_place(string options, string message)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = BuiltInRun.Read($"name: a\nallowed_backends: [es-qs]\noptions: {options}\n");

        BuiltInRun.Catalog.Read("es-qs", new Dictionary<string, string>(), [pipeline], diagnostics).Should().BeNull();
        diagnostics.Should().ContainSingle().Which.Message.Should().Be(message);
        diagnostics[0].Span!.Value.Position.Line.Should().Be(3);
    }

    [Fact]
    public void A_value_that_is_no_text_is_an_error()
    {
        BuiltInRun.Read("name: a\noptions: {keyword_field: [a]}\n", out IReadOnlyList<Diagnostic> diagnostics);

        diagnostics.Should().ContainSingle().Which.Code.Should().Be(Codes.PipelineValue);
    }

    /// <summary>Elasticsearch answers a wildcard in a field of type ip with an error (Mapper: "Can only use prefix queries on keyword, text and wildcard fields").</summary>
    [Theory]
    [InlineData("DestinationIp|startswith: '10.'", "destination.ip:10.*", true)]
    [InlineData("DestinationIp: ['10.*', 192.0.2.7]", "destination.ip:(10.* OR \"192.0.2.7\")", true)]
    [InlineData("DestinationIp|re: '10\\..+'", "destination.ip:/.*10\\..+/", true)]
    [InlineData("DestinationIp: 192.0.2.7", "destination.ip:\"192.0.2.7\"", false)]
    [InlineData("DestinationHostname|startswith: 'a.'", "destination.domain:a.*", false)]
    public void A_wildcard_in_a_field_of_type_ip_is_warned_of(string item, string query, bool isWarned)
    {
        Conversion conversion = BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: network_connection", $"{{{item}}}"), "es-qs", own: true, BuiltInRun.Pipelines("ecs_windows"));

        conversion.Query.Should().Be(query);
        conversion.Diagnostics.Any(d => d.Code == Codes.SelectsOther && d.Message.Contains("typed_fields")).Should().Be(isWarned);
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: network_connection", "{destination.ip: '10.*'}"), "es-qs", own: true, [])
            .Query.Should().Be("destination.ip.keyword:10.*", "Elasticsearch's own mapping has texts");
    }

    /// <summary>A term of a keyword field is stored and looked for as it is, so a query for one case misses the other; an analysed field has its words in lower case.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("es-qs", "ecs", "{ImagePath|endswith: x}", "SIG0603")]
    [InlineData("es-qs", "ecs", "{ImagePath: x}", "SIG0603")]
    [InlineData("es-qs", "winlogbeat6", "{ImagePath: [é, '7']}", "SIG0603")]
    [InlineData("es-qs", "dynamic", "{ImagePath: x}", "")]
    [InlineData("es-qs", "dynamic", "{ImagePath: ['7', 'x*']}", "SIG0603")]
    [InlineData("es-qs", "ecs", "{ImagePath|contains: ['7', '/5']}", "")]
    [InlineData("es-qs", "ecs", "{EventID: 1}", "")]
    [InlineData("es-qs", "ecs", "{ImagePath|cased|endswith: x}", "")]
    [InlineData("es-qs", "ecs", "{ImagePath|re: 'x.*'}", "")]
    [InlineData("es-qs", "ecs", "{ImagePath|endswith: x}", "SIG0602", "not sel")]
    [InlineData("xpack-watcher", "data_streams", "{ImagePath|endswith: x}", "SIG0603")]
    [InlineData("graylog", null, "{ImagePath: x}", "SIG0603")]
    [InlineData("graylog", null, "{ImagePath: ['x*', y]}", "SIG0603")]
    [InlineData("graylog", null, "{message: x}", "")]
    [InlineData("graylog", null, "{message|contains: x}", "")]
    [InlineData("es-qs", "ecs", "{message|contains: x, registry.text: x}", "")]
    public void A_value_with_letters_in_a_keyword_field_is_reported_with_a_cure(string target, string? template, string selection, string code, string condition = "sel")
    {
        string rule = BuiltInRun.Rule("product: windows, service: system", selection).Replace("condition: sel", "condition: " + condition);
        (string, string)[] mapped = template is null ? [] : [("index_template", template)];

        Conversion plain = Converted(target, [], rule, mapped);
        Conversion cured = Converted(target, [], rule, [.. mapped, ("case_insensitive_whitelist", "*")]);

        plain.Diagnostics.Where(finding => finding.Message.Contains("case-sensitively")).Select(finding => (finding.Code.Id, finding.Message.Split("; ")[^1]))
            .Should().Equal(code.Length == 0 ? [] : [(code, "-O case_insensitive_whitelist=* compares in any case")]);
        cured.Diagnostics.Should().NotContain(finding => finding.Message.Contains("case-sensitively"));
        Convert("es-qs", BuiltInRun.Pipelines("ecs_windows"), ("case_insensitive_whitelist", "*")).Should().Contain("ImagePath:/.*[xX]/");
    }

    /// <summary>No term of an analysed field has a blank, and an expression is compared with terms; so the cure for letter case would find nothing there.</summary>
    [Theory]
    [InlineData("es-qs", "ecs", "{message|contains: Failed login}", "message:\"  Failed\\ login  \"")]
    [InlineData("xpack-watcher", "data_streams", "{message|contains: Failed login}", "message:\\\"  Failed\\\\ login  \\\"")]
    [InlineData("es-qs", "winlogbeat6", "{message: Failed login}", "message:\"Failed\\ login\"")]
    [InlineData("graylog", null, "{message|contains: Failed login}", "message:*Failed\\ login*")]
    public void The_cure_for_letter_case_leaves_fields_of_words_alone(string target, string? template, string selection, string query)
    {
        (string, string)[] options = [("case_insensitive_whitelist", "*"), .. template is null ? [] : ((string, string)[])[("index_template", template)]];

        Conversion conversion = Converted(target, [], BuiltInRun.Rule("product: x", selection), options);

        conversion.Query.Should().Contain(query);
        conversion.Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0608");
    }

    /// <summary>Elasticsearch stores an address of IPv4 as ::ffff:a.b.c.d (mapping of the type ip), so a network of IPv6 may hold it.</summary>
    [Theory]
    [InlineData("es-qs", "::/0", true)]
    [InlineData("es-qs", "::ffff:0:0/97", true)]
    [InlineData("es-qs", "::ffff:10.0.0.0/104", true)]
    [InlineData("es-qs", "::/97", false)]
    [InlineData("es-qs", "fe80::/10", false)]
    [InlineData("es-qs", "0.0.0.0/0", false)]
    [InlineData("lucene", "::/0", true)]
    [InlineData("esql", "::/0", true)]
    [InlineData("eql", "::/0", true)]
    public void A_network_of_IPv6_that_holds_addresses_of_IPv4_is_said_to_find_more(string target, string network, bool isSaid)
    {
        Conversion conversion = Converted(target, [], BuiltInRun.Rule("product: x", $"{{source.ip|cidr: '{network}'}}"));

        conversion.Query.Should().NotBeNull();
        conversion.Diagnostics.Any(finding => finding.Code.Id == "SIG0602" && finding.Message.Contains("::ffff:0:0/96")).Should().Be(isSaid);
    }

    [Theory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    [InlineData("xpack-watcher")]
    public void An_expression_for_both_cases_is_no_longer_than_the_engine_takes(string target)
    {
        string rule = BuiltInRun.Rule("product: x", $"{{a: {new string('a', 260)}}}");

        Conversion conversion = Converted(target, [], rule, ("case_insensitive_whitelist", "*"));

        conversion.Query.Should().NotContain("[aA]").And.Contain(new string('a', 260));
        conversion.Diagnostics.Should().ContainSingle(finding => finding.Code.Id == "SIG0603").Which.Message.Should().Contain("1,000 characters");
    }

    [Fact]
    public void The_log_that_a_pipeline_asks_for_is_always_written_the_same()
    {
        string rule = BuiltInRun.Rule("product: windows, service: system", "{EventID: 1}");

        Conversion conversion = Converted("es-qs", BuiltInRun.Pipelines("ecs_windows", "windows-logsources"), rule);

        conversion.Query.Should().Contain("winlog.channel");
        conversion.Diagnostics.Should().NotContain(finding => finding.Code.Id == "SIG0603");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [SharedFact]
    public void No_query_of_the_public_Windows_rules_has_a_sub_field_in_the_Elastic_Common_Schema()
    {
        IReadOnlyList<Pipeline> given = BuiltInRun.Pipelines("ecs_windows");
        Backend backend = BuiltInRun.Catalog.Read("es-qs", new Dictionary<string, string>(), given, [])!;
        var compiler = new Compiler([new CompilerTarget(backend, backend.Formats[0], PipelineCatalog.For(backend, given, withOwn: true))]);
        string[] files = [.. Directory.GetFiles(SharedFolder.In("corpus", "sigmahq"), "*.yml", SearchOption.AllDirectories)
            .Where(file => file.Replace('\\', '/').Contains("/windows/"))];

        string[] queries = [.. files.AsParallel().SelectMany(file => compiler.Convert(new SourceText(file, File.ReadAllText(file)))).Select(conversion => conversion.Query).OfType<string>()];

        queries.Should().HaveCountGreaterThan(files.Length * 9 / 10);
        queries.Where(query => query.Replace("winlog.keywords", "", StringComparison.Ordinal).Contains(".keyword", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static string Convert(string target, IReadOnlyList<Pipeline> pipelines, params (string Name, string Value)[] options) =>
        Converted(target, pipelines, Rule, options).Query!;

    private static Conversion Converted(string target, IReadOnlyList<Pipeline> pipelines, string rule, params (string Name, string Value)[] options)
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = BuiltInRun.Catalog.Read(target, options.ToDictionary(option => option.Name, option => option.Value), pipelines, diagnostics);
        diagnostics.Should().BeEmpty();
        var ready = new CompilerTarget(backend!, backend!.Formats[0], PipelineCatalog.For(backend, pipelines, withOwn: true));
        return new Compiler([ready]).Convert(new SourceText("rule.yml", rule)).Single();
    }
}
