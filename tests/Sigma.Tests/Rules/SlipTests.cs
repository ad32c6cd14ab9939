using Sigma.Rules;
using Sigma.Tests.Pipelines;
using Sigma.Text;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Rules;

/// <summary>Slips that used to change a rule without a word: misspelt keys, versions that are not read, parts that have no effect.</summary>
public sealed class SlipTests
{
    [Theory]
    [InlineData("{categroy: process_creation, product: windows}", "SIG0252 did you mean 'category'?")]
    [InlineData("{Category: process_creation, product: windows}", "SIG0252 did you mean 'category'?")]
    [InlineData("{category: process_creation, prodcut: windows}", "SIG0252 did you mean 'product'?")]
    [InlineData("{product: windows, servcie: system}", "SIG0252 did you mean 'service'?")]
    [InlineData("{product: windows, index: main}", "SIG0252 use category, product, service or definition")]
    [InlineData("{category: proces_creation}", "SIG0253 did you mean 'process_creation'?")]
    [InlineData("{category: Process_Creation}", "SIG0253 did you mean 'process_creation'?")]
    [InlineData("{product: widnows}", "SIG0253 did you mean 'windows'?")]
    [InlineData("{product: windows, service: secruity}", "SIG0253 did you mean 'security'?")]
    [InlineData("{product: windows, service: acme-own-log}", "SIG0253 ")]
    [InlineData("{category: process_creation, product: windows, definition: any}", "")]
    public void A_log_source_is_held_to_the_specification(string source, string expected) =>
        Hints($"title: T\nlogsource: {source}\ndetection: {{s: {{A: b}}, condition: s}}\n").Should().Be(expected);

    [Fact]
    public void A_misspelt_key_of_a_log_source_fails_a_strict_run_and_an_unlisted_value_does_not()
    {
        Codes.UnknownLogSourceKey.Severity.Should().Be(Severity.Warning);
        Codes.UnlistedLogSource.Severity.Should().Be(Severity.Info);
    }

    [Theory]
    [InlineData("levle: high", "SIG0254 did you mean 'level'?")]
    [InlineData("Level: high", "SIG0254 did you mean 'level'?")]
    [InlineData("stauts: test", "SIG0254 did you mean 'status'?")]
    [InlineData("falsepositive: [none]", "SIG0254 did you mean 'falsepositives'?")]
    [InlineData("sigma_version: 3", "SIG0254 did you mean 'sigma-version'?")]
    [InlineData("created: 2020", "")]
    [InlineData("data: x", "")]
    [InlineData("owner: me", "")]
    public void An_attribute_that_is_nearly_a_known_one_is_a_slip(string attribute, string expected) =>
        Hints(Given.Head + attribute + "\ndetection: {s: {A: b}, condition: s}\n").Should().Be(expected);

    [Theory]
    [InlineData("detections: {s: {A: b}, condition: s}", "SIG0202 SIG0254")]
    [InlineData("Detection: {s: {A: b}, condition: s}", "SIG0202 SIG0254")]
    [InlineData("detection: {s: {A: b}, Condition: s}", "SIG0202 SIG0254")]
    [InlineData("detection: {s: {A: b}, timefrme: 5m, condition: s}", "SIG0254")]
    [InlineData("detection: {s: {A: b}, conditional: {A: b}, condition: s}", "")]
    public void Misspelt_parts_of_a_rule_are_named(string body, string codes) =>
        string.Join(' ', Given.Document(Given.Head + body + "\n").Diagnostics.Select(d => d.Code.Id).Order()).Should().Be(codes);

    [Theory]
    [InlineData("s", "SIG0249")]
    [InlineData("[s, s]", "SIG0249")]
    [InlineData("s | count() > 5", "")]
    [InlineData("[s, s | count() > 5]", "")]
    public void A_timeframe_without_a_count_has_no_effect(string condition, string codes) =>
        string.Join(' ', Given.Detection($"s: {{A: b}}\ntimeframe: 5m\ncondition: {condition}\n").Diagnostics.Select(d => d.Code.Id)).Should().Be(codes);

    [Theory]
    [InlineData("temporal_extended", "write temporal with a condition")]
    [InlineData("extended_temporal", "write temporal with a condition")]
    [InlineData("temporal_ordered_extended", "write temporal_ordered with a condition")]
    [InlineData("temporl", "did you mean 'temporal'?")]
    public void An_extended_type_is_a_plain_one_with_a_condition(string type, string hint) =>
        Given.Document($"title: C\ncorrelation: {{type: {type}, rules: [a, b], timespan: 5m}}\n").Diagnostics
            .Should().ContainSingle(d => d.Code == Codes.UnknownCorrelationType).Which.Hint.Should().Be(hint);

