using Sigma.Text;

namespace Sigma.Yaml;

/// <summary>
/// A map that is read key by key. It remembers which keys were asked for, so that a mistyped one is reported instead of ignored. What
/// derives from it gives the diagnostics of its format.
/// </summary>
/// <param name="mapping">The map.</param>
/// <param name="others">The keys of the map that somebody else reads.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal abstract class MapReader(YamlMapping mapping, IReadOnlyCollection<string> others, List<Diagnostic> diagnostics)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Where the map stands.</summary>
    public Span Span => mapping.Span;

    /// <summary>The place of something that is missing from the map.</summary>
    protected Span Start => mapping.Span with { Length = 0 };

    /// <summary>The place of a value, or of the map where there is none.</summary>
    public Span SpanOf(string name) => mapping[name]?.Span ?? Start;

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<YamlScalar> Keys => mapping.Entries.Select(entry => entry.Key);

    /// <summary>The keys that were asked for.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>Receives diagnostics.</summary>
    public List<Diagnostic> Diagnostics => diagnostics;

    /// <summary>Whether a key is there; this does not ask for it.</summary>
    public bool Has(string name) => mapping[name] is not null;

    /// <summary>The node under a key, or null.</summary>
    public YamlNode? Node(string name)
    {
        asked.Add(name);
        return mapping[name];
    }

    /// <summary>The scalar under a key; null if absent, or after a report.</summary>
    public virtual YamlScalar? Scalar(string name)
    {
        YamlNode? node = Node(name);
        if (node is not (null or YamlScalar))
        {
            Refuse(name, node, "a string");
        }

        return node as YamlScalar;
    }

    /// <summary>A text, number or boolean, as text; null if absent.</summary>
    public string? Text(string name) => Scalar(name) is { } scalar && ScalarType.Of(scalar) is not ScalarType.Null ? scalar.Value : null;

    /// <summary>A text that must be there; empty, after a report, when it is not.</summary>
    public string Required(string name)
    {
        string? text = Text(name);
        if (text is null)
        {
            Missing(name);
        }

        return text ?? "";
    }

    /// <summary>A boolean; false where absent.</summary>
    public bool Flag(string name)
    {
        YamlNode? node = Node(name);
        bool? truth = node is YamlScalar scalar ? ScalarTypes.Truth(scalar) : null;
        if (node is not null && truth is null)
        {
            Refuse(name, node, "true or false");
        }

        return truth ?? false;
    }

    /// <summary>Reports that a key is missing.</summary>
    public void Missing(string name) => diagnostics.Add(MissingKey(name));

    /// <summary>Reports the keys that nothing asked for.</summary>
    /// <param name="known">Further keys there could be, for suggestions.</param>
    public void ReportUnknown(params IEnumerable<string> known)
    {
        string[] names = [.. asked.Union(known)];
        foreach (YamlScalar key in Keys.Where(key => !asked.Contains(key.Value) && !others.Contains(key.Value)))
        {
            diagnostics.Add(UnknownKey(key).WithHint(Suggestion.For(key.Value, names)));
        }
    }

    /// <summary>Reports the keys of a map that are none of the known ones, for a format that has a list of them.</summary>
    /// <param name="mapping">The map.</param>
    /// <param name="known">The keys there are.</param>
    /// <param name="report">Makes the diagnostic of a key from the key and what was probably meant, or null.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static void ReportUnknown(YamlMapping mapping, IReadOnlyCollection<string> known, Func<YamlScalar, string?, Diagnostic> report, List<Diagnostic> diagnostics) =>
        diagnostics.AddRange(mapping.Entries.Where(entry => !known.Contains(entry.Name)).Select(entry => report(entry.Key, Suggestion.For(entry.Name, known))));

    /// <summary>One text or a list of them.</summary>
    /// <param name="name">The key, for messages.</param>
    /// <param name="node">What stands under it; null for none.</param>
    /// <param name="fits">Whether a scalar is such a text.</param>
    /// <param name="wanted">What is wanted, for messages.</param>
    protected IReadOnlyList<string> TextsOf(string name, YamlNode? node, Func<YamlScalar, bool> fits, string wanted)
    {
        var texts = new List<string>();
        foreach (YamlNode item in node switch { null => [], YamlSequence list => list.Items, _ => [node] })
        {
            if (item is YamlScalar scalar && fits(scalar))
            {
                texts.Add(scalar.Value);
            }
            else
            {
                Refuse(name, item, wanted);
            }
        }

        return texts;
    }

    /// <summary>A node that must be a map; an empty one, after a report, when it is not.</summary>
    public YamlMapping MapOf(string name, YamlNode node)
    {
        if (node is YamlMapping map)
        {
            return map;
        }

        Refuse(name, node, "a map");
        return new YamlMapping([], node.Span);
    }

    /// <summary>Reports that a value is not what is wanted.</summary>
    protected void Refuse(string name, YamlNode node, string wanted) => diagnostics.Add(WrongValue(name, node, wanted));

    /// <summary>Says that a key is missing.</summary>
    protected abstract Diagnostic MissingKey(string name);

    /// <summary>Says that there is no such key.</summary>
    protected abstract Diagnostic UnknownKey(YamlScalar key);

    /// <summary>Says that the value of a key is not what is wanted.</summary>
    protected abstract Diagnostic WrongValue(string name, YamlNode node, string wanted);
}
