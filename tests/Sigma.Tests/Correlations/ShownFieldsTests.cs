using Sigma.Compilation;
using static Sigma.Tests.Correlations.Conversions;

namespace Sigma.Tests.Correlations;

/// <summary>
/// The fields that a correlation shows. A stats keeps what it groups by and what it makes, so a table of other fields would
/// be empty ("stats" and "table", Search Reference); values() lists all that a field had in a group.
/// </summary>
public sealed class ShownFieldsTests
{
    [Theory]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: Host\ntimespan: 5m\ncondition: {gt: 3}",
        "stats count as event_count, values(User) as User, values(Image) as Image by _time, Host", "User,Host,Image,event_count,_time")]
    [InlineData("type: event_count\nrules: rule_a\ngroup-by: [Host, Site]\ncondition: {gt: 3}\ntimespan: 5m",
        "stats count as event_count, values(User) as User, values(Image) as Image by _time, Host, Site", "User,Host,Image,Site,event_count,_time")]
    [InlineData("type: value_count\nrules: rule_a\ngroup-by: Site\ntimespan: 5m\ncondition: {field: User, gte: 3}",
        "stats dc(User) as value_count, values(User) as User, values(Host) as Host, values(Image) as Image by _time, Site", "User,Host,Image,Site,value_count,_time")]
    [InlineData("type: value_count\nrules: rule_a\ngroup-by: Site\ntimespan: 5m\ncondition: {field: [User, Port], gte: 3}",
        "stats count, values(Host) as Host, values(Image) as Image by _time, Site, User, Port | stats count as value_count, values(User) as User, values(Host) as Host, values(Image) as Image by _time, Site",
        "User,Host,Image,Site,value_count,_time")]
    [InlineData("type: value_sum\nrules: rule_a\ntimespan: 5m\ncondition: {field: Bytes, gte: 3}",
        "stats sum(Bytes) as value_sum, values(User) as User, values(Host) as Host, values(Image) as Image by _time", "User,Host,Image,value_sum,_time")]
    [InlineData("type: value_median\nrules: rule_a\ngroup-by: Host\ntimespan: 5m\ncondition: {field: Bytes, gte: 3}",
        "stats median(Bytes) as value_median, values(User) as User, values(Image) as Image by _time, Host", "User,Host,Image,value_median,_time")]
    [InlineData("type: temporal\nrules: [rule_a, rule_b]\ngroup-by: Host\ntimespan: 5m",
        "stats dc(sigma_rule) as rule_count, values(User) as User, values(Image) as Image by _time, Host", "User,Host,Image,rule_count,_time")]
    [InlineData("type: temporal\ngroup-by: Host\ntimespan: 5m\ncondition: rule_a and not rule_b",
        "stats values(sigma_rule) as sigma_rule, values(User) as User, values(Image) as Image by _time, Host", "User,Host,Image,sigma_rule,_time")]
    [InlineData("type: temporal_ordered\nrules: [rule_a, rule_b]\ngroup-by: Host\ntimespan: 5m",
        "stats values(sigma_rule) as sigma_rule, min(sigma_step) as sigma_step, values(User) as User, values(Image) as Image by sigma_window, Host", "User,Host,Image,sigma_rule,_time")]
    public void Splunk_carries_them_through_the_stats(string body, string stats, string table)
    {
        foreach (string? format in new[] { null, "savedsearches" })
        {
            string query = Shown("splunk", body, "[User, Host, Image]", format);
            query.Should().Contain($" | {stats} | ");
            query.Split('\n').Should().Contain(line => line.EndsWith($" | table {table}"));
        }
    }

    [Fact]
    public void A_field_that_is_named_twice_or_is_the_count_itself_is_shown_once() =>
        Shown("splunk", "type: event_count\nrules: rule_a\ngroup-by: Host\ntimespan: 5m\ncondition: {gt: 3}", "[User, User, event_count, _time, 'odd name']")
            .Should().Contain("stats count as event_count, values(User) as User, values(\"odd name\") as \"odd name\" by _time, Host |")
            .And.EndWith(" | table User,event_count,\"odd name\",Host,_time");

    [Fact]
    public void PowerShell_lists_their_values_beside_the_count() =>
        Shown("powershell", "type: event_count\nrules: rule_a\ngroup-by: Host\ntimespan: 5m\ncondition: {gt: 3}", "[User, Host]")
            .Should().Contain("F0=$d['User']; ").And.Contain("'User'=@($_.Group.F0 | where { $null -ne $_ } | sort -Unique) -join ', '; ").And.NotContain("F1=");

    [Theory]
    [InlineData("logpoint")]
    [InlineData("xpack-watcher")]
    public void Where_they_cannot_be_shown_that_is_said(string target)
    {
        string body = "type: event_count\nrules: rule_a\ngroup-by: Host\ntimespan: 5m\ncondition: {gt: 3}";
        Of(Target(target), Base, Document(body) + "fields: [User]\n")[^1].Diagnostics.Should().Contain(d => d.Code.Id == "SIG0609" && d.Message.Contains("fields of the rule"));
        Of(Target(target), Base, Document(body))[^1].Diagnostics.Should().NotContain(d => d.Message.Contains("fields of the rule"));
    }

    private static string Shown(string target, string body, string fields, string? format = null)
    {
        Conversion conversion = Of(Target(target, format), Base, Document(body) + $"fields: {fields}\n")[^1];
        conversion.Query.Should().NotBeNull(string.Join('\n', conversion.Diagnostics.Select(d => d.Message)));
        return conversion.Query!;
    }
}
