using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Correlations;

/// <summary>Converts documents of several files together, with no pipeline but the test's own.</summary>
internal static class Conversions
{
    /// <summary>Three rules of one event each, in a file of their own.</summary>
    public const string Base = """
        title: Rule A
        id: 11111111-aaaa-4aaa-8aaa-00000000000a
        name: rule_a
        logsource: {category: test, product: one}
        detection: {selection: {Kind: a}, condition: selection}
        ---
        title: Rule B
        id: 11111111-aaaa-4aaa-8aaa-00000000000b
        name: rule_b
        logsource: {category: test, product: one}
        detection: {selection: {Kind: b}, condition: selection}
        ---
        title: Rule C
        id: 11111111-aaaa-4aaa-8aaa-00000000000c
        name: rule_c
        logsource: {category: test, product: two}
        detection: {selection: {Kind: c}, condition: selection}
        """;

    /// <summary>Converts files; the first is called <c>1.yml</c>.</summary>
    public static IReadOnlyList<Conversion> Of(CompilerTarget target, params string[] files)
    {
        var read = files.Select((text, i) => RuleReader.Read(new SourceText($"{i + 1}.yml", text))).ToList();
        var set = RuleSet.Link([.. read.SelectMany(documents => documents)]);
        return [.. read.SelectMany(documents => new Compiler([target]).Convert(documents, set))];
    }

    /// <summary>A built-in target without its pipelines, or with the given one.</summary>
    public static CompilerTarget Target(string name, string? format = null, string? pipeline = null)
    {
        var diagnostics = new List<Diagnostic>();
        var backend = Sigma.Tests.Backends.Repository.Backend(name);
        Pipeline[] pipelines = pipeline is null ? [] : [PipelineReader.Read(new SourceText("pipeline.yml", pipeline), "test", diagnostics)!];
        diagnostics.Should().BeEmpty();
        return new CompilerTarget(backend, format is null ? backend.Formats[0] : backend.Formats.First(f => f.Name == format), pipelines);
    }

    /// <summary>A correlation document around the body of its <c>correlation</c>.</summary>
    public static string Document(string body, string title = "Correlation") =>
        $"title: {title}\ncorrelation:\n    {body.ReplaceLineEndings("\n    ")}\n";

    /// <summary>What becomes of a correlation over the rules of <see cref="Base"/>.</summary>
    public static Conversion Correlate(string target, string body, string? format = null, string? pipeline = null) =>
        Of(Target(target, format, pipeline), Base, Document(body))[^1];

    /// <summary>The query of a correlation over the rules of <see cref="Base"/>.</summary>
    public static string Query(string target, string body, string? format = null, string? pipeline = null)
    {
        var conversion = Correlate(target, body, format, pipeline);
        conversion.Diagnostics.Where(d => d.Severity is Severity.Error).Select(d => d.Message).Should().BeEmpty();
        return conversion.Query!;
    }

    /// <summary>Code and place of each error.</summary>
    public static IEnumerable<string> ErrorsOf(Conversion conversion) => Findings(conversion, Severity.Error);

    /// <summary>Code and place of each warning.</summary>
    public static IEnumerable<string> Warnings(Conversion conversion) => Findings(conversion, Severity.Warning);

    private static IEnumerable<string> Findings(Conversion conversion, Severity severity) => conversion.Diagnostics
        .Where(d => d.Severity == severity)
        .Select(d => d.Span is { } span ? $"{d.Code.Id} {span.Source.Path}:{span.Position.Line}:{span.Position.Column}" : d.Code.Id);
}
