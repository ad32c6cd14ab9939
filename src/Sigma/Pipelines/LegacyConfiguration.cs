using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// Reads a configuration of the older sigmac as a pipeline: first its <c>logsources</c> in the order of the file, then
/// its <c>defaultindex</c>, then its <c>fieldmappings</c>, which also rename the fields of the conditions just added.
/// </summary>
internal static class LegacyConfiguration
{
    private static readonly string[] Marks = ["logsources", "fieldmappings", "defaultindex", "logsourcemerging"];

    /// <summary>The keys of a configuration.</summary>
    internal static readonly string[] Keys = ["title", "order", "backends", .. Marks];

    /// <summary>Whether a document is such a configuration: it has keys that a pipeline has not, and no transformations.</summary>
    public static bool IsIn(YamlMapping root) =>
        root.Find("transformations") is null && root.Entries.Any(entry => Marks.Contains(entry.Name));

    /// <summary>Reads a configuration.</summary>
    /// <param name="root">The document.</param>
    /// <param name="name">The name for a configuration without a title.</param>
    /// <param name="diagnostics">Receives diagnostics; after an error the pipeline must not be used.</param>
    public static Pipeline Read(YamlMapping root, string name, List<Diagnostic> diagnostics)
    {
        MapReader.ReportUnknown(root, Keys, static (key, hint) => Diagnostic.UnknownPipelineKey(key.Span, key.Value).WithHint(hint), diagnostics);
        var frame = new Parameters(root, "a configuration", Keys, diagnostics);
        string title = frame.Text("title") ?? name;
        string order = frame.Text("order") ?? "0";
        if (!long.TryParse(order, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long priority))
        {
            diagnostics.Add(Diagnostic.PipelineValue(root["order"]!.Span, "order", "a whole number", $"'{order}'"));
        }

        string merging = frame.Text("logsourcemerging") ?? "and";
        if (merging is not ("and" or "or"))
        {
            diagnostics.Add(Diagnostic.PipelineValue(root["logsourcemerging"]!.Span, "logsourcemerging", "'and' or 'or'", $"'{merging}'"));
        }

        var items = ImmutableArray.CreateBuilder<PipelineItem>();
        items.AddRange(new LegacyLogSources(title, merging == "or", diagnostics).Read(root["logsources"]));
        if (root["defaultindex"] is { } index && !IsNothing(index) && frame.TextsOf("defaultindex", index) is { Count: > 0 } names)
        {
            items.Add(DefaultIndex(names, index.Span));
        }

        if (LegacyFieldMappings.Read(root["fieldmappings"], diagnostics) is { } mappings)
        {
            items.Add(Item("fieldmappings", "fieldmappings", mappings, ConditionSet<RuleCondition>.None, root["fieldmappings"]!.Span));
        }

        ImmutableArray<string> backends = root["backends"] is { } node && !IsNothing(node) ? [.. frame.TextsOf("backends", node)] : [];
        ImmutableArray<PipelineItem> numbered = [.. items.Select((item, index) => item with { Index = index })];
        return new Pipeline(title, priority, backends, ImmutableDictionary<string, YamlNode>.Empty, numbered);
    }

    /// <summary>A pipeline item with rule conditions only, as everything in a configuration is.</summary>
    /// <param name="id">Its id: the name of the entry.</param>
    /// <param name="key">The key that it comes from, which is shown as its type.</param>
    /// <param name="transformation">What it does.</param>
    /// <param name="conditions">When.</param>
    /// <param name="span">Its position.</param>
    public static PipelineItem Item(string id, string key, Transformation transformation, ConditionSet<RuleCondition> conditions, Span span) =>
        new(id, key, Index: 0, transformation, conditions, ConditionSet<ItemCondition>.None, ConditionSet<FieldCondition>.None, span);

    /// <summary>Whether a key has nothing after it.</summary>
    public static bool IsNothing(YamlNode node) => node is YamlScalar scalar && ScalarType.Of(scalar) is ScalarType.Null;

    /// <summary>The index of rules for which no log source has named one.</summary>
    private static PipelineItem DefaultIndex(IReadOnlyList<string> names, Span span)
    {
        var named = new ProcessingState(new StateTest(LegacyIndex.Key, "", "ne"));
        var unnamed = new ConditionSet<RuleCondition>([named], Any: false, Negated: true, Expression: null);
        return Item("defaultindex", "defaultindex", new LegacyIndex([.. names]), unnamed, span);
    }
}
