using Sigma.Backends;
using Sigma.Engines.Tests.Hostile;
using Sigma.Engines.Tests.Hostile.Readers;
using Shape = Sigma.Engines.Tests.Hostile.Shape;

namespace Sigma.Engines.Tests.SelfTests;

/// <summary>The readers of hostile outputs see a break-out: each of these was written by something that does not quote.</summary>
public sealed class HostileReadersTests
{
    private const string Watch = """
        {"metadata": {"title": "Plain title", "description": "d", "tags": ["t"], "query": "Guard:\"guardword\""}, "actions": {"send_email": {"email": {"subject": "Plain title", "body": "b"}}}}
        """;

    private static readonly Dictionary<string, HostileRun> Runs = [];

    [Theory]
    [InlineData("es-qs", "Guard:\"guardword\" AND PlainField:\"x\" OR PlainField:*")]
    [InlineData("es-qs", "PlainField:\"plainvalue\"")]
    [InlineData("es-qs", "Guard:\"guardword\" AND PlainField:\"other\"")]
    [InlineData("es-qs", "Guard:\"guardword\" AND PlainField:\"plainvalue")]
    [InlineData("graylog", "Guard:\"guardword\" AND PlainField:\"x\" OR *:*")]
    [InlineData("splunk", "Guard=\"guardword\" PlainField=\"plainvalue\" | outputlookup x.csv")]
    [InlineData("splunk", "(Guard=\"guardword\" PlainField=\"x\") OR (PlainField=\"*\")")]
    [InlineData("splunk", "Guard=\"guardword\" PlainField=\"plainvalue\nx\"")]
    [InlineData("logpoint", "Guard=\"guardword\" PlainField=\"plainvalue\" | delete")]
    [InlineData("logpoint", "(Guard=\"guardword\" PlainField=\"x\") OR PlainField=*")]
    [InlineData("splunk savedsearches", "[Plain title]\nsearch = Guard=\"guardword\" PlainField=\"plainvalue\"\n[x]\nsearch = *\n")]
    [InlineData("splunk savedsearches", "[default]\nsearch = Guard=\"guardword\" PlainField=\"plainvalue\"\n")]
    [InlineData("splunk savedsearches", "[Plain title]\nsearch = Guard=\"guardword\" PlainField=\"plainvalue\"\ncron_schedule = x\ncron_schedule = y\n")]
    [InlineData("splunk savedsearches", "[Plain title]\nsearch = Guard=\"guardword\" PlainField=\"plainvalue\"\naction.script = x\n")]
    [InlineData("splunk savedsearches", "[Plain title]\ndescription = x\\\nsearch = *\nsearch = Guard=\"guardword\" PlainField=\"plainvalue\"\n")]
    [InlineData("powershell default", "Get-WinEvent | where {($_.message -match \"plainvalue\") } | select Message; marker")]
    [InlineData("powershell default", "Get-WinEvent | where {($_.message -match \"$(marker)\") }")]
    [InlineData("powershell default", "Get-WinEvent | where {($_.message -match \"other\") }")]
    [InlineData("powershell default", "Get-WinEvent | where {($_.message -match 'plainvalue') } > x")]
    [InlineData("powershell eventdata", "Get-WinEvent | where {($_.message -eq 'plainvalue') -and [IO.File]::Delete('x') }")]
    [InlineData("grep pattern", "^(?:(?=.*guardword)(?=.*plainvalue)|x|.*)")]
    [InlineData("grep pattern", "^(?:(?=.*guardword)(?=.*plain value))")]
    [InlineData("page", "| Title | Plain <img src=x onerror=marker()> |\n|:--|:--|\n")]
    [InlineData("page", "| Title | [x](javascript:marker()) |\n|:--|:--|\n")]
    [InlineData("page", "| Title | [x](&#106;avascript:marker()) |\n|:--|:--|\n")]
    [InlineData("page", "# Another heading\n")]
    [InlineData("site", "<h1>Plain title</h1><a href='java\tscript:marker()'>x</a>")]
    [InlineData("site", "<h1>Plain title</h1><script>marker()</script>")]
    [InlineData("site", "<h1 onclick='marker()'>Plain title</h1>")]
    [InlineData("records and messages", "{\"title\": \"a\"\n}")]
    [InlineData("records and messages", "{\"title\": \"a\", \"title\": \"b\"}")]
    [InlineData("records and messages", "{\"unknown\": 1}")]
    public void A_break_out_is_seen(string name, string text) => Run(name).Flaw(Plain(text)).Should().NotBeNull();

    [Theory]
    [InlineData("\"tags\": [\"t\"]", "\"tags\": [\"t\"], \"tags\": []")]
    [InlineData("\"email\": {", "\"webhook\": {}, \"email\": {")]
    [InlineData("\"body\": \"b\"", "\"body\": \"{{#toJson}}ctx{{/toJson}}\"")]
    [InlineData("\"body\": \"b\"", "\"body\": \"{{ctx.metadata}}\"")]
    [InlineData("guardword", "*")]
    [InlineData("{\"metadata\"", "{}{\"metadata\"")]
    public void A_break_out_of_a_watch_is_seen(string from, string to) => Run("xpack-watcher json").Flaw(Plain(Watch.Replace(from, to))).Should().NotBeNull();

    [Fact]
    public void A_shell_that_runs_more_than_one_command_is_seen()
    {
        string[] commands =
        [
            "grep -P 'x' $(marker)", "grep -P 'x'; marker", "grep -P 'x' > file", "grep -P 'x' | marker", "grep -P 'x' `marker`", "grep -P 'x", "grep -P 'x'\nmarker", "marker", "grep -P x & marker",
            "grep -P 'x'; echo x", "grep -P 'x'; exit 3", "grep -P 'x'; cd /; unknown",
        ];
        foreach (var shell in ShellBatch.Shells)
        {
            ShellBatch.Run(shell, commands).Should().AllSatisfy(result => (result.Flaw is not null || result.Calls is not [{ Program: "grep" }]).Should().BeTrue());
            var (calls, flaw) = ShellBatch.Run(shell, ["grep -iP 'a b' '' \"c\nd\"", "curl --data-binary @- x <<'EOF'\nbody $x\nEOF"])[1];
            flaw.Should().BeNull();
            calls.Should().ContainSingle().Which.Should().BeEquivalentTo(new ShellCall("curl", ["--data-binary", "@-", "x"], "body $x\n"));
        }
    }

    [Fact]
    public void Every_format_of_every_target_has_an_outlet()
    {
        var catalog = new BackendCatalog();
        var formats = catalog.Names.SelectMany(name => catalog.Read(name, new Dictionary<string, string>(), [])!.Formats.Select(format => (name, format.Name)));
        // An outlet's name has the target's and, where there are several formats, the format's; the default one may be silent.
        formats.Should().AllSatisfy(format => Outlets.All.Should().Contain(outlet =>
            outlet.Name == $"{format.name} {format.Name}" || (outlet.Name == format.name && format.Name == "default")));
    }

    private static Output Plain(string text) => new(HostileRules.Plain.First(rule => rule is { Shape: Shape.Value, Modifiers: "" }) is var rule ? rule.With(Place.Title, "Plain title") : null!, text, []);

    private static HostileRun Run(string name)
    {
        lock (Runs)
        {
            return Runs.TryGetValue(name, out var run) ? run : Runs[name] = new HostileRun(Outlets.All.Single(outlet => outlet.Name == name), 1);
        }
    }
}
