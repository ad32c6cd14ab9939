using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Reads the parameters of a transformation or condition.</summary>
/// <param name="mapping">The map the parameters stand in.</param>
/// <param name="owner">The transformation's or condition's type, for messages.</param>
/// <param name="common">The keys that belong to the frame, not to the type.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class Parameters(YamlMapping mapping, string owner, IReadOnlyCollection<string> common, List<Diagnostic> diagnostics)
    : MapReader(mapping, common, diagnostics)
{
    /// <summary>The type the parameters belong to.</summary>
    public string Owner => owner;

    /// <summary>The folder that paths in the pipeline are relative to: its file's own.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(Span.Source.Path)) ?? ".";

    /// <summary>One text or a list of them; empty if absent.</summary>
    public IReadOnlyList<string> Texts(string name) => TextsOf(name, Node(name));

    /// <summary>One text or a list of them.</summary>
    public IReadOnlyList<string> TextsOf(string name, YamlNode? node) =>
        TextsOf(name, node, static scalar => ScalarType.Of(scalar) is not ScalarType.Null, "a string or a list of strings");

    /// <summary>A map that must be there; an empty one, after a report, when it is not.</summary>
    public YamlMapping Map(string name)
    {
        if (Node(name) is { } node)
        {
            return MapOf(name, node);
        }

        Missing(name);
        return new YamlMapping([], Span);
    }

    /// <summary>A scalar with its place; null if absent.</summary>
    public override YamlScalar? Scalar(string name) => base.Scalar(name) is { } scalar && ScalarType.Of(scalar) is not ScalarType.Null ? scalar : null;

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

        Diagnostics.Add(Diagnostic.PipelineValue(scalar.Span, name, "one of " + string.Join(", ", words), $"'{scalar.Value}'").WithHint(Suggestion.For(scalar.Value, words)));
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

        Diagnostics.Add(Diagnostic.PipelineValue(scalar.Span, name, "a whole number from 1", $"'{scalar.Value}'"));
        return absent;
    }

    /// <summary>A map of names to texts; empty if absent.</summary>
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

    /// <inheritdoc/>
    protected override Diagnostic MissingKey(string name) => Diagnostic.MissingParameter(Start, owner, name);

    /// <inheritdoc/>
    protected override Diagnostic UnknownKey(YamlScalar key) => Diagnostic.UnknownParameter(key.Span, owner, key.Value);

    /// <inheritdoc/>
    protected override Diagnostic WrongValue(string name, YamlNode node, string wanted) => Diagnostic.PipelineValue(node.Span, name, wanted, node.Kind);
}
