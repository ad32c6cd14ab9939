using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>
/// Reads the condition of a correlation: a map of bounds, or, for the temporal types, a text that combines the rules.
/// </summary>
internal sealed class CorrelationConditionParser(List<Diagnostic> diagnostics)
{
    /// <summary>Reads the condition into a correlation.</summary>
    /// <param name="body">The correlation's map.</param>
    /// <param name="key">Its key, for what is missing.</param>
    /// <param name="correlation">What is read so far.</param>
    /// <param name="rules">The rules it names; where there are none, those that the condition names.</param>
    public Correlation Parse(YamlMapping body, YamlScalar key, Correlation correlation, ref ImmutableArray<RuleReference> rules)
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
                diagnostics.Add(Diagnostic.CorrelationNeeds(key.Span, CorrelationParser.NameOf(correlation.Type), "condition"));
                return correlation;
            case { } node:
                diagnostics.Add(Diagnostic.WrongType(node.Span, "condition", temporal ? "a map or a string" : "a map", node.Kind));
                return correlation;
        }
    }

    private Correlation ReadThresholds(YamlMapping map, Correlation correlation)
    {
        var thresholds = ImmutableArray.CreateBuilder<Threshold>();
        foreach (YamlEntry entry in map.Entries)
        {
            if (Comparisons.Named(entry.Name) is { } comparison)
            {
                if (ReadNumber(entry) is { } number)
                {
                    thresholds.Add(new Threshold(comparison, number, entry.Key.Span.To(entry.Value.Span)));
                }
            }
            else if (entry.Name is not ("field" or "percentile"))
            {
                diagnostics.Add(Diagnostic.UnknownCorrelationKey(entry.Key.Span, "the condition of a correlation", entry.Name)
                    .WithHint(Suggestion.For(entry.Name, [.. Comparisons.Names, "field", "percentile"])));
            }
        }

        if (!map.Entries.Any(entry => Comparisons.Named(entry.Name) is not null))
        {
            diagnostics.Add(Diagnostic.CorrelationNeeds(map.Span with { Length = 0 }, "the condition", "gte (or gt, lt, lte, eq, neq)"));
        }

        return correlation with
        {
            Thresholds = thresholds.DrainToImmutable(),
            Fields = ReadField(map, correlation.Type),
            Percentile = ReadPercentile(map, correlation.Type),
        };
    }

    private ImmutableArray<string> ReadField(YamlMapping map, CorrelationType type)
    {
        bool counts = type is CorrelationType.EventCount or CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        ImmutableArray<string> fields = CorrelationParser.ReadFields(map["field"], "field", diagnostics);
        if (counts && map.Find("field") is { } unused)
        {
            diagnostics.Add(Diagnostic.CorrelationKeyUnused(unused.Key.Span, "field", CorrelationParser.NameOf(type)));
            return [];
        }

        if (!counts && map["field"] is null or YamlSequence { Items.Count: 0 })
        {
            diagnostics.Add(Diagnostic.CorrelationNeeds(map.Span with { Length = 0 }, CorrelationParser.NameOf(type), "field"));
        }
        else if (fields.Length > 1 && type is not CorrelationType.ValueCount)
        {
            diagnostics.Add(Diagnostic.WrongType(map["field"]!.Span, "field", "one field", "a list of several"));
        }

        return fields;
    }

    private string? ReadPercentile(YamlMapping map, CorrelationType type)
    {
        if (map.Find("percentile") is not { } entry)
        {
            if (type is CorrelationType.ValuePercentile)
            {
                diagnostics.Add(Diagnostic.CorrelationNeeds(map.Span with { Length = 0 }, "value_percentile", "percentile"));
            }

            return null;
        }

        if (type is not CorrelationType.ValuePercentile)
        {
            diagnostics.Add(Diagnostic.CorrelationKeyUnused(entry.Key.Span, "percentile", CorrelationParser.NameOf(type)));
            return null;
        }

        string? number = ReadNumber(entry);
        if (number is not null && (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) || value is < 0 or > 100))
        {
            diagnostics.Add(Diagnostic.PercentileRange(entry.Value.Span, number));
        }

        return number;
    }

    /// <summary>A number, in quotes or not: the Python reference takes both.</summary>
    private string? ReadNumber(YamlEntry entry)
    {
        if (entry.Value is YamlScalar scalar
            && ScalarType.Of(scalar with { Style = ScalarStyle.Plain }) is ScalarType.Number && ScalarTypes.CanonicalNumber(scalar.Value) is { } number)
        {
            return number;
        }

        diagnostics.Add(Diagnostic.WrongType(entry.Value.Span, entry.Name, "a number", entry.Value.Kind));
        return null;
    }

    /// <summary>
    /// <c>condition: a and not b</c>: a boolean expression over the rules. Where <c>rules</c> is given too, both must name the same.
    /// </summary>
    private Correlation ReadExpression(YamlScalar scalar, Correlation correlation, ref ImmutableArray<RuleReference> rules)
    {
        List<Token> tokens = ConditionLexer.Read(scalar);
        Token? foreign = tokens.Cast<Token?>().FirstOrDefault(token =>
            token!.Value.Is("of") || token.Value.Text.Contains('*') || token.Value.Kind is TokenKind.Pipe or TokenKind.Comma or TokenKind.Operator);
        if (foreign is { } found)
        {
            diagnostics.Add(Diagnostic.CorrelationExpression(found.Span, found.Text));
            return correlation;
        }

        RuleReference[] named =
        [
            .. tokens
                .Where(token => token.Kind is TokenKind.Word && !token.Is("and") && !token.Is("or") && !token.Is("not"))
                .Select(token => new RuleReference(token.Text, token.Span))
                .DistinctBy(reference => reference.Name),
        ];
        Condition? condition = ConditionParser.Parse(scalar, new DetectionNames(named.Select(reference => reference.Name), scalar.Span.Source.Limits), null, diagnostics);
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
        HashSet<string> others = [.. those.Select(other => other.Name)];
        foreach (RuleReference reference in these.Where(reference => !others.Contains(reference.Name)))
        {
            diagnostics.Add(Diagnostic.CorrelationRulesDiffer(reference.Span, reference.Name, where));
        }
    }
}