    /// <summary>No log has an empty name, and the name is not left out either: the rule would apply to nothing or to everything.</summary>
    [Theory]
    [InlineData("{product: ''}")]
    [InlineData("{product: windows, service: ''}")]
    [InlineData("{category: \"  \", product: windows}")]
    [InlineData("{category: process_creation, product: \"\\t\"}")]
    public void An_empty_part_of_a_log_source_is_refused(string source) =>
        Given.Document($"title: T\nlogsource: {source}\ndetection: {{s: {{A: b}}, condition: s}}\n").Diagnostics
            .Should().ContainSingle().Which.Message.Should().EndWith("must be a string, not an empty one");

    [Fact]
    public void An_empty_definition_of_a_log_source_is_none() =>
        Given.Document("title: T\nlogsource: {product: windows, definition: ''}\ndetection: {s: {A: b}, condition: s}\n").Diagnostics.Should().BeEmpty();

    /// <summary>A selector into a list means as little in what a correlation counts and groups by as in a rule's own tests.</summary>
    [Theory]
    [InlineData("type: event_count, rules: [r], group-by: ['ips[0]'], timespan: 5m, condition: {gte: 3}", "'ips[0]'")]
    [InlineData("type: event_count, rules: [r], group-by: 'user[any]', timespan: 5m, condition: {gte: 3}", "'user[any]'")]
    [InlineData("type: value_count, rules: [r], group-by: [a], timespan: 5m, condition: {gte: 3, field: 'x[-1]'}", "'x[-1]'")]
    [InlineData("type: value_sum, rules: [r], group-by: [a], timespan: 5m, condition: {gte: 3, field: 'x[all].y'}", "'x[all].y'")]
    [InlineData("type: temporal, rules: [r], group-by: [u], aliases: {u: {r: 'a[*]'}}, timespan: 5m", "'a[*]'")]
    public void A_correlation_does_not_look_into_lists(string correlation, string field)
    {
        Diagnostic found = Given.Document($"title: C\ncorrelation: {{{correlation}}}\n").Diagnostics.Should().ContainSingle().Subject;
        found.Code.Should().Be(Codes.ArraySelector);
        found.Message.Should().Contain(field);
        Given.Text(found.Span).Trim('\'').Should().Be(field.Trim('\''));
    }

    [Theory]
    [InlineData("type: event_count, rules: [r], group-by: [''], timespan: 5m, condition: {gte: 3}", "an empty text")]
    [InlineData("type: event_count, rules: [r], group-by: [a, ' '], timespan: 5m, condition: {gte: 3}", "a blank text")]
    [InlineData("type: value_count, rules: [r], group-by: [a], timespan: 5m, condition: {gte: 3, field: ''}", "an empty text")]
    [InlineData("type: temporal, rules: [r], group-by: [u], aliases: {u: {r: ''}}, timespan: 5m", "an empty text")]
    public void A_correlation_counts_by_fields_with_names(string correlation, string kind) =>
        Given.Document($"title: C\ncorrelation: {{{correlation}}}\n").Diagnostics.Should().Contain(d => d.Code == Codes.WrongType && d.Message.EndsWith(kind));

    [Theory]
    [InlineData("s | count(a[0]) > 3")]
    [InlineData("s | count() by b[any] > 3")]
    [InlineData("s | sum(x[1:2]) by c, b > 3")]
    public void A_count_behind_a_condition_does_not_look_into_lists(string condition) =>
        Given.Detection($"s: {{A: b}}\ncondition: '{condition}'\ntimeframe: 5m\n").Diagnostics
            .Should().Contain(d => d.Severity == Severity.Error);

    [Fact]
    public void A_repeat_right_behind_a_global_is_one_rule()
    {
        IReadOnlyList<ReadDocument> read = Read("action: global\ntitle: T\nlogsource: {product: windows}\ndetection: {s: {A: b}, condition: s}\n---\naction: repeat\nlevel: high\n");
        ReadDocument rule = read.Should().ContainSingle().Subject;
        rule.Diagnostics.Should().BeEmpty();
        rule.Metadata.Level.Should().Be(Level.High);
        ((SigmaRule)rule.Document!).Detections.Should().ContainSingle();
    }

