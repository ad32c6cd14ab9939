using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// Reads the parameters of a transformation or condition and remembers which were asked for, so that a mistyped one is
/// reported instead of ignored.
/// </summary>
/// <param name="mapping">The map the parameters stand in.</param>
/// <param name="owner">The transformation's or condition's type, for messages.</param>
/// <param name="common">The keys that belong to the frame, not to the type.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal sealed class Parameters(YamlMapping mapping, string owner, IReadOnlyCollection<string> common, List<Diagnostic> diagnostics)
{
    private readonly HashSet<string> asked = [.. common];

    /// <summary>The keys that were asked for, with those of the frame.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>The type the parameters belong to.</summary>
    public string Owner => owner;

    /// <summary>Where they stand.</summary>
    public Span Span => mapping.Span;

    /// <summary>Takes what is wrong.</summary>
    public List<Diagnostic> Diagnostics => diagnostics;

    /// <summary>A text, number or boolean, as text; null where absent.</summary>
    public string? Text(string name)
    {
        asked.Add(name);
        switch (mapping[name])
        {
            case null:
                return null;
            case YamlScalar scalar:
                return ScalarType.Of(scalar) is ScalarType.Null ? null : scalar.Value;
            case { } node:
                diagnostics.Add(Codes.PipelineValue.At(node.Span, name, "a text", node.Kind));
                return null;
        }
    }

    /// <summary>A text that must be there; empty, after a report, when it is not.</summary>
    public string Required(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        Missing(name);
        return "";
    }

    /// <summary>A boolean; false where absent.</summary>
    public bool Flag(string name)
    {
        asked.Add(name);
        switch (mapping[name])
        {
            case null:
                return false;
            case YamlScalar scalar when ScalarTypes.Truth(scalar) is { } truth:
                return truth;
            case { } node:
                diagnostics.Add(Codes.PipelineValue.At(node.Span, name, "true or false", node.Kind));
                return false;
        }
    }

    /// <summary>One text or a list of them; empty where absent.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        asked.Add(name);
        return mapping[name] is { } node ? TextsOf(name, node) : [];
    }

    /// <summary>A map that must be there; an empty one, after a report, when it is not.</summary>
    public YamlMapping Map(string name)
    {
        asked.Add(name);
        if (mapping[name] is { } node)
        {
            return MapOf(name, node);
        }

        Missing(name);
        return new YamlMapping([], mapping.Span);
    }

    /// <summary>A node that must be a map; an empty one, after a report, when it is not.</summary>
    public YamlMapping MapOf(string name, YamlNode node)
    {
        if (node is YamlMapping map)
        {
            return map;
        }

        diagnostics.Add(Codes.PipelineValue.At(node.Span, name, "a map", node.Kind));
        return new YamlMapping([], node.Span);
    }

    /// <summary>The node under a name, or null.</summary>
    public YamlNode? Node(string name)
    {
        asked.Add(name);
        return mapping[name];
    }

    /// <summary>One text or a list of them.</summary>
    public IReadOnlyList<string> TextsOf(string name, YamlNode node)
    {
        var texts = new List<string>();
        foreach (YamlNode item in node is YamlSequence sequence ? sequence.Items : [node])
        {
            if (item is YamlScalar scalar && ScalarType.Of(scalar) is not ScalarType.Null)
            {
                texts.Add(scalar.Value);
            }
            else
            {
                diagnostics.Add(Codes.PipelineValue.At(item.Span, name, "a text or a list of texts", item.Kind));
            }
        }

        return texts;
    }

    /// <summary>A scalar with its place; null where absent.</summary>
    public YamlScalar? Scalar(string name)
    {
        switch (Node(name))
        {
            case null:
                return null;
            case YamlScalar scalar:
                return ScalarType.Of(scalar) is ScalarType.Null ? null : scalar;
            case { } node:
                diagnostics.Add(Codes.PipelineValue.At(node.Span, name, "a text", node.Kind));
                return null;
        }
    }

    /// <summary>A scalar that must be there; null, after a report, when it is not.</summary>
    public YamlScalar? RequiredScalar(string name)
    {
        YamlScalar? scalar = Scalar(name);
        if (scalar is null && Node(name) is null or YamlScalar)
        {
            Missing(name);
        }

        return scalar;
    }

    /// <summary>One of some words.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="words">The words there are.</param>
    /// <param name="absent">What it is where absent, or after a report.</param>
    public string? Choice(string name, IEnumerable<string> words, string? absent)
    {
        if (Scalar(name) is not { } scalar)
        {
            return absent;
        }

        if (words.Contains(scalar.Value))
        {
            return scalar.Value;
        }

        diagnostics.Add(Codes.PipelineValue.At(scalar.Span, name, "one of " + string.Join(", ", words), $"'{scalar.Value}'").WithHint(Suggestion.For(scalar.Value, words)));
        return absent;
    }

    /// <summary>A whole number from 1 up.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="absent">What it is where absent, or after a report.</param>
    public int Count(string name, int absent)
    {
        if (Scalar(name) is not { } scalar)
        {
            return absent;
        }

        if (int.TryParse(scalar.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int count) && count > 0)
        {
            return count;
        }

        diagnostics.Add(Codes.PipelineValue.At(scalar.Span, name, "a whole number from 1 up", $"'{scalar.Value}'"));
        return absent;
    }

    /// <summary>A map of names to texts; empty where absent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> TextMap(string name)
    {
        if (Node(name) is null)
        {
            return [];
        }

        var pairs = new List<KeyValuePair<string, string>>();
        foreach (YamlEntry entry in Map(name).Entries)
        {
            pairs.AddRange(TextsOf(name, entry.Value).Select(text => new KeyValuePair<string, string>(entry.Name, text)));
        }

        return pairs;
    }

    /// <summary>The folder that paths in the pipeline are relative to: its file's own.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(mapping.Span.Source.Path)) ?? ".";

    /// <summary>Reports that a parameter is missing.</summary>
    public void Missing(string name) => diagnostics.Add(Codes.MissingParameter.At(mapping.Span with { Length = 0 }, owner, name));

    /// <summary>Reports the parameters that nothing asked for.</summary>
    public void ReportUnknown()
    {
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (!asked.Contains(entry.Name))
            {
                diagnostics.Add(Codes.UnknownParameter.At(entry.Key.Span, owner, entry.Name)
                    .WithHint(Suggestion.For(entry.Name, asked.Except(common))));
            }
        }
    }
}
