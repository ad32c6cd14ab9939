using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Reads pipeline files in the public processing-pipeline format, and configurations of the older sigmac.</summary>
public static class PipelineReader
{
    private static readonly string[] Keys = ["name", "priority", "allowed_backends", "vars", "transformations", "postprocessing", "finalizers"];

    private static readonly string[] ItemKeys =
    [
        "id", "type",
        "rule_conditions", "rule_cond_op", "rule_cond_not", "rule_cond_expr",
        "detection_item_conditions", "detection_item_cond_op", "detection_item_cond_not", "detection_item_cond_expr",
        "field_name_conditions", "field_name_cond_op", "field_name_cond_not", "field_name_cond_expr",
    ];

    /// <summary>Reads one pipeline.</summary>
    /// <param name="source">The text of the file.</param>
    /// <param name="name">The name for a pipeline that gives itself none.</param>
    /// <param name="diagnostics">Takes what is wrong; after an error the pipeline must not be used.</param>
    /// <returns>The pipeline; null when nothing of it could be read.</returns>
    public static Pipeline? Read(SourceText source, string name, List<Diagnostic> diagnostics)
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
                diagnostics.Add(Codes.PipelineValue.At(place, "a pipeline", "one map", roots.Length > 1 ? "a second one" : roots.Length == 1 ? roots[0].Kind : "nothing"));
            }

            return null;
        }

        if (LegacyConfiguration.IsIn(root))
        {
            return LegacyConfiguration.Read(root, name, diagnostics);
        }

        foreach (YamlEntry entry in root.Entries)
        {
            if (!Keys.Contains(entry.Name))
            {
                diagnostics.Add(Codes.UnknownPipelineKey.At(entry.Key.Span, entry.Name).WithHint(Suggestion.For(entry.Name, Keys)));
            }
            else if (entry.Name is "postprocessing" or "finalizers" && entry.Value is not YamlSequence { Items.Count: 0 })
            {
                diagnostics.Add(Codes.PipelineSectionNotSupported.At(entry.Key.Span, entry.Name));
            }
        }

        var frame = new Parameters(root, "a pipeline", Keys, diagnostics);
        string? priority = frame.Text("priority");
        if (!long.TryParse(priority ?? "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long order))
        {
            diagnostics.Add(Codes.PipelineValue.At(root["priority"]!.Span, "priority", "a whole number", $"'{priority}'"));
        }

        var variables = root["vars"] is { } vars
            ? frame.MapOf("vars", vars).Entries.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal)
            : [];
        return new Pipeline(
            frame.Text("name") ?? name, order, [.. frame.Texts("allowed_backends")], variables, ReadItems(root["transformations"], diagnostics));
    }

    private static ImmutableArray<PipelineItem> ReadItems(YamlNode? node, List<Diagnostic> diagnostics)
    {
        var items = ImmutableArray.CreateBuilder<PipelineItem>();
        switch (node)
        {
            case null:
            case YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.Null:
                break;
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    if (item is not YamlMapping mapping)
                    {
                        diagnostics.Add(Codes.PipelineValue.At(item.Span, "a transformation", "a map", item.Kind));
                    }
                    else if (ReadItem(mapping, diagnostics) is { } read)
                    {
                        items.Add(read);
                    }
                }

                break;
            default:
                diagnostics.Add(Codes.PipelineValue.At(node.Span, "transformations", "a list", node.Kind));
                break;
        }

        return items.DrainToImmutable();
    }

    private static PipelineItem? ReadItem(YamlMapping mapping, List<Diagnostic> diagnostics)
    {
        if (mapping["type"] is not YamlScalar type)
        {
            diagnostics.Add(Codes.MissingParameter.At(mapping.Span with { Length = 0 }, "a transformation", "type"));
            return null;
        }

        if (!Transformations.All.TryGetValue(type.Value, out TransformationReader? read))
        {
            diagnostics.Add(Codes.UnknownTransformation.At(type.Span, type.Value).WithHint(Suggestion.For(type.Value, Transformations.All.Keys)));
            return null;
        }

        if (read is null)
        {
            diagnostics.Add(Codes.TransformationNotSupported.At(type.Span, type.Value));
            return null;
        }

        var parameters = new Parameters(mapping, type.Value, ItemKeys, diagnostics);
        Transformation? transformation = read(parameters);
        parameters.ReportUnknown();
        var ruleConditions = ConditionSetReader.Read(mapping, "rule", "rule_conditions", "rule_cond", Conditions.Rule, diagnostics);
        var itemConditions = ConditionSetReader.Read(mapping, "detection item", "detection_item_conditions", "detection_item_cond", Conditions.Item, diagnostics);
        var fieldConditions = ConditionSetReader.Read(mapping, "field name", "field_name_conditions", "field_name_cond", Conditions.Field, diagnostics);
        return transformation is null
            ? null
            : new PipelineItem(parameters.Text("id"), transformation, ruleConditions, itemConditions, fieldConditions, type.Span);
    }
}
