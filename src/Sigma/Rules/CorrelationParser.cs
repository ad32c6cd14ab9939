using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Reads <c>correlation:</c> documents (specification 2.1, "Sigma Correlation Rules").</summary>
internal sealed class CorrelationParser(List<Diagnostic> diagnostics)
{
    /// <summary>The types by their names in the specification.</summary>
    internal static readonly Dictionary<string, CorrelationType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["event_count"] = CorrelationType.EventCount,
        ["value_count"] = CorrelationType.ValueCount,
        ["temporal"] = CorrelationType.Temporal,
        ["temporal_ordered"] = CorrelationType.TemporalOrdered,
        ["value_sum"] = CorrelationType.ValueSum,
        ["value_avg"] = CorrelationType.ValueAverage,
        ["value_percentile"] = CorrelationType.ValuePercentile,
        ["value_median"] = CorrelationType.ValueMedian,
    };

    /// <summary>The keys of a correlation.</summary>
    internal static readonly string[] Keys = ["type", "rules", "group-by", "timespan", "condition", "aliases", "generate"];

    /// <summary>Reads the document's body.</summary>
    /// <param name="document">The whole document; <c>generate</c> may also stand at its top.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="span">Its position.</param>
    /// <returns>The correlation; null after a report.</returns>
    public SigmaCorrelation? Parse(YamlMapping document, Metadata metadata, Span span)
    {
        YamlEntry entry = document.Find("correlation")!.Value;
        if (entry.Value is not YamlMapping body)
        {
            diagnostics.Add(Diagnostic.WrongType(entry.Value.Span, "correlation", "a map", entry.Value.Kind));
            return null;
        }

        MapReader.ReportUnknown(
            body, Keys, static (key, hint) => Diagnostic.UnknownCorrelationKey(key.Span, "a correlation", key.Value).WithHint(hint), diagnostics);
        if (ReadType(body, entry.Key) is not { } type)
        {
            return null;
        }

        ImmutableArray<RuleReference> rules = ReadReferences(body["rules"], "rules");
        var correlation = new Correlation(
            type, [], ReadFields(body["group-by"], "group-by"), ReadTimespan(body, entry.Key), [], body.Span)
        {
            Places = PlacesOf(body["group-by"], (body["condition"] as YamlMapping)?["field"]),
        };
        correlation = new CorrelationConditionParser(diagnostics).Parse(body, entry.Key, correlation, ref rules);
        if (rules.IsEmpty && body["condition"] is not YamlScalar && body["rules"] is null or YamlSequence { Items.Count: 0 })
        {
            diagnostics.Add(Diagnostic.CorrelationNeeds(entry.Key.Span, "a correlation", "rules"));
        }

        return new SigmaCorrelation(metadata, correlation, rules, ReadAliases(body["aliases"]), ReadFlag(body) | ReadFlag(document), span);
    }

    /// <summary>Reads one reference or a list of them.</summary>
    public ImmutableArray<RuleReference> ReadReferences(YamlNode? node, string name)
    {
        var references = ImmutableArray.CreateBuilder<RuleReference>();
        foreach (YamlNode item in node switch { null => [], YamlSequence list => list.Items, _ => [node] })
        {
            if (item is YamlScalar scalar && ScalarType.Of(scalar) is not ScalarType.Null)
            {
                references.Add(new RuleReference(scalar.Value, scalar.Span));
            }
            else
            {
                diagnostics.Add(Diagnostic.WrongType(item.Span, name, "an id or name, or a list of them", item.Kind));
            }
        }

        return references.DrainToImmutable();
    }

    private CorrelationType? ReadType(YamlMapping body, YamlScalar key)
    {
        switch (body["type"])
        {
            case null:
                diagnostics.Add(Diagnostic.CorrelationNeeds(key.Span, "a correlation", "type"));
                return null;
            case YamlScalar scalar when Types.TryGetValue(scalar.Value, out CorrelationType type):
                return type;
            case { } node:
                string written = (node as YamlScalar)?.Value ?? node.Kind;
                diagnostics.Add(Diagnostic.UnknownCorrelationType(node.Span, written)
                    .WithHint(Extended(written) ?? Suggestion.For(written, Types.Keys) ?? "it is one of " + string.Join(", ", Types.Keys)));
                return null;
        }
    }

    /// <summary>What the Python reference calls the extended types are the plain ones with a condition.</summary>
    private static string? Extended(string written)
    {
        string name = written.ToLowerInvariant().Replace('-', '_');
        return name is "temporal_extended" or "extended_temporal" ? "write temporal with a condition"
            : name is "temporal_ordered_extended" or "temporal_extended_ordered" or "extended_temporal_ordered" ? "write temporal_ordered with a condition"
            : null;
    }

    private Timespan? ReadTimespan(YamlMapping body, YamlScalar key)
    {
        switch (body["timespan"])
        {
            case YamlScalar scalar:
                return RuleReader.ReadTimespan(scalar, diagnostics);
            case null:
                diagnostics.Add(Diagnostic.CorrelationNeeds(key.Span, "a correlation", "timespan"));
                return null;
            case { } node:
                diagnostics.Add(Diagnostic.WrongType(node.Span, "timespan", "a string", node.Kind));
                return null;
        }
    }

    private ImmutableArray<FieldAlias> ReadAliases(YamlNode? node)
    {
        var aliases = ImmutableArray.CreateBuilder<FieldAlias>();
        if (node is null)
        {
            return [];
        }

        if (node is not YamlMapping map)
        {
            diagnostics.Add(Diagnostic.WrongType(node.Span, "aliases", "a map", node.Kind));
            return [];
        }

        foreach (YamlEntry entry in map.Entries)
        {
            if (entry.Value is not YamlMapping mappings)
            {
                diagnostics.Add(Diagnostic.WrongType(entry.Value.Span, entry.Name, "a map of rule to field", entry.Value.Kind));
                continue;
            }

            var fields = ImmutableArray.CreateBuilder<AliasMapping>(mappings.Entries.Count);
            foreach (YamlEntry field in mappings.Entries)
            {
                if (field.Value is YamlScalar scalar && IsName(scalar))
                {
                    ArraySelectors.Check(scalar.Value, scalar.Span, diagnostics);
                    fields.Add(new AliasMapping(new RuleReference(field.Name, field.Key.Span), scalar.Value, scalar.Span));
                }
                else
                {
                    diagnostics.Add(Diagnostic.WrongType(field.Value.Span, field.Name, "a field", KindOf(field.Value)));
                }
            }

            aliases.Add(new FieldAlias(entry.Name, fields.DrainToImmutable(), entry.Key.Span));
        }

        return aliases.DrainToImmutable();
    }

    private static ImmutableDictionary<string, Span> PlacesOf(params ReadOnlySpan<YamlNode?> nodes)
    {
        var places = ImmutableDictionary.CreateBuilder<string, Span>(StringComparer.Ordinal);
        foreach (YamlNode? node in nodes)
        {
            foreach (YamlScalar field in (node is YamlSequence list ? list.Items : [node!]).OfType<YamlScalar>())
            {
                places.TryAdd(field.Value, field.Span);
            }
        }

        return places.ToImmutable();
    }

    private ImmutableArray<string> ReadFields(YamlNode? node, string name) => ReadFields(node, name, diagnostics);

    /// <summary>Reads one field or a list of them.</summary>
    public static ImmutableArray<string> ReadFields(YamlNode? node, string name, List<Diagnostic> diagnostics)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (YamlNode item in node switch { null => [], YamlSequence list => list.Items, _ => [node] })
        {
            if (item is YamlScalar scalar && IsName(scalar))
            {
                ArraySelectors.Check(scalar.Value, scalar.Span, diagnostics);
                texts.Add(scalar.Value);
            }
            else
            {
                diagnostics.Add(Diagnostic.WrongType(item.Span, name, "a field or a list of fields", KindOf(item)));
            }
        }

        return texts.DrainToImmutable();
    }

    private static bool IsName(YamlScalar scalar) => ScalarType.Of(scalar) is not ScalarType.Null && !string.IsNullOrWhiteSpace(scalar.Value);

    private static string KindOf(YamlNode node) => node is YamlScalar { Value.Length: 0 } ? "an empty text" : node is YamlScalar scalar && string.IsNullOrWhiteSpace(scalar.Value) ? "a blank text" : node.Kind;

    private bool ReadFlag(YamlMapping mapping)
    {
        switch (mapping["generate"])
        {
            case null:
                return false;
            case YamlScalar scalar when ScalarTypes.Truth(scalar) is { } truth:
                return truth;
            case { } node:
                diagnostics.Add(Diagnostic.WrongType(node.Span, "generate", "true or false", node.Kind));
                return false;
        }
    }

    /// <summary>A type's name in the specification.</summary>
    public static string NameOf(CorrelationType type) => Types.First(pair => pair.Value == type).Key;
}
