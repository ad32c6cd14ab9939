using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>A document of a rule file as far as it could be read.</summary>
/// <param name="Document">The rule; null when it has errors.</param>
/// <param name="Metadata">What it says about itself, as far as that could be read.</param>
/// <param name="Diagnostics">What was found, sorted by place.</param>
/// <param name="Span">Where it stands.</param>
public sealed record ReadDocument(SigmaDocument? Document, Metadata Metadata, IReadOnlyList<Diagnostic> Diagnostics, Span Span);

/// <summary>Reads rule files: YAML documents, the <c>action</c> forms that spread one rule over several, and the rules.</summary>
public static class RuleReader
{
    /// <summary>Reads all documents of a source.</summary>
    /// <param name="source">The text of the file.</param>
    /// <returns>One entry a rule, in order; a broken one keeps its place. Never empty: a file without rules is one broken entry.</returns>
    public static IReadOnlyList<ReadDocument> Read(SourceText source)
    {
        var results = new List<ReadDocument>();
        YamlMapping? template = null;
        YamlMapping? previous = null;
        YamlScalar? pendingGlobal = null;
        foreach (YamlDocument document in YamlReader.Read(source))
        {
            if (document.Root is null && document.Diagnostics.Count == 0)
            {
                continue;
            }

            var diagnostics = new List<Diagnostic>(document.Diagnostics);
            if (document.Root is not YamlMapping mapping)
            {
                if (document.Root is { } root)
                {
                    diagnostics.Add(Codes.NotARule.At(root.Span, root.Kind));
                }

                // A broken document may well have been the rule that the template is for.
                pendingGlobal = null;
                results.Add(Finish(null, new Metadata(), diagnostics, document.Span));
                continue;
            }

            string? action = (mapping["action"] as YamlScalar)?.Value;
            switch (action)
            {
                case "global":
                    template = Without(mapping, "action");
                    pendingGlobal = (YamlScalar)mapping["action"]!;
                    AddIfBroken(results, mapping, diagnostics);
                    continue;
                case "reset":
                    template = null;
                    AddIfBroken(results, mapping, diagnostics);
                    continue;
                case "repeat" when previous is null:
                    diagnostics.Add(Codes.RepeatOfNothing.At(mapping["action"]!.Span));
                    break;
                case "repeat":
                    mapping = Merge(previous, Without(mapping, "action"));
                    break;
                case null when mapping["action"] is null:
                    bool stands = mapping["correlation"] is not null || mapping["filter"] is not null;
                    mapping = template is null || stands ? mapping : Merge(mapping, template);
                    break;
                default:
                    diagnostics.Add(Codes.UnknownAction.At(mapping["action"]!.Span, action ?? mapping["action"]!.Kind)
                        .WithHint(Suggestion.For(action ?? "", ["global", "reset", "repeat"]) ?? Codes.UnknownAction.Hint));
                    break;
            }

            pendingGlobal = null;
            previous = mapping;
            results.Add(ReadOne(mapping, document.Span, diagnostics));
        }

        if (pendingGlobal is not null)
        {
            Metadata metadata = new MetadataParser([]).Parse(template!);
            results.Add(Finish(null, metadata, [Codes.GlobalWithoutRule.At(pendingGlobal.Span)], pendingGlobal.Span));
        }

        if (results.Count == 0)
        {
            var start = new Span(source, 0, 0);
            results.Add(Finish(null, new Metadata(), [Codes.EmptyFile.At(start)], start));
        }

        return results;
    }

    private static void AddIfBroken(List<ReadDocument> results, YamlMapping mapping, List<Diagnostic> diagnostics)
    {
        if (diagnostics.Count > 0)
        {
            results.Add(Finish(null, new MetadataParser([]).Parse(mapping), diagnostics, mapping.Span));
        }
    }

    private static ReadDocument ReadOne(YamlMapping mapping, Span span, List<Diagnostic> diagnostics)
    {
        var metadataParser = new MetadataParser(diagnostics);
        Metadata metadata = metadataParser.Parse(mapping);
        if (metadata.Title.Length == 0)
        {
            diagnostics.Add(Codes.NoTitle.At(MetadataParser.FirstKey(mapping, span)));
        }

        if (mapping["correlation"] is not null)
        {
            return Finish(new CorrelationParser(diagnostics).Parse(mapping, metadata, span), metadata, diagnostics, span);
        }

        if (mapping["filter"] is not null)
        {
            LogSource? scope = metadataParser.ParseLogSource(mapping, span);
            return Finish(new FilterParser(diagnostics).Parse(mapping, metadata, scope, span), metadata, diagnostics, span);
        }

        LogSource? logSource = metadataParser.ParseLogSource(mapping, span);
        SigmaRule? rule = null;
        if (mapping.Find("detection") is not { } entry)
        {
            diagnostics.Add(Codes.MissingAttribute.At(MetadataParser.FirstKey(mapping, span), "detection"));
        }
        else if (entry.Value is not YamlMapping detection)
        {
            diagnostics.Add(Codes.WrongType.At(entry.Value.Span, "detection", "a map", entry.Value.Kind));
        }
        else
        {
            rule = ReadDetection(detection, entry.Key, metadata, logSource, span, diagnostics);
        }

        return Finish(rule, metadata, diagnostics, span);
    }

