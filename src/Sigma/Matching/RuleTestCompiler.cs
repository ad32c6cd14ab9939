using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Matching;

/// <summary>Makes rules ready to be asked, all over one table of fields.</summary>
/// <param name="fields">Takes the fields that are asked for.</param>
/// <param name="pipelines">The user's pipelines, in the order they run.</param>
/// <param name="settings">What the pipelines share.</param>
/// <param name="unknown">What is done with events that do not tell their log; null to try them on every rule.</param>
/// <param name="regexTime">How long the expressions of a rule that need backtracking may take together; null for the usual time.</param>
internal sealed class RuleTestCompiler(
    FieldTable fields, IReadOnlyList<Pipeline> pipelines, PipelineSettings settings, UnknownEvents? unknown = null, TimeSpan? regexTime = null)
{
    private readonly RegexBudget run = new(regexTime ?? RegexBudget.Usual);
    private readonly SourceFields sources = new(fields);
    private readonly Dictionary<bool, ImmutableArray<SourceTest>> claims = [];

    /// <summary>The fields by which events tell their log source.</summary>
    public SourceFields Sources => sources;

    /// <summary>Makes a rule ready, for the events of any of its conditions.</summary>
    /// <param name="rule">The rule, with its filters.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    /// <returns>The test; null after a report.</returns>
    public RuleTest? Compile(SigmaRule rule, List<Diagnostic> diagnostics) =>
        Prepare(rule, diagnostics) is { } prepared ? Compile(prepared, [.. prepared.Conditions.Select(condition => condition.Search)], diagnostics) : null;

    /// <summary>Runs the user's pipelines over a rule.</summary>
    /// <returns>The rule; null after a report.</returns>
    public SigmaRule? Prepare(SigmaRule rule, List<Diagnostic> diagnostics)
    {
        var run = new PipelineRun(rule, diagnostics, settings);
        run.Apply(pipelines);
        return run.Failed ? null : run.Rule;
    }

    /// <summary>Runs the user's pipelines over a rule, and over fields that are counted of it, so that the same mappings rename both.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="counted">The fields.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    /// <returns>The rule, and for each field the names that events may have for it; null after a report.</returns>
    public (SigmaRule Rule, IReadOnlyList<IReadOnlyList<string>> Names)? Prepare(SigmaRule rule, IReadOnlyList<string> counted, List<Diagnostic> diagnostics)
    {
        SigmaRule asked = rule with { ExtraFields = [.. counted.Select(field => new ExtraField(field, isSingle: false, rule.Span))] };
        if (Prepare(asked, diagnostics) is not { } prepared)
        {
            return null;
        }

        ImmutableArray<ExtraField>[] ways = [prepared.ExtraFields, .. LogSources.BuiltIn.RecordingsOf(prepared).Select(recording => recording.ExtraFields)];
        IReadOnlyList<string>[] names = [.. counted.Select((_, i) => (string[])[.. ways.SelectMany(way => way[i].Names).Distinct()])];
        return (prepared, names);
    }

    /// <summary>Makes a rule that the pipelines have left ready, for the events that any of some searches selects.</summary>
    public RuleTest? Compile(SigmaRule rule, ImmutableArray<ConditionNode> searches, List<Diagnostic> diagnostics)
    {
        var compiler = new TestCompiler(fields, diagnostics, run.OfRule());
        if (Body(rule, searches, compiler, diagnostics) is not { } plain)
        {
            return null;
        }

        var recordings = ImmutableArray.CreateBuilder<(SourceTest, EventTest)>();
        foreach (Recording recording in LogSources.BuiltIn.RecordingsOf(rule))
        {
            bool renamed = !LogSources.AreSame(recording.Rule.Detections, rule.Detections);
            if ((renamed ? Body(recording.Rule, searches, compiler, []) : plain) is not { } body)
            {
                continue;
            }

            EventTest[] further = [.. recording.Further.Select(item => Compile(item, compiler))];
            recordings.Add((Source(recording, compiler), further.Length == 0 ? body : new AllTest([.. further, body], body.Span)));
        }

        return new RuleTest(rule.LogSource, sources, plain, recordings.ToImmutable(), recordings.Count == 0 ? Claims(rule.LogSource.Product is null, compiler) : [], unknown ?? UnknownEvents.OfTheRule);
    }

    private static EventTest? Body(SigmaRule rule, ImmutableArray<ConditionNode> searches, TestCompiler compiler, List<Diagnostic> diagnostics)
    {
        var any = ImmutableArray.CreateBuilder<EventTest>();
        foreach (ConditionNode search in searches)
        {
            if (Normalizer.Normalize(rule, search, diagnostics) is not { } expr || compiler.Compile(expr) is not { } test)
            {
                return null;
            }

            any.Add(test);
        }

        return any.Count == 1 ? any[0] : new AnyTest(any.ToImmutable(), rule.Span);
    }

    private SourceTest Source(Recording recording, TestCompiler compiler) =>
        new([.. recording.Source.Select(item => Compile(item, compiler))], sources);

    private static EventTest Compile(Detection detection, TestCompiler compiler)
    {
        var item = (DetectionItem)detection;
        return compiler.Compile(new MatchExpr(item.Field, item.Values, item.IsList, item.Span))!;
    }

    /// <summary>The events of every category whose recordings are known, for a rule of none of them.</summary>
    /// <param name="services">Whether also those of the services: a rule of no product is not about a log of Windows that has an owner.</param>
    /// <param name="compiler">Makes the tests.</param>
    private ImmutableArray<SourceTest> Claims(bool services, TestCompiler compiler)
    {
        if (!claims.TryGetValue(services, out ImmutableArray<SourceTest> known))
        {
            var nowhere = new Span(new SourceText("", ""), 0, 0);
            known = claims[services] =
            [
                .. LogSources.BuiltIn.Categories.Concat(services ? LogSources.BuiltIn.Services : [])
                    .SelectMany(source => LogSources.BuiltIn.RecordingsOf(new SigmaRule(new Metadata(), source, [], [], nowhere)))
                    .Select(recording => Source(recording, compiler)),
            ];
        }

        return known;
    }
}
