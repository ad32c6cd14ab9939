using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>Configurations of the older sigmac as pipelines.</summary>
public class LegacyConfigurationTests
{
    private const string Accounts = """
        title: Accounts
        fieldmappings:
          EventID: event_id
          Image: [exe, path]
          Account:
            EventID=4624: [target, caller]
            EventID=4728: member
            Type=logoff: caller
            default: user
          Other:
            EventID=1: never
        """;

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "title: T\nlogsurces: {}\nfieldmappings: {a: b}\n", "2:1", "a pipeline has no key 'logsurces'" },
        { "order: first\nfieldmappings: {a: b}\n", "1:8", "'order' must be a whole number, not 'first'" },
        { "logsourcemerging: xor\n", "1:19", "'logsourcemerging' must be 'and' or 'or', not 'xor'" },
        { "logsources: [a]\n", "1:13", "'logsources' must be a map, not a list" },
        { "logsources:\n  web: apache\n", "2:8", "'web' must be a map, not a string" },
        { "logsources:\n  web:\n    index: a\n", "3:5", "'web' needs 'category, product or service'" },
        { "logsources:\n  web:\n    product: a\n    indx: a\n", "4:5", "'web' has no parameter 'indx'" },
        { "logsources:\n  web:\n    product: a\n    conditions: [a]\n", "4:17", "'conditions' must be a map, not a list" },
        { "logsources:\n  web:\n    product: a\n    conditions: {a|endwith: b}\n", "4:20", "unknown modifier 'endwith'" },
        { "logsources:\n  web:\n    product: a\n    rewrite: b\n", "4:14", "'rewrite' must be a map, not a string" },
        { "logsources:\n  web:\n    product: a\n    rewrite: {service: b, servce: c}\n", "4:27", "'rewrite of web' has no parameter 'servce'" },
        { "fieldmappings: [a]\n", "1:16", "'fieldmappings' must be a map, not a list" },
        { "fieldmappings:\n  a:\n    EventID: b\n", "3:5", "'a' must be a map of 'Field=value' and 'default', not 'EventID'" },
        { "fieldmappings:\n  a: [{b: c}]\n", "2:7", "'a' must be a string or a list of strings, not a map" },
        { "fieldmappings: {a: b}\npostprocessing: []\n", "2:1", "a pipeline has no key 'postprocessing'" },
    };

    [Fact]
    public void The_head_of_a_configuration_is_the_head_of_a_pipeline()
    {
        Pipeline pipeline = BuiltInRun.Read("title: Mine\norder: 15\nbackends: [splunk, splunkxml]\nfieldmappings: {a: b}\n");

        pipeline.Should().BeEquivalentTo(new { Name = "Mine", Priority = 15, AllowedBackends = new[] { "splunk", "splunkxml" } });
    }

    [Fact]
    public void A_pipeline_is_not_taken_for_a_configuration()
    {
        BuiltInRun.Read("name: P\ntransformations: []\nfieldmappings: {a: b}\n", out IReadOnlyList<Diagnostic> diagnostics);

        diagnostics.Should().ContainSingle().Which.Message.Should().Be("a pipeline has no key 'fieldmappings'");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistakes_have_a_place(string text, string place, string message)
    {
        BuiltInRun.Read(text, out IReadOnlyList<Diagnostic> diagnostics);

        Diagnostic first = diagnostics[0];
        first.Message.Should().Be(message);
        $"{first.Span!.Value.Position.Line}:{first.Span.Value.Position.Column}".Should().Be(place);
    }

    [Fact]
    public void Conditions_are_added_where_the_log_source_fits()
    {
        const string Config = "logsources:\n  sec: {product: windows, service: security, conditions: {log: [Security, Old]}}\nfieldmappings: {log: source}\n";

        Tests(Config, "product: windows, service: security", "f: a").Should().Equal("f='a'", "source='Security'|'Old'");
        Tests(Config, "product: windows, service: system", "f: a").Should().Equal("f='a'");
        Tests(Config, "product: windows", "f: a").Should().Equal("f='a'");
    }

    [Fact]
    public void Conditions_stand_in_every_bracket_as_the_older_program_put_them()
    {
        const string Rule = """
            title: T
            logsource: {product: p}
            detection:
              a: {f: 1}
              b: {f: 2}
              condition: a or (a and b)
            """;

        BuiltInRun.Convert(Rule, "splunk", own: false, [BuiltInRun.Read("logsources: {p: {product: p, conditions: {i: x}}}\n")]).Query
            .Should().Be("""(i="x" (f="1" OR (i="x" f="1" f="2")))""");
    }

    [Fact]
    public void Later_entries_see_the_rewritten_log_source()
    {
        const string Config = """
            logsources:
              early: {service: sysmon, conditions: {x: early}}
              creation: {category: process_creation, product: windows, conditions: {EventID: 1}, rewrite: {product: windows, service: sysmon}}
              late: {service: sysmon, conditions: {x: late}}
              gone: {category: process_creation, conditions: {x: gone}}
            """;

        Tests(Config, "product: windows, category: process_creation", "f: a").Should().Equal("f='a'", "EventID=1", "x='late'");
    }

    [Fact]
    public void Indices_of_all_that_fit_are_joined()
    {
        const string Config = """
            defaultindex: [all-*, old-*]
            logsources:
              windows: {product: windows, index: [win-*, beats-*]}
              security: {product: windows, service: security, index: sec-*}
              again: {service: security, index: win-*}
            """;

        Index("product: windows, service: security").Should().Be("win-*,beats-*,sec-*");
        Index("product: windows").Should().Be("win-*,beats-*");
        Index("product: linux").Should().Be("all-*,old-*");

        string Index(string logsource) => BuiltInRun.Run(BuiltInRun.Rule(logsource, "f: a"), [BuiltInRun.Read(Config)]).State["index"];
    }

    [Fact]
    public void Conditions_of_several_that_fit_can_be_alternatives()
    {
        const string Entries = """
            logsources:
              a: {product: p, conditions: {x: 1}}
              b: {service: s, conditions: {x: 2, y: 3}}
            """;

        Query(Entries).Should().Be("""(x="2" y="3" x="1" f="a")""");
        Query("logsourcemerging: or\n" + Entries).Should().Be("""((x="1" OR (x="2" y="3")) f="a")""");

        static string? Query(string config) =>
            BuiltInRun.Convert(BuiltInRun.Rule("product: p, service: s", "f: a"), "splunk", own: false, [BuiltInRun.Read(config)]).Query;
    }

    [Theory]
    [InlineData("{EventID: 4624, Account: a}", "event_id=4624", "(target='a' or caller='a')")]
    [InlineData("{EventID: '4728', Account: a}", "event_id='4728'", "member='a'")]
    [InlineData("{EventID: [4624, 4728], Account: a}", "event_id=4624|4728", "(target='a' or caller='a' or member='a')")]
    [InlineData("{EventID: 4728, Type: logoff, Account: a}", "event_id=4728", "Type='logoff'", "(member='a' or caller='a')")]
    [InlineData("{EventID: 1, Account: a}", "event_id=1", "user='a'")]
    [InlineData("{Image: a, Other: b}", "(exe='a' or path='a')", "Other='b'")]
    public void A_field_is_what_its_event_calls_it(string selection, params string[] tests) =>
        Tests(Accounts, "product: windows", selection).Should().Equal(tests);

    [Fact]
    public void A_condition_of_a_log_source_decides_a_name_too()
    {
        const string Config = """
            logsources:
              creation: {category: process_creation, conditions: {EventID: 4688}}
            fieldmappings:
              User: {EventID=4688: SubjectUserName, default: UserName}
            """;

        Tests(Config, "category: process_creation", "User: a").Should().Equal("SubjectUserName='a'", "EventID=4688");
    }

    private static string[] Tests(string config, string logsource, string selection) =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule(logsource, selection), [BuiltInRun.Read(config)]));
}
