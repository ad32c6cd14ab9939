using System.Management.Automation.Language;
using System.Text.Json;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>Whatever a rule says, PowerShell reads one pipeline of our own commands, with the rule's texts as texts.</summary>
public sealed class PowerShellTextTests
{
    private static readonly string[] Commands = ["Get-WinEvent", "where", "select", "foreach", "group", "sort", "measure", "Export-Csv"];

    public static TheoryData<string> Formats => ["default", "eventdata"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_of_a_rule_is_a_command(string format)
    {
        var target = OwnTarget.Of("powershell", format);
        foreach (var place in HostileTexts.Places)
        {
            foreach (var text in HostileTexts.All)
            {
                Check(OwnTarget.Convert(target, HostileTexts.Rule(place, text)).Single(), $"{place} is {JsonSerializer.Serialize(text)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_of_a_count_is_a_command(string format)
    {
        var target = OwnTarget.Of("powershell", format, ("csv", "a\u2019;Write-Output marker;b"));
        foreach (var text in HostileTexts.All)
        {
            var rule = $"title: T\nname: r\nlogsource: {{category: test}}\ndetection: {{s: {{F: v}}, condition: s}}\n---\ntitle: C\ncorrelation: "
                + $"{{type: value_count, rules: [r], group-by: [{HostileTexts.Yaml(text)}], timespan: 5m, condition: {{gte: 3, field: {HostileTexts.Yaml(text)}}}}}\n";
            Check(OwnTarget.Convert(target, rule)[1], text);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_log_is_found_by_its_name_whatever_that_is(string format)
    {
        // An event is XML, which has not every character.
        foreach (var text in HostileTexts.All.Where(text => text.EnumerateRunes().All(rune => rune.Value > char.MaxValue || System.Xml.XmlConvert.IsXmlChar((char)rune.Value))))
        {
            var rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s:\n    LogName: {HostileTexts.Yaml(text.Replace("*", "\\*").Replace("?", "\\?"))}\n    F: v\n  condition: s\n";
            var run = PowerShellEngine.Run(OwnTarget.Query(OwnTarget.Of("powershell", format), rule),
                [EngineEvent.Of(1, text, 1, ("F", "v")), EngineEvent.Of(2, "Other", 1, ("F", "v")), EngineEvent.Of(3, "A", 1, ("F", "v"))]);
            run.Verdict.Should().Be(Verdict.Accept, text);
            run.RecordIds.Should().Equal([1], text);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Several_logs_stay_several(string format)
    {
        const string Rule = "title: T\nlogsource: {category: test}\ndetection:\n  a: {LogName: 'A,B', F: v}\n  b: {LogName: \"C'D\", F: w}\n  condition: a or b\n";
        var query = OwnTarget.Query(OwnTarget.Of("powershell", format), Rule);

        PowerShellEngine.Run(query, [.. new[] { "A,B", "C'D", "A", "B", "C''D" }.Select((log, i) => EngineEvent.Of(i, log, 1, ("F", i == 1 ? "w" : "v")))])
            .RecordIds.Should().Equal(0, 1);
    }

    /// <summary>M6: the log is a property of the record, however the rule or a pipeline calls it.</summary>
    [Theory]
    [InlineData("Channel: Security", "-LogName Security ", 1)]
    [InlineData("Channel: [Security, System]", "-LogName Security,System ", 1)]
    [InlineData("Channel: 'Sec*'", "$_.LogName -match ", 1)]
    [InlineData("Channel|re: '^Sec'", "$_.LogName -cmatch ", 1)]
    [InlineData("Channel|cased: Security", "$_.LogName -cmatch ", 1)]
    [InlineData("Channel|exists: true", "$null -ne $_.LogName", 1)]
    public void The_channel_is_not_looked_for_in_the_message(string test, string written, long found)
    {
        var rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s:\n    F: v\n    {test}\n  condition: s\n";
        var query = OwnTarget.Query(OwnTarget.Of("powershell"), rule);

        query.Should().Contain(written).And.NotContain("Channel");
        PowerShellEngine.Run(query, [EngineEvent.Of(1, "Security", 1, ("F", "v")), EngineEvent.Of(2, "Application", 1, ("F", "x"), ("Channel", "Security"))])
            .RecordIds.Should().Equal(found);
    }

    /// <summary>Who wrote an event, and where, is no more a text of its message than its log is.</summary>
    [Theory]
    [InlineData("Provider_Name: Two", "$_.ProviderName -eq 'Two'")]
    [InlineData("Provider_Name: [Other, two]", "$_.ProviderName -eq 'Other' -or $_.ProviderName -eq 'two'")]
    [InlineData("Provider_Name|endswith: wo", "$_.ProviderName -match ")]
    [InlineData("Provider_Name|re: '^Tw'", "$_.ProviderName -cmatch ")]
    [InlineData("Computer|startswith: pc2", "$_.MachineName -match ")]
    [InlineData("Computer|cased: pc2.test", "$_.MachineName -cmatch ")]
    [InlineData("Computer: \"pc2.test\"", "$_.MachineName -eq 'pc2.test'")]
    public void The_provider_and_the_computer_are_not_looked_for_in_the_message(string test, string written)
    {
        string query = OwnTarget.Query(OwnTarget.Of("powershell"), $"title: T\nlogsource: {{category: test}}\ndetection:\n  s:\n    F: v\n    {test}\n  condition: s\n");

        query.Should().Contain(written).And.NotContain("Provider_Name").And.NotContain("Computer");
        PowerShellEngine.Run(query,
        [
            EngineEvent.Of(1, "A", 1, ("F", "v")) with { Provider = "One", Computer = "pc1.test" },
            EngineEvent.Of(2, "A", 1, ("F", "v")) with { Provider = "Two", Computer = "pc2.test" },
            EngineEvent.Of(3, "A", 1, ("F", "v"), ("Provider_Name", "Two"), ("Computer", "pc2.test")) with { Provider = "One", Computer = "pc1.test" },
        ]).RecordIds.Should().Equal(2);
    }

    [Fact]
    public void The_channel_of_a_pipeline_is_the_log()
    {
        var diagnostics = new List<Diagnostic>();
        var backend = new BackendCatalog().Read("powershell", new Dictionary<string, string>(), diagnostics)!;
        var pipelines = PipelineCatalog.Resolve("windows-logsources", new BackendCatalog(), diagnostics);
        var target = new CompilerTarget(backend, backend.Formats[0], [.. pipelines]);
        var query = OwnTarget.Query(target, "title: T\nlogsource: {product: windows, service: security}\ndetection: {s: {F: v}, n: {G: w}, condition: s and not n}\n");

        query.Should().StartWith("Get-WinEvent -LogName Security | where ").And.NotContain("Channel");
    }

    /// <summary>M7: of a list of numbers the specification fixes the bytes; every other list names its field.</summary>
    [Theory]
    [InlineData("DestPort: [22, 23]", "DestPort: 22", "Port: 2200", true)]
    [InlineData("DestPort: ['22', '23']", "DestPort: 22", "Port: 22", false)]
    [InlineData("DestPort: [22, 'a']", "DestPort: 22", "Port: 22", false)]
    [InlineData("User: [alice, bob]", "User: bob", "Other: bob", false)]
    [InlineData("User: [alice, 'b*b']", "User: bob", "Other: bob", false)]
    public void A_list_names_its_field(string test, string fits, string other, bool anywhere)
    {
        var rule = $"title: T\nlogsource: {{category: test}}\ndetection: {{s: {{{test}}}, condition: s}}\n";
        var conversion = OwnTarget.Convert(OwnTarget.Of("powershell"), rule).Single();

        PowerShellEngine.Run(conversion.Query!, [Event(1, fits), Event(2, other)]).RecordIds.Should().Equal(anywhere ? [1, 2] : [1]);
        conversion.Diagnostics.Any(d => d.Code.Id == "SIG0613" && d.Severity == Severity.Warning).Should().Be(anywhere);

        static EngineEvent Event(long id, string line) => line.Split(": ") is [var name, var value] ? EngineEvent.Of(id, "X", 1, (name, value)) : throw new ArgumentException(line);
    }

    private static void Check(Conversion conversion, string because)
    {
        if (conversion.Query is not { } query)
        {
            conversion.Diagnostics.Should().Contain(d => d.Severity == Severity.Error, because);
            return;
        }

        query.Should().NotContainAny("\n", "\r", "\u0085", "\u2028", "\0");
        query.All(c => c is >= ' ' and <= '~').Should().BeTrue("Windows PowerShell reads other characters by the code page: " + because);
        var script = Parser.ParseInput(query, out _, out var errors);
        errors.Should().BeEmpty(because + ": " + query);
        script.EndBlock.Statements.Should().ContainSingle(because + ": " + query);
        script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
            .Select(command => command.GetCommandName()).Should().OnlyContain(name => name == null || Commands.Contains(name), because + ": " + query);
        foreach (ExpandableStringExpressionAst text in script.FindAll(node => node is ExpandableStringExpressionAst, searchNestedScriptBlocks: true).Cast<ExpandableStringExpressionAst>())
        {
            text.NestedExpressions.Select(nested => nested.Extent.Text).Should()
                .OnlyContain(nested => nested == "$($_.Id)" || System.Text.RegularExpressions.Regex.IsMatch(nested, @"^\$\(\[char\][0-9]+\)$"), because + ": " + query);
        }
    }
}
