using System.Collections.Immutable;
using Sigma.Explanations;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma;

/// <summary>A rule or correlation that a correlation counts, made ready for a target.</summary>
/// <param name="Reference">How the correlation names it.</param>
/// <param name="Label">What it is called in the query.</param>
internal sealed record CorrelationPart(RuleReference Reference, string Label)
{
    /// <summary>The events; null for a correlation.</summary>
    public Expr? Expr { get; init; }

    /// <summary>The query of a correlation, whose rows count; null for a rule.</summary>
    public string? Text { get; init; }

    /// <summary>The log source as the pipelines left it; those of all its rules for a correlation.</summary>
    public IReadOnlyList<LogSource> LogSources { get; init; } = [];

    /// <summary>What the target calls the fields that the correlation uses.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Names { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The aliases, each with the target's name of the field it stands for here.</summary>
    public IReadOnlyList<(string Alias, string Field)> Aliases { get; init; } = [];
}

/// <summary>
/// Runs a rule through the pipelines with the fields of a correlation attached to it, so that the same mappings, under the
/// same conditions, that rename the rule's fields rename the correlation's.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="rules">The rules of all files.</param>
/// <param name="diagnostics">Takes the findings.</param>
/// <param name="trace">Keeps what happens; null where nobody wants to see it.</param>
internal sealed class CountedRule(CompilerTarget target, RuleSet rules, List<Diagnostic> diagnostics, RuleTrace? trace)
{
    /// <summary>The fields that a correlation uses of one of its rules, by their names there; an alias the rule has no field for is one itself.</summary>
    public static IEnumerable<string> FieldsOf(SigmaCorrelation document, RuleReference reference, RuleSet rules) => document.Correlation.GroupBy
        .Concat(document.Correlation.Fields)
        .Where(field => !document.Aliases.Any(alias => alias.Name == field && alias.Mappings.Any(mapping => rules.Same(mapping.Rule, reference))))
        .Distinct();

    /// <summary>Makes the rule ready.</summary>
    /// <param name="document">The correlation.</param>
    /// <param name="part">What is known of the part so far.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="state">Takes the state that the pipelines leave.</param>
    /// <returns>The part; null after a report.</returns>
    public CorrelationPart? Build(SigmaCorrelation document, CorrelationPart part, SigmaRule rule, Dictionary<string, string> state)
    {
        HashSet<string> aliasNames = [.. document.Aliases.Select(alias => alias.Name)];
        string[] fields = [.. FieldsOf(document, part.Reference, rules).Where(field => !aliasNames.Contains(field))];
        (string Alias, AliasMapping Mapping)[] aliases =
        [
            .. document.Aliases.SelectMany(alias => alias.Mappings
                .Where(mapping => rules.Same(mapping.Rule, part.Reference))
                .Select(mapping => (alias.Name, mapping))),
        ];

        // A field to group by may become several; a field that is counted, or has an alias, only one.
        Correlation counted = document.Correlation with { IsInline = false, GroupBy = [] };
        Correlation[] carriers =
        [
            .. fields.Select(field => document.Correlation.Fields.Contains(field)
                ? counted with { Fields = [field] }
                : counted with { Fields = [], GroupBy = [field] }),
            counted with
            {
                Fields = [.. aliases.Select(alias => alias.Mapping.Field)],
                Places = counted.Places.SetItems(aliases.Select(alias => KeyValuePair.Create(alias.Mapping.Field, alias.Mapping.FieldSpan))),
            },
        ];
        var nothing = new IdentifierCondition("", part.Reference.Span);
        var run = new PipelineRun(
            rule with { Conditions = [.. rule.Conditions, .. carriers.Select(carrier => new Condition(nothing, carrier, part.Reference.Span))] }, diagnostics, target.PipelineSettings)
        {
            Trace = trace?.Pipelines,
        };
        trace?.Begin(run);
        run.Apply(target.Pipelines);
        trace?.End(run);
        if (run.Failed || Expression(run, rule) is not { } expr)
        {
            return null;
        }

        trace?.Expressions.Add(expr);

        foreach ((string key, string value) in run.State)
        {
            state.TryAdd(key, value);
        }

        Correlation[] carried = [.. run.Rule.Conditions.Skip(rule.Conditions.Length).Select(condition => condition.Aggregation!)];
        return part with
        {
            Expr = expr,
            LogSources = [run.Rule.LogSource],
            Names = fields.Zip(carried, (field, names) => (field, names)).ToDictionary(
                pair => pair.field, pair => pair.names.GroupBy.IsEmpty ? pair.names.Fields : pair.names.GroupBy, StringComparer.Ordinal),
            Aliases = [.. aliases.Zip(carried[^1].Fields, (alias, field) => (alias.Alias, field))],
        };
    }

    /// <summary>The events of all of the rule's conditions; null after a report.</summary>
    private Expr? Expression(PipelineRun run, SigmaRule rule)
    {
        var alternatives = new List<Expr>();
        foreach (Condition condition in run.Rule.Conditions.Take(rule.Conditions.Length))
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

        return alternatives.Count == 1 ? alternatives[0] : Simplifier.Simplify(new OrExpr([.. alternatives], rule.Span));
    }
}
