using Sigma.Compilation;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>References across files: by id first, then by name; what is unknown, broken or circular has its place.</summary>
public class CorrelationReferencesTests
{
    private const string Count = "{type: event_count, rules: RULES, timespan: 5m, condition: {gte: 2}}";

    [Theory]
    [InlineData("rule_a")]
    [InlineData("11111111-aaaa-4aaa-8aaa-00000000000a")]
    [InlineData("11111111-AAAA-4AAA-8AAA-00000000000A")]
    public void A_reference_is_an_id_or_a_name_of_any_file(string reference)
    {
        var conversions = Of(Target("splunk"), Counting("First", reference), Base);
        conversions[0].Query.Should().StartWith("""Kind="a" | bin""");
        conversions.Select(c => c.Status).Should().Equal(
            ConversionStatus.Converted, ConversionStatus.Skipped, ConversionStatus.Converted, ConversionStatus.Converted);
    }

    [Fact]
    public void An_id_goes_before_a_name() =>
        Of(Target("splunk"), Base, """
            title: Misleading
            name: 11111111-aaaa-4aaa-8aaa-00000000000a
            logsource: {category: test}
            detection: {selection: {Kind: wrong}, condition: selection}
            """, Counting("First", "11111111-aaaa-4aaa-8aaa-00000000000a"))[^1].Query.Should().StartWith("""Kind="a" | bin""");

    [Theory]
    [InlineData("rule_a", "SIG0266 3.yml:2:41")]
    [InlineData("11111111-AAAA-4AAA-8AAA-00000000000A", "SIG0266 3.yml:2:41")]
    [InlineData("rule_b", null)]
    public void A_reference_to_several_rules_is_said_with_the_one_that_is_counted(string reference, string? warning)
    {
        Conversion conversion = Of(Target("splunk"), Base, """
            title: Copied
            id: 11111111-aaaa-4aaa-8aaa-00000000000a
            name: rule_a
            logsource: {category: test}
            detection: {selection: {Kind: copy}, condition: selection}
            """, Counting("First", reference))[^1];
        Warnings(conversion).Where(found => found.StartsWith("SIG0266", StringComparison.Ordinal)).Should().Equal(warning is null ? [] : [warning]);
        conversion.Query.Should().StartWith(warning is null ? "Kind=\"b\"" : "Kind=\"a\"");
    }

    [Fact]
    public void An_unknown_rule_is_an_error_with_a_suggestion()
    {
        var conversion = Of(Target("splunk"), Base, Counting("First", "rule_aa"))[^1];
        ErrorsOf(conversion).Should().Equal("SIG0233 2.yml:2:41");
        conversion.Diagnostics[0].Hint.Should().Be("did you mean 'rule_a'?");
    }

    [Fact]
    public void A_broken_rule_breaks_the_correlation_with_the_place_of_both()
    {
        var conversion = Of(Target("splunk"), """
            title: Broken
            name: broken
            logsource: {category: test}
            detection: {selection: {Kind: a}, condition: selction}
            """, Counting("First", "broken"))[^1];
        ErrorsOf(conversion).Should().Equal("SIG0234 2.yml:2:41");
        conversion.Diagnostics[0].Message.Should().Contain("1.yml:1");
    }

    [Fact]
    public void A_cycle_is_an_error_with_the_places_of_all_on_it()
    {
        var conversions = Of(Target("splunk"), Counting("One", "two", "one"), Counting("Two", "three", "two"), Counting("Three", "one", "three"));
        conversions.Select(c => ErrorsOf(c).Single()).Should().Equal("SIG0235 1.yml:3:41", "SIG0235 2.yml:3:41", "SIG0235 3.yml:3:41");
        conversions[0].Diagnostics[0].Message.Should().EndWith("one (1.yml:1) → two (2.yml:1) → three (3.yml:1) → one (1.yml:1)");
    }

    [Fact]
    public void A_correlation_cannot_count_itself() =>
        ErrorsOf(Of(Target("splunk"), Counting("One", "one", "one"))[0]).Should().Equal("SIG0235 1.yml:3:41");

