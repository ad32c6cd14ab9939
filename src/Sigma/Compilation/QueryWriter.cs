using Sigma.Alerts;
using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>
/// Writes a plan as a query of one target: emits its expressions, and puts them into the target's format. Where nothing but the
/// events count, the inputs of a count become one search; otherwise each is a search, which the target's templates put together.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="diagnostics">Receives the findings.</param>
/// <param name="objects">Receives the names of the objects that the format makes; null if it makes none.</param>
/// <param name="fileNames">Receives the names that the system wants the files to have, one per query or none at all.</param>
/// <param name="trace">Keeps what happens; null to keep nothing.</param>
internal sealed class QueryWriter(CompilerTarget target, List<Diagnostic> diagnostics, List<ObjectName>? objects, List<string> fileNames, ConversionTrace? trace)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoFrame = [];

    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ordinal">The 1-based number of the query among those of its file with the same id.</param>
    /// <returns>The query in the target's format; null after an error.</returns>
    public string? Write(Plan plan, int ordinal)
    {
        int before = diagnostics.Count;
        if (Searches(plan) is not { } written || target.Renderer.Render(written.Text, Context(plan, written, ordinal) with { Objects = objects, FileNames = fileNames }, diagnostics) is not { } text)
        {
            ForgetQuery(before);
            return null;
        }

        trace?.Queries.Add(new QueryTrace(written.Text, text));
        return Postprocessing.Apply(text, plan.Run, target.Pipelines);
    }

    /// <summary>Writes the plans of a rule for a text that has all rules of a run.</summary>
    /// <param name="plans">The plans, at least one.</param>
    /// <returns>The conditions; null after an error.</returns>
    public DocumentQuery? WriteConditions(IReadOnlyList<Plan> plans)
    {
        int before = diagnostics.Count;
        var alternatives = new List<IReadOnlyList<string>>();
        foreach (Plan plan in plans)
        {
            if (Searches(plan) is { } written && plan is SearchPlan search)
            {
                trace?.Queries.Add(new QueryTrace(written.Text, written.Text));
                alternatives.Add(Conjuncts(search, written.Text));
            }
        }

        if (alternatives.Count < plans.Count)
        {
            ForgetQuery(before);
            return null;
        }

        Plan first = plans[0];
        return new DocumentQuery(
            first.Rule,
            AlertOverride.For(target.Overrides, first.Rule.Metadata),
            first.State,
            first.Span,
            alternatives,
            [.. plans.OfType<SearchPlan>().SelectMany(plan => plan.Expression.Leaves()).SelectMany(AskedName.FieldsOf)]);
    }

    /// <summary>Writes the one text of several rules.</summary>
    /// <param name="document">How the format makes it.</param>
    /// <param name="query">A rule.</param>
    /// <param name="plan">Its first plan.</param>
    /// <returns>The text with this rule only; null after an error.</returns>
    public string? WriteDocument(DocumentFormat document, DocumentQuery query, Plan plan)
    {
        int size = query.Alternatives.Sum(list => list.Sum(System.Text.Encoding.UTF8.GetByteCount));
        if (size > document.Length)
        {
            string why = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"its conditions have {size} bytes, and a statement has at most {document.Length}");
            diagnostics.Add(Diagnostic.CannotSay(query.Place, target.Backend.Title, "this rule", why).WithHint("raise the limit of the engine and the option of the target"));
            return null;
        }

        return target.Renderer.RenderDocument(document, [query], diagnostics) is { } text ? Postprocessing.Apply(text, plan.Run, target.Pipelines) : null;
    }

    /// <summary>Takes back what was said of a query, after an error: there is none, and it selects nothing.</summary>
    private void ForgetQuery(int before)
    {
        for (int i = diagnostics.Count - 1; i >= before; i--)
        {
            if (diagnostics[i].IsOfQuery)
            {
                diagnostics.RemoveAt(i);
            }
        }
    }

    /// <summary>What all must hold, each by itself: the text of a search that has later stages cannot be taken apart.</summary>
    private IReadOnlyList<string> Conjuncts(SearchPlan plan, string whole)
    {
        if (plan.Expression is not AndExpr and || target.Backend.Dialect.Stages.Count > 0)
        {
            return [whole];
        }

        // What there is to say was said of the whole.
        List<Diagnostic> said = [];
        Dialect dialect = target.Backend.DialectFor(plan.State);
        return [.. and.Operands.Select(operand => target.Emitter.Emit(operand, target.Format.Variant, dialect, said).Text!)];
    }

    private QueryContext Context(Plan plan, Written written, int ordinal)
    {
        var count = plan as CountPlan;
        return new QueryContext(plan.Rule, plan.WrittenFields, count?.Measure, plan.Span, plan.State, written.Frame, ordinal)
        {
            Searches = written.Searches,
            Order = count?.Order,
            Settings = AlertOverride.For(target.Overrides, plan.Rule.Metadata),
        };
    }

    private Written? Searches(Plan plan) => plan switch
    {
        SearchPlan search => Emit(search.Expression, search.State),
        CountPlan count => Searches(count),
        _ => throw new System.Diagnostics.UnreachableException(plan.GetType().Name),
    };

    private Written? Searches(CountPlan count)
    {
        if (target.Renderer.Refusal(count.Measure) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        CheckColumns(count);
        bool together = count.Measure.Type is not (CorrelationType.Temporal or CorrelationType.TemporalOrdered)
            && count.Inputs.All(input => input.Plan is SearchPlan && input.Aliases.Count == 0 && TableOf(input.Plan) == TableOf(count.Inputs[0].Plan));
        return together ? Together(count) : Separately(count);
    }

    private Written? Together(CountPlan count)
    {
        Expr[] searches = [.. count.Inputs.Select(input => ((SearchPlan)input.Plan).Expression)];
        return Emit(searches.Length == 1 ? searches[0] : Simplifier.Simplify(new OrExpr([.. searches], count.Measure.Span)), count.Inputs[0].Plan.State);
    }

    /// <summary>Reports what is counted or grouped by, and the table of a search does not have.</summary>
    private void CheckColumns(CountPlan count)
    {
        var reported = new HashSet<(string Table, string Field)>();
        foreach (PlannedInput input in count.Inputs.Where(input => input.Plan is SearchPlan))
        {
            if (target.Backend.DialectFor(input.Plan.State).Columns is not { } columns)
            {
                continue;
            }

            foreach (string name in count.Measure.GroupBy.Concat(count.Measure.Fields))
            {
                string field = input.Aliases.FirstOrDefault(alias => alias.Alias == name).Field ?? name;
                if (!columns.Has(field) && reported.Add((columns.Table, field)))
                {
                    diagnostics.Add(Diagnostic.NoSuchColumn(count.Measure.Span, target.Backend.Title, columns.Table, field));
                }
            }
        }
    }

    /// <summary>The table that a search is for, in languages whose events are in several.</summary>
    private string? TableOf(Plan plan) => target.Backend.Dialect.Tables?.NameOf(plan.State);

    private Written? Separately(CountPlan count)
    {
        if (!target.Backend.Dialect.CorrelationSearches)
        {
            string what = count.Inputs.Any(input => input.Aliases.Count > 0) ? "searches whose fields have aliases" : "searches with the rows of another correlation";
            diagnostics.Add(Diagnostic.NoAggregation(count.Measure.Span, target.Backend.Title, "it cannot join " + what));
            return null;
        }

        var searches = new List<CorrelationSearch>();
        foreach (PlannedInput input in count.Inputs)
        {
            if (InputText(input.Plan) is not { } text)
            {
                return null;
            }

            searches.Add(new CorrelationSearch(input.Label, text, input.Aliases, input.Plan is CountPlan)
            {
                State = input.Plan.State,
                Dialect = input.Plan is CountPlan ? target.Backend.Dialect : target.Backend.DialectFor(input.Plan.State),
            });
        }

        return new Written(searches[0].Query, NoFrame, searches);
    }

    /// <summary>The search of an input, without a format around it; a count of rows has its count in it.</summary>
    private string? InputText(Plan plan) => Searches(plan) is not { } written ? null
        : plan is SearchPlan ? written.Text
        : target.Renderer.RenderCorrelation(written.Text, Context(plan, written, 1), diagnostics);

    private Written? Emit(Expr expression, IReadOnlyDictionary<string, string> state)
    {
        EmittedQuery emitted = target.Emitter.Emit(expression, target.Format.Variant, target.Backend.DialectFor(state), diagnostics);
        return emitted.Text is null ? null : new Written(emitted.Text, emitted.Frame, []);
    }

    /// <summary>What the format is put around.</summary>
    private sealed record Written(string Text, IReadOnlyDictionary<string, IReadOnlyList<string>> Frame, IReadOnlyList<CorrelationSearch> Searches);
}
