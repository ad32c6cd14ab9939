using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Reads <c>correlation:</c> documents (specification 2.1, "Sigma Correlation Rules").</summary>
internal sealed class CorrelationParser(List<Diagnostic> diagnostics)
{
    private static readonly Dictionary<string, CorrelationType> Types = new(StringComparer.OrdinalIgnoreCase)
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

    private static readonly Dictionary<string, Comparison> Operators = new(StringComparer.Ordinal)
    {
        ["lt"] = Comparison.Less,
        ["lte"] = Comparison.LessOrEqual,
        ["gt"] = Comparison.Greater,
        ["gte"] = Comparison.GreaterOrEqual,
        ["eq"] = Comparison.Equal,
        ["neq"] = Comparison.NotEqual,
    };

    private static readonly string[] Keys = ["type", "rules", "group-by", "timespan", "condition", "aliases", "generate"];

    /// <summary>Reads the document's body.</summary>
    /// <param name="document">The whole document; <c>generate</c> may also stand at its top.</param>
    /// <param name="metadata">What it says about itself.</param>
    /// <param name="span">Where it stands.</param>
    /// <returns>The correlation; null after a report.</returns>
    public SigmaCorrelation? Parse(YamlMapping document, Metadata metadata, Span span)
    {
        YamlEntry entry = document.Find("correlation")!.Value;
        if (entry.Value is not YamlMapping body)
        {
            diagnostics.Add(Codes.WrongType.At(entry.Value.Span, "correlation", "a map", entry.Value.Kind));
            return null;
        }

        foreach (YamlEntry known in body.Entries)
        {
            if (!Keys.Contains(known.Name))
            {
                diagnostics.Add(Codes.UnknownCorrelationKey.At(known.Key.Span, "a correlation", known.Name).WithHint(Suggestion.For(known.Name, Keys)));
            }
        }

        if (ReadType(body, entry.Key) is not { } type)
        {
            return null;
        }

        ImmutableArray<RuleReference> rules = ReadReferences(body["rules"], "rules");
        var correlation = new Correlation(
            type, [], ReadTexts(body["group-by"], "group-by"), ReadTimespan(body, entry.Key), [], [], body.Span);
        correlation = ReadCondition(body, entry.Key, correlation, ref rules);
        if (rules.IsEmpty)
        {
            diagnostics.Add(Codes.CorrelationNeeds.At(entry.Key.Span, "a correlation", "rules"));
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
                diagnostics.Add(Codes.WrongType.At(item.Span, name, "an id or name, or a list of them", item.Kind));
            }
        }

