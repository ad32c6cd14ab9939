using Sigma.Rules;
using Sigma.Yaml;

namespace Sigma.Explanations;

/// <summary>Writes rules, filters and correlations in lines that people can read and compare.</summary>
internal static class RuleText
{
    /// <summary>Writes a rule: log source, what it says that pipelines change, detections, conditions.</summary>
    public static IReadOnlyList<TextLine> Of(SigmaRule rule)
    {
        var lines = new List<TextLine> { LogSourceLine(rule.LogSource) };
        if (rule.Metadata.Fields.Count > 0)
        {
            lines.Add(ValueText.Line(0, "fields: " + string.Join(", ", rule.Metadata.Fields)));
        }

        lines.AddRange(rule.Metadata.Custom.Select(entry => ValueText.Line(0, $"attribute {entry.Name}: {Short(entry.Value)}", entry.Key.Span)));
        lines.AddRange(rule.Detections.SelectMany(Lines));
        foreach (Condition condition in rule.Conditions)
        {
            lines.Add(ValueText.Line(0, "condition: " + ConditionText.Of(condition.Search), condition.Search.Span));
            if (condition.Aggregation is { } counted)
            {
                lines.Add(ValueText.Line(1, "count: " + ConditionText.Of(counted, condition.Near), counted.Span));
            }
        }

        lines.AddRange(rule.ExtraFields.Select(extra => ValueText.Line(0, "field of the correlation: " + string.Join(", ", extra.Names), extra.Span)));
        return lines;
    }

    /// <summary>Writes a filter.</summary>
    public static IReadOnlyList<TextLine> Of(SigmaFilter filter) =>
    [
        LogSourceLine(filter.LogSource),
        ValueText.Line(0, "rules: " + (filter.Rules is { } rules ? string.Join(", ", rules.Select(rule => rule.Name)) : "any")),
        .. filter.Detections.SelectMany(Lines),
        ValueText.Line(0, "condition: " + ConditionText.Of(filter.Condition), filter.Condition.Span),
    ];

    /// <summary>Writes a correlation.</summary>
    /// <param name="document">The document.</param>
    /// <param name="counted">What is counted, in the field names to show.</param>
    public static IReadOnlyList<TextLine> Of(SigmaCorrelation document, Correlation counted) =>
    [
        ValueText.Line(0, "correlation: " + ConditionText.Of(counted), counted.Span),
        ValueText.Line(0, "rules: " + string.Join(", ", document.Rules.Select(rule => rule.Name)), document.Rules.IsEmpty ? null : document.Rules[0].Span),
        .. document.Aliases.Select(alias => ValueText.Line(
            0, $"alias {alias.Name}: " + string.Join(", ", alias.Mappings.Select(mapping => $"{mapping.Field} of {mapping.Rule.Name}")), alias.Span)),
    ];

    private static TextLine LogSourceLine(LogSource source)
    {
        (string Name, string? Text)[] parts = [("category", source.Category), ("product", source.Product), ("service", source.Service)];
        string given = string.Join(", ", parts.Where(part => part.Text is not null).Select(part => $"{part.Name} {part.Text}"));
        return ValueText.Line(0, "log source: " + (given.Length == 0 ? "any" : given), source.Span);
    }

    private static IEnumerable<TextLine> Lines(NamedDetection detection)
    {
        string heading = "detection " + ConditionText.NameOf(detection.Name);
        Detection body = Single(detection.Body);
        (string link, IEnumerable<Detection> items) = Parts(body);
        yield return ValueText.Line(0, heading + link, detection.NameSpan);
        foreach (TextLine line in items.SelectMany(item => Lines(item, 1)))
        {
            yield return line;
        }
    }

    private static IEnumerable<TextLine> Lines(Detection detection, int depth)
    {
        detection = Single(detection);
        if (detection is DetectionItem item)
        {
            IEnumerable<TextLine> lines = ValueText.Lines(item.Field, item.Values, item.All, item.Negated ? depth + 1 : depth, item.FieldSpan);
            string written = item.Modifiers.IsEmpty ? "" : $"{item.Field}|{string.Join('|', item.Modifiers)}";
            lines = lines.Select((line, i) => i == 0 && written.Length > 0 ? line with { Note = written } : line);
            return item.Negated ? lines.Prepend(ValueText.Line(depth, "not", item.FieldSpan)) : lines;
        }

        (string link, IEnumerable<Detection> items) = Parts(detection);
        return items.SelectMany(inner => Lines(inner, depth + 1)).Prepend(ValueText.Line(depth, link.TrimStart(',', ' '), detection.Span));
    }

    private static (string Link, IEnumerable<Detection> Items) Parts(Detection detection) => detection switch
    {
        AllOfDetection all => (", all of", all.Items),
        AnyOfDetection any => (", any of", any.Items),
        _ => ("", [detection]),
    };

    private static Detection Single(Detection detection) => detection switch
    {
        AllOfDetection { Items: [var only] } => Single(only),
        AnyOfDetection { Items: [var only] } => Single(only),
        _ => detection,
    };

    private static string Short(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Value,
        YamlSequence list => $"[{string.Join(", ", list.Items.Select(Short))}]",
        _ => "{…}",
    };
}
