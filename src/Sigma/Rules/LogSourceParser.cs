using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Reads the log source of a document. It decides about the query, so a slip is an error.</summary>
internal sealed class LogSourceParser(List<Diagnostic> diagnostics)
{
    /// <summary>The keys of a log source.</summary>
    internal static readonly string[] Keys = ["category", "product", "service", "definition"];

    /// <summary>Reads <c>logsource:</c>. At least one of category, product and service must be there.</summary>
    /// <returns>The log source; null if it is missing or unusable.</returns>
    public LogSource? Parse(YamlMapping document, Span documentSpan)
    {
        if (document.Find("logsource") is not { } entry)
        {
            Diagnostic missing = Diagnostic.MissingAttribute(MetadataParser.FirstKey(document, documentSpan), "logsource");
            diagnostics.Add(missing.WithHint(UsualMistakes.OfIndentation("logsource", document) ?? missing.Hint));
            return null;
        }

        if (entry.Value is not YamlMapping mapping)
        {
            diagnostics.Add(Diagnostic.WrongType(entry.Value.Span, "logsource", "a map", entry.Value.Kind));
            return null;
        }

        MapReader.ReportUnknown(
            mapping, Keys, static (key, hint) => Diagnostic.UnknownLogSourceKey(key.Span, key.Value).WithHint(
                key.Value is "detection" ? "indent it less: it belongs beside 'logsource:'" : hint ?? Codes.UnknownLogSourceKey.Hint), diagnostics);
        int before = diagnostics.Count(d => d.Severity is Severity.Error);
        var source = new LogSource(
            Attribute(mapping, "category"), Attribute(mapping, "product"), Attribute(mapping, "service"), Attribute(mapping, "definition"), entry.Value.Span);
        if (diagnostics.Count(d => d.Severity is Severity.Error) > before)
        {
            return null;
        }

        if (source is { Category: null, Product: null, Service: null })
        {
            diagnostics.Add(Diagnostic.EmptyLogSource(entry.Key.Span));
            return null;
        }

        CheckListed(mapping, "category", LogSourceNames.Categories);
        CheckListed(mapping, "product", LogSourceNames.Products);
        CheckListed(mapping, "service", LogSourceNames.Services);
        return source;
    }

    /// <summary>A name that the specification does not list may be the user's own, or a slip that no event fits.</summary>
    private void CheckListed(YamlMapping mapping, string name, IReadOnlyCollection<string> listed)
    {
        if (mapping[name] is YamlScalar { Value: var value } scalar && !listed.Contains(value))
        {
            diagnostics.Add(Diagnostic.UnlistedLogSource(scalar.Span, name, value).WithHint(Suggestion.For(value, listed)));
        }
    }

    private string? Attribute(YamlMapping mapping, string name)
    {
        switch (mapping[name])
        {
            case null:
                return null;
            case YamlScalar scalar when name == "definition":
                return ScalarType.Of(scalar) is ScalarType.Null ? null : scalar.Value;
            case YamlScalar scalar when string.IsNullOrWhiteSpace(scalar.Value) && ScalarType.Of(scalar) is not ScalarType.Null:
                // Neither the name of a log, which none has, nor left out.
                diagnostics.Add(Diagnostic.WrongType(scalar.Span, name, "a string", "an empty one"));
                return null;
            case YamlScalar scalar when ScalarType.Of(scalar) is not ScalarType.Null:
                return scalar.Value;
            case { } node:
                diagnostics.Add(Diagnostic.WrongType(node.Span, name, "a string", node.Kind));
                return null;
        }
    }
}
