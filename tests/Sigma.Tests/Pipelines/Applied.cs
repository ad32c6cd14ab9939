using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>A rule after a pipeline, for tests: what became of it and what was said.</summary>
/// <param name="Rule">The rule as the pipeline left it.</param>
/// <param name="Run">The run, for its state.</param>
/// <param name="Diagnostics">What was said, reading the pipeline and running it.</param>
internal sealed record Applied(SigmaRule Rule, PipelineRun Run, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The codes of what was said.</summary>
    public IEnumerable<string> Codes => Diagnostics.Select(d => d.Code.Id);

    /// <summary>The query's expression in words, as in <c>(a=1 and not (b=2))</c>.</summary>
    public string Expression => Normalizer.Normalize(Rule, Rule.Conditions[0].Search, (List<Diagnostic>)Diagnostics) is { } expr ? Print(expr) : "nothing";

    /// <summary>Runs the transformations, given as the YAML list under <c>transformations:</c>, over a rule with these detections.</summary>
    public static Applied To(string detection, string transformations, string logSource = "{product: windows, service: security}")
    {
        var diagnostics = new List<Diagnostic>();
        ReadDocument document = Given.Document(
            $"title: T\nlogsource: {logSource}\nfields: [a, z]\ndetection:\n" + string.Concat(detection.Split('\n').Select(l => "  " + l + "\n")));
        Pipeline pipeline = Read("transformations:\n" + transformations, diagnostics)!;
        var rule = (SigmaRule)document.Document!;
        var run = new PipelineRun(rule, diagnostics);
        run.Apply([pipeline]);
        return new Applied(run.Rule, run, diagnostics);
    }

    /// <summary>Reads a pipeline.</summary>
    public static Pipeline? Read(string text, List<Diagnostic> diagnostics) =>
        PipelineReader.Read(new SourceText("p.yml", text), "p", diagnostics);

    /// <summary>Writes an expression in words.</summary>
    public static string Print(Expr expr) => expr switch
    {
        AndExpr and => "(" + string.Join(" and ", and.Operands.Select(Print)) + ")",
        OrExpr or => "(" + string.Join(" or ", or.Operands.Select(Print)) + ")",
        NotExpr not => "not " + Print(not.Operand),
        MatchExpr match => (match.Field ?? "any") + "=" + (match.IsList ? "[" : "") + string.Join(",", match.Values.Select(Print)) + (match.IsList ? "]" : ""),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Print(Value value) => value switch
    {
        StringValue text => text.Text.ToString(),
        NumberValue number => number.Text,
        FieldReferenceValue reference => "@" + reference.Field,
        _ => value.GetType().Name,
    };
}
