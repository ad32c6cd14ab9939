using Sigma.Engines.Tests.Correlations;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>Queries that once found other events than their rule, or were refused: each a mismatch that the random cases found.</summary>
public sealed class MendedTests
{
    [Theory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    [InlineData("splunk")]
    [InlineData("logpoint")]
    [InlineData("powershell eventdata")]
    public void A_list_of_one_value_that_regards_case_regards_it(string name)
    {
        Found(name, "'fA|cased': [aB]", "aB", "ab", "aBc").Should().Be("0");
        Found(name, "'fA|contains|cased': [aB]", "xaBx", "xabx", "aB").Should().Be("0 2");
        Found(name, "'fA|contains|cased|neq': [aB]", "xaBx", "xabx").Should().Be("1");
    }

    [Theory]
    [InlineData("es-qs", "AND")]
    [InlineData("es-qs", "OR")]
    [InlineData("es-qs", "NOT")]
    [InlineData("graylog", "AND")]
    [InlineData("graylog", "not")]
    [InlineData("xpack-watcher", "OR")]
    [InlineData("splunk", "AND")]
    [InlineData("splunk", "NOT")]
    [InlineData("splunk", "IN")]
    [InlineData("splunk", "it's")]
    [InlineData("splunk", "h\"i")]
    [InlineData("logpoint", "not")]
    [InlineData("logpoint", "IN")]
    [InlineData("logpoint", "a b")]
    public void A_word_of_the_language_names_a_field(string name, string field)
    {
        var quoted = "'" + field.Replace("'", "''") + "'";
        FoundIn(name, $"{quoted}: x1", field, "x1", "y", null).Should().Be("0");
        FoundIn(name, $"'{field.Replace("'", "''")}|exists': true", field, "x1", "y", null).Should().Be("0 1");
    }

    [Theory]
    [InlineData("splunk", "'it''s|cased': x")]
    [InlineData("splunk", "'a\\b|re': x")]
    [InlineData("splunk", "'fA|fieldref': 'h\"i'")]
    [InlineData("logpoint", "'h\"i': x")]
    [InlineData("logpoint", "'a\\b': x")]
    [InlineData("es-qs", "'a*': x")]
    [InlineData("es-qs", "_exists_: x")]
    [InlineData("graylog", "_exists_|exists: true")]
    [InlineData("xpack-watcher", "_exists_: 'x*'")]
    [InlineData("es-qs", "'*': [x, 'y*']")]
    [InlineData("graylog", "'a*|re': x")]
    [InlineData("graylog", "'a.*.b|exists': true")]
    [InlineData("xpack-watcher", "'a*': null")]
    public void A_name_that_no_quotes_can_hold_is_refused(string name, string item)
    {
        var conversion = OwnTarget.Convert(Target(name).Target(), Rule(item)).Single();
        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601" && d.Message.Contains("no quotes or escape"));
    }

    [Fact]
    public void An_alias_of_a_field_that_no_quotes_can_hold_is_refused() =>
        CorrelationQuery.Convert("splunk", "type: temporal, rules: [failed, logon], aliases: {who: {failed: \"it's\", logon: Account}}, group-by: who, timespan: 1h")
            .Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601");

    [Theory]
    [InlineData("graylog")]
    [InlineData("logpoint")]
    public void The_network_of_all_addresses_is_of_one_family(string name)
    {
        Found(name, "'fA|cidr': 0.0.0.0/0", "1.2.3.4", "fe80::1", "x").Should().Be("0");
        Found(name, "'fA|cidr': ::/0", "1.2.3.4", "fe80::1", "x").Should().Be("1");
    }

    [Fact]
    public void A_text_in_the_form_of_a_network_is_a_text()
    {
        Found("splunk", "fA: 10.0.0.0/8", "10.1.1.1", "10.0.0.0/8").Should().Be("1");
        Found("splunk", "fA: [10.0.0.0/8, x]", "10.1.1.1", "10.0.0.0/8", "X").Should().Be("1 2");
        Found("splunk", "'fA|cidr': 10.0.0.0/8", "10.1.1.1", "10.0.0.0/8x").Should().Be("0");
    }

    [Fact]
    public void A_question_mark_takes_a_character_of_two_units()
    {
        Found("powershell eventdata", "fA: 'a?b'", "a😀b", "ab", "axb", "axxb").Should().Be("0 2");
        Found("powershell eventdata", "fA: '??'", "😀", "xy", "😀😀").Should().Be("1 2");
    }

    [Fact]
    public void Logpoint_has_a_wildcard_for_one_character()
    {
        Found("logpoint", "fA: 'a?c'", "abc", "abbc", "ac").Should().Be("0");
        OwnTarget.Convert(Target("logpoint").Target(), Rule("fA: 'a\\?c'")).Single().Diagnostics.Should().Contain(d => d.Code.Id == "SIG0602");
    }

    private static string Found(string name, string item, params string?[] values) => FoundIn(name, item, "fA", values);

    private static string FoundIn(string name, string item, string field, params string?[] values)
    {
        var target = Target(name);
        var query = OwnTarget.Query(target.Target(), Rule(item));
        return string.Join(' ', target.Search([query], [.. values.Select((value, i) => EngineEvent.Of(i, "Test", 1, (field, value)))])[0]);
    }

    private static FidelityTarget Target(string name) => FidelityTargets.All.Single(target => target.Name == name);

    private static string Rule(string item) => $"title: t\nlogsource: {{product: test}}\ndetection:\n  s:\n    {item}\n  condition: s\n";
}
