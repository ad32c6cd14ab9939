using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Reads one document of a rule file: a rule, a correlation or a filter.</summary>
/// <param name="diagnostics">Receives what is wrong.</param>
internal sealed class RuleDocumentReader(List<Diagnostic> diagnostics)
{
    private static readonly string[] BesideDetections = ["condition", "timeframe"];

    /// <summary>The keys that say what kind of document it is.</summary>
    private static readonly string[] KindKeys = ["detection", "correlation", "filter"];

    /// <summary>Reads it.</summary>
    /// <param name="mapping">The document, with what a template adds to it.</param>
    /// <param name="span">Its position.</param>
    public ReadDocument Read(YamlMapping mapping, Span span)
    {
        var metadataParser = new MetadataParser(diagnostics);
        Metadata metadata = metadataParser.Parse(mapping);
        if (metadata.Title.Length == 0)
        {
            diagnostics.Add(Diagnostic.NoTitle(MetadataParser.FirstKey(mapping, span)));
        }

        if (KindKeys.Select(key => mapping.Find(key)).OfType<YamlEntry>().ToArray() is [var one, var other, ..])
        {
            // Whichever it was read as, the rest would be lost.
            diagnostics.Add(Diagnostic.SeveralKinds(other.Key.Span, one.Name, other.Name));
        }

        if (mapping["correlation"] is not null)
        {
            return RuleReader.Finish(new CorrelationParser(diagnostics).Parse(mapping, metadata, span), metadata, diagnostics, span);
        }

        if (mapping["filter"] is not null)
        {
            LogSource? scope = new LogSourceParser(diagnostics).Parse(mapping, span);
            return RuleReader.Finish(new FilterParser(diagnostics).Parse(mapping, metadata, scope, span), metadata, diagnostics, span) with { IsFilter = true };
        }

        LogSource? logSource = new LogSourceParser(diagnostics).Parse(mapping, span);
        SigmaRule? rule = null;
        if (mapping.Find("detection") is not { } entry)
        {
            Diagnostic missing = Diagnostic.MissingAttribute(MetadataParser.FirstKey(mapping, span), "detection");
            diagnostics.Add(missing.WithHint(UsualMistakes.OfIndentation("detection", mapping) ?? missing.Hint));
        }
        else if (entry.Value is not YamlMapping detection)
        {
            diagnostics.Add(Diagnostic.WrongType(entry.Value.Span, "detection", "a map", entry.Value.Kind));
        }
        else
        {
            rule = ReadDetection(detection, entry.Key, mapping, metadata, logSource, span);
        }

        return RuleReader.Finish(rule, metadata, diagnostics, span);
    }

    private SigmaRule? ReadDetection(
        YamlMapping detection, YamlScalar key, YamlMapping rule, Metadata metadata, LogSource? logSource, Span span)
    {
        var parser = new DetectionParser(diagnostics, ofRule: true);
        var detections = ImmutableArray.CreateBuilder<NamedDetection>(detection.Entries.Count);
        Timespan? timeframe = null;
        YamlScalar? timeframeKey = null;
        foreach (YamlEntry entry in detection.Entries)
        {
            switch (entry.Name)
            {
                case "condition":
                    break;
                case "timeframe":
                    timeframe = RuleReader.ReadTimespan(entry.Value, diagnostics);
                    timeframeKey = entry.Key;
                    break;
                default:
                    ReportMisspelt(entry);
                    if (parser.Parse(entry.Key, entry.Value) is { } body)
                    {
                        detections.Add(new NamedDetection(entry.Name, body, entry.Key.Span));
                    }

                    break;
            }
        }

        var names = new DetectionNames(detection.Entries.Select(entry => entry.Name).Where(name => name is not ("condition" or "timeframe")), key.Span.Source.Limits);
        if (names.Count == 0)
        {
            diagnostics.Add(Diagnostic.NoDetection(key.Span));
        }

        ImmutableArray<Condition> conditions = ReadConditions(detection, key, rule, names, timeframe);
        if (timeframeKey is not null && !conditions.IsEmpty && conditions.All(condition => condition.Aggregation is null))
        {
            diagnostics.Add(Diagnostic.UnusedTimeframe(timeframeKey.Span));
        }

        return logSource is null ? null : new SigmaRule(metadata, logSource, detections.DrainToImmutable(), conditions, span) { Timeframe = timeframe };
    }

    /// <summary>A misspelt condition or timeframe would go as a detection of keywords.</summary>
    private void ReportMisspelt(YamlEntry entry)
    {
        if (entry.Value is YamlScalar && Suggestion.Near(entry.Name, BesideDetections) is { } meant)
        {
            diagnostics.Add(Diagnostic.LooksMisspelt(entry.Key.Span, entry.Name, "a detection").WithHint($"did you mean '{meant}'?"));
        }
    }

    /// <summary>A condition that is there, but indented too little or too far.</summary>
    private static Diagnostic Misplaced(Diagnostic missing, YamlMapping detection, YamlMapping rule) => missing.WithHint(
        rule.Find("condition") is { } beside ? $"'condition:' in line {beside.Key.Span.Position.Line} is outside 'detection:'; indent it as far as the detections"
        : UsualMistakes.OfIndentation("condition", detection) ?? missing.Hint);

    private ImmutableArray<Condition> ReadConditions(
        YamlMapping detection, YamlScalar key, YamlMapping rule, DetectionNames names, Timespan? timeframe)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        switch (detection["condition"])
        {
            case null:
                diagnostics.Add(Misplaced(Diagnostic.MissingAttribute(key.Span, "condition"), detection, rule));
                break;
            case YamlSequence { Items.Count: > 0 } list:
                foreach (YamlNode item in list.Items)
                {
                    Add(item);
                }

                break;
            case { } node:
                Add(node);
                break;
        }

        return conditions.DrainToImmutable();

        void Add(YamlNode node)
        {
            if (node is not YamlScalar scalar || ScalarType.Of(scalar) is ScalarType.Null)
            {
                diagnostics.Add(Diagnostic.WrongType(node.Span, "condition", "a string", node.Kind));
            }
            else if (ConditionParser.Parse(scalar, names, timeframe, diagnostics) is { } condition)
            {
                conditions.Add(condition);
            }
        }
    }
}
