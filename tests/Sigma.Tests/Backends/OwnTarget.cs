using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>A target of the user's that lives in memory: its definition, and the files beside it.</summary>
/// <param name="definition">The <c>backend.yml</c>.</param>
/// <param name="files">The other files, by their paths below the folder.</param>
internal sealed class OwnTarget(string definition, params (string Path, string Text)[] files) : BackendFolder
{
    /// <summary>A definition that has nothing to complain about.</summary>
    public const string Plain = """
        expression: {and: ' AND ', or: ' OR ', not: 'NOT {operand}', group: '({expression})'}
        fields: {plain: '^[A-Za-z_]+$', quoted: {open: '`', close: '`', replace: {'`': '``'}}}
        texts:
          quoted: {open: "'", close: "'", replace: {"'": "''"}}
        shapes:
          text: '{field} = {quoted}'
          'null': '{field} is null'

        """;

    private IReadOnlyList<BackendFolder> others = [];
    private string name = "own";
    private Limits limits = Limits.Default;

    public override string Name => name;

    public override IReadOnlyList<string> Pipelines => [];

    public override SourceText? Read(string path, out Diagnostic? error)
    {
        error = null;
        string? text = path == "backend.yml" ? definition : files.FirstOrDefault(file => file.Path == path).Text;
        return text is null ? null : new SourceText("own/" + path, text);
    }

    /// <summary>The same target, by another name.</summary>
    public OwnTarget Named(string other)
    {
        name = other;
        return this;
    }

    /// <summary>The same target, beside another one that it can extend.</summary>
    public OwnTarget With((string Name, string Definition) other)
    {
        others = [.. others, new OwnTarget(other.Definition) { name = other.Name }];
        return this;
    }

    /// <summary>The same target, with other bounds on what a conversion may cost.</summary>
    public OwnTarget Within(Limits bounds)
    {
        limits = bounds;
        return this;
    }

    /// <summary>What is found when it is read.</summary>
    public List<Diagnostic> Findings()
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = new BackendCatalog([this, .. others]).Read(Name, new Dictionary<string, string>(), diagnostics);
        (backend is null).Should().Be(diagnostics.Exists(d => d.Severity is Severity.Error));
        return diagnostics;
    }

    /// <summary>Converts a rule of this detection.</summary>
    public Conversion Convert(string detection, string condition = "s", string metadata = "", string? format = null) =>
        ConvertRule($"title: T\n{metadata}logsource: {{category: test}}\ndetection:\n  s: {detection}\n  condition: {condition}\n", format);

    /// <summary>Converts a rule.</summary>
    public Conversion ConvertRule(string rule, string? format = null)
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = new BackendCatalog([this, .. others]).Read(Name, new Dictionary<string, string>(), diagnostics);
        diagnostics.Should().BeEmpty();
        QueryFormat chosen = format is null ? backend!.Formats[0] : backend!.Formats.First(f => f.Name == format);
        return new Compiler([new CompilerTarget(backend, chosen, backend.Pipelines, new PipelineSettings { Limits = limits })]).Convert(new SourceText("rule.yml", rule)).Last();
    }

    /// <summary>The query of a rule of this detection, which must convert.</summary>
    public string? Query(string detection, string condition = "s", string metadata = "", string? format = null)
    {
        Conversion conversion = Convert(detection, condition, metadata, format);
        conversion.Diagnostics.Where(d => d.Severity is Severity.Error).Should().BeEmpty();
        return conversion.Query;
    }
}
