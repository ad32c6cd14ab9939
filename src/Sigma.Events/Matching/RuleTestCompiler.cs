using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Makes rules ready to be asked, all over one table of fields. Serves any number of threads.</summary>
/// <param name="fields">Receives the fields that are asked for.</param>
/// <param name="unknown">What is done with events that do not tell their log; null to try them on every rule.</param>
/// <param name="regexTime">How long the expressions of a rule that need backtracking may take together; null for the usual time.</param>
/// <param name="explains">Whether the tests know their places and values, for explanations. Without these they keep nothing of the rules in memory.</param>
internal sealed class RuleTestCompiler(FieldTable fields, UnknownEvents? unknown = null, TimeSpan? regexTime = null, bool explains = true)
{
    private readonly RegexBudget run = new(regexTime ?? RegexBudget.Usual);
    private readonly SourceFields sources = new(fields);
    private readonly Dictionary<(string? Category, string? Product, string? Service, uint Ways), RuleSource> ofRules = [];
    private readonly Dictionary<bool, ImmutableArray<SourceTest>> knownCategories = [];

    /// <summary>The fields by which events tell their log source.</summary>
    public SourceFields Sources => sources;

    /// <summary>Makes a rule ready, for the events of any of its conditions; what is counted over them is left out.</summary>
    /// <param name="plans">The plans of its conditions.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <returns>The test; null after an error.</returns>
    public RuleTest? Compile(IReadOnlyList<Plan> plans, List<Diagnostic> diagnostics) =>
        Compile(new RuleVariants(plans[0].Rule), [.. plans.Select(plan => plan.Search)], diagnostics);

    /// <summary>Makes searches of one rule ready, for the events that any of them selects.</summary>
    /// <param name="variants">The rule, with the variants of its log source.</param>
    /// <param name="searches">Some of its searches.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <returns>The test; null after an error.</returns>
    public RuleTest? Compile(RuleVariants variants, IReadOnlyList<SearchPlan> searches, List<Diagnostic> diagnostics)
    {
        SigmaRule rule = variants.Rule;
        var compiler = new TestCompiler(fields, diagnostics, run.OfRule(), explains);
        Span place = explains ? rule.Span : default;
        if (Any(searches.Select(search => search.Expression), compiler, place) is not { } plain)
        {
            return null;
        }

        var used = new List<LogSourceVariant>();
        var bodies = ImmutableArray.CreateBuilder<EventTest>();
        foreach (LogSourceVariant variant in variants.All)
        {
            bool renamed = !LogSources.AreSame(variant.Rule.Detections, rule.Detections);
            if ((renamed ? Any(searches.SelectMany(plan => plan.Searches).Select(search => Planner.Express(variant.Rule, search, [])), compiler, place) : plain) is not { } body)
            {
                continue;
            }

            EventTest[] further = [.. variant.Further.Select(item => Compile(item, compiler))];
            used.Add(variant);
            bodies.Add(further.Length == 0 ? body : new AllTest([.. further, body], body.Span));
        }

        return new RuleTest(Source(rule.LogSource, used, compiler), plain, bodies.ToImmutable());
    }

    /// <summary>The log source of a rule; rules of one that have the same variants share it.</summary>
    private RuleSource Source(LogSource source, List<LogSourceVariant> variants, TestCompiler compiler)
    {
        var key = (source.Category, source.Product, source.Service, variants.Aggregate(0u, (ways, variant) => ways | (1u << variant.Way)));
        lock (ofRules)
        {
            if (!ofRules.TryGetValue(key, out RuleSource? known))
            {
                ImmutableArray<SourceTest> tests = [.. variants.Select(variant => Source(variant, compiler))];
                ImmutableArray<SourceTest> categories = tests.IsEmpty ? KnownCategories(source.Product is null, compiler) : [];
                known = ofRules[key] = new RuleSource(source with { Span = default }, sources, tests, categories, unknown ?? UnknownEvents.OfTheRule) { OnLinux = OnLinux(source, compiler) };
            }

            return known;
        }
    }

    /// <summary>The events of any of some expressions; null if one of them cannot be tested.</summary>
    private static EventTest? Any(IEnumerable<Expr?> expressions, TestCompiler compiler, Span span)
    {
        var any = ImmutableArray.CreateBuilder<EventTest>();
        foreach (Expr? expression in expressions)
        {
            if (expression is null || compiler.Compile(expression) is not { } test)
            {
                return null;
            }

            any.Add(test);
        }

        return any.Count == 1 ? any[0] : new AnyTest(any.ToImmutable(), span);
    }

    private SourceTest Source(LogSourceVariant variant, TestCompiler compiler) =>
        new([.. variant.Source.Select(item => Compile(item, compiler))], sources);

    /// <summary>What an event of Sysmon for Linux says when it is of a log source; null if nothing is known of that.</summary>
    private SourceTest? OnLinux(LogSource source, TestCompiler compiler) =>
        source.Product is null or "linux" && LogSources.BuiltIn.SysmonIdsOf(source) is { IsEmpty: false } ids ? new SourceTest([.. ids.Select(item => Compile(item, compiler))], sources) : null;

    private static EventTest Compile(Detection detection, TestCompiler compiler)
    {
        var item = (DetectionItem)detection;
        return compiler.Compile(new MatchExpr(item.Field, item.Values, item.IsList, item.Span))!;
    }

    /// <summary>The events of every category whose variants are known, for a rule of none of them.</summary>
    /// <param name="services">Whether also those of the services: a rule of no product is not about a log of Windows that has an owner.</param>
    /// <param name="compiler">Makes the tests.</param>
    private ImmutableArray<SourceTest> KnownCategories(bool services, TestCompiler compiler)
    {
        if (!knownCategories.TryGetValue(services, out ImmutableArray<SourceTest> known))
        {
            known = knownCategories[services] =
            [
                .. LogSources.BuiltIn.Categories.Concat(services ? LogSources.BuiltIn.Services : [])
                    .SelectMany(LogSources.BuiltIn.VariantsOf)
                    .Select(variant => Source(variant, compiler)),
            ];
        }

        return known;
    }
}
