using Sigma.Compilation;
using Sigma.Text;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Backends;

/// <summary>Values that a field of a type can never have, and limits in the unit of the engine.</summary>
public class TypedValuesTests
{
    [Theory]
    [InlineData("destination.port: 443", "destination.port:\"443\"")]
    [InlineData("destination.port: [80, 443]", "destination.port:(\"80\" OR \"443\")")]
    [InlineData("destination.ip: 127.0.0.1", "destination.ip:\"127.0.0.1\"")]
    [InlineData("destination.ip: ['::1', '::ffff:10.0.0.1', 'fe80::1%eth0']", "destination.ip:(\"\\:\\:1\" OR \"\\:\\:ffff\\:10.0.0.1\" OR \"fe80\\:\\:1%eth0\")")]
    [InlineData("host.name: abc", "host.name:\"abc\"")]
    public void A_value_of_the_type_is_written(string item, string query) => Convert("es-qs", item, ("index_template", "ecs")).Query.Should().Be(query);

    [Theory]
    [InlineData("destination.port: abc")]
    [InlineData("destination.port: [80, abc]")]
    [InlineData("destination.port|cased: abc")]
    [InlineData("destination.port: ''")]
    [InlineData("destination.ip: 127.0.0.1:80")]
    [InlineData("destination.ip: 'a:b'")]
    public void A_value_that_the_type_does_not_have_is_refused(string item)
    {
        foreach (var conversion in (Conversion[])[Convert("es-qs", item, ("index_template", "ecs")), Convert("lucene", item)])
        {
            conversion.Query.Should().BeNull();
            conversion.Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601" && d.Severity == Severity.Error);
        }
    }

    [Fact]
    public void PowerQuery_counts_the_bytes_of_an_expression()
    {
        Convert("sentinelone", $"fA|re: '{new string('é', 500)}'").Query.Should().NotBeNull();
        Convert("sentinelone", $"fA|re: '{new string('é', 501)}'").Diagnostics.Should().Contain(d => d.Code.Id == "SIG0604" && d.Message.Contains("more than 1000 bytes"));
        Convert("sentinelone", $"fA|re: '{new string('e', 1_000)}'").Query.Should().NotBeNull();
    }

    /// <summary>SentinelOne has java.util.regex, for which a carriage return ends a line, too.</summary>
    [Theory]
    [InlineData("a.b", "a[^\\\\n]b")]
    [InlineData("(?s)a.b", "a(?s:.)b")]
    public void PowerQuery_takes_a_point_for_all_but_a_line_feed(string expression, string written) =>
        Convert("sentinelone", $"fA|re: '{expression}'").Query.Should().Be($"fA matches:matchcase \"{written}\"");

    [Theory]
    [InlineData("fA|re|m: '^a'", "fA matches:matchcase \"(?m:^)a\"", "SIG0602")]
    [InlineData("fA|re: '^a'", "fA matches:matchcase \"^a\"", null)]
    public void PowerQuery_has_more_lines_in_a_value(string item, string query, string? code)
    {
        Conversion conversion = Convert("sentinelone", item);
        conversion.Query.Should().Be(query);
        conversion.Diagnostics.Where(d => d.Severity == Severity.Warning).Select(d => d.Code.Id).Should().Equal(code is null ? [] : [code]);
    }

