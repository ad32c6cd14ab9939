using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma;

/// <summary>
/// Writes a correlation for one target. Its rules go through the pipelines and the emitter like any rule; where nothing but
/// the events count, they become one search, otherwise a search each, which the target's templates put together.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="rules">The rules of all files.</param>
/// <param name="diagnostics">Takes the findings.</param>
internal sealed class CorrelationConversion(CompilerTarget target, RuleSet rules, List<Diagnostic> diagnostics)
{
    private readonly Dictionary<string, string> state = new(StringComparer.Ordinal);

    /// <summary>Writes the query.</summary>
    /// <param name="document">The correlation.</param>
    /// <param name="ordinal">The how-manieth query with its id it is in its file, from 1.</param>
    /// <returns>The query in the target's format; null after a report.</returns>
    public string? Convert(SigmaCorrelation document, int ordinal)
    {
        if (Build(document) is not { } built)
        {
            return null;
        }

        QueryContext context = Context(document, built, ordinal);
        return target.Renderer.Render(built.Query, context, diagnostics);
    }

    private QueryContext Context(SigmaCorrelation document, BuiltCorrelation built, int ordinal)
    {
        var dummy = new IdentifierCondition("", document.Span);
        var rule = new SigmaRule(
            document.Metadata, built.LogSource ?? new LogSource(null, null, null, null, document.Span), [], [], document.Span)
        {
            Timeframe = document.Correlation.Timespan,
        };
        return new QueryContext(rule, document.Metadata.Fields, new Condition(dummy, built.Correlation, document.Correlation.Span), state, built.Frame, ordinal)
        {
            Searches = built.Searches,
        };
    }

    private BuiltCorrelation? Build(SigmaCorrelation document)
    {
        var parts = new List<Part>();
        foreach (RuleReference reference in document.Rules)
        {
            Part? part = rules.Find(reference)?.Document switch
            {
                SigmaRule rule => BuildPart(document, reference, rules.Filtered(rule)),
                SigmaCorrelation chained => BuildChained(reference, chained),
                _ => null,
            };
            if (part is null)
            {
                return null;
            }

            parts.Add(part);
        }

        Correlation mapped = Mapped(document, parts);
        bool together = document.Correlation.Type is not (CorrelationType.Temporal or CorrelationType.TemporalOrdered)
            && document.Aliases.IsEmpty && parts.TrueForAll(part => part.Expr is not null);
        return together ? Together(document, parts, mapped) : Separately(document, parts, mapped);
    }

    /// <summary>
    /// Runs a rule through the pipelines with the correlation attached to it, so that the same mappings that rename the rule's
    /// fields rename the correlation's.
    /// </summary>
    private Part? BuildPart(SigmaCorrelation document, RuleReference reference, SigmaRule rule)
    {
        (string Alias, string Field)[] aliases =
        [
            .. document.Aliases.SelectMany(alias => alias.Mappings
                .Where(mapping => rules.Same(mapping.Rule, reference))
                .Select(mapping => (alias.Name, mapping.Field))),
        ];
        HashSet<string> aliasNames = [.. document.Aliases.Select(alias => alias.Name)];
        Correlation carried = document.Correlation with { GroupBy = [.. document.Correlation.GroupBy.Where(field => !aliasNames.Contains(field))] };
        Correlation aliased = document.Correlation with { Fields = [.. aliases.Select(alias => alias.Field)], GroupBy = [] };
        var carriers = ImmutableArray.Create(carried, aliased).Select(c => new Condition(new IdentifierCondition("", reference.Span), c, reference.Span));

        var run = new PipelineRun(rule with { Conditions = [.. rule.Conditions, .. carriers] }, diagnostics);
        run.Apply(target.Pipelines);
        if (run.Failed)
        {
            return null;
        }

        foreach ((string key, string value) in run.State)
        {
            state.TryAdd(key, value);
        }

        ImmutableArray<Condition> conditions = run.Rule.Conditions;
        var alternatives = new List<Expr>();
        foreach (Condition condition in conditions.Take(rule.Conditions.Length))
        {
            if (condition.Aggregation is { } inner)
            {
                diagnostics.Add(Codes.NoAggregation.At(inner.Span, target.Backend.Title, "a rule that counts by itself cannot be part of a correlation"));
                return null;
            }

            if (Normalizer.Normalize(run.Rule, condition.Search, diagnostics) is not { } expr)
            {
                return null;
            }

            alternatives.Add(expr);
        }

        Expr whole = alternatives.Count == 1 ? alternatives[0] : Simplifier.Simplify(new OrExpr([.. alternatives], rule.Span));
        ImmutableArray<string> fields = conditions[^1].Aggregation!.Fields;
        return new Part(reference, Name(reference), whole, null, run.Rule.LogSource, conditions[^2].Aggregation!, [.. aliases.Zip(fields, (alias, field) => (alias.Alias, field))]);
    }

