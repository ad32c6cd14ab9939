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

        // A field to group by may become several; a field that is measured, or has an alias, only one.
        Correlation counted = document.Correlation;
        ExtraField[] extra =
        [
            .. fields.Select(field => new ExtraField(field, counted.Fields.Contains(field), counted.Places.GetValueOrDefault(field, counted.Span))),
            .. aliases.Select(alias => new ExtraField(alias.Mapping.Field, true, alias.Mapping.FieldSpan)),
        ];
        var run = new PipelineRun(rule with { ExtraFields = [.. extra] }, diagnostics, target.PipelineSettings)
        {
            Trace = trace?.Pipelines,
        };
        trace?.Begin(run);
        run.Apply(target.Pipelines);
        trace?.End(run);
        if (run.Failed || Expression(run.Rule) is not { } expr)
        {
            return null;
        }

        trace?.Expressions.Add(expr);

        foreach ((string key, string value) in run.State)
        {
            state.TryAdd(key, value);
        }

        ImmutableArray<ExtraField> renamed = run.Rule.ExtraFields;
        return part with
        {
            Expr = expr,
            LogSources = [run.Rule.LogSource],
            Names = fields.Zip(renamed).ToDictionary(pair => pair.First, pair => pair.Second.Names, StringComparer.Ordinal),
            Aliases = [.. aliases.Zip(renamed.Skip(fields.Length), (alias, field) => (alias.Alias, field.Names[0]))],
        };
    }

    /// <summary>The events of all of the rule's conditions; null after a report.</summary>
    private Expr? Expression(SigmaRule rule)
    {
        var alternatives = new List<Expr>();
        foreach (Condition condition in rule.Conditions)
        {
            if (condition.Aggregation is { } inner)
            {
                diagnostics.Add(Codes.NoAggregation.At(inner.Span, target.Backend.Title, "a rule that counts by itself cannot be part of a correlation"));
                return null;
            }

            if (Normalizer.Normalize(rule, condition.Search, diagnostics) is not { } expr)
            {
                return null;
            }

            alternatives.Add(expr);
        }

        return alternatives.Count == 1 ? alternatives[0] : Simplifier.Simplify(new OrExpr([.. alternatives], rule.Span));
    }
}
