using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>A plain text dialect is a folder and no C#: one is made up here, and mistakes in it are told by their place.</summary>
public sealed class InventedDialectTests : IDisposable
{
    private const string Definition = """
        title: Invented
        description: a language that does not exist
        pipelines: [names]
        options:
          table: {default: events, description: what is searched}
        expression:
          and: ' & '
          or: ' | '
          not: '!{operand}'
          group: '[{expression}]'
          everything: 'true'
        fields:
          plain: '^[a-z_]+$'
          quoted: {open: '<', close: '>'}
        texts:
          text: {open: "'", close: "'", escape: '~', escaped: "~'%_", many: '%', one: '_'}
        regex: {dialect: pcre, replace: {'/': '\/'}}
        shapes:
          text: '{field} is {text}'
          wildcard: '{field} like {text}'
          list: {template: '{field} in ({items})', item: '{text}', separator: ', '}
          wildcard_list: {template: '{field} like any ({items})', item: '{text}', separator: ', '}
          regex: '{field} ~ /{regex}/'
          compare: '{field} {operator} {number}'
          'null': '{field} is missing'
          exists: '{field} is there'
          keyword: 'any like {text}'
          cidr: {refused: it knows no networks}
        operators: {gte: 'at least'}
        correlations:
          event_count: '{{ query }} >> count by {{ correlation.group | array.join "+" }} {{ correlation.operator }} {{ correlation.count }}'
        formats:
          query: {description: the query, template: query.scriban}
        """;

    private const string Pipeline = """
        name: names
        priority: 10
        transformations:
          - type: field_name_mapping
            mapping:
              Image: image path
              User: user
        """;

    private readonly string root = Directory.CreateTempSubdirectory("sigmac-dialect-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("{User: 'o''neil'}", "s", "user is 'o~'neil'")]
    [InlineData("{Image: '*\\cmd_?.exe'}", "s", @"<image path> like '%\cmd~__.exe'")]
    [InlineData("{User: [a, 5]}", "s", "user in ('a', '5')")]
    [InlineData("{User: [a*, b]}", "s", "user like any ('a%', 'b')")]
    [InlineData("{User|re: 'a/b+'}", "s", @"user ~ /a\/b+/")]
    [InlineData("{User: null}", "s", "user is missing")]
    [InlineData("{User: a, Image: b}", "not s", "![user is 'a' & <image path> is 'b']")]
    [InlineData("[word, {User: a}]", "s", "[any like 'word' | user is 'a']")]
    [InlineData("{size|gte: 10}", "s", "size at least 10")]
    [InlineData("{User: a}", "s | count() by User > 3", "user is 'a' >> count by user > 3")]
    public void A_dialect_of_text_needs_no_code(string detection, string condition, string expected)
    {
        var conversion = Convert(Write(), detection, condition);

        conversion.Diagnostics.Where(d => d.Severity is Severity.Error).Should().BeEmpty();
        conversion.Query.Should().Be("search events: " + expected);
    }

    [Fact]
    public void What_it_refuses_is_refused_with_its_own_words()
    {
        var conversion = Convert(Write(), "{ip|cidr: 10.0.0.0/8}", "s");

        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0601" && d.Message.Contains("it knows no networks"));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("  and: ' & '\n", "  and: ' & '\n  xor: ' ^ '\n", "SIG0501", "xor:")]
    [InlineData("title: Invented", "titel: Invented", "SIG0501", "titel")]
    [InlineData("'{field} is {text}'", "'{field} is {txt}'", "SIG0504", "{txt}")]
    [InlineData("  keyword: ", "  keywort: ", "SIG0501", "keywort")]
    [InlineData("query.scriban", "other.scriban", "SIG0502", "other.scriban")]
    [InlineData("  exists: '{field} is there'", "  exists: {stage: later, template: '{field} is there'}", "SIG0502", "{stage")]
    [InlineData("pipelines: [names]", "pipelines: [others]", "SIG0502", "[others]")]
    [InlineData("{dialect: pcre", "{dialect: perl", "SIG0503", "perl")]
    public void A_mistake_is_told_by_its_place(string right, string wrong, string code, string at)
    {
        Definition.Should().Contain(right);
        var text = Definition.Replace(right, wrong);
        var diagnostics = new List<Diagnostic>();

        new BackendCatalog(Write(text)).Read("invented", new Dictionary<string, string>(), diagnostics).Should().Match(read => read == null);

        var (line, column) = PlaceOf(text, at.TrimEnd(':'));
        diagnostics.Should().Contain(d => d.Code.Id == code && d.Span!.Value.Source.Path.EndsWith("backend.yml")
            && d.Span.Value.Position.Equals(new ValueTuple<int, int>(line, column)));
    }

    [Fact]
    public void A_mistake_in_its_pipeline_is_told_by_its_place()
    {
        var diagnostics = new List<Diagnostic>();

        new BackendCatalog(Write(pipeline: Pipeline.Replace("field_name_mapping", "field_name_maping")))
            .Read("invented", new Dictionary<string, string>(), diagnostics).Should().Match(read => read == null);

        diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0403" && d.Span!.Value.Source.Path.EndsWith("names.yml") && d.Span.Value.Position.Line == 4);
    }

    private static (int Line, int Column) PlaceOf(string text, string part)
    {
        var before = text[..text.IndexOf(part, StringComparison.Ordinal)];
        return (before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static Conversion Convert(IReadOnlyList<BackendFolder> folders, string detection, string condition)
    {
        var diagnostics = new List<Diagnostic>();
        var backend = new BackendCatalog(folders).Read("invented", new Dictionary<string, string>(), diagnostics);
        diagnostics.Should().BeEmpty();
        var rule = $"title: t\nlogsource: {{product: test}}\ndetection:\n  s: {detection}\n  condition: {condition}\n";
        return new Compiler([new CompilerTarget(backend!, backend!.Formats[0], backend.Pipelines)]).Convert(new SourceText("rule.yml", rule)).Single();
    }

    private IReadOnlyList<BackendFolder> Write(string definition = Definition, string pipeline = Pipeline)
    {
        var folder = Path.Combine(root, "invented");
        Directory.CreateDirectory(Path.Combine(folder, "pipelines"));
        Directory.CreateDirectory(Path.Combine(folder, "formats"));
        File.WriteAllText(Path.Combine(folder, "backend.yml"), definition);
        File.WriteAllText(Path.Combine(folder, "pipelines", "names.yml"), pipeline);
        File.WriteAllText(Path.Combine(folder, "formats", "query.scriban"), "search {{ option.table }}: {{ query }}");
        return BackendFolder.Open(root);
    }
}
