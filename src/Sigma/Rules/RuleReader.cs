using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>A document of a rule file, as far as it could be read.</summary>
/// <param name="Document">The rule; null if it has errors.</param>
/// <param name="Metadata">Its metadata, as far as it could be read.</param>
/// <param name="Diagnostics">What was found, sorted by place.</param>
/// <param name="Span">Its position.</param>
public sealed record ReadDocument(SigmaDocument? Document, Metadata Metadata, IReadOnlyList<Diagnostic> Diagnostics, Span Span)
{
    /// <summary>Whether it is a filter, even one that has errors.</summary>
    internal bool IsFilter { get; init; }
}

/// <summary>Reads rule files: YAML documents, the <c>action</c> forms that spread one rule over several, and the rules.</summary>
public static class RuleReader
{
    /// <summary>Reads all documents of a source.</summary>
    /// <param name="source">The text of the file.</param>
    /// <returns>One entry per rule, in order; a broken one keeps its place. Never empty: a file without rules is one broken entry.</returns>
    public static IReadOnlyList<ReadDocument> Read(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Read(source, null);
    }

    /// <summary>Reads all documents of a source together with how they are written.</summary>
    /// <param name="source">The text of the file.</param>
    /// <returns>What <see cref="Read(SourceText)"/> returns, each with its keys and values, those of a template among them; null where there are none.</returns>
    internal static IReadOnlyList<(ReadDocument Document, YamlMapping? Written)> ReadWritten(SourceText source)
    {
        var written = new List<YamlMapping?>();
        IReadOnlyList<ReadDocument> documents = Read(source, written);
        return [.. documents.Select((document, i) => (document, written.ElementAtOrDefault(i)))];
    }

    private static IReadOnlyList<ReadDocument> Read(SourceText source, List<YamlMapping?>? written)
    {
        var results = new List<ReadDocument>();
        var repeated = new RepeatedNodes(source.Limits);
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
                    diagnostics.Add(Diagnostic.NotARule(root.Span, root.Kind));
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
                    // A repeat directly after it is the rule that uses it as its template.
                    previous = template = Without(mapping, "action");
                    pendingGlobal = (YamlScalar)mapping["action"]!;
                    AddIfBroken(results, mapping, diagnostics);
                    continue;
                case "reset":
                    template = null;
                    AddIfBroken(results, mapping, diagnostics);
                    continue;
                case "repeat" when previous is null:
                    diagnostics.Add(Diagnostic.RepeatOfNothing(mapping["action"]!.Span));
                    break;
                case "repeat":
                    mapping = repeated.Merge(previous, Without(mapping, "action"), previous);
                    break;
                case null when mapping["action"] is null:
                    bool stands = mapping["correlation"] is not null || mapping["filter"] is not null;
                    mapping = template is null || stands ? mapping : repeated.Merge(mapping, template, template);
                    break;
                default:
                    diagnostics.Add(Diagnostic.UnknownAction(mapping["action"]!.Span, action ?? mapping["action"]!.Kind)
                        .WithHint(Suggestion.For(action ?? "", ["global", "reset", "repeat"]) ?? Codes.UnknownAction.Hint));
                    break;
            }

            pendingGlobal = null;
            previous = mapping;
            if (repeated.IsOverspent)
            {
                diagnostics.Add(source.Limits.Exceeded(Limits.RepeatedValues, Diagnostic.TooManyRepeated, document.Span with { Length = 0 }));
                results.Add(Finish(null, new MetadataParser([]).Parse(mapping), diagnostics, document.Span));
                continue;
            }

            written?.AddRange(Enumerable.Repeat<YamlMapping?>(null, results.Count - written.Count).Append(mapping));
            results.Add(new RuleDocumentReader(diagnostics).Read(mapping, document.Span));
        }

        if (pendingGlobal is not null)
        {
            Metadata metadata = new MetadataParser([]).Parse(template!);
            results.Add(Finish(null, metadata, [Diagnostic.GlobalWithoutRule(pendingGlobal.Span)], pendingGlobal.Span));
        }

        if (results.Count == 0)
        {
            var start = new Span(source, 0, 0);
            results.Add(Finish(null, new Metadata(), [Diagnostic.EmptyFile(start)], start));
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

        diagnostics.Add(Diagnostic.InvalidTimeframe(node.Span, text));
        return null;
    }

    private static YamlMapping Without(YamlMapping mapping, string key) =>
        mapping with { Entries = [.. mapping.Entries.Where(e => e.Name != key)] };

    internal static ReadDocument Finish(SigmaDocument? document, Metadata metadata, List<Diagnostic> diagnostics, Span span)
    {
        bool failed = diagnostics.Exists(d => d.Severity is Severity.Error);

        // A modifier without a field says so for each value of a list; once is enough.
        IReadOnlyList<Diagnostic> sorted = diagnostics.Count < 2 ? diagnostics : [.. diagnostics.Distinct().OrderBy(d => d.Span?.Start ?? 0)];
        return new ReadDocument(failed ? null : document, metadata, sorted, span);
    }
}