    private Part? BuildChained(RuleReference reference, SigmaCorrelation chained)
    {
        if (Build(chained) is not { } built)
        {
            return null;
        }

        string? text = target.Renderer.RenderCorrelation(built.Query, Context(chained, built, 1), diagnostics);
        return text is null ? null : new Part(reference, Name(reference), null, text, built.LogSource, null, []);
    }

    private string Name(RuleReference reference) => rules.Find(reference)?.Metadata.Name ?? reference.Name;

    /// <summary>The correlation in the target's field names. All rules must agree on them; where they do not, the rule author needs an alias.</summary>
    private Correlation Mapped(SigmaCorrelation document, List<Part> parts)
    {
        Part? first = parts.Find(part => part.Mapped is not null);
        if (first is null)
        {
            return document.Correlation;
        }

        foreach (Part other in parts.Where(part => part.Mapped is not null))
        {
            Compare(document, first.Mapped!.Fields, other.Mapped!.Fields);
            Compare(document, first.Mapped.GroupBy, other.Mapped.GroupBy);
        }

        HashSet<string> aliasNames = [.. document.Aliases.Select(alias => alias.Name)];
        return first.Mapped! with
        {
            GroupBy = [.. document.Correlation.GroupBy.Where(aliasNames.Contains), .. first.Mapped.GroupBy],
        };
    }

    private void Compare(SigmaCorrelation document, ImmutableArray<string> these, ImmutableArray<string> those)
    {
        if (!these.SequenceEqual(those))
        {
            string written = string.Join(", ", document.Correlation.GroupBy.Concat(document.Correlation.Fields));
            diagnostics.Add(Codes.CorrelationFieldsDiffer.At(document.Correlation.Span, written, string.Join(", ", these), string.Join(", ", those)));
        }
    }

    private BuiltCorrelation? Together(SigmaCorrelation document, List<Part> parts, Correlation mapped)
    {
        Expr all = parts.Count == 1 ? parts[0].Expr! : Simplifier.Simplify(new OrExpr([.. parts.Select(part => part.Expr!)], document.Span));
        EmittedQuery emitted = target.Emitter.Emit(all, target.Format.Variant, diagnostics);
        return emitted.Text is null ? null : new BuiltCorrelation(emitted.Text, emitted.Frame, [], mapped, parts[0].LogSource);
    }

    private BuiltCorrelation? Separately(SigmaCorrelation document, List<Part> parts, Correlation mapped)
    {
        if (!target.Backend.Dialect.CorrelationSearches)
        {
            string what = document.Aliases.IsEmpty ? "several searches that must match together, or a correlation of correlations" : "aliases";
            diagnostics.Add(Codes.NoAggregation.At(document.Correlation.Span, target.Backend.Title, "it cannot join " + what));
            return null;
        }

        var searches = new List<CorrelationSearch>();
        foreach (Part part in parts)
        {
            string? text = part.Text ?? target.Emitter.Emit(part.Expr!, target.Format.Variant, diagnostics).Text;
            if (text is null)
            {
                return null;
            }

            searches.Add(new CorrelationSearch(part.Name, text, part.Aliases, part.Text is not null));
        }

        return new BuiltCorrelation(searches[0].Query, new Dictionary<string, string>(), searches, mapped, parts[0].LogSource);
    }

    /// <summary>A rule or correlation that is counted, made ready.</summary>
    private sealed record Part(
        RuleReference Reference, string Name, Expr? Expr, string? Text, LogSource? LogSource, Correlation? Mapped, ImmutableArray<(string Alias, string Field)> Aliases);

    /// <summary>A correlation up to the templates.</summary>
    private sealed record BuiltCorrelation(
        string Query, IReadOnlyDictionary<string, string> Frame, IReadOnlyList<CorrelationSearch> Searches, Correlation Correlation, LogSource? LogSource);
}
