using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Matching;

/// <summary>Makes rules ready to be asked, all over one table of fields.</summary>
/// <param name="fields">Receives the fields that are asked for.</param>
/// <param name="pipelines">The user's pipelines, in the order they run.</param>
/// <param name="settings">The settings that the pipelines share.</param>
/// <param name="unknown">What is done with events that do not tell their log; null to try them on every rule.</param>
/// <param name="regexTime">How long the expressions of a rule that need backtracking may take together; null for the usual time.</param>
internal sealed class RuleTestCompiler(
    FieldTable fields, IReadOnlyList<Pipeline> pipelines, PipelineSettings settings, UnknownEvents? unknown = null, TimeSpan? regexTime = null)
{
    private readonly Planner planner = new(pipelines, settings, "sigmac match");
    private readonly RegexBudget run = new(regexTime ?? RegexBudget.Usual);
    private readonly SourceFields sources = new(fields);
    private readonly Dictionary<bool, ImmutableArray<SourceTest>> knownCategories = [];

    /// <summary>Plans rules with the user's pipelines.</summary>
    public Planner Planner => planner;

    /// <summary>The fields by which events tell their log source.</summary>
    public SourceFields Sources => sources;

    /// <summary>Makes a rule ready, for the events of any of its conditions.</summary>
    /// <param name="rule">The rule, with its filters.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <returns>The test; null after an error.</returns>
    public RuleTest? Compile(SigmaRule rule, List<Diagnostic> diagnostics) =>
        Plan(rule, [], diagnostics) is { } planned ? Compile(planned, [.. planned.Searches.Select(searches => searches[0])], diagnostics) : null;

    /// <summary>Plans a rule, and fields that are counted of it, so that the same mappings rename both.</summary>
    /// <param name="rule">The rule, with its filters.</param>
    /// <param name="counted">The fields.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <returns>The plans; null after an error.</returns>
    public VariantPlans? Plan(SigmaRule rule, IReadOnlyList<string> counted, List<Diagnostic> diagnostics)
    {
        SigmaRule asked = rule with { ExtraFields = [.. counted.Select(field => new ExtraField(field, isSingle: false, rule.Span))] };
        return planner.PlanSearches(asked, diagnostics) is { } searches ? new VariantPlans(searches) : null;
    }

    /// <summary>Makes searches of one rule ready, for the events that any of them selects.</summary>
    /// <param name="planned">The rule's plans.</param>
    /// <param name="searches">Some of its searches.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    /// <returns>The test; null after an error.</returns>
    public RuleTest? Compile(VariantPlans planned, IReadOnlyList<SearchPlan> searches, List<Diagnostic> diagnostics)
    {
        SigmaRule rule = planned.Rule;
        var compiler = new TestCompiler(fields, diagnostics, run.OfRule());
        if (Any(searches.Select(search => search.Expression), compiler, rule.Span) is not { } plain)
        {
            return null;
        }

        var variants = ImmutableArray.CreateBuilder<(SourceTest, EventTest)>();
        foreach (LogSourceVariant variant in planned.Variants)
        {
            bool renamed = !LogSources.AreSame(variant.Rule.Detections, rule.Detections);
            if ((renamed ? Any(searches.SelectMany(plan => plan.Searches).Select(search => Planning.Planner.Express(variant.Rule, search, [])), compiler, rule.Span) : plain) is not { } body)
            {
                continue;
            }

            EventTest[] further = [.. variant.Further.Select(item => Compile(item, compiler))];
            variants.Add((Source(variant, compiler), further.Length == 0 ? body : new AllTest([.. further, body], body.Span)));
        }

        return new RuleTest(rule.LogSource, sources, plain, variants.ToImmutable(), variants.Count == 0 ? KnownCategoryTests(rule.LogSource.Product is null, compiler) : [], unknown ?? UnknownEvents.OfTheRule);
    }

    /// <summary>The events of any of some expressions; null where one of them cannot be tested.</summary>
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

    private static EventTest Compile(Detection detection, TestCompiler compiler)
    {
        var item = (DetectionItem)detection;
        return compiler.Compile(new MatchExpr(item.Field, item.Values, item.IsList, item.Span))!;
    }

    /// <summary>The events of every category whose variants are known, for a rule of none of them.</summary>
    /// <param name="services">Whether also those of the services: a rule of no product is not about a log of Windows that has an owner.</param>
    /// <param name="compiler">Makes the tests.</param>
    private ImmutableArray<SourceTest> KnownCategoryTests(bool services, TestCompiler compiler)
    {
        if (!knownCategories.TryGetValue(services, out ImmutableArray<SourceTest> known))
        {
            var nowhere = new Span(new SourceText("", ""), 0, 0);
            known = knownCategories[services] =
            [
                .. LogSources.BuiltIn.Categories.Concat(services ? LogSources.BuiltIn.Services : [])
                    .SelectMany(source => LogSources.BuiltIn.VariantsOf(new SigmaRule(new Metadata(), source, [], [], nowhere)))
                    .Select(variant => Source(variant, compiler)),
            ];
        }

        return known;
    }
}
