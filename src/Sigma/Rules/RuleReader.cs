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
        Span? unreadBefore = null;

        // What is wrong with a document is wrong with the rules that have parts of it.
        IReadOnlyList<Diagnostic> faultsOfTemplate = [];
        IReadOnlyList<Diagnostic> faultsOfPrevious = [];
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

                // A broken document may well have been the rule that the template is for, and the one that is repeated.
                pendingGlobal = null;
                previous = null;
                unreadBefore = document.Span;
                results.Add(Finish(null, new Metadata(), diagnostics, document.Span));
                continue;
            }

            string? action = (mapping["action"] as YamlScalar)?.Value;
            bool takesTemplate = true;
            switch (action)
            {
                case "global":
                    AddIfUnused(results, template, pendingGlobal);

                    // A repeat directly after it is the rule that uses it as its template.
                    previous = template = Without(mapping, "action");
                    faultsOfPrevious = faultsOfTemplate = document.Diagnostics;
                    pendingGlobal = (YamlScalar)mapping["action"]!;
                    AddIfBroken(results, mapping, diagnostics);
                    continue;
                case "reset":
                    AddIfUnused(results, template, pendingGlobal);
                    template = null;
                    pendingGlobal = null;
                    if (mapping.Entries.FirstOrDefault(entry => entry.Name != "action") is { Key: { } other })
                    {
                        diagnostics.Add(Diagnostic.ResetWithOthers(other.Span, other.Value));
                    }

                    AddIfBroken(results, mapping, diagnostics);
                    continue;
                case "repeat" when previous is null:
                    Diagnostic nothing = Diagnostic.RepeatOfNothing(mapping["action"]!.Span);
                    diagnostics.Add(unreadBefore is { } unread ? nothing.WithHint($"the document before it, in line {unread.Position.Line}, cannot be read") : nothing);
                    results.Add(Finish(null, new MetadataParser([]).Parse(mapping), diagnostics, document.Span));
                    continue;
                case "repeat":
                    mapping = repeated.Merge(previous, Without(mapping, "action"), previous);
                    diagnostics.AddRange(faultsOfPrevious);
                    break;
                case null when mapping["action"] is null:
                    takesTemplate = mapping["correlation"] is null && mapping["filter"] is null;
                    if (template is not null && takesTemplate)
                    {
                        mapping = repeated.Merge(mapping, template, template);
                        diagnostics.AddRange(faultsOfTemplate);
                    }

                    break;
                default:
                    diagnostics.Add(Diagnostic.UnknownAction(mapping["action"]!.Span, action ?? mapping["action"]!.Kind)
                        .WithHint(Suggestion.For(action ?? "", ["global", "reset", "repeat"]) ?? Codes.UnknownAction.Hint));
                    break;
            }

            pendingGlobal = takesTemplate ? null : pendingGlobal;
            previous = mapping;
            faultsOfPrevious = [.. diagnostics];
            unreadBefore = null;
            if (repeated.IsOverspent)
            {
                diagnostics.Add(source.Limits.Exceeded(Limits.RepeatedValues, Diagnostic.TooManyRepeated, document.Span with { Length = 0 }));
                results.Add(Finish(null, new MetadataParser([]).Parse(mapping), diagnostics, document.Span));
                continue;
            }

            written?.AddRange(Enumerable.Repeat<YamlMapping?>(null, results.Count - written.Count).Append(mapping));
            results.Add(new RuleDocumentReader(diagnostics).Read(mapping, document.Span));
        }

        AddIfUnused(results, template, pendingGlobal);

        if (results.Count == 0)
        {
            var start = new Span(source, 0, 0);
            results.Add(Finish(null, new Metadata(), [Diagnostic.EmptyFile(start)], start));
        }

        return results;
    }

    private static void AddIfUnused(List<ReadDocument> results, YamlMapping? template, YamlScalar? pendingGlobal)
    {
        if (template is not null && pendingGlobal is not null)
        {
            results.Add(Finish(null, new MetadataParser([]).Parse(template), [Diagnostic.GlobalWithoutRule(pendingGlobal.Span)], pendingGlobal.Span));
        }
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
