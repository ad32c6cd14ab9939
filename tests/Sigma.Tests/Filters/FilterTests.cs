using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Filters;

/// <summary>Filters: where they apply, what they do to a rule, and what is wrong about one.</summary>
public class FilterTests
{
    [Theory]
    [InlineData("category: test, product: one", "rule_a", true)]
    [InlineData("category: test", "rule_a", true)]
    [InlineData("product: one", "rule_a", true)]
    [InlineData("product: one", "11111111-AAAA-4aaa-8aaa-00000000000a", true)]
    [InlineData("product: one", "[rule_b, rule_a]", true)]
    [InlineData("product: one", "any", true)]
    [InlineData("product: one", "ANY", true)]
    [InlineData("product: one", "All", true)]
    [InlineData("product: one", "[]", true)]
    [InlineData("product: one", "rule_b", false)]
    [InlineData("product: One", "any", false)]
    [InlineData("product: two", "any", false)]
    [InlineData("category: test, product: one, service: x", "any", false)]
    public void Scope_is_a_log_source_that_contains_the_rules_and_a_rule_that_is_named(string logSource, string rules, bool applies) =>
        Rule(Filter("sel", "not sel", rules, logSource)).Should().Be(applies ? """(Kind="a" NOT (User="x"))""" : """Kind="a" """.TrimEnd());

    [Fact]
    public void Not_applied_to_correlations_but_to_the_rules_they_count()
    {
        var conversion = Of(Target("splunk"), Base, Filter("sel", "not sel"), Document("type: event_count\nrules: rule_a\ntimespan: 5m\ncondition: {gte: 1}"))[^1];
        conversion.Query.Should().Be("""(Kind="a" NOT (User="x")) | bin _time span=5m | stats count as event_count by _time | where event_count >= 1""");
    }

    [Fact]
    public void Not_applied_to_correlations_by_their_name()
    {
        var conversions = Of(Target("splunk"), Base, Filter("sel", "not sel", "many"), """
            title: Many
            name: many
            correlation: {type: event_count, rules: rule_a, timespan: 5m, condition: {gte: 1}}
            """);
        conversions[^1].Query.Should().StartWith("""Kind="a" | bin""");
    }

    [Theory]
    [InlineData("not sel", """(Kind="a" NOT (User="x"))""")]
    [InlineData("sel", """(Kind="a" User="x")""")]
    public void Effect_is_rule_and_filter_whatever_the_author_negates(string condition, string query) => Rule(Filter("sel", condition)).Should().Be(query);

    [Fact]
    public void Effect_keeps_each_sides_own_precedence() =>
        Of(Target("splunk"), """
            title: Either
            logsource: {category: test, product: one}
            detection: {a: {A: 1}, b: {B: 2}, condition: a or b}
            """, Filter("sel", "sel or not sel"))[0].Query.Should().Be("""((A="1" OR B="2") (User="x" OR NOT (User="x")))""");

    [Fact]
    public void Effect_reaches_every_condition_of_a_rule() =>
        Of(Target("splunk"), """
            title: Two
            logsource: {category: test, product: one}
            detection: {a: {A: 1}, b: {B: 2}, condition: [a, b]}
            """, Filter("sel", "not sel"))[0].Query.Should().Be("(A=\"1\" NOT (User=\"x\"))\n(B=\"2\" NOT (User=\"x\"))");

    [Fact]
    public void Effect_reaches_counted_events() =>
        Of(Target("splunk"), """
            title: Counts
            logsource: {category: test, product: one}
            detection: {a: {A: 1}, condition: a | count() by B > 5}
            """, Filter("sel", "not sel"))[0].Query.Should().Be("""(A="1" NOT (User="x")) | eventstats count as val by B| search val > 5""");

    [Fact]
    public void Effect_reaches_all_searches_of_near() =>
        Of(Target("splunk"), """
            title: Near
            logsource: {category: test, product: one}
            detection: {a: {A: 1}, b: {B: 2}, c: {C: 3}, condition: a | near b and not c}
            """, Filter("sel", "not sel"))[0].Query.Should().StartWith(
            """| multisearch [search (A="1" NOT (User="x")) | eval sigma_rule="search"] [search (B="2" NOT (User="x")) | eval sigma_rule="near_1"] """
            + """[search (C="3" NOT (User="x")) | eval sigma_rule="near_2"]""");

