using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>What a run that judges events begins with.</summary>
/// <param name="Pipelines">The pipelines, in their order.</param>
/// <param name="PipelineSettings">What the pipelines may use.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Files">The files with events.</param>
internal sealed record MatchInput(IReadOnlyList<Pipeline> Pipelines, PipelineSettings PipelineSettings, RuleCollection Rules, FoundFiles Files)
{
    /// <summary>Finds all that the user named.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <param name="messages">Receives notes.</param>
    /// <param name="diagnostics">Receives what is wrong with it.</param>
    public static MatchInput Open(MatchSettings settings, CommandEnvironment environment, Messages messages, List<Diagnostic> diagnostics) => new(
        [.. TargetSetup.Pipelines(settings.Pipelines, new BackendCatalog(), diagnostics).OrderBy(pipeline => pipeline.Priority)],
        TargetSetup.Settings(settings.Pipelines, diagnostics),
        RuleCollection.Open(settings.Rules, environment, diagnostics),
        EventFiles.Find(settings.Events, diagnostics, messages, settings.Rules.FollowLinks));

    /// <summary>The summary of the run, which knows the files that are missing or passed over.</summary>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="messages">Receives the summary.</param>
    public MatchSummary NewSummary(MatchSettings settings, Messages messages)
    {
        var summary = new MatchSummary(settings, messages);
        summary.PassOver(Files.PassedOver);
        if (Files.IsMissing)
        {
            summary.Miss();
        }

        return summary;
    }
}
