using Sigma.Alerts;
using Sigma.Backends;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>Converts rules to queries. The stages in order: read, parse, plan, emit, print.</summary>
/// <param name="targets">The targets to write for.</param>
public sealed class Compiler(IReadOnlyList<CompilerTarget> targets)
{
    /// <summary>Converts every rule of a source for every target. Correlations and filters see the rules of this source only.</summary>
    /// <param name="source">The text of a rule file.</param>
    /// <param name="selected">Returns whether to convert a rule, by its metadata; null for all rules.</param>
    /// <returns>The conversions in the order of the file, and of the targets within a rule.</returns>
    public IEnumerable<Conversion> Convert(SourceText source, Func<ReadDocument, bool>? selected = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(source);
        bool alone = documents.All(document => document.Document is SigmaRule or null);
        return Convert(documents, alone ? RuleSet.Empty : RuleSet.Link(documents), selected);
    }

    /// <summary>Converts the documents of one file, linked with those of others.</summary>
    /// <param name="documents">The documents of the file.</param>
    /// <param name="rules">The documents of all files.</param>
    /// <param name="selected">Returns whether to convert a rule, by its metadata; null for all rules.</param>
    /// <returns>The conversions in the order of the file, and of the targets within a rule.</returns>
    public IEnumerable<Conversion> Convert(IReadOnlyList<ReadDocument> documents, RuleSet rules, Func<ReadDocument, bool>? selected = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(rules);
        return Each(documents, selected, (document, target, place) => Convert(document, rules, target, place));
    }

    /// <summary>Plans the documents of one file without writing queries.</summary>
    /// <param name="documents">The documents of the file.</param>
    /// <param name="rules">The documents of all files.</param>
    /// <returns>The plans in the order of the file, and of the targets within a rule.</returns>
    public IEnumerable<PlannedRule> Plan(IReadOnlyList<ReadDocument> documents, RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(rules);
        return Each(documents, null, (document, target, _) =>
        {
            List<Diagnostic> diagnostics = [.. document.Diagnostics, .. rules.FindingsOf(document)];
            bool plans = rules.PartOf(document) is null && !diagnostics.Exists(d => d.Severity is Severity.Error);
            return new PlannedRule(document.Metadata, plans ? Plans(document, rules, target, diagnostics, null) : [], diagnostics);
        });
    }

    /// <summary>Converts the documents of one file, and keeps a trace of the steps.</summary>
    /// <param name="documents">The documents of the file.</param>
    /// <param name="rules">The documents of all files.</param>
    /// <param name="selected">Returns whether to convert a rule, by its metadata; null for all rules.</param>
    /// <returns>The conversions in the order of the file, and of the targets within a rule.</returns>
    internal IEnumerable<Explanation> Explain(IReadOnlyList<ReadDocument> documents, RuleSet rules, Func<ReadDocument, bool>? selected = null) =>
        Each(documents, selected, (document, target, place) =>
        {
            var trace = new ConversionTrace();
            return new Explanation(document, target, Convert(document, rules, target, place, trace), trace);
        });

    /// <summary>What tells a rule from the others of its file: its id; without one, its title.</summary>
    private static string KeyOf(Metadata metadata) => AlertObject.HasId(metadata) ? "id " + metadata.Id : "title " + metadata.Title;

    /// <summary>Runs an action for each document and target.</summary>
    private IEnumerable<T> Each<T>(IReadOnlyList<ReadDocument> documents, Func<ReadDocument, bool>? selected, Func<ReadDocument, CompilerTarget, RulePlace, T> convert)
    {
        var ordinals = new Dictionary<string, (int Queries, Metadata First)>(StringComparer.Ordinal);
        int index = 0;
        foreach (ReadDocument document in documents)
        {
            if (selected is null || selected(document))
            {
                string key = KeyOf(document.Metadata);
                (int before, Metadata? first) = ordinals.GetValueOrDefault(key);
                var place = new RulePlace(index, before, first);
                foreach (CompilerTarget target in targets)
                {
                    yield return convert(document, target, place);
                }

                ordinals[key] = (before + (document.Document is SigmaRule rule ? rule.Conditions.Length : 1), first ?? document.Metadata);
            }

            index++;
        }
    }

