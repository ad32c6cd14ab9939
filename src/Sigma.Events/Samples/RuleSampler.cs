using System.Collections.Immutable;
using Sigma.Events.Matching;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Samples;

/// <summary>
/// Makes events that rules match, and near misses that they must not match. Each is judged by the matcher, in the very form in
/// which it is printed, before anyone sees it.
/// </summary>
/// <param name="settings">What the user wants.</param>
/// <param name="pipelines">The user's pipelines in the order they run; they name the fields of the events.</param>
/// <param name="pipelineSettings">What the pipelines share; null for nothing.</param>
internal sealed class RuleSampler(SampleSettings settings, IReadOnlyList<Pipeline> pipelines, PipelineSettings? pipelineSettings = null)
{
    private readonly PipelineSettings given = pipelineSettings ?? PipelineSettings.Default;
    private readonly Planner planner = Planner.ForEvents(pipelines, pipelineSettings ?? PipelineSettings.Default, "sigmac sample");

    /// <summary>What the user wants.</summary>
    internal SampleSettings Settings => settings;

    /// <summary>Makes the samples of a rule or correlation.</summary>
    /// <param name="document">The document; it has no errors.</param>
    /// <param name="links">The documents of all files, linked.</param>
    /// <returns>The samples; series of events where something is counted.</returns>
    public RuleSamples Make(ReadDocument document, RuleSet links)
    {
        if (document.Document is SigmaRule rule && rule.Conditions.All(condition => condition.Aggregation is null))
        {
            return Make(links.Filtered(rule));
        }

        var diagnostics = new List<Diagnostic>();
        CountPlan? plan = document.Document switch
        {
            SigmaRule counting => planner.Plan(links.Filtered(counting), diagnostics)?.OfType<CountPlan>().First(),
            SigmaCorrelation correlation => new CorrelationPlanner(planner, links, diagnostics, null).Plan(correlation),
            _ => null,
        };
        var matching = new DetectorSettings { Pipelines = pipelines, PipelineSettings = given };
        return plan is not null && SeriesMatcher.Create(document, links, matching, diagnostics) is { } matcher
            ? new SeriesSampler(this, plan, document, diagnostics).Make(matcher)
            : new RuleSamples([], [.. diagnostics.Distinct()]);
    }

    /// <summary>Makes the samples of a rule.</summary>
    /// <param name="rule">The rule, with its filters; what it counts is left out.</param>
    /// <returns>The samples, those of several conditions one after another.</returns>
    public RuleSamples Make(SigmaRule rule)
    {
        var diagnostics = new List<Diagnostic>();
        var samples = new List<Sample>();
        if (planner.Plan(rule, diagnostics) is { } plans && Prepare(rule, plans, diagnostics) is { } prepared)
        {
            foreach (Expr search in prepared.Searches)
            {
                RuleSamples made = SamplerOf(prepared, search, settings).Make();
                samples.AddRange(made.Samples);
                diagnostics.AddRange(made.Diagnostics);
            }
        }

        return new RuleSamples([.. samples.OrderBy(sample => sample.Matches ? 0 : 1)], [.. diagnostics.Distinct()]);
    }

    /// <summary>Makes events that can be given times and values.</summary>
    /// <param name="rule">The rule that they are of, before the pipelines.</param>
    /// <param name="plan">Which of its events.</param>
    /// <param name="diagnostics">Receives why there are none.</param>
    /// <returns>The events; null after a report.</returns>
    internal RuleEvents? Events(SigmaRule rule, SearchPlan plan, List<Diagnostic> diagnostics)
    {
        if (Prepare(rule, [plan], diagnostics) is not { } prepared)
        {
            return null;
        }

        foreach (Expr search in prepared.Searches)
        {
            if (SamplerOf(prepared, search, settings with { Count = 1 }).First(diagnostics) is { } partialEvent)
            {
                return new RuleEvents(prepared.Template, partialEvent, made => Judge(prepared.Matcher, made), prepared.ExtraFields);
            }
        }

        return null;
    }

    private Prepared? Prepare(SigmaRule rule, IReadOnlyList<Plan> plans, List<Diagnostic> diagnostics)
    {
        if (RuleMatcher.Create(plans, diagnostics) is not { } matcher)
        {
            return null;
        }

        // The first variant of a Windows log source is the usual one: Sysmon, where it has the category.
        SearchPlan[] searches = [.. plans.Select(plan => plan.Search)];
        SigmaRule piped = searches[0].Rule;
        LogSourceVariant? variant = LogSources.BuiltIn.VariantsOf(piped).FirstOrDefault();
        var names = new TargetNames(rule, pipelines.Count > 0 ? planner : null);
        MatchExpr[] added = variant is null ? [] : [.. variant.Source.Concat(variant.Further).Cast<DetectionItem>().Select(item => Test(item, names))];
        ulong random = EventTable.Hash(rule.Metadata.Id ?? rule.Metadata.Title, (ulong)settings.Seed);
        Expr[] expressions = variant is null
            ? [.. searches.Select(search => search.Expression)]
            : [.. searches.SelectMany(plan => plan.Searches).Select(search => Planner.Express(variant.Rule, search, [])).OfType<Expr>()];
        return new Prepared(expressions, added, new EventTemplate(piped.LogSource, names, random), matcher, variant?.ExtraFields ?? piped.ExtraFields);
    }

    private ExprSampler SamplerOf(Prepared prepared, Expr search, SampleSettings wanted)
    {
        Expr whole = prepared.Added.Length == 0 ? search : new AndExpr([.. prepared.Added, search], search.Span);
        var added = new HashSet<Expr>(prepared.Added, ReferenceEqualityComparer.Instance);
        return new ExprSampler(whole, added, prepared.Template, wanted, given.Limits, made => Judge(prepared.Matcher, made));
    }

    private bool Judge(RuleMatcher matcher, SampleEvent made) => matcher.Matches(Event.Parse(made.ToJson(settings.Shape), out _)!);

    private static MatchExpr Test(DetectionItem item, TargetNames names) => new(item.Field is { } field ? names.Of(field) : null, item.Values, item.IsList, item.Span);

    /// <summary>A rule ready for samples.</summary>
    /// <param name="Searches">The search of each condition, in the names of the events.</param>
    /// <param name="Added">What such events say of themselves.</param>
    /// <param name="Template">The template of its log source.</param>
    /// <param name="Matcher">Judges the events.</param>
    /// <param name="ExtraFields">The fields that are counted, in the names of the events.</param>
    private sealed record Prepared(
        IReadOnlyList<Expr> Searches, MatchExpr[] Added, EventTemplate Template, RuleMatcher Matcher, ImmutableArray<ExtraField> ExtraFields);
}
