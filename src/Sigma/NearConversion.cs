using Sigma.Backends;
using Sigma.Explanations;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma;

/// <summary>
/// Writes the older <c>search | near a and not b</c> as a temporal correlation of searches of one rule: the condition's own,
/// and one for each operand.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="rule">The rule after the pipelines.</param>
/// <param name="diagnostics">Receives the findings.</param>
/// <param name="trace">Keeps the expressions; null where nobody wants to see them.</param>
internal sealed class NearConversion(CompilerTarget target, SigmaRule rule, List<Diagnostic> diagnostics, RuleTrace? trace)
{
    /// <summary>Adds the searches to what the templates see of a condition.</summary>
    /// <returns>The context; null after a report.</returns>
    public QueryContext? Complete(QueryContext context, string text)
    {
        if (target.Renderer.Refusal(context.Condition.Aggregation!) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        var searches = new List<CorrelationSearch> { new(Condition.SearchName, text, [], false) };
        foreach (NearSearch near in context.Condition.Near)
        {
            if (Normalizer.Normalize(rule, near.Search, diagnostics) is not { } expr)
            {
                return null;
            }

            trace?.Expressions.Add(expr);
            if (target.Emitter.Emit(expr, target.Format.Variant, diagnostics).Text is not { } query)
            {
                return null;
            }

            searches.Add(new CorrelationSearch(near.Name, query, [], false));
        }

        return context with { Searches = searches };
    }
}
