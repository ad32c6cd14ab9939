using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Knows which built-in pipeline maps what the pipelines of a run leave, by trying them.</summary>
/// <param name="catalog">The targets there are; their folders may hold pipelines.</param>
/// <param name="backend">The target.</param>
/// <param name="given">The user's pipelines.</param>
/// <param name="withOwn">Whether the target's own may run.</param>
internal sealed class PipelineAdvice(BackendCatalog catalog, Backend backend, IReadOnlyList<Pipeline> given, bool withOwn)
{
    private static readonly Span Nowhere = new(new SourceText("", ""), 0, 0);

    private readonly ConcurrentDictionary<(string? Product, string? Category, string? Service, string? Field), string?> known = new();
    private readonly ConcurrentDictionary<(string Name, string? Product, string? Category, string? Service), bool> fitting = new();
    private readonly Lazy<Candidate[]> candidates = new(() => Candidates(catalog, backend, given, withOwn));

    /// <summary>Finds a pipeline that maps a field of a log source, or names the log of one.</summary>
    /// <param name="source">The log source of the rule.</param>
    /// <param name="field">The field as rules name it; null for the log.</param>
    /// <returns>The name for <c>-p</c>; null if none does. One that is made for the target comes before one for any.</returns>
    public string? For(LogSource source, string? field) =>
        known.GetOrAdd((source.Product, source.Category, source.Service, field), _ => field is null
            ? candidates.Value.FirstOrDefault(candidate => candidate.SpeaksOf(source) && Try(candidate, source, null) is { Failed: false, Mapping.LogNamed: true } run && IsOfProduct(run, source))?.Name
            : Fitting(source).FirstOrDefault(candidate => candidate.SpeaksOf(field) && Try(candidate, source, field) is { Failed: false } run && run.UnmappedFields().Count == 0)?.Name);

    /// <summary>
    /// The pipelines of the target that are about a log source. One for another product may map a field of the same name to
    /// something else, and one for any target gives it a name that the target's schema need not have.
    /// </summary>
    private IEnumerable<Candidate> Fitting(LogSource source) =>
        candidates.Value.Where(candidate => !candidate.IsForAny && Fits(candidate, source));

    private bool Fits(Candidate candidate, LogSource source) =>
        fitting.GetOrAdd((candidate.Name, source.Product, source.Category, source.Service), _ => candidate.SpeaksOf(source) && Try(candidate, source, null) is { Mapping: { Renamed: true } or { LogNamed: true } } run && IsOfProduct(run, source));

    /// <summary>
    /// Whether a pipeline leaves the rule with its product. One that looks for the events of a proxy in the logs of Zeek helps only those
    /// who have Zeek, and they know it.
    /// </summary>
    private static bool IsOfProduct(PipelineRun run, LogSource source) => string.Equals(run.Rule.LogSource.Product, source.Product, StringComparison.OrdinalIgnoreCase);

    private static PipelineRun? Try(Candidate candidate, LogSource source, string? field)
    {
        if (candidate.Read() is not var (pipelines, settings))
        {
            return null;
        }

        NamedDetection[] detections = field is null
            ? []
            : [new NamedDetection("selection", new AllOfDetection([Item(field)], Nowhere), Nowhere)];
        var run = new PipelineRun(new SigmaRule(new Metadata(), source, [.. detections], [], Nowhere), [], settings);
        run.Apply(pipelines);
        return run;
    }

    private static DetectionItem Item(string field) =>
        new(field, [], [new StringValue(SigmaString.OfLiteral("x"), Cased: false, Nowhere)], IsList: false, All: false, Negated: false, Nowhere, Nowhere);

    private static Candidate[] Candidates(BackendCatalog catalog, Backend backend, IReadOnlyList<Pipeline> given, bool withOwn)
    {
        HashSet<string> used = [.. PipelineCatalog.For(backend, given, withOwn).Select(pipeline => pipeline.Name)];
        var found = new List<Candidate>();
        foreach (BuiltInPipeline entry in PipelineCatalog.BuiltIn(catalog))
        {
            // Most pipelines are for another target, so what stands before the transformations is read first.
            SourceText source = entry.Open();
            if (PipelineReader.ReadHead(source, entry.Name) is { } head && MayHelp(head, backend) && !used.Contains(head.Name))
            {
                found.Add(new Candidate(entry.Name, source, head.AllowedBackends.IsEmpty, backend, given, withOwn));
            }
        }

        return [.. found.OrderBy(candidate => candidate.IsForAny)];
    }

    /// <summary>A pipeline for any target that has a whole schema, such as OCSF, is no advice: whoever has that schema knows it.</summary>
    private static bool MayHelp(Pipeline head, Backend backend) =>
        PipelineCatalog.IsFor(head, backend) && head is not { AllowedBackends.IsEmpty: true, Complete.Fields: true };

    /// <summary>A pipeline that may be used. It is read only for a field or a log that its text speaks of.</summary>
    private sealed class Candidate(string name, SourceText text, bool isForAny, Backend backend, IReadOnlyList<Pipeline> given, bool withOwn)
    {
        private readonly Lazy<(IReadOnlyList<Pipeline> All, PipelineSettings Settings)?> read = new(() =>
        {
            if (PipelineReader.Read(text, name, []) is not { } pipeline)
            {
                return null;
            }

            IReadOnlyList<Pipeline> all = PipelineCatalog.For(backend, [.. given, pipeline], withOwn);
            return (all, PipelineSettings.Default.For(all, backend.Name, "", ImmutableDictionary<string, string>.Empty));
        });

        /// <summary>Whether a field's name takes its new one from more than a table, so that the text need not have it.</summary>
        private readonly bool hasRules = text.Text.Contains("field_name_prefix", StringComparison.Ordinal)
            || text.Text.Contains("field_name_suffix", StringComparison.Ordinal)
            || text.Text.Contains("field_name_transform", StringComparison.Ordinal);

        /// <summary>The names of log sources that were looked for: thousands of rules ask for the same few.</summary>
        private readonly ConcurrentDictionary<string, bool> spoken = new(StringComparer.OrdinalIgnoreCase);

        public string Name => name;

        public bool IsForAny => isForAny;

        /// <summary>Whether the text has the name of a field.</summary>
        public bool SpeaksOf(string field) => hasRules || text.Text.Contains(field, StringComparison.Ordinal);

        /// <summary>Whether the text has a name of a log source.</summary>
        public bool SpeaksOf(LogSource source) =>
            SpeaksOfName(source.Product) || SpeaksOfName(source.Category) || SpeaksOfName(source.Service);

        private bool SpeaksOfName(string? part) =>
            part is not null && spoken.GetOrAdd(part, static (asked, all) => all.Contains(asked, StringComparison.OrdinalIgnoreCase), text.Text);

        /// <summary>The pipeline, with all that would run together with it; null if it cannot be read.</summary>
        public (IReadOnlyList<Pipeline> All, PipelineSettings Settings)? Read() => read.Value;
    }
}
