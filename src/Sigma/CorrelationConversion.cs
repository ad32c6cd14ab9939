using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Explanations;
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
/// <param name="trace">Keeps what happens; null where nobody wants to see it.</param>
internal sealed class CorrelationConversion(CompilerTarget target, RuleSet rules, List<Diagnostic> diagnostics, ConversionTrace? trace)
{
    private readonly Dictionary<string, string> state = new(StringComparer.Ordinal);

    /// <summary>Writes the query.</summary>
    /// <param name="document">The correlation.</param>
    /// <param name="ordinal">The how-manieth query with its id it is in its file, from 1.</param>
    /// <param name="objects">Takes the names of the objects that the format makes; null where it makes none.</param>
    /// <returns>The query in the target's format, alone; none after a report.</returns>
    public List<string> Convert(SigmaCorrelation document, int ordinal, List<ObjectName>? objects)
    {
        if (Build(document) is not { } built || Piped(document, built) is not { } run)
        {
            return [];
        }

        QueryContext context = Context(document, built, run, ordinal) with { Objects = objects };
        if (target.Renderer.Render(built.Query, context, diagnostics) is not { } text)
        {
            return [];
        }

        trace?.Queries.Add(new QueryTrace(built.Query, text));
        return Postprocessing.Apply(text, run, target.Pipelines) is { } query ? [query] : [];
    }

    /// <summary>
    /// The pipelines have run over the rules; now they run over the correlation itself, for what it has of its own: attributes,
    /// shown fields, state, and whether it is refused. It has no detections, and its log sources are those of its rules.
    /// </summary>
    /// <returns>The run; null after a report.</returns>
    private PipelineRun? Piped(SigmaCorrelation document, BuiltCorrelation built)
    {
        LogSource source = built.LogSources.FirstOrDefault() ?? new LogSource(null, null, null, null, document.Span);
        var rule = new SigmaRule(document.Metadata, source, [], [], document.Span) { Timeframe = document.Correlation.Timespan };
        var kept = trace is null ? null : new CorrelationTrace(document, built.Correlation);
        trace?.Correlations.Add(kept!);
        var run = new PipelineRun(rule, diagnostics, target.PipelineSettings)
        {
            IsCorrelation = true,
            CountedLogSources = built.LogSources,
            Trace = kept?.Pipelines,
        };
        foreach ((string key, string value) in state)
        {
            run.State[key] = value;
        }

        run.Apply(target.Pipelines);
        return run.Failed ? null : run;
    }

    private static QueryContext Context(SigmaCorrelation document, BuiltCorrelation built, PipelineRun run, int ordinal)
    {
        var search = new IdentifierCondition("", document.Span);
        var condition = new Condition(search, built.Correlation, document.Correlation.Span);
        return new QueryContext(run.Rule, document.Metadata.Fields, condition, run.State, built.Frame, ordinal)
        {
            Searches = built.Searches,
            Order = built.Order,
        };
    }

