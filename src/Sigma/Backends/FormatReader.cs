using System.Collections.Immutable;
using System.Globalization;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Templates;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Reads a target's formats and the templates of its correlations, which may stand in files of their own.</summary>
/// <param name="folder">The target's folder.</param>
/// <param name="options">The target's options, which templates can use, by their names.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class FormatReader(BackendFolder folder, IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics)
{
    private const string TemplateEnding = ".scriban";

    /// <summary>The name of the format of a target that names none: the query by itself.</summary>
    internal const string OnlyName = "default";

    /// <summary>The types of counts that templates may be for.</summary>
    internal static readonly string[] Types = [.. Enum.GetValues<CorrelationType>().Select(QueryRenderer.NameOf)];

    /// <summary>Reads the pipelines that a map names.</summary>
    public Func<DefinitionMap, ImmutableArray<Pipeline>> Pipelines { get; init; } = static _ => [];

    /// <summary>Reads <c>formats</c> and <c>correlations</c>.</summary>
    public ImmutableArray<QueryFormat> Read(DefinitionMap map)
    {
        var formats = ImmutableArray.CreateBuilder<QueryFormat>();
        DefinitionMap all = map.Child("formats");
        Dictionary<string, TemplateText> shared = ReadCorrelations(map.Child("correlations"));
        foreach (string name in all.Names)
        {
            DefinitionMap format = all.Child(name);
            TemplateText? template = format.Filled("template") is { } file ? Open(file, format.SpanOf("template"), "formats") : null;
            string extension = format.Filled("extension") ?? ".txt";
            if (extension[0] != '.' || extension.Any(c => c is '/' or '\\' || char.IsControl(c)))
            {
                diagnostics.Add(Diagnostic.BackendValue(format.SpanOf("extension"), "extension", "the ending of a file, such as .txt"));
            }

            DocumentFormat? document = format.Has("document") ? ReadDocument(format.Child("document")) : null;
            if (document is not null && Array.Find(["template", "correlations", "makes"], format.Has) is { } other)
            {
                diagnostics.Add(Diagnostic.BackendValue(format.SpanOf(other), other, "in a format of its own: a document has all queries of a run, and no counts"));
            }

            Dictionary<string, TemplateText> correlations = document is not null ? [] : format.Has("correlations") ? ReadCorrelations(format.Child("correlations")) : shared;
            formats.Add(Format(name, format.RequiredFilled("description"), template, format.Filled("variant"), correlations, extension) with
            {
                Makes = format.Filled("makes"),
                Document = document,
                LongestName = Longest(format, format.Filled("longest_name"), "longest_name", "63 bytes"),
                LongestQuery = Longest(format, format.Filled("longest_query"), "longest_query", "10000 characters"),
                Pipelines = format.Has("pipelines") ? Pipelines(format) : null,
                Frame = Frame(format),
                Alone = AloneIn(format),
            });
            format.ReportUnknown([]);
        }

        if (formats.Count == 0)
        {
            formats.Add(Format(OnlyName, "the query", null, null, shared, ".txt"));
        }

        if (!folder.IsBuiltIn)
        {
            var check = new TemplateCheck(options.Keys, Include, diagnostics);
            foreach (TemplateText template in formats.Select(format => format.Text).OfType<TemplateText>().Distinct())
            {
                check.Check(template, "query", "frame");
            }

            foreach (TemplateText template in formats.Select(format => format.Document?.Template).OfType<TemplateText>().Distinct())
            {
                check.Check(template, "statements");
            }

            foreach (TemplateText template in formats.SelectMany(format => format.CorrelationTexts.Values).Distinct())
            {
                check.Check(template, "query", "searches");
            }
        }

        return formats.DrainToImmutable();
    }

    private DocumentFormat? ReadDocument(DefinitionMap map)
    {
        string file = map.RequiredFilled("template");
        TemplateText? template = file.Length > 0 ? Open(file, map.SpanOf("template"), "formats") : null;
        int? queries = BoundOf(map.Filled("queries"), "queries", map);
        int? length = BoundOf(map.Filled("length"), "length", map);
        map.ReportUnknown([]);
        return template is null ? null : new DocumentFormat(template, queries, length);
    }

    /// <summary>The number in the option that a key names; null without the key, or for an option that is empty.</summary>
    private int? BoundOf(string? option, string name, DefinitionMap map)
    {
        if (option is null)
        {
            return null;
        }

        if (options.TryGetValue(option, out string? value))
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int bound) && bound > 0 ? bound : null;
        }

        diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(name), name, "the name of an option"));
        return null;
    }

    private static TextFrame? Frame(DefinitionMap format)
    {
        string? header = format.Filled("header");
        string separator = format.Filled("separator") ?? "\n";
        string footer = format.Filled("footer") ?? "";
        return header is null ? null : new TextFrame(header, separator, footer);
    }

    private Alone AloneIn(DefinitionMap format)
    {
        switch (format.Filled("alone"))
        {
            case null:
                return Alone.No;
            case "file":
                return Alone.File;
            case "always":
                return Alone.Always;
            default:
                diagnostics.Add(Diagnostic.BackendValue(format.SpanOf("alone"), "alone", "'file' or 'always'"));
                return Alone.No;
        }
    }

    private TextLength? Longest(DefinitionMap format, string? text, string key, string example)
    {
        if (text is null)
        {
            return null;
        }

        var longest = TextLength.Read(text);
        if (longest is null)
        {
            diagnostics.Add(Diagnostic.BackendValue(format.SpanOf(key), key, $"a number of bytes or characters, such as '{example}'"));
        }

        return longest;
    }

    private QueryFormat Format(string name, string description, TemplateText? template, string? variant, Dictionary<string, TemplateText> correlations, string extension) =>
        new(name, description, template?.Text, template?.Name ?? "", variant, correlations.ToDictionary(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal).AsReadOnly())
        {
            Extension = extension,
            Include = Include,
            Text = template,
            CorrelationTexts = correlations,
        };

    /// <summary>A template that others include: a file of a format, or of a correlation.</summary>
    private TemplateText? Include(string name) => !name.Contains("..", StringComparison.Ordinal) && !Path.IsPathRooted(name)
        && (folder.Read("formats/" + name, out _) ?? folder.Read("correlations/" + name, out _)) is { } source ? TemplateText.Of(source, name) : null;

    private TemplateText? Open(string file, Span place, string sub)
    {
        string path = $"{sub}/{file}";
        if (folder.Read(path, out Diagnostic? error) is { } source && error is null)
        {
            return TemplateText.Of(source, path);
        }

        diagnostics.Add(error ?? Diagnostic.BackendMissing(place, path));
        return null;
    }

    /// <summary>The template of each type: the text itself, or the name of a file in the folder <c>correlations</c>.</summary>
    private Dictionary<string, TemplateText> ReadCorrelations(DefinitionMap map)
    {
        var templates = new Dictionary<string, TemplateText>(StringComparer.Ordinal);
        foreach (string type in map.Names.Where(Types.Contains))
        {
            if (map.RequiredFilled(type) is not { Length: > 0 } text)
            {
                continue;
            }

            TemplateText? template = text.EndsWith(TemplateEnding, StringComparison.Ordinal)
                ? Open(text, map.SpanOf(type), "correlations")
                : TemplateText.Of((YamlScalar)map.Node(type)!, type);
            if (template is not null)
            {
                templates[type] = template;
            }
        }

        map.ReportUnknown(Types);
        return templates;
    }
}
