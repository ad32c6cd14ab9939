using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Templates;
using Sigma.Tests.CommandLine;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>S4 and S6: what a rule makes in another system has a name that is safe there, and no two of a run have the same.</summary>
public sealed class ObjectNamesTests
{
    private const string Id = "id: 5c3f7d0a-6a2e-4f0b-9c39-0a5b1f3b2c11\n";

    public static TheoryData<string> Titles =>
    [
        "default", "Default", "DEFAULT", " default ", "", "  ", "[default]", "]", "a]\n[default", "a\nsearch = x", "a\r\nb", "a\\", "\\", "\\\n", "#a", ";a", " # a", "a = b",
        "a\u0085b\u2028c", "a\0b", "[", "x [y] z", "\ta\t", "日本",
        "\u202edefault", "def\u200bault", "\ufeff", "\u2066[x]",
    ];

    /// <summary>What a rule does not have is null to a template; the object has an empty name then, and the format is no failure.</summary>
    [Theory]
    [InlineData("object_name")]
    [InlineData("object_id")]
    public void A_name_that_is_not_there_is_empty(string function) =>
        new OwnTarget(
            OwnTarget.Plain + "formats: {f: {description: d, template: f.scriban, makes: rule, longest_name: 63 bytes}}\n",
            ("formats/f.scriban", "{{ query | query_text }}{{ null | " + function + " }};"))
            .Query("{a: x}", format: "f").Should().Be("a = 'x';");

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Titles))]
    public void A_stanza_has_a_safe_name_and_every_key_one_line(string title)
    {
        foreach (string description in new[] { "d", title })
        {
            string rule = $"title: {Yaml(title)}\ndescription: {Yaml(description)}\nlogsource: {{category: test}}\ndetection: {{s: {{f: {Yaml("x" + title + "\\")}}}, condition: s}}\n";
            string conf = Convert("splunk", "savedsearches", rule);
            string[] lines = conf.TrimEnd('\n').Split('\n');

            conf.Where(c => c != '\n').Should().OnlyContain(c => !char.IsControl(c) && c != '\u2028');
            lines[0].Should().NotContainAny("\u202e", "\u200b", "\ufeff", "\u2066");
            lines[0].Should().MatchRegex(@"^\[[^\[\]\\#; ][^\[\]\\]*(?<! )\]$").And.NotMatchRegex(@"^(?i:\[default\])$");
            lines[1..].Should().OnlyContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^[A-Za-z_.]+ = ?.*$") && !line.EndsWith('\\'));
            lines[1..].Select(line => line.Split(' ')[0]).Should().OnlyHaveUniqueItems();
            lines.Should().ContainSingle(line => line.StartsWith("search = "));
        }
    }

    [Theory]
    [InlineData("cron", "* * * * *\n[default]")]
    [InlineData("cron", "x")]
    [InlineData("cron", "* * * * * \\")]
    [InlineData("earliest", "-15m\nsearch = x")]
    [InlineData("earliest", "-1h \\")]
    public void An_option_that_would_leave_its_line_is_refused(string option, string value)
    {
        var diagnostics = new List<Diagnostic>();
        new BackendCatalog().Read("splunk", new Dictionary<string, string> { [option] = value }, diagnostics).Should().BeNull();
        diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0706");
    }

    [Theory]
    [InlineData("splunk", "savedsearches", "[T]", "[T (2)]", "[T (3)]")]
    [InlineData("xpack-watcher", "curl", "/sigma-T <<", "/sigma-T-2 <<", "/sigma-T-3 <<")]
    public void Rules_of_one_title_get_names_of_their_own(string target, string format, params string[] names)
    {
        using var folder = new TemporaryFolder();
        folder.With("a.yml", Rule("T"));
        folder.With("b.yml", Rule("T"));
        folder.With("c.yml", Rule("U"));
        folder.With("d.yml", Rule("t".ToUpperInvariant()));

        foreach (string jobs in new[] { "1", "4" })
        {
            ProgramRun run = Sigmac.Run(folder, "convert", "-t", target, "-f", format, "-j", jobs, ".");

            run.ExitCode.Should().Be(0);
            names.Should().OnlyContain(name => run.Output.Split(name).Length == 2);
            run.Error.Split("SIG0612").Should().HaveCount(3);
            run.Error.Should().Contain("'T' in ./a.yml").And.Contain("b.yml").And.Contain("d.yml");
        }
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("json")]
    public void Two_watches_of_one_id_are_an_error_that_names_both(string format)
    {
        using var folder = new TemporaryFolder();
        folder.With("a.yml", Id + Rule("T"));
        folder.With("b.yml", Id + Rule("U"));
        folder.With("c.yml", Id.ToUpperInvariant().Replace("ID:", "id:") + Rule("V"));

        foreach (string jobs in new[] { "1", "4" })
        {
            ProgramRun run = Sigmac.Run(folder, "convert", "-t", "xpack-watcher", "-f", format, "-j", jobs, ".");

            run.ExitCode.Should().Be(1);
            run.Output.Split("\"title\"").Should().HaveCount(2);
            run.Error.Should().Contain("b.yml:1:5: error SIG0611").And.Contain("c.yml:1:5: error SIG0611").And.Contain("'T' in ./a.yml");
        }

        ProgramRun records = Sigmac.Run(folder, "convert", "-t", "xpack-watcher", "--json", ".");
        records.Lines.Should().HaveCount(3);
        records.Lines[1..].Should().OnlyContain(line => line.Contains("\"status\":\"failed\"") && line.Contains("SIG0611"));
    }

    [Fact]
    public void Documents_of_one_file_that_share_an_id_are_counted_as_before()
    {
        using var folder = new TemporaryFolder();
        folder.With("a.yml", Id + "title: T\nlogsource: {category: test}\ndetection: {s: {f: v}, t: {f: w}, condition: [s, t]}\n");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "xpack-watcher", ".");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("2c11 <<").And.Contain("2c11-2 <<");
    }

    [Fact]
    public void Targets_of_a_run_share_the_names()
    {
        using var folder = new TemporaryFolder();
        folder.With("a.yml", Id + Rule("T"));
        folder.With("targets/mine/backend.yml", "extends: xpack-watcher\ntitle: Mine\nformats:\n  curl: {description: d, template: curl.scriban, makes: watch}\n");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "xpack-watcher,mine", "--backends", "targets", "a.yml");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("a.yml:1:5: error SIG0611").And.Contain("by the same rule for xpack-watcher;").And.Contain("convert the rule for one target");
    }

    /// <summary>What is named by an id has one made from the title where the rule has none; two such are no two rules of one id.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("kql", "sentinel_arm")]
    [InlineData("kql", "sentinel_yaml")]
    [InlineData("kql", "defender_xdr")]
    [InlineData("lucene", "kibana_ndjson")]
    [InlineData("lucene", "siem_rule_ndjson")]
    [InlineData("lucene", "monitor_rule")]
    [InlineData("lucene", "elastalert")]
    [InlineData("esql", "siem_rule_ndjson")]
    [InlineData("eql", "siem_rule_ndjson")]
    [InlineData("logql", "ruler")]
    [InlineData("logql", "grafana")]
    [InlineData("logscale", "alert")]
    [InlineData("secops", "rule")]
    [InlineData("splunk", "savedsearches")]
    [InlineData("splunk", "correlation_search")]
    [InlineData("splunk", "contentctl")]
    [InlineData("xpack-watcher", "curl")]
    [InlineData("xpack-watcher", "json")]
    [InlineData("duckdb", "view")]
    [InlineData("trino", "view")]
    public void Two_titles_without_ids_are_kept_apart_and_said(string target, string format)
    {
        const string Text = "title: Twice the same\ndate: 2025-01-02\nlogsource: {category: process_creation, product: windows}\ndetection: {s: {CommandLine: a}, condition: s}\n";
        using var folder = new TemporaryFolder();
        folder.With("a.yml", Text);
        folder.With("b.yml", Text);
        folder.With("c.yml", Text + "---\n" + Text);

        ProgramRun two = Sigmac.Run(folder, "convert", "-t", target, "-f", format, "--json", "-O", "index=x", "a.yml", "b.yml");
        two = two.ExitCode == 0 ? two : Sigmac.Run(folder, "convert", "-t", target, "-f", format, "--json", "a.yml", "b.yml");
        ProgramRun one = Sigmac.Run(folder, "convert", "-t", target, "-f", format, "--json", "--objects", "list", "c.yml");

        two.ExitCode.Should().Be(0, two.Error);
        two.Lines.Should().HaveCount(2).And.OnlyHaveUniqueItems();
        two.Lines[1].Should().Contain("SIG0612").And.Contain("'Twice the same' in a.yml");
        one.ExitCode.Should().Be(0, one.Error);
        one.Lines[1].Should().Contain("SIG0612").And.Contain("the rule in line 1;").And.Contain("\"line\":6");
        File.ReadAllLines(Path.Combine(folder.Path, "list")).Should().HaveCountGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void Rules_of_a_template_have_its_title_by_intent_and_a_second_id_of_a_file_is_an_error()
    {
        using var folder = new TemporaryFolder();
        const string Body = "logsource: {category: test}\ndetection: {s: {f: v}, condition: s}\n";
        folder.With("global.yml", "action: global\ntitle: T\n---\n" + Body + "---\n" + Body);
        folder.With("twice.yml", Id + Rule("T") + "---\n" + Id + Rule("U"));

        ProgramRun template = Sigmac.Run(folder, "convert", "-t", "xpack-watcher", "global.yml");
        ProgramRun twice = Sigmac.Run(folder, "convert", "-t", "xpack-watcher", "twice.yml");

        template.ExitCode.Should().Be(0);
        template.Output.Should().Contain("/sigma-T <<").And.Contain("/sigma-T-2 <<");
        template.Error.Should().NotContain("SIG0612");
        twice.ExitCode.Should().Be(1);
        twice.Error.Should().Contain("SIG0611").And.Contain("by the rule in line 1;");
    }

    [Fact]
    public void Many_rules_of_one_title_take_one_attempt_each()
    {
        var names = new ObjectNames();
        int attempts = 0;
        for (int i = 0; i < 2_000; i++)
        {
            Conversion made = new(new Metadata { Title = "T" }, "x", "f", ConversionStatus.Converted, ["q"], [], 0)
            {
                Objects = [new ObjectName("watch", "T", false)],
            };
            made = made with
            {
                Renumbered = added =>
                {
                    attempts++;
                    return made with { Objects = [new ObjectName("watch", $"T-{added + 1}", false)] };
                },
            };
            names.Settle(made, "p").Objects.Single().Name.Should().Be(i == 0 ? "T" : $"T-{i + 1}");
        }

        attempts.Should().Be(1_999);
    }

    [Theory]
    [InlineData("{{/ctx.payload.hits.hits}}")]
    [InlineData("x}}{{#toJson}}ctx{{/toJson}}{{y")]
    [InlineData("{{{x}}}")]
    [InlineData("{{=<% %>=}}")]
    [InlineData("a{")]
    [InlineData("a\nb")]
    public void No_text_of_a_rule_is_a_tag_of_a_watch(string text)
    {
        string quoted = Yaml(text);
        string rule = $"title: {quoted}\ndescription: {quoted}\ntags: [{quoted}]\nfields: [{quoted}, plain]\nlogsource: {{category: test}}\n"
            + $"detection: {{s: {{f: {quoted}, g|contains: {quoted}, {quoted}: v, h|re: '\\{{{{2}}'}}, condition: s}}\n";
        using var watch = System.Text.Json.JsonDocument.Parse(Convert("xpack-watcher", "json", rule));
        var search = watch.RootElement.GetProperty("input").GetProperty("search").GetProperty("request").GetProperty("body");
        var mail = watch.RootElement.GetProperty("actions").GetProperty("send_email").GetProperty("email");

        search.GetRawText().Should().NotContain("{{");
        Texts(search).Should().NotContain(value => value.Contains("{{"));
        mail.GetProperty("subject").GetString().Should().NotContain("{{").And.NotContain("\n");
        var tags = System.Text.RegularExpressions.Regex.Matches(mail.GetProperty("body").GetString()!, @"\{\{(.*?)\}\}").Select(tag => tag.Groups[1].Value);
        tags.Should().BeSubsetOf(["#ctx.payload.hits.hits", "/ctx.payload.hits.hits", "_source.@timestamp", "_source.plain"]);
    }

    [Theory]
    [InlineData("mail", "{{ctx}}", "SIG0706")]
    [InlineData("timestamp_field", "{{ctx}}", "SIG0706")]
    public void No_option_is_a_tag_of_a_watch(string option, string value, string code)
    {
        var diagnostics = new List<Diagnostic>();
        var backend = new BackendCatalog().Read("xpack-watcher", new Dictionary<string, string> { [option] = value }, diagnostics);
        if (backend is not null)
        {
            diagnostics.AddRange(new Compiler([new CompilerTarget(backend, backend.Formats[0], [])]).Convert(new SourceText("r.yml", Rule("T"))).Single().Diagnostics);
        }

        diagnostics.Should().ContainSingle(d => d.Code.Id == code);
    }

    [Fact]
    public void Titles_in_other_scripts_have_slugs_of_their_own()
    {
        string[] slugs = [.. new[] { "日本", "中国", "Ω", "!", "a b" }.Select(TemplateFunctions.ToSlug)];

        slugs.Should().OnlyHaveUniqueItems().And.OnlyContain(slug => slug.Length > 0 && slug.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
        slugs[^1].Should().Be("a-b");
    }

    private static string Rule(string title) => $"title: {title}\nlogsource: {{category: test}}\ndetection: {{s: {{f: v}}, condition: s}}\n";

    private static string Yaml(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static IEnumerable<string> Texts(System.Text.Json.JsonElement element) => element.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value).Append(member.Name)),
        System.Text.Json.JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        System.Text.Json.JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private static string Convert(string target, string format, string rule)
    {
        Conversion conversion = new Compiler([Repository.Target(target, format)]).Convert(new SourceText("r.yml", rule)).Single();
        return conversion.Query ?? throw new InvalidOperationException(string.Join('\n', conversion.Diagnostics.Select(d => d.Message)));
    }
}
