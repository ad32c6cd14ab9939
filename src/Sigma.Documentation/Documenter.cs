using System.Collections.Immutable;
using Sigma.Attack;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Documentation;

/// <summary>Finds out what the documentation of rules tells beyond the rules themselves.</summary>
/// <param name="attack">The names of tactics and techniques.</param>
/// <param name="dataNeeded">Tells the kinds of events that a rule needs.</param>
/// <param name="triggers">The techniques that there is a test for.</param>
internal sealed class Documenter(AttackCatalog attack, DataNeeded dataNeeded, TriggerCatalog triggers)
{
    /// <summary>Documents a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="documents">Its documents.</param>
    /// <param name="conversions">The conversions of its documents, all targets of a document together.</param>
    public DocumentedFile Document(SourceText source, IReadOnlyList<ReadDocument> documents, IEnumerable<Conversion> conversions)
    {
        ILookup<int, Conversion> queries = conversions.ToLookup(conversion => conversion.Index);
        return new DocumentedFile(
            source, [.. documents.Select((document, index) => Document(document, index, [.. queries[index]])).Where(rule => rule.Queries.Length > 0)]);
    }

    private DocumentedRule Document(ReadDocument document, int index, ImmutableArray<Conversion> queries)
    {
        var tactics = ImmutableArray.CreateBuilder<Tactic>();
        var techniques = ImmutableArray.CreateBuilder<Technique>();
        var others = ImmutableArray.CreateBuilder<string>();
        foreach (string tag in document.Metadata.Tags)
        {
            string? name = AttackTags.Name(tag);
            if (name is not null && attack.FindTactic(name) is { } tactic)
            {
                tactics.Add(tactic);
            }
            else if (name is not null && attack.FindTechnique(name) is { } technique)
            {
                techniques.Add(technique);
            }
            else
            {
                others.Add(tag);
            }
        }

        ImmutableArray<string> enrichments = Enrichments(document.Metadata);
        return new DocumentedRule
        {
            Document = document,
            Index = index,
            Tactics = tactics.ToImmutable(),
            Techniques = techniques.ToImmutable(),
            OtherTags = others.ToImmutable(),
            Enrichments = enrichments,
            DataNeeded = document.Document is SigmaRule rule ? dataNeeded.Of(rule, enrichments) : [],
            Triggers = [.. techniques.Where(technique => triggers.Has(technique.Id))],
            Queries = queries,
        };
    }

    private static ImmutableArray<string> Enrichments(Metadata metadata)
    {
        foreach (YamlEntry entry in metadata.Custom)
        {
            if (entry.Name == "enrichment")
            {
                return entry.Value switch
                {
                    YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Value)],
                    YamlScalar scalar => [scalar.Value],
                    _ => [],
                };
            }
        }

        return [];
    }
}
