using System.Text.RegularExpressions;
using Scriban.Runtime;
using Sigma.Documentation;
using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;
using Sigma.Text;

namespace Sigma.Tests.Documentation;

/// <summary>Pages by a template of the user's; docs/templates.md lists exactly what it can use.</summary>
public sealed partial class TemplateTests : IDisposable
{
    private const string Rule = """
        title: T
        id: 13acf386-b8c6-4fe0-9a6e-c4756b974698
        status: stable
        level: low
        tags: [attack.execution, attack.t1086, car.2013-05-009]
        related: [{id: 13acf386-b8c6-4fe0-9a6e-c4756b974699, type: similar}]
        logsource: {product: windows, service: security}
        detection: {s: {EventID: 4624}, condition: s}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_document_lists_every_value_and_function_and_no_other()
    {
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "templates.md"));
        HashSet<string> documented = [.. Row().Matches(document).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value)];

        var values = PageValues.Of(Documented.File(Rule), "19");
        var actual = new HashSet<string>();
        foreach ((string name, object? value) in values)
        {
            actual.Add(value is IScriptCustomFunction ? $@"text \| {name}" : name);
        }

        AddMembers("rule", (ScriptObject)values["rule"]!);
        AddMembers("tactic", First(values, "tactics"));
        AddMembers("technique", First(values, "techniques"));
        AddMembers("event", First(values, "data_needed"));
        AddMembers("query", First(values, "queries"));
        AddMembers("query", First((ScriptObject)values["rule"]!, "queries"));
        AddMembers("note", First(PageValues.Of(Documented.File("title: T\n"), "19"), "problems"));

        documented.Should().BeEquivalentTo(actual);

        static ScriptObject First(ScriptObject of, string list) => (ScriptObject)((ScriptArray)of[list]!)[0]!;

        void AddMembers(string name, ScriptObject of) => actual.UnionWith(of.Keys.Select(key => $"{name}.{key}"));
    }

    [Theory]
    [InlineData("{{ rule.title }} {{ rule.level }} {{ rule.status }} {{ rule.service }}", "T low stable security")]
    [InlineData("{{ for t in techniques }}{{ t.id }}>{{ t.successor }}{{ end }}", "T1086>T1059.001")]
    [InlineData("{{ data_needed[0].event_id }} {{ data_needed[0].channel }}", "4624 Security")]
    [InlineData("{{ other_tags | array.join ',' }}", "car.2013-05-009")]
    [InlineData("{{ rule.related[0].type }}", "similar")]
    [InlineData("{{ '|' | cell }}{{ '' | fence }}{{ 'a b' | name }}{{ 'x y' | reference }}", "\\|```a%20bx y")]
    [InlineData("{%{ {{#raw}} }%}", " {{#raw}} ")]
    [InlineData("{{ attack_version }}", "19")]
    [InlineData("{{ rule.tags | object.to_json }}", @"[""attack.execution"", ""attack.t1086"", ""car.2013-05-009""]")]
    [InlineData("{{ date.now | date.to_string '%Y' | string.size }}", "4")]
    public void A_template_uses_the_values(string template, string expected) => Render(template).Should().Be(expected);

    [Fact]
    public void A_folder_has_the_page_and_what_it_includes()
    {
        folder.With("t/page.scriban", "{{ include 'parts/head.scriban' }}!").With("t/parts/head.scriban", "{{ rule.title }}");

        RulePage.Read(folder["t"], "19", [])!.Render(Documented.File(Rule), []).Should().Be("T!");
    }

    [Theory]
    [InlineData("a\n{{ for x in }}", 2, "Error while parsing")]
    [InlineData("a\n{{ nosuch }}", 2, "nosuch")]
    [InlineData("{{ include '../outside.scriban' }}", 1, "does not lie in the page's folder")]
    [InlineData("{{ include 'missing.scriban' }}", 1, "there is no template 'missing.scriban'")]
    public void A_mistake_in_a_template_is_reported_where_it_is(string template, int line, string message)
    {
        folder.With("t/a.scriban", template).With("outside.scriban", "secret");
        var diagnostics = new List<Diagnostic>();

        RulePage.Read(folder["t/a.scriban"], "19", diagnostics)?.Render(Documented.File(Rule), diagnostics).Should().BeNull();

        Diagnostic found = diagnostics.First();
        found.Code.Should().Be(Codes.SiteTemplate);
        found.Message.Should().Contain(message);
        found.Span!.Value.Position.Line.Should().Be(line);
    }

    private string Render(string template)
    {
        folder.With("a.scriban", template);
        var diagnostics = new List<Diagnostic>();
        string? text = RulePage.Read(folder["a.scriban"], "19", diagnostics)?.Render(Documented.File(Rule), diagnostics);
        diagnostics.Should().BeEmpty();
        return text!;
    }

    /// <summary>The first cell of a row of one of the tables.</summary>
    [GeneratedRegex(@"^\| (`.*?`) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Name();
}
