using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Cli;

/// <summary>The configuration of another checker, read as it is: a validator file of <c>sigma check</c>, or an <c>.rsigma-lint.yml</c>.</summary>
internal sealed class ValidatorFile
{
    /// <summary>Words for the checks that run, in order; a dash in front takes some away.</summary>
    public List<string> Select { get; } = [];

    /// <summary>Other weights, as <c>word=weight</c>.</summary>
    public List<string> Severities { get; } = [];

    /// <summary>Numbers and names of checks, as <c>check.number=value</c>.</summary>
    public List<string> Numbers { get; } = [];

    /// <summary>Namespaces of tags.</summary>
    public List<string> TagNamespaces { get; } = [];

    /// <summary>Paths that are left out.</summary>
    public List<string> Excluded { get; } = [];

    /// <summary>Checks that are left out for rules, by id in lower case; an empty one stands for rules without.</summary>
    public Dictionary<string, string[]> Exclusions { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static ValidatorFile? Read(string path, List<Diagnostic> diagnostics)
    {
        if (!FileBounds.IsFile(path, diagnostics))
        {
            return null;
        }

        try
        {
            SourceText source = SourceText.Decode(path, File.ReadAllBytes(path), out Diagnostic? error);
            IReadOnlyList<YamlDocument> documents = error is null ? YamlReader.Read(source) : [];
            if (error is not null || documents.SelectMany(document => document.Diagnostics).Any())
            {
                diagnostics.Add(error ?? documents.SelectMany(document => document.Diagnostics).First());
                return null;
            }

            if (documents is not [{ Root: YamlMapping map }])
            {
                diagnostics.Add(Diagnostic.CatalogFile(null, path, "configuration of checks", "it is not a map"));
                return null;
            }

            var file = new ValidatorFile();
            file.ReadMap(map, path, diagnostics);
            return file;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Diagnostic.CannotRead(null, $"{path}: {FileErrors.Reason(exception)}"));
            return null;
        }
    }

    private void ReadMap(YamlMapping map, string path, List<Diagnostic> diagnostics)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            switch (entry.Name)
            {
                case "validators":
                    // There all means the validators; sigmac has more, and what has no name there is not switched off by it.
                    Select.AddRange(Texts(entry.Value).SelectMany(word => word == "all" ? ["pysigma", "sigmahq"] : (string[])[word]));
                    break;
                case "exclusions" when entry.Value is YamlMapping rules:
                    foreach (YamlEntry rule in rules.Entries)
                    {
                        Exclusions[ScalarType.Of(rule.Key) is ScalarType.Null ? "" : rule.Name.ToLowerInvariant()] = [.. Texts(rule.Value)];
                    }

                    break;
                case "config" when entry.Value is YamlMapping checks:
                    foreach (YamlEntry check in checks.Entries)
                    {
                        foreach (YamlEntry number in (check.Value as YamlMapping)?.Entries ?? [])
                        {
                            Numbers.Add($"{check.Name}.{number.Name}={string.Join(',', Texts(number.Value))}");
                        }
                    }

                    break;
                case "disabled_rules":
                    Select.AddRange(Texts(entry.Value).Select(name => "-" + name));
                    break;
                case "severity_overrides" when entry.Value is YamlMapping weights:
                    Severities.AddRange(weights.Entries.Select(weight => $"{weight.Name}={((weight.Value as YamlScalar)?.Value is "hint" or null ? "info" : ((YamlScalar)weight.Value).Value)}"));
                    break;
                case "exclude":
                    Excluded.AddRange(Texts(entry.Value));
                    break;
                case "tag_namespaces":
                    TagNamespaces.AddRange(Texts(entry.Value));
                    break;
                case "ads":
                    break;
                default:
                    diagnostics.Add(Diagnostic.CatalogFile(null, path, "configuration of checks", $"it has no key '{entry.Name}'"));
                    break;
            }
        }
    }

    private static IEnumerable<string> Texts(YamlNode node) => node switch
    {
        YamlScalar scalar when ScalarType.Of(scalar) is not ScalarType.Null => [scalar.Value],
        YamlSequence list => list.Items.OfType<YamlScalar>().Select(item => item.Value),
        _ => [],
    };
}
