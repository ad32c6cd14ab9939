using Sigma.Matching;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Samples;

/// <summary>
/// Makes events that rules match, and near misses that they must not match. Each is judged by the matcher, in the very form in
/// which it is printed, before anyone sees it.
/// </summary>
/// <param name="settings">What the user wants.</param>
/// <param name="pipelines">The user's pipelines in the order they run; they name the fields of the events.</param>
/// <param name="pipelineSettings">What the pipelines share; null for nothing.</param>
public sealed class RuleSampler(SampleSettings settings, IReadOnlyList<Pipeline> pipelines, PipelineSettings? pipelineSettings = null)
{
    private readonly PipelineSettings given = pipelineSettings ?? PipelineSettings.Default;

    /// <summary>Makes the samples of a rule.</summary>
    /// <param name="rule">The rule, with its filters.</param>
    /// <returns>The samples, those of several conditions one after another.</returns>
    public RuleSamples Make(SigmaRule rule)
    {
        var diagnostics = new List<Diagnostic>();
        var run = new PipelineRun(rule, diagnostics, given.For(pipelines, "match", "", new Dictionary<string, string>()));
        run.Apply(pipelines);
        if (run.Failed || RuleMatcher.Create(rule, diagnostics, pipelines, given) is not { } matcher)
        {
            return new RuleSamples([], [.. diagnostics.Distinct()]);
        }

        // The first way in which Windows records such events is the usual one: Sysmon, where it has the category.
        Recording? recording = LogSources.BuiltIn.RecordingsOf(run.Rule).FirstOrDefault();
        SigmaRule recorded = recording?.Rule ?? run.Rule;
        MatchExpr[] added = recording is null ? [] : [.. recording.Source.Concat(recording.Further).Cast<DetectionItem>().Select(Test)];
        ulong random = EventTable.Hash(rule.Metadata.Id ?? rule.Metadata.Title, (ulong)settings.Seed);
        var frame = new EventFrame(run.Rule.LogSource, random);
        var samples = new List<Sample>();
        foreach (Condition condition in recorded.Conditions)
        {
            if (Normalizer.Normalize(recorded, condition.Search, diagnostics) is { } expr)
            {
                Expr whole = added.Length == 0 ? expr : new AndExpr([.. added, expr], expr.Span);
                RuleSamples made = new ExprSampler(whole, new HashSet<Expr>(added, ReferenceEqualityComparer.Instance), frame, settings, Judge).Make();
                samples.AddRange(made.Samples);
                diagnostics.AddRange(made.Diagnostics);
            }
        }

        return new RuleSamples([.. samples.OrderBy(sample => sample.Matches ? 0 : 1)], [.. diagnostics.Distinct()]);

        bool Judge(SampleEvent sample) => matcher.Matches(Event.Parse(sample.ToJson(settings.Shape), out _)!);
    }

    private static MatchExpr Test(DetectionItem item) => new(item.Field, item.Values, item.IsList, item.Span);
}
