using Sigma.Compilation;
using Sigma.Pipelines;

namespace Sigma.Tests.Pipelines;

/// <summary>What a pipeline of the user's leaves in the state, beside what the target's own pipelines leave there.</summary>
public class StateOfPipelinesTests
{
    private const string Processes = "product: windows, category: process_creation";

    [Theory]
    [InlineData("logql", "job", "mine", "{job=~\"mine\"}")]
    [InlineData("esql", "index", "mine-*", "FROM mine-*,logs-*")]
    [InlineData("xpack-watcher", "index", "mine-*", "\"mine-*\"")]
    [InlineData("kql", "table", "Mine", "Mine\n")]
    public void The_users_state_stays_before_that_of_the_target_whatever_the_priority(string target, string key, string value, string written)
    {
        foreach (int priority in new[] { 0, 250 })
        {
            string query = Query(target, Processes, State(key, value, priority));
            query.Should().Contain(written);
            query.Should().NotContain("winlogbeat").And.NotContain("eventlog");
        }
    }

    [Fact]
    public void A_state_that_the_user_takes_back_is_the_targets()
    {
        Pipeline taken = BuiltInRun.Read(
            "name: mine\ntransformations:\n  - {type: set_state, key: job, val: mine}\n  - {type: set_state, key: job, val: null}\n");

        Query("logql", Processes, taken).Should().Contain("eventlog");
    }

    [Fact]
    public void Without_one_of_the_users_it_is_the_targets() =>
        BuiltInRun.Convert(BuiltInRun.Rule(Processes, "Image: a"), "logql", own: true, []).Query.Should().Contain("eventlog");

    [Theory]
    [InlineData("X | take 1 //")]
    [InlineData("'A,B'")]
    [InlineData("[A, B]")]
    [InlineData("''")]
    public void A_table_that_is_no_name_is_refused(string value)
    {
        Conversion conversion = BuiltInRun.Convert(BuiltInRun.Rule("category: test", "A: b"), "kql", own: true, [State("table", value, 0)]);

        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(diagnostic => diagnostic.Code.Id == "SIG0601" && diagnostic.Message.Contains("table"));
    }

    [Fact]
    public void A_function_is_a_table() => Query("kql", "category: test", State("table", "parser()", 0)).Should().StartWith("parser()\n");

    [Theory]
    [InlineData("windows", "User: null", "isempty(iff(isempty(AccountDomain) or isempty(AccountName), AccountName, strcat(AccountDomain, @\"\\\", AccountName)))")]
    [InlineData("linux", "User: root", "AccountName =~ \"root\"")]
    [InlineData("macos", "User|exists: false", "isempty(AccountName)")]
    public void A_user_of_Defender_has_a_domain_only_where_there_is_one(string product, string selection, string test) =>
        BuiltInRun.Convert(BuiltInRun.Rule($"product: {product}, category: process_creation", selection), "kql", own: true, []).Query
            .Should().Contain(test).And.NotContain("strcat(AccountDomain, @\"\\\", AccountName) =~");

    [Theory]
    [InlineData("Hashes: 'SHA256=ABC,MD5=DEF'", "SHA256 =~ \"ABC\" and MD5 =~ \"DEF\"")]
    [InlineData("Hashes|contains: 'SHA256=ABC,MD5=DEF'", "SHA256 =~ \"ABC\" and MD5 startswith \"DEF\"")]
    [InlineData("Hashes|contains: ['MD5=ABC', 'SHA256=ABC,MD5=DEF']", "MD5 startswith \"ABC\" or (SHA256 ")]
    public void A_value_with_several_hashes_asks_for_all_of_them(string selection, string test)
    {
        Conversion conversion = BuiltInRun.Convert(BuiltInRun.Rule(Processes, selection), "kql", own: true, []);

        conversion.Query.Should().Contain(test).And.NotContain(",MD5");
    }

    [Fact]
    public void Several_hashes_of_which_one_has_no_field_are_reported() =>
        BuiltInRun.Convert(BuiltInRun.Rule(Processes, "Hashes: 'SHA256=ABC,FOO=DEF'"), "kql", own: true, []).Diagnostics.Should().NotBeEmpty();

    private static string Query(string target, string source, Pipeline pipeline) =>
        BuiltInRun.Convert(BuiltInRun.Rule(source, "Image: a"), target, own: true, [pipeline]).Query!;

    private static Pipeline State(string key, string value, int priority) =>
        BuiltInRun.Read($"name: mine\npriority: {priority}\ntransformations:\n  - {{type: set_state, key: {key}, val: {value}}}\n");
}
