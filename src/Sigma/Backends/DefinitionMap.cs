using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>A map of a backend definition.</summary>
/// <param name="mapping">The map.</param>
/// <param name="owner">What it describes, for messages.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class DefinitionMap(YamlMapping mapping, string owner, List<Diagnostic> diagnostics) : MapReader(mapping, [], diagnostics)
{
    /// <summary>The names of the keys in the order of the file.</summary>
    public IEnumerable<string> Names => Keys.Select(key => key.Value);

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

        Refuse(name, scalar, "a string that is not empty");
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

    /// <summary>One text or a list of texts; empty if absent.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        TextsOf(name, Node(name), static scalar => scalar.Value.Length > 0, "a list of strings that are not empty");

    /// <summary>The map under a key; an empty one where absent.</summary>
    public DefinitionMap Child(string name) => new(Node(name) is { } node ? MapOf(name, node) : new YamlMapping([], Span), $"'{name}'", Diagnostics);

    /// <summary>The regular expression under a key; null if the key is absent, or after a report.</summary>
    public Regex? Pattern(string name)
    {
        if (Text(name) is not { } pattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            Diagnostics.Add(Diagnostic.BackendValue(SpanOf(name), name, "a regular expression: " + exception.Message));
            return null;
        }
    }

    /// <summary>The regular expression under a key, for whole texts; null if there is none or after a report.</summary>
    public Regex? WholePattern(string name) => Pattern(name) is { } part ? new Regex($@"\A(?:{part})\z", part.Options) : null;

    /// <summary>The whole number above 0 under a key that must be there; 0 after a report.</summary>
    public int PositiveNumber(string name)
    {
        if (!int.TryParse(Required(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0)
        {
            Diagnostics.Add(Diagnostic.BackendValue(SpanOf(name), name, "a whole number above 0"));
        }

        return number;
    }

    /// <summary>The map as regular expressions with what stands for them, in the order of the definition.</summary>
    public IReadOnlyList<(Regex Pattern, string With)> Replacements()
    {
        var replacements = new List<(Regex, string)>();
        foreach (YamlScalar key in Keys)
        {
            try
            {
                replacements.Add((new Regex(key.Value, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), Scalar(key.Value)?.Value ?? ""));
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
            {
                Diagnostics.Add(Diagnostic.BackendValue(key.Span, key.Value, "a map from regular expressions: " + exception.Message));
            }
        }

        return replacements;
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
                Refuse(name, key, "a map from strings that are not empty");
                continue;
            }

            if (map.Scalar(key.Value) is { } value)
            {
                pairs.Add(new(key.Value, value.Value));
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Key.Length)];
    }

    /// <inheritdoc/>
    protected override Diagnostic MissingKey(string name) => Diagnostic.BackendMissing(Start, name);

    /// <inheritdoc/>
    protected override Diagnostic UnknownKey(YamlScalar key) => Diagnostic.UnknownBackendKey(key.Span, key.Value, owner);

    /// <inheritdoc/>
    protected override Diagnostic WrongValue(string name, YamlNode node, string wanted) => Diagnostic.BackendValue(node.Span, name, wanted);
}