    private static SigmaRule? ReadDetection(
        YamlMapping detection, YamlScalar key, Metadata metadata, LogSource? logSource, Span span, List<Diagnostic> diagnostics)
    {
        var parser = new DetectionParser(diagnostics);
        var detections = ImmutableArray.CreateBuilder<NamedDetection>();
        var names = new List<string>();
        Timespan? timeframe = null;
        foreach (YamlEntry entry in detection.Entries)
        {
            switch (entry.Name)
            {
                case "condition":
                    break;
                case "timeframe":
                    timeframe = ReadTimespan(entry.Value, diagnostics);
                    break;
                default:
                    names.Add(entry.Name);
                    if (parser.Parse(entry.Key, entry.Value) is { } body)
                    {
                        detections.Add(new NamedDetection(entry.Name, body, entry.Key.Span));
                    }

                    break;
            }
        }

        if (names.Count == 0)
        {
            diagnostics.Add(Codes.NoDetection.At(key.Span));
        }

        ImmutableArray<Condition> conditions = ReadConditions(detection, key, names, timeframe, diagnostics);
        return logSource is null ? null : new SigmaRule(metadata, logSource, detections.DrainToImmutable(), conditions, span) { Timeframe = timeframe };
    }

    private static ImmutableArray<Condition> ReadConditions(
        YamlMapping detection, YamlScalar key, List<string> names, Timespan? timeframe, List<Diagnostic> diagnostics)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        switch (detection["condition"])
        {
            case null:
                diagnostics.Add(Codes.MissingAttribute.At(key.Span, "condition"));
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
                diagnostics.Add(Codes.WrongType.At(node.Span, "condition", "a text", node.Kind));
            }
            else if (ConditionParser.Parse(scalar, names, timeframe, diagnostics) is { } condition)
            {
                conditions.Add(condition);
            }
        }
    }

    /// <summary>Reads <c>15m</c>: a whole number and one of s, m, h, d (and w, M, y of the Python reference).</summary>
    internal static Timespan? ReadTimespan(YamlNode node, List<Diagnostic> diagnostics)
    {
        string text = (node as YamlScalar)?.Value ?? node.Kind;
        if (text.Length > 1 && "smhdwMy".Contains(text[^1])
            && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count is > 0 and < 1_000_000_000)
        {
            return new Timespan(count, text[^1]);
        }

        diagnostics.Add(Codes.InvalidTimeframe.At(node.Span, text));
        return null;
    }

    /// <summary>Lays one map over another: its values win, maps are merged, everything else is replaced.</summary>
    private static YamlMapping Merge(YamlMapping under, YamlMapping over)
    {
        var entries = new List<YamlEntry>(under.Entries);
        foreach (YamlEntry entry in over.Entries)
        {
            int index = entries.FindIndex(e => e.Name == entry.Name);
            if (index < 0)
            {
                entries.Add(entry);
            }
            else if (entries[index].Value is YamlMapping inner && entry.Value is YamlMapping outer)
            {
                entries[index] = entry with { Value = Merge(inner, outer) };
            }
            else
            {
                entries[index] = entry;
            }
        }

        return new YamlMapping(entries, under.Span);
    }

    private static YamlMapping Without(YamlMapping mapping, string key) =>
        mapping with { Entries = [.. mapping.Entries.Where(e => e.Name != key)] };

    private static ReadDocument Finish(SigmaDocument? document, Metadata metadata, List<Diagnostic> diagnostics, Span span)
    {
        bool failed = diagnostics.Exists(d => d.Severity is Severity.Error);

        // A modifier without a field says so for each value of a list; once is enough.
        IReadOnlyList<Diagnostic> sorted = diagnostics.Count < 2 ? diagnostics : [.. diagnostics.Distinct().OrderBy(d => d.Span?.Start ?? 0)];
        return new ReadDocument(failed ? null : document, metadata, sorted, span);
    }
}
