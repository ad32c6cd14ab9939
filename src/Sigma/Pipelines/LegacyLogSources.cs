using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// Reads <c>logsources</c> of an older configuration. Each entry becomes up to three items: its conditions, its index,
/// and last its rewrite, so that the entries after it see the rewritten log source.
/// </summary>
/// <param name="title">The configuration's title.</param>
/// <param name="alternatives">Whether the conditions of several entries that fit are linked by or (<c>logsourcemerging: or</c>).</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class LegacyLogSources(string title, bool alternatives, List<Diagnostic> diagnostics)
{
    /// <summary>Reads the entries.</summary>
    /// <param name="node">What stands under <c>logsources</c>; null if it is absent.</param>
    public IEnumerable<PipelineItem> Read(YamlNode? node)
    {
        switch (node)
        {
            case null:
            case { } nothing when LegacyConfiguration.IsNothing(nothing):
                return [];
            case YamlMapping map:
                return [.. map.Entries.SelectMany(ReadEntry)];
            default:
                diagnostics.Add(Diagnostic.PipelineValue(node.Span, "logsources", "a map", node.Kind));
                return [];
        }
    }

    private IEnumerable<PipelineItem> ReadEntry(YamlEntry entry)
    {
        if (entry.Value is not YamlMapping map)
        {
            diagnostics.Add(Diagnostic.PipelineValue(entry.Value.Span, entry.Name, "a map", entry.Value.Kind));
            return [];
        }

        var parameters = new Parameters(map, entry.Name, [], diagnostics);
        var fits = new ConditionSet<RuleCondition>([LogSourceCondition.Read(parameters)], Any: false, Negated: false, Expression: null);
        (string Key, Transformation? Step)[] steps =
        [
            ("conditions", ReadConditions(parameters.Node("conditions"))),
            ("index", ReadIndex(parameters)),
            ("rewrite", ReadRewrite(entry.Name, parameters.Node("rewrite"))),
        ];
        parameters.ReportUnknown();
        return steps.Where(one => one.Step is not null)
            .Select(one => LegacyConfiguration.Item(entry.Name, one.Key, one.Step!, fits, entry.Key.Span));
    }

    /// <summary>The older program put the conditions into every bracket of a rule's condition as well, and so does this.</summary>
    private Transformation? ReadConditions(YamlNode? node)
    {
        if (node is null || LegacyConfiguration.IsNothing(node))
        {
            return null;
        }

        if (node is not YamlMapping map)
        {
            diagnostics.Add(Diagnostic.PipelineValue(node.Span, "conditions", "a map", node.Kind));
            return null;
        }

        var parser = new DetectionParser(diagnostics);
        ImmutableArray<Detection> tests =
            [.. map.Entries.Select(entry => parser.ParseItem(entry.Name, entry.Key.Span, entry.Value)).OfType<DetectionItem>()];
        if (tests.IsEmpty)
        {
            return null;
        }

        var body = new AllOfDetection(tests, map.Span);
        return alternatives
            ? new LegacyAlternative(body, $"logsources of {title}")
            : new AddCondition(body, name: null, template: false, negated: false, eachGroup: true);
    }

    private static LegacyIndex? ReadIndex(Parameters parameters) =>
        parameters.Node("index") is { } node && !LegacyConfiguration.IsNothing(node)
            ? new LegacyIndex([.. parameters.TextsOf("index", node)])
            : null;

    private Transformation? ReadRewrite(string owner, YamlNode? node)
    {
        if (node is null || LegacyConfiguration.IsNothing(node))
        {
            return null;
        }

        if (node is not YamlMapping map)
        {
            diagnostics.Add(Diagnostic.PipelineValue(node.Span, "rewrite", "a map", node.Kind));
            return null;
        }

        var parameters = new Parameters(map, $"rewrite of {owner}", [], diagnostics);
        Transformation rewrite = ChangeLogSource.Read(parameters);
        parameters.ReportUnknown();
        return rewrite;
    }
}

/// <summary>One of several conditions of which one is enough: the first that fits is added, the others join it by or.</summary>
/// <param name="body">The condition.</param>
/// <param name="name">The detection that they share; <c>them</c> does not see it.</param>
internal sealed class LegacyAlternative(AllOfDetection body, string name) : Transformation
{
    /// <inheritdoc/>
    internal override bool NamesLogs => true;

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        ImmutableArray<NamedDetection> detections = run.Rule.Detections;
        string shared = run.NameForAdded(name);
        if (detections.FirstOrDefault(detection => detection.Name == shared) is not { } first)
        {
            new AddCondition(body, name, template: false, negated: false, eachGroup: true).Apply(run, item);
            return;
        }

        NamedDetection joined = first with { Body = new AnyOfDetection([first.Body, body], first.Body.Span) };
        run.Rule = run.Rule with { Detections = detections.Replace(first, joined) };
    }
}

/// <summary>The indices to search: those of all log sources that fit, joined by commas.</summary>
/// <param name="names">The indices of one of them.</param>
internal sealed class LegacyIndex(ImmutableArray<string> names) : Transformation
{
    /// <summary>The key of the state that targets look for indices under.</summary>
    public const string Key = "index";

    /// <inheritdoc/>
    internal override bool NamesLogs => true;

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        string[] known = run.State.TryGetValue(Key, out string? list) ? list.Split(',') : [];
        run.SetState(Key, string.Join(',', known.Union(names)));
    }
}
