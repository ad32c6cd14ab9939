using System.Text.RegularExpressions;
using Sigma.Tests.Backends;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>The columns that queries of correlations make for themselves: a field to group by, or to count, must not be called so.</summary>
public partial class MadeColumnsTests
{
    private const string Table = "name: p\npriority: 1\ntransformations: [{type: set_state, key: table, val: T}]\n";

    private static readonly string[] Types =
    [
        "event_count", "value_count", "value_sum", "value_avg", "value_min", "value_max", "value_median", "value_percentile", "temporal", "temporal_ordered",
    ];

    public static TheoryData<string> Targets => [.. new Sigma.Backends.BackendCatalog().Names];

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Targets))]
    public void A_field_of_the_name_of_a_made_column_is_refused(string target)
    {
        foreach (var format in Repository.Backend(target).Formats)
        {
            foreach (var type in Types)
            {
                var neutral = Correlate(target, Body(type, "Neutral"), format.Name, Table);
                if (neutral.Query is null)
                {
                    continue;
                }

                foreach (var column in Made().Matches(neutral.Query).Select(match => match.Value).Distinct().Where(name => name is not ("rule_a" or "rule_b")))
                {
                    var conversion = Correlate(target, Body(type, column), format.Name, Table);

                    (conversion.Query is null || !HasColumns(target)).Should().BeTrue("{0} {1} {2} groups by {3}:\n{4}", target, format.Name, type, column, conversion.Query);
                    conversion.Diagnostics.Where(d => d.Severity == Sigma.Text.Severity.Error && d.Code.Id != "SIG0606").Should().BeEmpty();
                }
            }
        }
    }

    [Theory]
    [InlineData("sentinelone", "event_count", "sigma_window")]
    [InlineData("sentinelone", "event_count", "event_count")]
    [InlineData("sentinelone", "value_count", "sigma_rows")]
    [InlineData("cortex-xql", "event_count", "_time")]
    [InlineData("cortex-xql", "temporal", "sigma_1")]
    [InlineData("kql", "value_count", "sigma_window")]
    [InlineData("kql", "event_count", "sigma_time")]
    [InlineData("esql", "value_count", "value_count")]
    [InlineData("esql", "temporal", "rule_rule_a")]
    [InlineData("opensearch-ppl", "event_count", "sigma_window")]
    [InlineData("splunk", "event_count", "_time")]
    [InlineData("splunk", "temporal", "rule_count")]
    [InlineData("logpoint", "event_count", "event_count")]
    [InlineData("logscale", "event_count", "event_count")]
    [InlineData("qradar-aql", "event_count", "event_count")]
    [InlineData("duckdb", "event_count", "SIGMA_TIME")]
    [InlineData("clickhouse", "event_count", "event_count")]
    public void A_made_column_is_named_at_its_place(string target, string type, string column)
    {
        var conversion = Correlate(target, Body(type, column), null, Table);

        conversion.Query.Should().BeNull();
        ErrorsOf(conversion).Should().Equal("SIG0606 2.yml:5:16");
        conversion.Diagnostics.Should().Contain(d => d.Message.Contains($"'{column}'"));
    }

    [Theory]
    [InlineData("ruler", "severity")]
    [InlineData("ruler", "sigma_id")]
    [InlineData("grafana", "severity")]
    public void A_label_of_an_alert_takes_the_place_of_a_group(string format, string label)
    {
        ErrorsOf(Correlate("logql", Body("event_count", label), format)).Should().ContainSingle().Which.Should().StartWith("SIG0606");
        Query("logql", Body("event_count", label)).Should().Contain($"by ({label})");
    }

    [Theory]
    [InlineData("sentinelone", "event_count", "value_sum")]
    [InlineData("splunk", "event_count", "sigma_rules")]
    [InlineData("esql", "event_count", "rule_rule_a")]
    public void A_name_that_the_query_does_not_make_is_any_other(string target, string type, string column) =>
        Query(target, Body(type, column), null, Table).Should().Contain(column);

    private static string Body(string type, string group) => $"type: {type}\nrules: {(type.StartsWith("temporal", StringComparison.Ordinal) ? "[rule_a, rule_b]" : "rule_a")}\ngroup-by: [{group}]\ntimespan: 5m" + type switch
    {
        "event_count" => "\ncondition: {gte: 10, lt: 20}",
        "value_percentile" => "\ncondition: {field: severity, gte: 5, percentile: 95}",
        "temporal" or "temporal_ordered" => "",
        _ => "\ncondition: {field: severity, gte: 5}",
    };

    /// <summary>In YARA-L and PowerShell these are no columns: variables with a sign, and variables of a script.</summary>
    private static bool HasColumns(string target) => target is not ("secops" or "powershell");

    [GeneratedRegex(@"\b(?:sigma_[a-z0-9_]+|event_count|value_[a-z]+(?:_[0-9]+)?|rule_rule_[a-z]|rule_count)\b|(?<=as )_time\b|(?<=bin )_time\b")]
    private static partial Regex Made();
}
