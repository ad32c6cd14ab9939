using System.Collections.Immutable;
using Sigma.Events.Matching;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Fitting;

/// <summary>A rule that is ready to be compared with logs.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Planned">The rule after the pipelines.</param>
/// <param name="Test">Its tests, in the names of each log.</param>
/// <param name="Counted">The fields that are counted over its events, each with the names that it may have.</param>
internal sealed record FitRule(MatchedRule Rule, SigmaRule Planned, RuleTest Test, ImmutableArray<(string Field, ImmutableArray<int> Slots, Span Span)> Counted);

/// <summary>Makes rules ready to be compared with logs. All are over one table of fields, which must be whole before events are read.</summary>
/// <param name="links">The documents of all files, linked.</param>
/// <param name="settings">How rules are prepared.</param>
internal sealed class FitCompiler(RuleSet links, DetectorSettings settings)
{
    private readonly Planner planner = Planner.ForEvents(settings.Pipelines, settings.PipelineSettings, "sigmac fit");
    private RuleTestCompiler? compiler;

    /// <summary>The fields that rules ask for.</summary>
    public FieldTable Fields { get; } = new();

    /// <summary>Where events tell their log.</summary>
    public SourceFields Sources => Compiler.Sources;

    private RuleTestCompiler Compiler => compiler ??= new RuleTestCompiler(Fields, settings.Unknown, settings.RegexTime);

    /// <summary>Makes a document ready.</summary>
    /// <param name="document">A rule, or a correlation.</param>
    /// <param name="diagnostics">Receives what is known and found of it.</param>
    /// <returns>The rule, or, for a correlation, each of its rules with what is counted over it; null after an error.</returns>
    public IReadOnlyList<FitRule>? Compile(ReadDocument document, List<Diagnostic> diagnostics)
    {
        diagnostics.AddRange(document.Diagnostics);
        diagnostics.AddRange(links.FindingsOf(document));
        if (document.Document is null || diagnostics.Exists(d => d.Severity is Severity.Error || (settings.Strict && d.Severity is Severity.Warning)))
        {
            return null;
        }

        ImmutableArray<Plan>? plans = document.Document switch
        {
            SigmaRule rule => planner.Plan(links.Filtered(rule), diagnostics),
            SigmaCorrelation correlation => new CorrelationPlanner(planner, links, diagnostics, null).Plan(correlation) is { } plan ? [plan] : null,
            _ => [],
        };
        var rules = new List<FitRule>();
        foreach (Plan plan in plans ?? [])
        {
            if (!Add(plan, document, rules, diagnostics))
            {
                return null;
            }
        }

        return plans is null ? null : rules;
    }

    private bool Add(Plan plan, ReadDocument document, List<FitRule> rules, List<Diagnostic> diagnostics) => plan switch
    {
        SearchPlan search => Add(search, null, document, rules, diagnostics),
        CountPlan count => count.Inputs.All(input => input.Plan is SearchPlan events
            ? Add(events, (count.Measure, input), document, rules, diagnostics)
            : Add(input.Plan, document, rules, diagnostics)),
        _ => throw new System.Diagnostics.UnreachableException(plan.GetType().Name),
    };

    private bool Add(SearchPlan search, (Correlation Measure, PlannedInput Input)? counted, ReadDocument document, List<FitRule> rules, List<Diagnostic> diagnostics)
    {
        var variants = new RuleVariants(search.Rule);
        if (Compiler.Compile(variants, [search], diagnostics) is not { } test)
        {
            return false;
        }

        IEnumerable<string> fields = counted is { } count ? count.Measure.GroupBy.Concat(count.Measure.Fields).Distinct() : [];
        rules.Add(new FitRule(
            new MatchedRule(document.Metadata, document.Span.Source.Path),
            search.Rule,
            test,
            [.. fields.Select(field => (field, variants.NamesOf(counted!.Value.Input.ExtraFields[field]).Select(Fields.SlotOf).ToImmutableArray(), document.Span))]));
        return true;
    }
}
