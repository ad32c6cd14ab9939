using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Reads pipeline files in the public processing-pipeline format, and configurations of the older sigmac.</summary>
public static class PipelineReader
{
    /// <summary>The keys of a pipeline.</summary>
    internal static readonly string[] Keys =
        ["name", "description", "priority", "allowed_backends", "options", "complete", "several_logs", "vars", "transformations", "postprocessing", "finalizers"];

    /// <summary>The keys of a transformation that are no parameters.</summary>
    internal static readonly string[] ItemKeys =
    [
        "id", "type",
        "rule_conditions", "rule_cond_op", "rule_cond_not", "rule_cond_expr",
        "detection_item_conditions", "detection_item_cond_op", "detection_item_cond_not", "detection_item_cond_expr",
        "field_name_conditions", "field_name_cond_op", "field_name_cond_not", "field_name_cond_expr",
    ];

    /// <summary>The keys of a post-processing step that are no parameters.</summary>
    internal static readonly string[] QueryItemKeys = ["id", "type", "rule_conditions", "rule_cond_op", "rule_cond_not", "rule_cond_expr"];

    private static readonly string[] FinalizerKeys = ["type"];

    private static readonly string[] LogSourceKeys = ["category", "product", "service"];

    /// <summary>The built-in pipelines that were read, by their paths. A <see cref="Pipeline"/> does not change, and any thread may use it.</summary>
    private static readonly ConcurrentDictionary<string, Pipeline> Kept = new(StringComparer.Ordinal);

    /// <summary>The heads of those that were read without their transformations.</summary>
    private static readonly ConcurrentDictionary<string, Pipeline?> KeptHeads = new(StringComparer.Ordinal);

    /// <summary>Reads one pipeline; a built-in one once in a process.</summary>
    /// <param name="source">The text of the file.</param>
    /// <param name="name">The name for a pipeline without a name.</param>
    /// <param name="diagnostics">Receives diagnostics; after an error the pipeline must not be used.</param>
    /// <returns>The pipeline; null if no part of it could be read.</returns>
    public static Pipeline? Read(SourceText source, string name, List<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!source.IsBuiltIn)
        {
            return ReadText(source, name, diagnostics);
        }

        if (Kept.TryGetValue(source.Path, out Pipeline? kept))
        {
            return kept;
        }