    [Theory]
    [InlineData("1st")]
    [InlineData("_sel")]
    [InlineData("selection")]
    [InlineData("not_admin")]
    [InlineData("7z-tool")]
    public void Names_may_begin_with_digits_and_underscores_and_be_the_rules_own(string name) =>
        Rule(Filter(name, "not " + name)).Should().Be("""(Kind="a" NOT (User="x"))""");

    [Theory]
    [InlineData("not 1 of them", """(Kind="a" NOT (User="x" OR Host="y"))""")]
    [InlineData("not all of sel*", """(Kind="a" NOT (User="x" Host="y"))""")]
    [InlineData("not 1 of *", """(Kind="a" NOT (User="x" OR Host="y"))""")]
    [InlineData("not 1 of _*", """(Kind="a" NOT (Port="1"))""")]
    public void Names_in_patterns_and_them_are_the_filters_own(string condition, string query) =>
        Rule(FilterOf($"rules: any\n  sel1: {{User: x}}\n  sel2: {{Host: y}}\n  _hidden: {{Port: 1}}\n  condition: {condition}")).Should().Be(query);

    [Theory]
    [InlineData("all of them")]
    [InlineData("1 of *")]
    [InlineData("all of sel*")]
    [InlineData("all of *")]
    public void Names_of_a_filter_are_not_seen_by_the_rule(string condition) =>
        Of(Target("splunk"), $$"""
            title: Patterns
            logsource: {category: test, product: one}
            detection: {selection: {Kind: a}, condition: {{condition}}}
            """, Filter("selfilter", "not selfilter"))[0].Query.Should().Be("""(Kind="a" NOT (User="x"))""");

    [Fact]
    public void Condition_must_be_one_text()
    {
        FilterErrors("rules: any\n  sel: {User: x}\n  condition: [sel, not sel]").Should().Equal("SIG0203 2.yml:6:14");
        FilterErrors("rules: any\n  sel: {User: x}\n  condition: null").Should().Equal("SIG0203 2.yml:6:14");
        FilterErrors("rules: any\n  sel: {User: x}\n  condition: sel | count() > 5").Should().Equal("SIG0246 2.yml:6:18");
        FilterErrors("rules: any\n  sel: {User: x}\n  condition: other").Should().Equal("SIG0304 2.yml:6:14");
    }

    [Fact]
    public void Several_filters_are_applied_in_order_each_once() =>
        Of(Target("splunk"), Base, Filter("sel", "not sel"), """
            title: Second
            logsource: {category: test}
            filter: {rules: rule_a, sel: {Host: y}, condition: not sel}
            """)[0].Query.Should().Be("""((Kind="a" NOT (User="x")) NOT (Host="y"))""");

    [Fact]
    public void Several_filters_of_the_same_names_stay_apart()
    {
        var filters = Enumerable.Range(1, 12).Select(i => $$"""
            title: F{{i}}
            logsource: {category: test}
            filter: {rules: rule_a, sel_1: {Host: h{{i}}}, condition: 1 of sel*}
            """);
        Of(Target("splunk"), [Base, .. filters])[0].Query.Should().Be(
            """(Kind="a" """ + string.Join(' ', Enumerable.Range(1, 12).Select(i => $"Host=\"h{i}\"")) + ")");
    }

    [Fact]
    public void Unknown_rule_ref_is_a_warning_and_the_others_are_filtered()
    {
        var conversions = Of(Target("splunk"), Base, Filter("sel", "not sel", "[rule_a, nothing]"));
        conversions[0].Query.Should().Be("""(Kind="a" NOT (User="x"))""");
        conversions[^1].Status.Should().Be(ConversionStatus.Skipped);
        Warnings(conversions[^1]).Should().Equal("SIG0237 2.yml:3:26");
        conversions[^1].Diagnostics.Single(d => d.Code.Id == "SIG0239").Message.Should().Contain("applies to 1 of the rules");
    }

