using System.Globalization;
using System.Text;
using Sigma.Templates;

namespace Sigma.Documentation.Site;

/// <summary>
/// Writes the index that the search of the site reads, as a script: what a browser loads from a disk too. What many rules
/// share stands in a table once, and a rule has its number.
/// </summary>
internal static class SearchIndex
{
    /// <summary>Writes it.</summary>
    /// <param name="rules">The rules, by title: that order decides where the search finds no difference.</param>
    /// <param name="findings">What checks have found.</param>
    public static string Write(IReadOnlyList<SiteRule> rules, SiteFindings findings)
    {
        var sources = new Table();
        var products = new Table();
        var authors = new Table();
        var tags = new Table();
        var fields = new Table();
        var codes = new Table();
        var rows = new StringBuilder();
        foreach (SiteRule rule in rules)
        {
            Dictionary<string, string> names = rule.Rule.Techniques.DistinctBy(t => t.Id).ToDictionary(t => "attack." + t.Id, t => t.Name, StringComparer.OrdinalIgnoreCase);
            IEnumerable<int> tagged = rule.Metadata.Tags.Select(tag => tags[names.TryGetValue(tag, out string? name) ? $"{tag} {name}" : tag]);
            rows.Append(rows.Length == 0 ? "[" : ",\n[").Append(TemplateFunctions.ToJson(rule.Title)).Append(",\"").Append(rule.Page).Append("\",")
                .Append(CultureInfo.InvariantCulture, $"{(rule.Metadata.Level is { } level ? (int)level + 1 : 0)},{(rule.Metadata.Status is { } status ? (int)status + 1 : 0)},")
                .Append(CultureInfo.InvariantCulture, $"{products[rule.Product]},{sources[rule.Source]},{authors[rule.Metadata.Author ?? ""]},")
                .Append(TemplateFunctions.ToJson(rule.Metadata.Id)).Append(",[").AppendJoin(',', tagged.Distinct())
                .Append("],[").AppendJoin(',', rule.Fields.Select(field => fields[field])).Append("],").Append(TemplateFunctions.ToJson(rule.Changed))
                .Append(",[").AppendJoin(',', rule.Rule.Findings.Select(finding => codes[findings.NameOf(finding.Code.Id)]).Distinct()).Append("]]");
        }

        return $$"""
            window.sigmacIndex={"sources":{{sources}},
            "products":{{products}},
            "authors":{{authors}},
            "tags":{{tags}},
            "fields":{{fields}},
            "codes":{{codes}},
            "rules":[{{rows}}]};

            """;
    }

    /// <summary>Texts, each once, with their numbers.</summary>
    private sealed class Table
    {
        private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

        public int this[string text]
        {
            get
            {
                if (!numbers.TryGetValue(text, out int number))
                {
                    numbers[text] = number = numbers.Count;
                }

                return number;
            }
        }

        public override string ToString() => "[" + string.Join(',', numbers.Keys.Select(TemplateFunctions.ToJson)) + "]";
    }
}
