using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Reads <c>filter:</c> documents (specification 2.1, "Sigma Filters").</summary>
internal sealed class FilterParser(List<Diagnostic> diagnostics)
{
    /// <summary>Reads the document's body.</summary>
    /// <returns>The filter; null after a report.</returns>
    public SigmaFilter? Parse(YamlMapping document, Metadata metadata, LogSource? logSource, Span span)
    {
        YamlEntry entry = document.Find("filter")!.Value;
        if (entry.Value is not YamlMapping body)
        {
            diagnostics.Add(Diagnostic.WrongType(entry.Value.Span, "filter", "a map", entry.Value.Kind));
            return null;
        }

        var parser = new DetectionParser(diagnostics, ofRule: true);
        var detections = ImmutableArray.CreateBuilder<NamedDetection>();
        foreach (YamlEntry detection in body.Entries.Where(e => e.Name is not ("rules" or "condition")))
        {
            if (parser.Parse(detection.Key, detection.Value) is { } read)
            {
                detections.Add(new NamedDetection(detection.Name, read, detection.Key.Span));
            }
        }

        // One that is broken has been reported, and is there all the same.
        var names = new DetectionNames(body.Entries.Select(e => e.Name).Where(name => name is not ("rules" or "condition")), entry.Key.Span.Source.Limits);
        if (names.Count == 0)
        {
            diagnostics.Add(Diagnostic.NoDetection(entry.Key.Span));
        }

        ConditionNode? condition = ReadCondition(body, entry.Key, names);
        return logSource is null || condition is null
            ? null
            : new SigmaFilter(metadata, logSource, ReadRules(body, entry.Key), detections.DrainToImmutable(), condition, span);
    }

    private ConditionNode? ReadCondition(YamlMapping body, YamlScalar key, DetectionNames names)
    {
        switch (body["condition"])
        {
            case null:
                diagnostics.Add(Diagnostic.MissingAttribute(key.Span, "condition"));
                return null;
            case YamlScalar scalar when ScalarType.Of(scalar) is not ScalarType.Null:
                Condition? condition = ConditionParser.Parse(scalar, names, null, diagnostics);
                if (condition?.Aggregation is { } aggregation)
                {
                    diagnostics.Add(Diagnostic.FilterAggregates(aggregation.Span));
                }

                return condition?.Search;
            case { } node:
                diagnostics.Add(Diagnostic.WrongType(node.Span, "condition", "a string", node.Kind));
                return null;
        }
    }

    /// <summary><c>any</c> and <c>all</c>, in whatever case, and an empty list mean every rule.</summary>
    private ImmutableArray<RuleReference>? ReadRules(YamlMapping body, YamlScalar key)
    {
        if (body["rules"] is not { } node)
        {
            diagnostics.Add(Diagnostic.MissingAttribute(key.Span, "rules"));
            return null;
        }

        if (node is YamlScalar scalar && scalar.Value.ToLowerInvariant() is "any" or "all")
        {
            return null;
        }

        ImmutableArray<RuleReference> references = new CorrelationParser(diagnostics).ReadReferences(node, "rules");
        return references.IsEmpty ? null : references;
    }
}