    [Fact]
    public void A_correlation_over_a_cycle_is_broken_however_far_down_the_cycle_is()
    {
        var conversions = Of(Target("splunk"), Counting("Top", "middle"), Counting("Middle", "one", "middle"), Counting("One", "two", "one"), Counting("Two", "one", "two"));
        ErrorsOf(conversions[0]).Should().Equal("SIG0234 1.yml:2:41");
        ErrorsOf(conversions[1]).Should().Equal("SIG0234 2.yml:3:41");
    }

    [Fact]
    public void Many_ways_through_correlations_are_looked_through_once()
    {
        var files = Enumerable.Range(0, 60).Select(i => $$"""
            title: T{{i}}
            name: t{{i}}
            correlation: {type: temporal, rules: [t{{i + 1}}, t{{i + 2}}], timespan: 5m}
            """);
        Of(Target("grep"), [.. files, Base])[0].Status.Should().Be(ConversionStatus.Failed);
    }

    /// <summary>The schema of the specification (sigma-correlation-rules-schema.json) has "uniqueItems" for rules.</summary>
    [Theory]
    [InlineData("event_count", "rule_a", ", condition: {gte: 2}")]
    [InlineData("value_count", "11111111-aaaa-4aaa-8aaa-00000000000a", ", condition: {gte: 2, field: User}")]
    [InlineData("temporal", "11111111-AAAA-4AAA-8AAA-00000000000A", "")]
    [InlineData("temporal_ordered", "rule_a", "")]
    public void A_rule_is_named_once(string type, string again, string condition)
    {
        var conversion = Of(Target("splunk"), Base, $"title: T\ncorrelation: {{type: {type}, rules: [rule_a, rule_b, {again}], timespan: 5m{condition}}}\n")[^1];
        ErrorsOf(conversion).Should().Equal($"SIG0261 2.yml:2:{$"correlation: {{type: {type}, rules: [rule_a, rule_b, ".Length + 1}");
        conversion.Query.Should().BeNull();
    }

    [Fact]
    public void An_alias_of_a_rule_that_is_not_counted_is_an_error() =>
        ErrorsOf(Correlate("splunk", """
            type: temporal
            rules: [rule_a, rule_b]
            aliases: {who: {rule_a: X, rule_c: Y}}
            group-by: who
            timespan: 5m
            """)).Should().Equal("SIG0240 2.yml:5:32");

    [Fact]
    public void A_chain_of_correlations_must_keep_the_fields_it_goes_on_with()
    {
        var conversion = Of(Target("splunk"), Base, """
            title: Many
            name: many
            correlation: {type: event_count, rules: rule_a, group-by: Host, timespan: 5m, condition: {gte: 10}}
            """, Document("type: temporal\nrules: [many, rule_b]\ngroup-by: User\ntimespan: 1h"))[^1];
        ErrorsOf(conversion).Should().Equal("SIG0245 3.yml:3:5");
        conversion.Diagnostics.Single(d => d.Code.Id == "SIG0245").Message.Should().Contain("Host");
    }

    [Fact]
    public void A_rule_that_counts_by_itself_cannot_be_counted() =>
        ErrorsOf(Of(Target("splunk"), """
            title: Counts
            name: counts
            logsource: {category: test}
            detection: {selection: {Kind: a}, condition: selection | count() > 5}
            """, Counting("First", "counts"))[^1]).Should().Equal("SIG0606 1.yml:4:56");

    [Fact]
    public void A_rule_of_several_conditions_counts_with_all_of_them() =>
        Of(Target("splunk"), """
            title: Two
            name: two
            logsource: {category: test}
            detection: {a: {Kind: a}, b: {Kind: b}, condition: [a, b]}
            """, Counting("First", "two"))[^1].Query.Should().StartWith("""(Kind="a" OR Kind="b") | bin""");

    [Fact]
    public void Names_that_would_need_quotes_are_written_without() =>
        Of(Target("splunk"), """
            title: Odd
            name: 'odd "name" | x'
            logsource: {category: test}
            detection: {selection: {Kind: a}, condition: selection}
            """, Document("type: temporal\nrules: ['odd \"name\" | x']\ntimespan: 1h"))[^1].Query.Should().StartWith("""Kind="a" | eval sigma_rule="odd__name____x" """);

    private static string Counting(string title, string rules, string? name = null) =>
        $"title: {title}\n{(name is null ? "" : $"name: {name}\n")}correlation: {Count.Replace("RULES", rules)}\n";
}
