using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>A map of a backend definition, read key by key; keys that nothing asked for are mistakes.</summary>
/// <param name="mapping">The map.</param>
/// <param name="owner">What it describes, for messages.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class DefinitionMap(YamlMapping mapping, string owner, List<Diagnostic> diagnostics)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>The position of the map.</summary>
    public Span Span => mapping.Span;

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<string> Names => mapping.Entries.Select(entry => entry.Name);

    /// <summary>The keys with their places.</summary>
    public IEnumerable<YamlScalar> Keys => mapping.Entries.Select(entry => entry.Key);

    /// <summary>Whether a key is there.</summary>
    public bool Has(string name) => mapping[name] is not null;

    /// <summary>The place of a value, or of the map if there is none.</summary>
    public Span SpanOf(string name) => mapping[name]?.Span ?? mapping.Span with { Length = 0 };

    /// <summary>The node under a key, or null.</summary>
    public YamlNode? Node(string name)
    {
        asked.Add(name);
        return mapping[name];
    }

    /// <summary>The scalar under a key, or null; anything else is reported.</summary>
    public YamlScalar? Scalar(string name)
    {
        asked.Add(name);
        switch (mapping[name])
        {
            case null:
                return null;
            case YamlScalar scalar:
                return scalar;
            case { } node:
                diagnostics.Add(Codes.BackendValue.At(node.Span, name, "a text"));
                return null;
        }
    }

    /// <summary>The text under a key, or null.</summary>
    public string? Text(string name) => Scalar(name) is { } scalar && ScalarType.Of(scalar) is not ScalarType.Null ? scalar.Value : null;

    /// <summary>The text under a key that must be there; empty after a report when it is not.</summary>
    public string Required(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        Missing(name);
        return "";
    }

    /// <summary>The text under a key, which must not be empty; null if the key is absent, or after a report.</summary>
    public string? Filled(string name)
    {
        if (Scalar(name) is not { } scalar)
        {
            return null;
        }

        if (scalar.Value.Length > 0)
        {
            return scalar.Value;
        }

        diagnostics.Add(Codes.BackendValue.At(scalar.Span, name, "a text that is not empty"));
        return null;
    }

    /// <summary>The text under a key that must be there and not be empty; empty after a report when it is not.</summary>
    public string RequiredFilled(string name)
    {
        if (!Has(name))
        {
            Missing(name);
        }

        return Filled(name) ?? "";
    }

    /// <summary>Reports that a key is missing.</summary>
    public void Missing(string name) => diagnostics.Add(Codes.BackendMissing.At(mapping.Span with { Length = 0 }, name));

    /// <summary>A boolean; false where absent.</summary>
    public bool Flag(string name)
    {
        YamlScalar? scalar = Scalar(name);
        if (scalar is null)
        {
            return false;
        }

        if (ScalarType.Of(scalar) is not ScalarType.Boolean)
        {
            diagnostics.Add(Codes.BackendValue.At(scalar.Span, name, "true or false"));
            return false;
        }

        return scalar.Value[0] is 't' or 'T';
    }

    /// <summary>One text or a list of texts; empty if absent.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        asked.Add(name);
        var texts = new List<string>();
        foreach (YamlNode node in mapping[name] switch { null => [], YamlSequence list => list.Items, { } one => [one] })
        {
            if (node is YamlScalar { Value.Length: > 0 } scalar)
            {
                texts.Add(scalar.Value);
            }
            else
            {
                diagnostics.Add(Codes.BackendValue.At(node.Span, name, "a list of texts that are not empty"));
            }
        }

        return texts;
    }

    /// <summary>The map under a key; an empty one where absent.</summary>
    public DefinitionMap Child(string name)
    {
        asked.Add(name);
        switch (mapping[name])
        {
            case YamlMapping map:
                return new DefinitionMap(map, name, diagnostics);
            case null:
                break;
            case { } node:
                diagnostics.Add(Codes.BackendValue.At(node.Span, name, "a map"));
                break;
        }

        return new DefinitionMap(new YamlMapping([], mapping.Span), name, diagnostics);
    }

    /// <summary>The map under a key as pairs, longest first, for replacements.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        DefinitionMap map = Child(name);
        foreach (YamlScalar key in map.Keys)
        {
            if (key.Value.Length == 0)
            {
                diagnostics.Add(Codes.BackendValue.At(key.Span, name, "a map from texts that are not empty"));
                continue;
            }

            if (map.Scalar(key.Value) is { } value)
            {
                pairs.Add(new(key.Value, value.Value));
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Key.Length)];
    }

    /// <summary>Reports the keys that nothing asked for.</summary>
    /// <param name="known">Further keys there could be, for suggestions.</param>
    public void ReportUnknown(IEnumerable<string> known)
    {
        string[] names = [.. asked.Union(known)];
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (!asked.Contains(entry.Name))
            {
                diagnostics.Add(Codes.UnknownBackendKey.At(entry.Key.Span, $"{entry.Name}' in '{owner}").WithHint(Suggestion.For(entry.Name, names)));
            }
        }
    }
}