    [Theory]
    [InlineData("product: two", "rule_a", "rule_a", "its log source is 'one/test', and the filter's is 'two'")]
    [InlineData("product: one, service: x", "[11111111-aaaa-4aaa-8aaa-00000000000a]", "11111111-aaaa-4aaa-8aaa-00000000000a", "its log source is 'one/test', and the filter's is 'one/x'")]
    public void A_rule_that_is_named_and_is_not_of_the_log_source_is_said(string logSource, string rules, string named, string reason)
    {
        Conversion filter = Of(Target("splunk"), Base, Filter("sel", "not sel", rules, logSource))[^1];
        Warnings(filter).Should().Equal($"SIG0263 2.yml:3:{(rules[0] == '[' ? 18 : 17)}");
        filter.Diagnostics[^1].Message.Should().Be($"the filter has no effect on '{named}': {reason}");
    }

    [Fact]
    public void Rules_of_one_name_are_filtered_without_a_warning_where_one_is_of_the_log_source() =>
        Warnings(Of(Target("splunk"), Base.Replace("product: one", "product: two", StringComparison.Ordinal), Base, Filter("sel", "not sel", "rule_a", "product: one"))[^1]).Should().BeEmpty();

    [Fact]
    public void A_correlation_that_a_filter_names_is_said() =>
        Warnings(Of(Target("splunk"), Base, Filter("sel", "not sel", "many"), """
            title: Many
            name: many
            correlation: {type: event_count, rules: rule_a, timespan: 5m, condition: {gte: 1}}
            """).Single(conversion => conversion.Status is ConversionStatus.Skipped && Warnings(conversion).Any())).Should().Equal("SIG0263 2.yml:3:17");

    [Theory]
    [InlineData("detection: {a: {A: 1}, condition: a}\n", "SIG0264 1.yml:4:1")]
    [InlineData("correlation: {type: event_count, rules: rule_a, timespan: 5m, condition: {gte: 1}}\n", "SIG0264 1.yml:4:1")]
    public void A_document_is_of_one_kind(string other, string error) =>
        ErrorsOf(Of(Target("splunk"), "title: F\nlogsource: {category: test}\n" + other + "filter: {rules: any, sel: {User: x}, condition: not sel}")[0]).Should().Equal(error);

    [Fact]
    public void A_broken_detection_is_one_error() => FilterErrors("rules: any\n  sel: {User|foo: x}\n  condition: sel").Should().Equal("SIG0212 2.yml:5:14");

    [Fact]
    public void Errors_of_each_missing_part()
    {
        FilterErrors("sel: {User: x}\n  condition: sel").Should().Equal("SIG0202 2.yml:3:1");
        FilterErrors("rules: any\n  sel: {User: x}").Should().Equal("SIG0202 2.yml:3:1");
        FilterErrors("rules: any\n  condition: sel").Should().Contain("SIG0209 2.yml:3:1");
        ErrorsOf(Of(Target("splunk"), Base, "title: F\nfilter: {rules: any, sel: {A: b}, condition: sel}")[^1]).Should().Equal("SIG0202 2.yml:1:1");
        ErrorsOf(Of(Target("splunk"), Base, "title: F\nlogsource: {category: test}\nfilter: sel")[^1]).Should().Equal("SIG0203 2.yml:3:9");
    }

    [Fact]
    public void A_broken_filter_leaves_the_rules_as_they_are() =>
        Of(Target("splunk"), Base, FilterOf("rules: any\n  sel: {User: x}\n  condition: sle"))[0].Query.Should().Be("Kind=\"a\"");

    [Fact]
    public void Level_and_status_of_a_filter_are_tolerated() =>
        RuleReader.Read(new SourceText("f.yml", Filter("sel", "not sel") + "\nlevel: low\nstatus: test\n"))[0].Diagnostics.Should().OnlyContain(d => d.Severity == Severity.Info);

    private static string Filter(string name, string condition, string rules = "any", string logSource = "category: test") =>
        $"title: F\nlogsource: {{{logSource}}}\nfilter: {{rules: {rules}, {name}: {{User: x}}, condition: {condition}}}";

    private static string FilterOf(string body) => $"title: F\nlogsource: {{category: test}}\nfilter:\n  {body}";

    private static string? Rule(string filter) => Of(Target("splunk"), Base, filter)[0].Query;

    private static IEnumerable<string> FilterErrors(string body) => ErrorsOf(Of(Target("splunk"), Base, FilterOf(body))[^1]);
}