    private BuiltCorrelation? Build(SigmaCorrelation document)
    {
        if (target.Renderer.Refusal(document.Correlation) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        var parts = new List<CorrelationPart>();
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var built = new Dictionary<ReadDocument, string>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (RuleReference reference in document.Rules)
        {
            ReadDocument? counted = rules.Find(reference);
            if (counted is not null && built.TryGetValue(counted, out string? known))
            {
                labels[reference.Name] = known;
                continue;
            }

            string label = labels[reference.Name] = Label(reference, taken);
            if (BuildPart(document, reference, label) is not { } part)
            {
                return null;
            }

            if (counted is not null)
            {
                built[counted] = label;
            }

            parts.Add(part);
        }

        if (Mapped(document, parts, labels) is not { } mapped)
        {
            return null;
        }

        bool together = document.Correlation.Type is not (CorrelationType.Temporal or CorrelationType.TemporalOrdered)
            && document.Aliases.IsEmpty && parts.TrueForAll(part => part.Expr is not null);
        return together ? Together(document, parts, mapped) : Separately(document, parts, mapped);
    }

    private CorrelationPart? BuildPart(SigmaCorrelation document, RuleReference reference, string label)
    {
        var part = new CorrelationPart(reference, label);
        return rules.Find(reference)?.Document switch
        {
            SigmaRule rule => new CountedRule(target, rules, diagnostics, trace?.Add(rule, rules)).Build(document, part, rules.Filtered(rule), state),
            SigmaCorrelation chained => BuildChained(document, part, chained),
            _ => null,
        };
    }

    /// <summary>A correlation of a correlation counts its rows, and a row has no more fields than it is grouped by.</summary>
    private CorrelationPart? BuildChained(SigmaCorrelation document, CorrelationPart part, SigmaCorrelation chained)
    {
        if (Build(chained) is not { } built || Piped(chained, built) is not { } run
            || target.Renderer.RenderCorrelation(built.Query, Context(chained, built, run, 1), diagnostics) is not { } text)
        {
            return null;
        }

        var names = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var aliases = new List<(string Alias, string Field)>();
        var wanted = CountedRule.FieldsOf(document, part.Reference, rules).Select(field => (Name: field, Field: field)).Concat(
            document.Aliases.SelectMany(alias => alias.Mappings
                .Where(mapping => rules.Same(mapping.Rule, part.Reference))
                .Select(mapping => (alias.Name, mapping.Field))));
        bool complete = true;
        foreach ((string name, string field) in wanted)
        {
            if (!built.Names.TryGetValue(field, out ImmutableArray<string> mapped))
            {
                string kept = built.Names.Count == 0 ? "none" : string.Join(", ", built.Names.Keys);
                diagnostics.Add(Codes.ChainedField.At(document.Correlation.Span, part.Reference.Name, field, kept));
                complete = false;
            }
            else if (document.Aliases.Any(alias => alias.Name == name))
            {
                aliases.Add((name, mapped[0]));
            }
            else
            {
                names[name] = mapped;
            }
        }

        return complete ? part with { Text = text, LogSources = built.LogSources, Names = names, Aliases = aliases } : null;
    }

    /// <summary>A name for a rule that can stand in any query without quotes.</summary>
    private string Label(RuleReference reference, HashSet<string> taken)
    {
        string name = rules.Find(reference)?.Metadata.Name ?? reference.Name;
        string label = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_'));
        string free = label;
        for (int i = 2; !taken.Add(free); i++)
        {
            free = $"{label}_{i}";
        }

        return free;
    }

    /// <summary>The correlation in the target's field names. All rules must agree on them; where they do not, the rule author needs an alias.</summary>
    private Correlation? Mapped(SigmaCorrelation document, List<CorrelationPart> parts, Dictionary<string, string> labels)
    {
        Correlation written = document.Correlation;
        HashSet<string> aliases = [.. document.Aliases.Select(alias => alias.Name)];
        bool agreed = true;
        Correlation mapped = written with
        {
            GroupBy = [.. written.GroupBy.SelectMany(Agreed)],
            Fields = [.. written.Fields.SelectMany(Agreed)],
            Expression = written.Expression is { } expression ? Labelled(expression, labels) : null,
        };
        return agreed ? mapped : null;

        IEnumerable<string> Agreed(string field)
        {
            if (aliases.Contains(field))
            {
                return [field];
            }

            ImmutableArray<string> names = parts[0].Names[field];
            if (parts.Find(part => !part.Names[field].SequenceEqual(names)) is { } other)
            {
                agreed = false;
                diagnostics.Add(Codes.CorrelationFieldsDiffer.At(written.Span, field, string.Join(", ", names), string.Join(", ", other.Names[field])));
            }

            return names;
        }
    }

    private static ConditionNode Labelled(ConditionNode node, Dictionary<string, string> labels) => node switch
    {
        AndCondition and => and with { Left = Labelled(and.Left, labels), Right = Labelled(and.Right, labels) },
        OrCondition or => or with { Left = Labelled(or.Left, labels), Right = Labelled(or.Right, labels) },
        NotCondition not => not with { Operand = Labelled(not.Operand, labels) },
        GroupCondition group => group with { Inner = Labelled(group.Inner, labels) },
        IdentifierCondition identifier => identifier with { Name = labels[identifier.Name] },
        _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
    };

    private BuiltCorrelation? Together(SigmaCorrelation document, List<CorrelationPart> parts, Correlation mapped)
    {
        Expr all = parts.Count == 1 ? parts[0].Expr! : Simplifier.Simplify(new OrExpr([.. parts.Select(part => part.Expr!)], document.Span));
        EmittedQuery emitted = target.Emitter.Emit(all, target.Format.Variant, diagnostics);
        return emitted.Text is null ? null : new BuiltCorrelation(emitted.Text, emitted.Frame, [], null, mapped, LogSourcesOf(parts), Kept(document, parts));
    }

    private BuiltCorrelation? Separately(SigmaCorrelation document, List<CorrelationPart> parts, Correlation mapped)
    {
        if (!target.Backend.Dialect.CorrelationSearches)
        {
            string what = document.Aliases.IsEmpty ? "searches with the rows of another correlation" : "searches whose fields have aliases";
            diagnostics.Add(Codes.NoAggregation.At(document.Correlation.Span, target.Backend.Title, "it cannot join " + what));
            return null;
        }

        TemporalOrder? order = null;
        if (mapped.Type is CorrelationType.TemporalOrdered && (order = TemporalOrder.Of(mapped, [.. parts.Select(part => part.Label)])) is null)
        {
            string why = mapped.Expression is null ? "here fewer of them are enough" : "this condition has other ways to hold";
            diagnostics.Add(Codes.OrderNotDefined.At(mapped.Expression?.Span ?? mapped.Span, why));
            return null;
        }

        var searches = new List<CorrelationSearch>();
        foreach (CorrelationPart part in parts)
        {
            string? text = part.Text ?? target.Emitter.Emit(part.Expr!, target.Format.Variant, diagnostics).Text;
            if (text is null)
            {
                return null;
            }

            searches.Add(new CorrelationSearch(part.Label, text, part.Aliases, part.Text is not null));
        }

        return new BuiltCorrelation(
            searches[0].Query, new Dictionary<string, IReadOnlyList<string>>(), searches, order, mapped, LogSourcesOf(parts), Kept(document, parts));
    }

    private static IReadOnlyList<LogSource> LogSourcesOf(List<CorrelationPart> parts) => [.. parts.SelectMany(part => part.LogSources)];

    /// <summary>The fields of the correlation's rows, for correlations of it.</summary>
    private static Dictionary<string, ImmutableArray<string>> Kept(SigmaCorrelation document, List<CorrelationPart> parts) =>
        document.Correlation.GroupBy.Distinct().ToDictionary(
            field => field, field => parts[0].Names.TryGetValue(field, out ImmutableArray<string> names) ? names : [field], StringComparer.Ordinal);

    /// <summary>A correlation up to the templates.</summary>
    private sealed record BuiltCorrelation(
        string Query,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Frame,
        IReadOnlyList<CorrelationSearch> Searches,
        TemporalOrder? Order,
        Correlation Correlation,
        IReadOnlyList<LogSource> LogSources,
        IReadOnlyDictionary<string, ImmutableArray<string>> Names);
}