    [Fact]
    public void A_repeat_goes_by_what_is_before_it_be_it_a_rule_or_a_global()
    {
        const string Rule = "title: A\nlogsource: {product: windows}\ndetection: {s: {A: a}, condition: s}\n";
        Titles(Rule + "---\naction: repeat\ntitle: B\n").Should().Be("A B");
        Titles(Rule + "---\naction: global\ntitle: G\nlogsource: {product: linux}\ndetection: {s: {A: g}, condition: s}\n---\naction: repeat\nlevel: low\n").Should().Be("A G");
        Titles("action: global\n" + Rule + "---\naction: repeat\ntitle: B\n---\naction: repeat\ntitle: C\n").Should().Be("B C");
        Read("action: repeat\ntitle: B\n").Single().Diagnostics.Select(d => d.Code.Id).Should().Contain("SIG0206");
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("Yes", true)]
    [InlineData("ON", true)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void Where_only_true_and_false_fit_the_words_of_YAML_1_1_are_read(string word, bool truth)
    {
        ((ExistsValue)Given.Value("f|exists", word)).Exists.Should().Be(truth);
        Given.Codes("f|exists", word).Should().BeEmpty();
        ((SigmaCorrelation)Read(Base + "\n---\n" + Document($"type: event_count\nrules: rule_a\ntimespan: 5m\ngenerate: {word}\ncondition: {{gte: 5}}"))[^1].Document!).Generate.Should().Be(truth);
        PipedRule.Through("{a: b}", $"{{type: add_condition, conditions: {{c: d}}, negated: {word}}}").Findings.Should().BeEmpty();
    }

    [Fact]
    public void Null_takes_a_state_back()
    {
        PipedRule piped = PipedRule.Through("{a: b}", "{type: set_state, key: index, val: main}", "{type: set_state, key: kept, val: x}", "{type: set_state, key: index, val: null}");
        piped.Findings.Should().BeEmpty();
        piped.Run.State.Should().Equal(new Dictionary<string, string> { ["kept"] = "x" });
        PipedRule.Through("{a: b}", "{type: set_state, key: index, val: }").Findings.Should().BeEmpty();
        PipedRule.Through("{a: b}", "{type: set_state, key: index}").Findings.Should().StartWith("SIG0407");
    }

    [Theory]
    [InlineData("1", "")]
    [InlineData("2", "")]
    [InlineData("2.1.0", "")]
    [InlineData("'1.0.4'", "")]
    [InlineData("", "")]
    [InlineData("2.1", "")]
    [InlineData("'2.1.7'", "")]
    [InlineData("'1.9'", "")]
    [InlineData("2.2", "SIG0250")]
    [InlineData("'2.2.0'", "SIG0250")]
    [InlineData("'2.10.0'", "SIG0250")]
    [InlineData("'2.1.0.0'", "SIG0250")]
    [InlineData("3", "SIG0250")]
    [InlineData("'3.0'", "SIG0250")]
    [InlineData("0", "SIG0250")]
    [InlineData("two", "SIG0250")]
    [InlineData("1.", "SIG0250")]
    [InlineData("[3]", "SIG0203")]
    [InlineData("{major: 3}", "SIG0203")]
    public void A_version_that_is_not_read_is_refused(string version, string codes)
    {
        string[] kinds =
        [
            Given.Head + "detection: {s: {A: b}, condition: s}\n",
            "title: C\ncorrelation: {type: event_count, rules: a, timespan: 5m, condition: {gte: 5}}\n",
            Given.Head + "filter: {rules: any, s: {A: b}, condition: not s}\n",
        ];
        foreach (string kind in kinds)
        {
            string.Join(' ', Given.Document($"sigma-version: {version}\n" + kind).Diagnostics.Select(d => d.Code.Id)).Should().Be(codes);
        }
    }

    [Theory]
    [InlineData("'args[0]': a", "SIG0251")]
    [InlineData("'ips[all]|cidr': 10.0.0.0/8", "SIG0251")]
    [InlineData("'a[any].b|contains': c", "SIG0251")]
    [InlineData("'a[-1]': c", "SIG0251")]
    [InlineData("'a|fieldref': 'b[0]'", "SIG0251")]
    [InlineData("'a[b]': c", "")]
    [InlineData("'Records{}.x': c", "")]
    public void A_field_that_looks_into_a_list_is_of_a_later_version(string item, string codes) =>
        string.Join(' ', Given.Detection($"s: {{{item}}}\ncondition: s\n").Diagnostics.Select(d => d.Code.Id)).Should().Be(codes);

    [Fact]
    public void A_pipeline_may_name_fields_of_the_target_with_brackets() =>
        PipedRule.Through("{a: b}", "{type: field_name_mapping, mapping: {a: 'b[0]'}}", "{type: add_condition, conditions: {'c[all]': d}}").Findings.Should().BeEmpty();

    private static string Hints(string rule) => string.Join("; ", Given.Document(rule).Diagnostics.Select(d => $"{d.Code.Id} {d.Hint}"));

    private static IReadOnlyList<ReadDocument> Read(string text) => RuleReader.Read(new SourceText("a.yml", text));

    private static string Titles(string text) => string.Join(' ', Read(text).Select(document => document.Metadata.Title));
}