    /// <summary>Google's literals are whole numbers and decimals that are not negative (Expressions, literals).</summary>
    [Theory]
    [InlineData("5", true)]
    [InlineData("3.25", true)]
    [InlineData("-3.25", false)]
    [InlineData("1234567890123456789", false)]
    public void SecOps_has_no_numbers_below_zero(string number, bool isWritten)
    {
        Conversion conversion = Convert("secops", $"hA|gt: {number}");
        conversion.Query.Should().Be(isWritten ? $"(additional.fields[\"hA\"] = /(?s)^-?[0-9]+(?:\\.[0-9]+)?\\z/ and cast.as_float(additional.fields[\"hA\"]) > {number})" : null);
        conversion.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code.Id).Should().Equal(isWritten ? [] : ["SIG0601"]);
    }

    /// <summary>IBM's page "CIDR IP addresses in AQL queries" has them of IPv4 and IPv6, and the page of fields those of events for IPv6.</summary>
    [Theory]
    [InlineData("sourceip", "10.0.0.0/8")]
    [InlineData("sourcev6", "fe80::/10")]
    public void QRadar_takes_networks_of_both_kinds(string field, string network)
    {
        Conversion conversion = Convert("qradar-aql", $"{field}|cidr: '{network}'");
        conversion.Query.Should().Be($"SELECT * FROM events WHERE INCIDR('{network}', {field}) LAST 24 HOURS");
        conversion.Diagnostics.Select(d => d.Code.Id).Should().NotContain(id => id.StartsWith("SIG06"));
    }

    [Theory]
    [InlineData("sentinelone", "(fA = * and fA = \"\")", null)]
    [InlineData("kql", "T\n| where isempty(fA)", "SIG0602")]
    [InlineData("logscale", "\"fA\"=\"\"", null)]
    public void The_empty_text_is_the_same_in_any_letter_case(string target, string query, string? warning)
    {
        (string, string)[] options = target == "kql" ? [("table", "T")] : [];
        foreach (var item in (string[])["fA: ''", "fA|cased: ''"])
        {
            var conversion = Convert(target, item, options);
            conversion.Query.Should().Be(query);
            conversion.Diagnostics.Where(d => d.Severity == Severity.Warning).Select(d => d.Code.Id).Should().Equal(warning is null ? [] : [warning]);
        }
    }

    [Theory]
    [InlineData("principal.hostname|fieldref: target.port")]
    [InlineData("principal.hostname|fieldref: metadata.event_type")]
    [InlineData("principal.hostname|fieldref: target.ip")]
    [InlineData("principal.hostname|fieldref|contains: target.port")]
    public void UDM_compares_texts_with_texts_only(string item)
    {
        var conversion = Convert("secops", item);
        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601" && d.Message.Contains("only fields that have one text"));
    }

    [Theory]
    [InlineData("target.Foo.port: abc", "additional.fields[\"target.Foo.port\"] = \"abc\" nocase")]
    [InlineData("target.Foo.port: 80", "additional.fields[\"target.Foo.port\"] = \"80\"")]
    [InlineData("principal.Foo.ip: a", "additional.fields[\"principal.Foo.ip\"] = \"a\" nocase")]
    [InlineData("target.port: 80", "target.port = 80")]
    public void A_name_that_UDM_cannot_have_is_a_key_with_texts(string item, string query) => Convert("secops", item).Query.Should().Be(query);

    [Fact]
    public void A_search_of_UDM_takes_so_many_operators()
    {
        static string Values(int count) => $"target.hostname: [{string.Join(", ", Enumerable.Range(0, count).Select(i => "a" + i))}]";

        Convert("secops", Values(170)).Diagnostics.Should().NotContain(d => d.Code.Id == "SIG0607");
        Convert("secops", Values(171)).Diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0607").Which.Message.Should().Contain("170 logical operators");
    }

    [Theory]
    [InlineData("network.sent_bytes", "gte: 10", true)]
    [InlineData("network.sent_bytes", "gte: 10.5", false)]
    [InlineData("target.Foo.port", "gte: 10.5", true)]
    public void A_sum_of_whole_numbers_is_compared_with_whole_numbers(string field, string bound, bool written)
    {
        var conversion = Correlate("secops", $"type: value_sum\nrules: rule_a\ngroup-by: principal.hostname\ntimespan: 5m\ncondition: {{field: {field}, {bound}}}", "rule");
        (conversion.Query is not null).Should().Be(written);
        conversion.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message.Contains("whole numbers")).Should().Equal(written ? [] : [true]);
    }

    /// <summary>Converts a rule of one item, without a pipeline.</summary>
    internal static Conversion Convert(string target, string item, params (string Name, string Value)[] options)
    {
        CompilerTarget known = Repository.Target(target, null, options);
        return new Compiler([new CompilerTarget(known.Backend, known.Format, [])])
            .Convert(new SourceText("r.yml", $"title: T\nlogsource: {{category: test}}\ndetection:\n    s:\n        {item}\n    condition: s\n")).Single();
    }
}