        int found = diagnostics.Count;
        Pipeline? pipeline = ReadText(source, name, diagnostics);
        return pipeline is not null && diagnostics.Count == found ? Kept.GetOrAdd(source.Path, pipeline) : pipeline;
    }

    private static Pipeline? ReadText(SourceText source, string name, List<Diagnostic> diagnostics)
    {
        IReadOnlyList<YamlDocument> documents = YamlReader.Read(source);
        foreach (YamlDocument document in documents)
        {
            diagnostics.AddRange(document.Diagnostics);
        }

        YamlNode[] roots = [.. documents.Select(d => d.Root).OfType<YamlNode>()];
        if (roots is not [YamlMapping root])
        {
            if (roots.Length != 0 || documents.All(d => d.Diagnostics.Count == 0))
            {
                Span place = roots.Length > 1 ? roots[1].Span : roots.Length == 1 ? roots[0].Span : new Span(source, 0, 0);
                diagnostics.Add(Diagnostic.PipelineValue(place, "a pipeline", "one map", roots.Length > 1 ? "several" : roots.Length == 1 ? roots[0].Kind : "an empty file"));
            }

            return null;
        }

        if (LegacyConfiguration.IsIn(root))
        {
            return LegacyConfiguration.Read(root, name, diagnostics) is { } configuration ? configuration with { Source = source } : null;
        }

        MapReader.ReportUnknown(root, Keys, static (key, hint) => Diagnostic.UnknownPipelineKey(key.Span, key.Value).WithHint(hint), diagnostics);

        var frame = new Parameters(root, "a pipeline", Keys, diagnostics);
        string? priority = frame.Text("priority");
        if (!long.TryParse(priority ?? "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long order))
        {
            diagnostics.Add(Diagnostic.PipelineValue(root["priority"]!.Span, "priority", "a whole number", $"'{priority}'"));
        }

        NearMisses.CheckReferences(root, diagnostics);
        var variables = root["vars"] is { } vars
            ? frame.MapOf("vars", vars).Entries.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal)
            : [];
        return new Pipeline(
            frame.Text("name") ?? name,
            order,
            [.. frame.Texts("allowed_backends")],
            variables,
            ReadItems("transformations", root["transformations"], diagnostics))
        {
            Complete = ReadComplete(root["complete"], frame, diagnostics),
            InSeveralLogs = ReadLogSources("several_logs", root["several_logs"], diagnostics),
            Description = frame.Text("description"),
            Options = ReadOptions(frame, root["options"]),
            QueryItems = ReadQueryItems("postprocessing", root["postprocessing"], diagnostics),
            Finalizers = ReadFinalizers(root["finalizers"], diagnostics),
            Source = source,
        };
    }

    /// <summary>Reads what stands before the transformations of a built-in pipeline, which takes a fraction of the time for all of it.</summary>
    /// <param name="source">The text of the file.</param>
    /// <param name="name">The name for a pipeline without a name.</param>
    /// <returns>The pipeline without transformations, its names and what it is for; null if no part of it could be read.</returns>
    internal static Pipeline? ReadHead(SourceText source, string name) =>
        source.IsBuiltIn ? KeptHeads.GetOrAdd(source.Path, static (_, head) => ReadHeadText(head.source, head.name), (source, name)) : ReadHeadText(source, name);

    private static Pipeline? ReadHeadText(SourceText source, string name)
    {
        int end = source.Text.IndexOf("\ntransformations:", StringComparison.Ordinal);
        return Read(end < 0 ? source : new SourceText(source.Path, source.Text[..(end + 1)], source.Limits), name, []);
    }

    /// <summary>Reads <c>complete</c>: what the pipeline maps completely. An empty list says that it leaves fields as rules name them.</summary>
    private static CompleteParts? ReadComplete(YamlNode? node, Parameters frame, List<Diagnostic> diagnostics)
    {
        if (node is null)
        {
            return null;
        }

        string[] known = [CompleteParts.FieldsWord, CompleteParts.LogSourcesWord];
        IReadOnlyList<string> words = frame.TextsOf("complete", node);
        foreach (YamlScalar word in (node is YamlSequence list ? list.Items : [node]).OfType<YamlScalar>().Where(word => words.Contains(word.Value) && !known.Contains(word.Value)))
        {
            diagnostics.Add(Diagnostic.PipelineValue(word.Span, "complete", "a list of " + string.Join(" and ", known), $"'{word.Value}'").WithHint(Suggestion.For(word.Value, known)));
        }

        return new CompleteParts(words.Contains(CompleteParts.FieldsWord), words.Contains(CompleteParts.LogSourcesWord));
    }

    private static ImmutableArray<LogSource> ReadLogSources(string key, YamlNode? node, List<Diagnostic> diagnostics)
    {
        if (node is not (null or YamlSequence))
        {
            diagnostics.Add(Diagnostic.PipelineValue(node.Span, key, "a list of log sources", node.Kind));
        }

        var sources = ImmutableArray.CreateBuilder<LogSource>();
        foreach (YamlNode entry in (node as YamlSequence)?.Items ?? [])
        {
            if (entry is not YamlMapping map)
            {
                diagnostics.Add(Diagnostic.PipelineValue(entry.Span, key, "a list of log sources", entry.Kind));
                continue;
            }

            MapReader.ReportUnknown(map, LogSourceKeys, static (name, hint) => Diagnostic.UnknownPipelineKey(name.Span, name.Value).WithHint(hint), diagnostics);
            var frame = new Parameters(map, $"a log source of {key}", LogSourceKeys, diagnostics);
            sources.Add(LogSourceCondition.SourceOf(frame));
        }

        return sources.DrainToImmutable();
    }

    /// <summary>Reads the options of a target that a pipeline sets; whether a target has them shows when it is read.</summary>
    private static Dictionary<string, YamlScalar> ReadOptions(Parameters frame, YamlNode? node)
    {
        var options = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        foreach (YamlEntry entry in node is null ? [] : frame.MapOf("options", node).Entries)
        {
            if (entry.Value is YamlScalar scalar)
            {
                options[entry.Name] = scalar;
            }
            else
            {
                frame.Diagnostics.Add(Diagnostic.PipelineValue(entry.Value.Span, entry.Name, "a string", entry.Value.Kind));
            }
        }

        return options;
    }

    /// <summary>Reads a list of transformations.</summary>
    /// <param name="key">The key it stands under, for messages.</param>
    /// <param name="node">The list; null if absent.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    internal static ImmutableArray<PipelineItem> ReadItems(string key, YamlNode? node, List<Diagnostic> diagnostics) =>
        ReadList<Transformation, PipelineItem>(key, node, "a transformation", Transformations.All, ItemKeys, diagnostics, (mapping, type, index) =>
        {
            string? id = IdOf(mapping, diagnostics);
            var rule = ConditionSetReader.Read(mapping, "rule", "rule_conditions", "rule_cond", Conditions.Rule, diagnostics);
            var item = ConditionSetReader.Read(mapping, "detection item", "detection_item_conditions", "detection_item_cond", Conditions.Item, diagnostics);
            var field = ConditionSetReader.Read(mapping, "field name", "field_name_conditions", "field_name_cond", Conditions.Field, diagnostics);
            return transformation =>
            {
                ReportConditionsOfWholeRule(mapping, type.Value, transformation, diagnostics);
                return new PipelineItem(id, type.Value, index, transformation, rule, item, field, type.Span);
            };
        });

    private static void ReportConditionsOfWholeRule(YamlMapping item, string type, Transformation transformation, List<Diagnostic> diagnostics)
    {
        foreach (YamlEntry entry in item.Entries.Where(entry => !transformation.ActsOnItems && entry.Name is ("detection_item_conditions" or "field_name_conditions")))
        {
            diagnostics.Add(Diagnostic.ConditionsOfWholeRule(entry.Key.Span, type, entry.Name));
        }
    }

    /// <summary>Reads a list of post-processing steps; they only have rule conditions.</summary>
    internal static ImmutableArray<QueryItem> ReadQueryItems(string key, YamlNode? node, List<Diagnostic> diagnostics) =>
        ReadList<QueryStep, QueryItem>(key, node, "a post-processing step", Postprocessing.All, QueryItemKeys, diagnostics, (mapping, type, _) =>
        {
            string? id = IdOf(mapping, diagnostics);
            var rule = ConditionSetReader.Read(mapping, "rule", "rule_conditions", "rule_cond", Conditions.Rule, diagnostics);
            return step => new QueryItem(id, step, rule, type.Span);
        });

    /// <summary>Reads a list of finalizers; they have no conditions, as they belong to no one rule.</summary>
    internal static ImmutableArray<Finalizer> ReadFinalizers(YamlNode? node, List<Diagnostic> diagnostics) =>
        ReadList<Finalizer, Finalizer>("finalizers", node, "a finalizer", Finalizers.All, FinalizerKeys, diagnostics, static (_, _, _) => static finalizer => finalizer);

    private static string? IdOf(YamlMapping mapping, List<Diagnostic> diagnostics) => new Parameters(mapping, "an item", [], diagnostics).Text("id");

    private static ImmutableArray<TItem> ReadList<TStep, TItem>(
        string key,
        YamlNode? node,
        string what,
        IReadOnlyDictionary<string, Func<Parameters, TStep?>> table,
        string[] frameKeys,
        List<Diagnostic> diagnostics,
        Func<YamlMapping, YamlScalar, int, Func<TStep, TItem>> frameOf)
        where TStep : class
    {
        if (node is null || (node is YamlScalar scalar && ScalarType.Of(scalar) is ScalarType.Null))
        {
            return [];
        }

        if (node is not YamlSequence sequence)
        {
            diagnostics.Add(Diagnostic.PipelineValue(node.Span, key, "a list", node.Kind));
            return [];
        }

        var items = ImmutableArray.CreateBuilder<TItem>(sequence.Items.Count);
        for (int i = 0; i < sequence.Items.Count; i++)
        {
            if (sequence.Items[i] is not YamlMapping mapping)
            {
                diagnostics.Add(Diagnostic.PipelineValue(sequence.Items[i].Span, what, "a map", sequence.Items[i].Kind));
            }
            else if (mapping["type"] is not YamlScalar type)
            {
                diagnostics.Add(Diagnostic.MissingParameter(mapping.Span with { Length = 0 }, what, "type"));
            }
            else if (!table.TryGetValue(type.Value, out Func<Parameters, TStep?>? read))
            {
                diagnostics.Add(Diagnostic.UnknownTransformation(type.Span, what[(what.IndexOf(' ') + 1)..], type.Value).WithHint(Suggestion.For(type.Value, table.Keys)));
            }
            else
            {
                var parameters = new Parameters(mapping, type.Value, frameKeys, diagnostics);
                TStep? step = read(parameters);
                parameters.ReportUnknown();

                // The frame is read even where the step is refused, so that all mistakes are reported at once.
                Func<TStep, TItem> make = frameOf(mapping, type, i);
                if (step is not null)
                {
                    items.Add(make(step));
                }
            }
        }

        return items.DrainToImmutable();
    }
}
