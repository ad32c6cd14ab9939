using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Lays documents over templates, and counts what that repeats: each rule of a file is parsed with all that a template gives it.</summary>
/// <param name="limits">How much may be repeated.</param>
internal sealed class RepeatedNodes(Limits limits)
{
    private readonly Dictionary<YamlNode, long> sizes = new(ReferenceEqualityComparer.Instance);
    private long repeated;

    /// <summary>Whether more was repeated than may be.</summary>
    public bool IsOverspent => repeated > limits[Limits.RepeatedValues];

    /// <summary>Lays a template over a document, or a document over the one before it: the upper one's values win, maps are merged, everything else is replaced.</summary>
    /// <param name="under">The lower one.</param>
    /// <param name="over">The upper one.</param>
    /// <param name="template">Which of the two other documents have too.</param>
    public YamlMapping Merge(YamlMapping under, YamlMapping over, YamlMapping template)
    {
        repeated += SizeOf(template);
        return IsOverspent ? under : Merge(under, over);
    }

    private static YamlMapping Merge(YamlMapping under, YamlMapping over)
    {
        var entries = new List<YamlEntry>(under.Entries);
        var places = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        for (int i = 0; i < entries.Count; i++)
        {
            places.TryAdd(entries[i].Name, i);
        }

        foreach (YamlEntry entry in over.Entries)
        {
            if (!places.TryGetValue(entry.Name, out int index))
            {
                places.Add(entry.Name, entries.Count);
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

    /// <summary>How many nodes a node has; a template is asked for again and again.</summary>
    private long SizeOf(YamlNode node)
    {
        if (node is YamlScalar)
        {
            return 1;
        }

        if (!sizes.TryGetValue(node, out long size))
        {
            size = 1 + (node switch
            {
                YamlMapping map => map.Entries.Sum(entry => SizeOf(entry.Value)),
                YamlSequence list => list.Items.Sum(SizeOf),
                _ => 0,
            });
            sizes[node] = size;
        }

        return size;
    }
}
