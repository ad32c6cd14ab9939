using Sigma.Backends;
using Sigma.Explanations;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma;

/// <summary>
/// Writes the older <c>search | near a and not b</c> as a temporal correlation of searches of one rule: the condition's own,
/// and one for each operand. The operands go through the pipelines as conditions behind the rule's own.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="run">The rule behind the pipelines.</param>
/// <param name="own">How many of its conditions are the rule's own.</param>
/// <param name="diagnostics">Takes the findings.</param>
/// <param name="trace">Keeps the expressions; null where nobody wants to see them.</param>
internal sealed class NearConversion(CompilerTarget target, PipelineRun run, int own, List<Diagnostic> diagnostics, RuleTrace? trace)
{
    private int next = own;

    /// <summary>The rule with the operands of its <c>near</c> as conditions; the same one where it has none.</summary>
    public static SigmaRule WithSearches(SigmaRule rule) => rule.Conditions.All(condition => condition.Aggregation is not { Others.IsEmpty: false })
        ? rule
        : rule with
        {
            Conditions =
            [
                .. rule.Conditions,
                .. rule.Conditions
                    .SelectMany(condition => condition.Aggregation?.Others ?? [])
                    .Select(other => new Condition(Positive(other, out _), null, other.Span)),
            ],
        };

    /// <summary>Adds the searches to what the templates see of a condition.</summary>
    /// <returns>The context; null after a report.</returns>
    public QueryContext? Complete(QueryContext context, Correlation near, string text)
    {
        if (target.Renderer.Refusal(near) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        var searches = new List<CorrelationSearch> { new("search", text, [], false) };
        ConditionNode expression = new IdentifierCondition("search", near.Span);
        foreach (ConditionNode other in near.Others)
        {
            Condition condition = run.Rule.Conditions[next++];
            if (Normalizer.Normalize(run.Rule, condition.Search, diagnostics) is not { } expr)
            {
                return null;
            }

            trace?.Expressions.Add(expr);
            if (target.Emitter.Emit(expr, target.Format.Variant, diagnostics).Text is not { } query)
            {
                return null;
            }

            string name = $"near_{searches.Count}";
            searches.Add(new CorrelationSearch(name, query, [], false));
            ConditionNode operand = new IdentifierCondition(name, other.Span);
            Positive(other, out bool negated);
            expression = new AndCondition(expression, negated ? new NotCondition(operand, other.Span) : operand, near.Span);
        }

        return context with
        {
            Condition = context.Condition with { Aggregation = near with { Expression = expression } },
            Searches = searches,
        };
    }

    /// <summary>An operand without the <c>not</c> in front of it.</summary>
    private static ConditionNode Positive(ConditionNode operand, out bool negated)
    {
        negated = false;
        while (operand is NotCondition not)
        {
            negated = !negated;
            operand = not.Operand;
        }

        return operand;
    }
}