        return references.DrainToImmutable();
    }

    private CorrelationType? ReadType(YamlMapping body, YamlScalar key)
    {
        switch (body["type"])
        {
            case null:
                diagnostics.Add(Codes.CorrelationNeeds.At(key.Span, "a correlation", "type"));
                return null;
            case YamlScalar scalar when Types.TryGetValue(scalar.Value, out CorrelationType type):
                return type;
            case { } node:
                string written = (node as YamlScalar)?.Value ?? node.Kind;
                diagnostics.Add(Codes.UnknownCorrelationType.At(node.Span, written)
                    .WithHint(Suggestion.For(written, Types.Keys) ?? "it is one of " + string.Join(", ", Types.Keys)));
                return null;
        }
    }

    private Timespan? ReadTimespan(YamlMapping body, YamlScalar key)
    {
        switch (body["timespan"])
        {
            case YamlScalar scalar:
                return RuleReader.ReadTimespan(scalar, diagnostics);
            case null:
                diagnostics.Add(Codes.CorrelationNeeds.At(key.Span, "a correlation", "timespan"));
                return null;
            case { } node:
                diagnostics.Add(Codes.WrongType.At(node.Span, "timespan", "a text", node.Kind));
                return null;
        }
    }

    private Correlation ReadCondition(YamlMapping body, YamlScalar key, Correlation correlation, ref ImmutableArray<RuleReference> rules)
    {
        bool temporal = correlation.Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        switch (body["condition"])
        {
            case YamlMapping map:
                return ReadThresholds(map, correlation);
            case YamlScalar scalar when temporal && ScalarType.Of(scalar) is not ScalarType.Null:
                return ReadExpression(scalar, correlation, ref rules);
            case null when temporal:
                return correlation;
            case null:
                diagnostics.Add(Codes.CorrelationNeeds.At(key.Span, QueryName(correlation.Type), "condition"));
                return correlation;
            case { } node:
                diagnostics.Add(Codes.WrongType.At(node.Span, "condition", temporal ? "a map or a text" : "a map", node.Kind));
                return correlation;
        }
    }

    private Correlation ReadThresholds(YamlMapping map, Correlation correlation)
    {
        var thresholds = ImmutableArray.CreateBuilder<Threshold>();
        foreach (YamlEntry entry in map.Entries)
        {
            if (Operators.TryGetValue(entry.Name, out Comparison comparison))
            {
                if (ReadNumber(entry) is { } number)
                {
                    thresholds.Add(new Threshold(comparison, number, entry.Key.Span.To(entry.Value.Span)));
                }
            }
            else if (entry.Name is not ("field" or "percentile"))
            {
                diagnostics.Add(Codes.UnknownCorrelationKey.At(entry.Key.Span, "the condition of a correlation", entry.Name)
                    .WithHint(Suggestion.For(entry.Name, [.. Operators.Keys, "field", "percentile"])));
            }
        }

        if (thresholds.Count == 0)
        {
            diagnostics.Add(Codes.CorrelationNeeds.At(map.Span with { Length = 0 }, "the condition", "gte (or gt, lt, lte, eq, neq)"));
        }

        ImmutableArray<string> fields = ReadTexts(map["field"], "field");
        bool needsField = correlation.Type is not (CorrelationType.EventCount or CorrelationType.Temporal or CorrelationType.TemporalOrdered);
        if (needsField && fields.IsEmpty)
        {
            diagnostics.Add(Codes.CorrelationNeeds.At(map.Span with { Length = 0 }, QueryName(correlation.Type), "field"));
        }

        return correlation with { Thresholds = thresholds.DrainToImmutable(), Fields = fields, Percentile = ReadPercentile(map, correlation.Type) };
    }

    private string? ReadPercentile(YamlMapping map, CorrelationType type)
    {
        if (type is not CorrelationType.ValuePercentile)
        {
            return null;
        }

        if (map.Find("percentile") is not { } entry)
        {
            diagnostics.Add(Codes.CorrelationNeeds.At(map.Span with { Length = 0 }, "value_percentile", "percentile"));
            return null;
        }

        string? number = ReadNumber(entry);
        if (number is not null && decimal.Parse(number, CultureInfo.InvariantCulture) is < 0 or > 100)
        {
            diagnostics.Add(Codes.PercentileRange.At(entry.Value.Span, number));
        }

        return number;
    }

    private string? ReadNumber(YamlEntry entry)
    {
        if (entry.Value is YamlScalar scalar && ScalarType.Of(scalar) is ScalarType.Number && ScalarTypes.CanonicalNumber(scalar.Value) is { } number)
        {
            return number;
        }

        diagnostics.Add(Codes.WrongType.At(entry.Value.Span, entry.Name, "a number", entry.Value.Kind));
        return null;
    }

    /// <summary>
    /// <c>condition: a and not b</c>: a boolean expression over the rules. Where <c>rules</c> is given too, both must name the same.
    /// </summary>
    private Correlation ReadExpression(YamlScalar scalar, Correlation correlation, ref ImmutableArray<RuleReference> rules)
    {
        RuleReference[] named =
        [
            .. ConditionLexer.Read(scalar)
                .Where(token => token.Kind is TokenKind.Word && !token.Is("and") && !token.Is("or") && !token.Is("not"))
                .Select(token => new RuleReference(token.Text, token.Span))
                .DistinctBy(reference => reference.Name),
        ];
        Condition? condition = ConditionParser.Parse(scalar, [.. named.Select(reference => reference.Name)], null, diagnostics);
        if (rules.IsEmpty)
        {
            rules = [.. named];
        }
        else
        {
            ReportDifference(rules, named, "'rules'");
            ReportDifference(named, rules, "the condition");
        }

        return correlation with { Expression = condition?.Search };
    }

    private void ReportDifference(IEnumerable<RuleReference> these, IReadOnlyList<RuleReference> those, string where)
    {
        foreach (RuleReference reference in these.Where(reference => those.All(other => other.Name != reference.Name)))
        {
            diagnostics.Add(Codes.CorrelationRulesDiffer.At(reference.Span, reference.Name, where));
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
            diagnostics.Add(Codes.WrongType.At(node.Span, "aliases", "a map", node.Kind));
            return [];
        }

        foreach (YamlEntry entry in map.Entries)
        {
            if (entry.Value is not YamlMapping mappings)
            {
                diagnostics.Add(Codes.WrongType.At(entry.Value.Span, entry.Name, "a map of rule to field", entry.Value.Kind));
                continue;
            }

            IEnumerable<AliasMapping> fields = mappings.Entries
                .Where(field => field.Value is YamlScalar)
                .Select(field => new AliasMapping(new RuleReference(field.Name, field.Key.Span), ((YamlScalar)field.Value).Value));
            aliases.Add(new FieldAlias(entry.Name, [.. fields], entry.Key.Span));
        }

        return aliases.DrainToImmutable();
    }

    private ImmutableArray<string> ReadTexts(YamlNode? node, string name)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (YamlNode item in node switch { null => [], YamlSequence list => list.Items, _ => [node] })
        {
            if (item is YamlScalar scalar)
            {
                texts.Add(scalar.Value);
            }
            else
            {
                diagnostics.Add(Codes.WrongType.At(item.Span, name, "a field or a list of fields", item.Kind));
            }
        }

        return texts.DrainToImmutable();
    }

    private bool ReadFlag(YamlMapping mapping)
    {
        switch (mapping["generate"])
        {
            case null:
                return false;
            case YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.Boolean:
                return scalar.Value[0] is 't' or 'T';
            case { } node:
                diagnostics.Add(Codes.WrongType.At(node.Span, "generate", "true or false", node.Kind));
                return false;
        }
    }

    private static string QueryName(CorrelationType type) => Types.First(pair => pair.Value == type).Key;
}
