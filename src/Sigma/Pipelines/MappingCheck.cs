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
    private readonly HashSet<string> logConditions = new(StringComparer.Ordinal);
    private bool completeFields;
    private bool mapsAll;
    private bool selected;
    private bool about;

    /// <summary>The log source that the rule was written for.</summary>
    public LogSource Asked { get; } = run.Rule.LogSource;

    /// <summary>Whether a step that acts on rules of some log source has named the log of this one.</summary>
    public bool LogNamed { get; private set; }

    /// <summary>Whether it was named by its index.</summary>
    public bool IndexNamed { get; private set; }

    /// <summary>The added detections that name it.</summary>
    public IEnumerable<NamedDetection> LogConditions => run.Rule.Detections.Where(detection => logConditions.Contains(detection.Name));

    /// <summary>Whether a renaming for rules of some log source has acted, so that a pipeline knows the fields of this one.</summary>
    public bool Renamed { get; private set; }

    /// <summary>Whether fields that no step mapped are missing in the schema, as far as the pipelines say.</summary>
    public bool ChecksFields { get; private set; }

    /// <summary>Whether the log of the rule should have been named, and was not.</summary>
    public bool LogIsMissing { get; private set; }

    /// <summary>Begins with the steps of a pipeline.</summary>
    public void Enter(Pipeline pipeline) => completeFields = pipeline.Complete is { Fields: true };

    /// <summary>Lets a step act whose conditions hold, and keeps what that says about the rule's log source.</summary>
    /// <remarks>A map whose conditions do not hold is none for this rule, so its pipeline claims nothing about it.</remarks>
    public void Act(PipelineItem item)
    {
        (bool outerSelected, bool outerAbout) = (selected, about);

        // What holds for a whole product, such as the index of all its logs, does not say which of them. It is all that a rule
        // for a whole product asks for. A condition that is made from the rule's service or category says it too.
        bool asksForAll = run.Rule.LogSource is { Category: null, Service: null };
        foreach (RuleCondition condition in item.RuleConditions.Conditions)
        {
            if (condition is LogSourceCondition { Source: var source })
            {
                about = true;
                selected |= asksForAll || source is { Category: not null } or { Service: not null } || item.Transformation is AddCondition { DependsOnLogSource: true };
            }
        }

        Renamed |= about && item.Transformation is (FieldRenaming or LegacyFieldMappings);
        mapsAll |= item.Transformation is FieldRenaming renaming && (completeFields || renaming.IsComplete);
        int before = run.Rule.Detections.Length;
        item.Transformation.Apply(run, item);
        if (selected && item.Transformation.NamesLogs)
        {
            LogNamed = true;
            IndexNamed |= item.Transformation is SetState or LegacyIndex;
            for (int i = before; i < run.Rule.Detections.Length; i++)
            {
                logConditions.Add(run.Rule.Detections[i].Name);
            }
        }

        (selected, about) = (outerSelected, outerAbout);
    }

    /// <summary>The rule has another log source now, whose log is to be named.</summary>
    public void Forget()
    {
        LogNamed = false;
        IndexNamed = false;
        logConditions.Clear();
    }

    /// <summary>Reports what is not mapped, if the settings say so.</summary>
    /// <param name="pipelines">The pipelines that have run.</param>
    public void Report(IReadOnlyList<Pipeline> pipelines)
    {
        LogSource source = run.Rule.LogSource;
        bool isAsked = run.Settings.Unmapped is UnmappedNames.Warn or UnmappedNames.Refuse;
        bool isBare = isAsked && run.Settings.WithoutOwn && pipelines.Count == 0;
        ChecksFields = mapsAll || isBare || (isAsked && pipelines.Any(pipeline => pipeline.Complete is null));
        LogIsMissing = !LogNamed && (isBare || pipelines.Any(pipeline => pipeline.Complete is { LogSources: true })) && HasLogs(source, pipelines)
            && (isAsked || !pipelines.Any(pipeline => pipeline.InSeveralLogs.Any(several => several.Contains(source))));
        if (run.Settings.Unmapped is UnmappedNames.Ignore)
        {
            return;
        }

        bool isError = run.Settings.Unmapped is UnmappedNames.Refuse;
        if (ChecksFields)
        {
            foreach ((string field, Span span) in run.UnmappedFields().Concat(run.UnmappedCountedFields()).DistinctBy(field => field.Field))
            {
                ReportField(field, span, isError);
            }
        }

        if (LogIsMissing)
        {
            ReportLogSource(source, isError);
        }
    }

    /// <summary>
    /// Whether a log can be missing: a rule for a whole product asks for all logs of it, which is all logs of a system with no
    /// other product. It misses a condition on them only where a pipeline knows which they are.
    /// </summary>
    private static bool HasLogs(LogSource source, IReadOnlyList<Pipeline> pipelines) =>
        source is not { Category: null, Service: null }
        || (source.Product is { } product && pipelines.Any(pipeline => pipeline.Items.Any(item => item.Transformation.NamesLogs && item.RuleConditions.Conditions.Any(
            condition => condition is LogSourceCondition { Source.Product: { } known } && known.Equals(product, StringComparison.OrdinalIgnoreCase)))));

    private void ReportField(string field, Span span, bool isError)
    {
        string target = run.Settings.Target;
        Diagnostic finding = isError ? Diagnostic.FieldMustBeMapped(span, field, target) : Diagnostic.FieldNotMapped(span, field, target);
        run.Report(finding.About(field, target, run.Settings.PipelineFor?.Invoke(Asked, field)));
    }

    private void ReportLogSource(LogSource source, bool isError)
    {
        string target = run.Settings.Target;
        string name = source.ShortName;
        Diagnostic finding = isError ? Diagnostic.LogSourceMustBeMapped(source.Span, name, target) : Diagnostic.LogSourceNotMapped(source.Span, name, target);
        run.Report(finding.About(name, target, run.Settings.PipelineFor?.Invoke(Asked, null)));
    }
}
