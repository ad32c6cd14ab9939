using YamlDotNet.Core;

namespace Sigma.Yaml;

/// <summary>The node that an anchor names, and the cost of expanding it, in nodes and levels.</summary>
/// <param name="Node">The node; null while it is still being read.</param>
/// <param name="Size">How many nodes it has.</param>
/// <param name="Height">How many levels are below it.</param>
internal readonly record struct Anchored(YamlNode? Node, int Size, int Height);

/// <summary>What the aliases of a file have added to it so far.</summary>
internal sealed class AliasBudget
{
    /// <summary>How many nodes they stand for.</summary>
    public long Spent { get; set; }
}

/// <summary>The anchors of a document so far.</summary>
internal sealed class YamlAnchors
{
    private Dictionary<string, Anchored>? anchors;

    /// <summary>Forgets them: another document begins.</summary>
    public void Clear() => anchors?.Clear();

    /// <summary>What an alias means; null if nothing has the name.</summary>
    public Anchored? Find(string name) => anchors is not null && anchors.TryGetValue(name, out Anchored target) ? target : null;

    /// <summary>Says that a node begins, so that an alias inside it is told from an unknown one.</summary>
    public void Announce(AnchorName anchor) => Set(anchor, new Anchored(null, 0, 0));

    /// <summary>Says what a node has become.</summary>
    public void Remember(AnchorName anchor, YamlNode node, int size, int height) => Set(anchor, new Anchored(node, size, height));

    private void Set(AnchorName anchor, Anchored what)
    {
        if (!anchor.IsEmpty)
        {
            (anchors ??= new(StringComparer.Ordinal))[anchor.Value] = what;
        }
    }
}
