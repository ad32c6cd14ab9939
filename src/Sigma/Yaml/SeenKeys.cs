using Sigma.Text;

namespace Sigma.Yaml;

/// <summary>The keys of a map so far. Most maps are so small that it is quicker to go through them than to hash.</summary>
internal sealed class SeenKeys(List<YamlEntry> entries)
{
    private const int Few = 12;

    private Dictionary<string, Span>? index;
    private int indexed;

    /// <summary>The place of a key that is already there, or null.</summary>
    public Span? Find(string key)
    {
        if (entries.Count <= Few)
        {
            for (int i = 0; i < entries.Count; i++)
            {
                YamlScalar known = entries[i].Key;
                if (known.Value == key)
                {
                    return known.Span;
                }
            }

            return null;
        }

        index ??= new Dictionary<string, Span>(StringComparer.Ordinal);
        for (; indexed < entries.Count; indexed++)
        {
            index.TryAdd(entries[indexed].Name, entries[indexed].Key.Span);
        }

        return index.TryGetValue(key, out Span span) ? span : null;
    }
}
