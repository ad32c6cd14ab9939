using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>
/// Finds what the pipelines leave as the rule has it: fields that none of them maps, and a log source of which none says which
/// log holds it. A query for these runs, and finds nothing, or searches every log.
/// </summary>
/// <param name="run">The rule on its way.</param>
internal sealed class MappingCheck(PipelineRun run)
{
    private readonly LogSource asked = run.Rule.LogSource;
    private bool completeFields;
    private bool mapsAll;
    private bool selected;

    /// <summary>Whether a step that acts on rules of some log source has named the log of this one.</summary>
    public bool LogNamed { get; private set; }

    /// <summary>Whether a renaming of any pipeline has acted, so that the fields of the rule's log source are known there.</summary>
    public bool Renamed { get; private set; }

    /// <summary>Begins with the steps of a pipeline.</summary>
    public void Enter(Pipeline pipeline) => completeFields = pipeline.Complete is { Fields: true };

    /// <summary>Lets a step act whose conditions hold, and keeps what that says about the rule's log source.</summary>
    /// <remarks>A map whose conditions do not hold is none for this rule, so its pipeline claims nothing about it.</remarks>
    public void Act(PipelineItem item, Action apply)
    {
        bool outer = selected;
        selected |= item.RuleConditions.Conditions.Any(condition => condition is LogSourceCondition);
        LogNamed |= selected && item.Transformation.NamesLogs;
        Renamed |= item.Transformation is FieldRenaming or LegacyFieldMappings;
        mapsAll |= completeFields && item.Transformation is FieldRenaming;
        apply();
        selected = outer;
    }

    /// <summary>The rule has another log source now.</summary>
    public void Forget() => LogNamed = false;

    /// <summary>Reports what is not mapped, if the settings say so.</summary>
    /// <param name="pipelines">The pipelines that have run.</param>
    public void Report(IReadOnlyList<Pipeline> pipelines)
    {
        if (run.Settings.Unmapped is not { } severity)
        {
            return;
        }

        bool isError = severity is Severity.Error;
        if (mapsAll || (!run.Settings.UnmappedIfComplete && pipelines.Any(pipeline => pipeline.Complete is null)))
        {
            foreach ((string field, Span span) in run.UnmappedFields().Concat(run.UnmappedCountedFields()).DistinctBy(field => field.Field))
            {
                ReportField(field, span, isError);
            }
        }

        LogSource source = run.Rule.LogSource;
        if (!LogNamed && source is not { Category: null, Service: null } && pipelines.Any(pipeline => pipeline.Complete is { LogSources: true }))
        {
            ReportLogSource(source, isError);
        }
    }

    private void ReportField(string field, Span span, bool isError)
    {
        string target = run.Settings.Target;
        string? pipeline = run.Settings.PipelineFor?.Invoke(asked, field);
        Diagnostic finding = isError ? Diagnostic.FieldMustBeMapped(span, field, target) : Diagnostic.FieldNotMapped(span, field, target);
        run.Report(finding.About(field, target, pipeline));
    }

    private void ReportLogSource(LogSource source, bool isError)
    {
        string target = run.Settings.Target;
        string name = source.ShortName;
        string? pipeline = run.Settings.PipelineFor?.Invoke(asked, null);
        Diagnostic finding = isError ? Diagnostic.LogSourceMustBeMapped(source.Span, name, target) : Diagnostic.LogSourceNotMapped(source.Span, name, target);
        run.Report(finding.About(name, target, pipeline));
    }
}
