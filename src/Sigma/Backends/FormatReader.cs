using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Reads a target's formats and the templates of its correlations, which may stand in files of their own.</summary>
/// <param name="folder">The target's folder.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal sealed class FormatReader(BackendFolder folder, List<Diagnostic> diagnostics)
{
    private const string TemplateEnding = ".scriban";

    /// <summary>Reads <c>formats</c> and <c>correlations</c>.</summary>
    public ImmutableArray<QueryFormat> Read(DefinitionMap map)
    {
        var formats = ImmutableArray.CreateBuilder<QueryFormat>();
        DefinitionMap all = map.Child("formats");
        Dictionary<string, string> shared = ReadCorrelations(map.Child("correlations"));
        foreach (string name in all.Names)
        {
            DefinitionMap format = all.Child(name);
            string? file = format.Text("template");
            SourceText? template = file is null ? null : folder.Read("formats/" + file, out _);
            if (file is not null && template is null)
            {
                diagnostics.Add(Codes.BackendMissing.At(format.SpanOf("template"), "formats/" + file));
            }

            Dictionary<string, string> correlations = format.Has("correlations") ? ReadCorrelations(format.Child("correlations")) : shared;
            formats.Add(new QueryFormat(
                name, format.Required("description"), template?.Text, template?.Path ?? "", format.Text("variant"), correlations)
            {
                Extension = format.Text("extension") ?? ".txt",
                Makes = format.Text("makes"),
                Include = include => (folder.Read("formats/" + include, out _) ?? folder.Read("correlations/" + include, out _))?.Text,
            });
            format.ReportUnknown([]);
        }

        if (formats.Count == 0)
        {
            formats.Add(new QueryFormat("default", "the query", null, "", null, shared));
        }

        return formats.DrainToImmutable();
    }

    /// <summary>The template of each type: the text itself, or the name of a file in the folder <c>correlations</c>.</summary>
    private Dictionary<string, string> ReadCorrelations(DefinitionMap map)
    {
        Dictionary<string, string> templates = map.AllTexts();
        foreach ((string type, string text) in templates.ToArray())
        {
            if (!text.EndsWith(TemplateEnding, StringComparison.Ordinal))
            {
                continue;
            }

            if (folder.Read("correlations/" + text, out _) is { } template)
            {
                templates[type] = template.Text;
            }
            else
            {
                diagnostics.Add(Codes.BackendMissing.At(map.SpanOf(type), "correlations/" + text));
            }
        }

        return templates;
    }
}
