using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Documentation;

/// <summary>Reads a folder of data-needed files in the public layout: one YAML file a kind of event.</summary>
internal static class EventTypeReader
{
    private const string Kind = "kind of event";

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder; those below it are read too.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The catalogue; null after an error.</returns>
    public static EventTypeCatalog? Read(string folder, List<Diagnostic> diagnostics)
    {
        if (!Directory.Exists(folder))
        {
            diagnostics.Add(Diagnostic.NoSuchInput(null, folder));
            return null;
        }

        int before = diagnostics.Count;
        var types = new Dictionary<string, EventType>(StringComparer.Ordinal);
        IReadOnlyList<string> files = FileBounds.Files(folder, file => file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase), diagnostics);
        foreach (string file in files)
        {
            try
            {
                SourceText source = SourceText.Decode(file, File.ReadAllBytes(file), out Diagnostic? error);
                if (error is not null)
                {
                    diagnostics.Add(error);
                }
                else if (Read(source, diagnostics) is { } type)
                {
                    // Two files of one title are told apart by their own names.
                    string name = types.ContainsKey(type.Name) ? Path.GetFileNameWithoutExtension(file) : type.Name;
                    types[name] = type with { Name = name };
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(Diagnostic.CannotRead(null, $"{file}: {exception.Message}"));
            }
        }

        if (files.Count == 0)
        {
            diagnostics.Add(Diagnostic.CatalogFile(null, folder, "catalogue of needed data", "it has no .yml file"));
        }

        return diagnostics.Skip(before).Any(diagnostic => diagnostic.Severity is Severity.Error) ? null : new EventTypeCatalog(types.Values);
    }

    private static EventType? Read(SourceText source, List<Diagnostic> diagnostics)
    {
        YamlDocument? document = YamlReader.Read(source).FirstOrDefault(document => document.Root is not null || document.Diagnostics.Count > 0);
        diagnostics.AddRange(document?.Diagnostics ?? []);
        if (document is { Root: null, Diagnostics.Count: > 0 })
        {
            return null;
        }

        if (document?.Root is not YamlMapping entry || Text(entry, "title") is not { } title || entry["fields"] is not YamlSequence fields)
        {
            diagnostics.Add(Diagnostic.CatalogFile(document?.Root?.Span, source.Path, Kind, "it needs 'title' and a list of 'fields'"));
            return null;
        }

        var type = new EventType(
            title,
            Text(entry, "platform") ?? "",
            Text(entry, "channel"),
            Text(entry, "provider"),
            [.. fields.Items.OfType<YamlScalar>().Select(item => item.Value).Distinct()]);
        return Text(entry, "eventID") is { } id ? type with { EventId = id } : type;
    }

    /// <summary>The public files write <c>None</c> for an empty value.</summary>
    private static string? Text(YamlMapping entry, string key) =>
        entry[key] is YamlScalar { Value: not ("" or "None") } scalar && ScalarType.Of(scalar) is not ScalarType.Null ? scalar.Value : null;
}
