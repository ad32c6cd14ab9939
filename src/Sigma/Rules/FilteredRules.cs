namespace Sigma.Rules;

/// <summary>
/// Finds the rules that a filter applies to without trying each: a run may have thousands of both. A rule stands under each
/// combination of its log source's attributes, since a filter names some of them.
/// </summary>
internal sealed class FilteredRules
{
    private readonly Dictionary<(string? Category, string? Product, string? Service), List<SigmaRule>> bySource = [];
    private readonly Dictionary<string, List<SigmaRule>> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<SigmaRule>> byName = new(StringComparer.Ordinal);

    /// <summary>Creates the index.</summary>
    public FilteredRules(IReadOnlyList<ReadDocument> documents)
    {
        foreach (SigmaRule rule in documents.Select(document => document.Document).OfType<SigmaRule>())
        {
            LogSource source = rule.LogSource;
            foreach (string? category in Distinct(source.Category))
            {
                foreach (string? product in Distinct(source.Product))
                {
                    foreach (string? service in Distinct(source.Service))
                    {
                        Add(bySource, (category, product, service), rule);
                    }
                }
            }

            if (rule.Metadata.Id is { } id)
            {
                Add(byId, id, rule);
            }

            if (rule.Metadata.Name is { } name)
            {
                Add(byName, name, rule);
            }
        }
    }

    /// <summary>The rules that a filter applies to, each once.</summary>
    public IEnumerable<SigmaRule> For(SigmaFilter filter)
    {
        if (filter.Rules is not { } references)
        {
            return bySource.GetValueOrDefault((filter.LogSource.Category, filter.LogSource.Product, filter.LogSource.Service), []);
        }

        var named = new HashSet<SigmaRule>(ReferenceEqualityComparer.Instance);
        foreach (string name in references.Select(reference => reference.Name).Distinct())
        {
            named.UnionWith(Named(name).Where(rule => filter.LogSource.Contains(rule.LogSource)));
        }

        return named;
    }

    /// <summary>The rules of an id or name, of whatever log source.</summary>
    public IEnumerable<SigmaRule> Named(string name) => byId.GetValueOrDefault(name, []).Concat(byName.GetValueOrDefault(name, []));

    private static string?[] Distinct(string? attribute) => attribute is null ? [null] : [null, attribute];

    private static void Add<TKey>(Dictionary<TKey, List<SigmaRule>> index, TKey key, SigmaRule rule)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<SigmaRule>? rules))
        {
            index[key] = rules = [];
        }

        rules.Add(rule);
    }
}
