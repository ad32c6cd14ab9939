using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A kind of condition, and what a target has made of it.</summary>
/// <param name="Document">The rule.</param>
/// <param name="Title">The name of the row.</param>
/// <param name="Shapes">The shapes that have written it.</param>
/// <param name="Query">The query; null if it is refused.</param>
/// <param name="Findings">What the conversion says of it.</param>
internal sealed record CheckedKind(ReadDocument Document, string Title, string Shapes, string? Query, IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>The query, or why there is none, and whether it selects other events than the rule.</summary>
    public string Shown => Query is null
        ? "refused: " + string.Join("; ", Findings.Where(finding => finding.Severity is Severity.Error).Select(finding => finding.Message))
        : string.Concat(Findings.Where(finding => finding.Code.Id is "SIG0602" or "SIG0603" or "SIG0608").Select(finding => $"[{finding.Code.Id}] ")) + Query;

    /// <summary>Converts the rule of each kind.</summary>
    public static IReadOnlyList<CheckedKind> All(CompilerTarget target)
    {
        var compiler = new Compiler([target]);
        var planner = new Planner([], PipelineSettings.Default, target.Backend.Title);
        return
        [
            .. RuleReader.Read(new SourceText("kinds.yml", BackendTexts.Read("kinds.yml"))).Select(document =>
            {
                var rule = (SigmaRule)document.Document!;
                Conversion conversion = compiler.Convert([document], RuleSet.Empty).Single();
                string shapes = planner.Plan(rule, [])?.OfType<SearchPlan>().FirstOrDefault() is { } plan
                    ? string.Join(", ", ShapeNames.Of(target.Backend.Dialect, plan.Expression).Distinct())
                    : "";
                return new CheckedKind(document, rule.Metadata.Title ?? "", shapes, conversion.Query, conversion.Diagnostics);
            }),
        ];
    }
}
