using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Samples;

/// <summary>
/// Makes events that rules match, and near misses that they must not match. A rule goes through the user's pipelines, then
/// through those that tell how Windows records each kind of event, so that the events say their channel and event id.
/// </summary>
/// <param name="settings">What the user wants.</param>
/// <param name="pipelines">The user's pipelines in the order they run; they name the fields of the events.</param>
/// <param name="pipelineSettings">What the pipelines share; null for nothing.</param>
public sealed class RuleSampler(SampleSettings settings, IReadOnlyList<Pipeline> pipelines, PipelineSettings? pipelineSettings = null)
{
    private static readonly Lazy<IReadOnlyList<Pipeline>> Sysmon = new(() => BuiltIn("sysmon"));
    private static readonly Lazy<IReadOnlyList<Pipeline>> Channels = new(() => BuiltIn("windows-logsources"));

    private readonly PipelineSettings shared = pipelineSettings ?? PipelineSettings.Default;

    /// <summary>Makes the samples of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The samples, those of several conditions one after another.</returns>
    public RuleSamples Make(SigmaRule rule)
    {
        var diagnostics = new List<Diagnostic>();
        var run = new PipelineRun(rule, diagnostics, shared);
        run.Apply(pipelines);
        if (!run.Rule.Detections.Any(detection => detection.IsAdded))
        {
            run.Apply(Sysmon.Value);
        }

        run.Apply(Channels.Value);
        var samples = new List<Sample>();
        if (run.Failed)
        {
            return new RuleSamples(samples, diagnostics);
        }

        var added = new HashSet<Span>();
        foreach (NamedDetection detection in run.Rule.Detections.Where(detection => detection.IsAdded))
        {
            Collect(detection.Body, added);
        }

        ulong random = EventTable.Hash(rule.Metadata.Id ?? rule.Metadata.Title, (ulong)settings.Seed);
        var frame = new EventFrame(rule.LogSource, random);
        foreach (Condition condition in run.Rule.Conditions)
        {
            if (Normalizer.Normalize(run.Rule, condition.Search, diagnostics) is not { } expr)
            {
                continue;
            }

            var judge = new ExprJudge(expr);
            RuleSamples made = new ExprSampler(expr, added, frame, settings, judge.Matches).Make();
            samples.AddRange(made.Samples);
            diagnostics.AddRange(made.Diagnostics);
        }

        return new RuleSamples([.. samples.OrderBy(sample => sample.Matches ? 0 : 1)], diagnostics);
    }

    private static void Collect(Detection detection, HashSet<Span> spans)
    {
        switch (detection)
        {
            case DetectionItem item:
                spans.Add(item.Span);
                break;
            case AllOfDetection all:
                foreach (Detection inner in all.Items)
                {
                    Collect(inner, spans);
                }

                break;
            case AnyOfDetection any:
                foreach (Detection inner in any.Items)
                {
                    Collect(inner, spans);
                }

                break;
        }
    }

    private static IReadOnlyList<Pipeline> BuiltIn(string name) =>
        PipelineReader.Read(BackendFolder.SharedPipeline(name)!, name, []) is { } pipeline ? [pipeline] : [];
}