    /// <summary>Returns the conversions of a file that could not be read: a failed rule for every target.</summary>
    /// <param name="error">Why it could not be read.</param>
    public IEnumerable<Conversion> Fail(Diagnostic error) => targets.Select(target =>
        new Conversion(new Metadata(), target.Backend.Name, target.Format.Name, ConversionStatus.Failed, [], [error], 0));

    private static Conversion Convert(ReadDocument document, RuleSet rules, CompilerTarget target, RulePlace place)
    {
        Conversion conversion = Convert(document, rules, target, place, null);
        return conversion.Objects.Count == 0
            ? conversion
            : conversion with { Renumbered = added => Convert(document, rules, target, new RulePlace(place.Index, place.Before + added, null), null) };
    }

    private static Conversion Convert(ReadDocument document, RuleSet rules, CompilerTarget target, RulePlace place, ConversionTrace? trace)
    {
        int before = place.Before;
        List<ObjectName>? objects = target.Format.Makes is null ? null : [];
        var diagnostics = new List<Diagnostic>(document.Diagnostics);
        diagnostics.AddRange(rules.FindingsOf(document));
        List<string> queries = [];
        DocumentQuery? part = null;
        List<string> fileNames = [];
        if (rules.PartOf(document) is { } correlation)
        {
            diagnostics.Add(Diagnostic.PartOfCorrelation(document.Span with { Length = 0 }, correlation));
        }
        else if (!diagnostics.Exists(d => d.Severity is Severity.Error))
        {
            var writer = new QueryWriter(target, diagnostics, objects, fileNames, trace);
            IReadOnlyList<Plan> plans = Plans(document, rules, target, diagnostics, trace);
            if (target.Format.Document is { } whole)
            {
                part = plans.Count > 0 ? writer.WriteConditions(plans) : null;
                queries = part is not null && writer.WriteDocument(whole, part, plans[0]) is { } text ? [text] : [];
                plans = [];
            }

            foreach (Plan plan in plans)
            {
                if (writer.Write(plan, ++before) is { } query)
                {
                    queries.Add(query);
                }
            }
        }

        if (objects is { Count: > 0 } && place.SameObject(document.Metadata, objects[0]) is { } same)
        {
            diagnostics.Add(same);
        }

        bool failed = diagnostics.Exists(d => d.Severity is Severity.Error);
        ConversionStatus status = failed ? ConversionStatus.Failed : queries.Count == 0 ? ConversionStatus.Skipped : ConversionStatus.Converted;
        if (diagnostics.Count > 1)
        {
            diagnostics = [.. diagnostics.OrderBy(d => d.Span?.Start ?? 0)];
        }

        return new Conversion(document.Metadata, target.Backend.Name, target.Format.Name, status, failed ? [] : queries, diagnostics, place.Index)
        {
            Extension = target.Format.Extension,
            Frame = target.Format.Frame,
            Alone = target.Format.Alone,
            FileNames = fileNames.Count == queries.Count ? fileNames : [],
            Objects = failed || objects is null ? [] : objects,
            Part = failed ? null : part,
        };
    }

    private static IReadOnlyList<Plan> Plans(
        ReadDocument document, RuleSet rules, CompilerTarget target, List<Diagnostic> diagnostics, ConversionTrace? trace)
    {
        var planner = new Planner(target.Pipelines, target.PipelineSettings, target.Backend.Title);
        switch (document.Document)
        {
            case SigmaRule rule:
                return planner.Plan(rules.Filtered(rule), diagnostics, trace?.Add(rule, rules)) ?? [];

            // What a target cannot count is said once, not after all that its rules have.
            case SigmaCorrelation { Correlation: var counted } when target.Renderer.Refusal(counted) is { } refusal:
                diagnostics.Add(refusal);
                return [];
            case SigmaCorrelation correlation:
                return new CorrelationPlanner(planner, rules, diagnostics, trace).Plan(correlation) is { } plan ? [plan] : [];
            default:
                return [];
        }
    }
}
