using Scriban;
using Scriban.Runtime;
using Sigma.Compilation;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes one file per rule and target, in a tree like that of the rules.</summary>
internal sealed class OutputTree
{
    /// <summary>How files are named where the user does not say.</summary>
    public const string DefaultTemplate = "{{ directory }}{{ name }}{{ if index > 0 }}-{{ index }}{{ end }}.{{ target }}{{ extension }}";

    private readonly OutputFolder folder;
    private readonly BoundedTemplate template;
    private readonly string root;
    private readonly bool namedByUser;

    private OutputTree(OutputFolder folder, string root, BoundedTemplate template, bool namedByUser)
    {
        this.namedByUser = namedByUser;
        this.folder = folder;
        this.root = root;
        this.template = template;
    }

    /// <summary>Opens an output folder; it is made when it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="bounds">What must not be replaced.</param>
    /// <param name="naming">The Scriban template that names a file below it; null for the default.</param>
    /// <param name="limits">What the template may cost.</param>
    /// <param name="diagnostics">Receives the diagnostics.</param>
    /// <param name="root">The folder whose tree it is; null for the current folder.</param>
    /// <returns>The tree; null after a report.</returns>
    public static OutputTree? Open(string folder, OutputBounds bounds, string? naming, Limits limits, List<Diagnostic> diagnostics, string? root = null)
    {
        Template template = TemplateReader.Read(naming ?? DefaultTemplate, null, out TemplateMistake? mistake);
        if (mistake is not null)
        {
            diagnostics.Add(Diagnostic.OutputTemplate(null, $"{mistake.Message}, at character {Math.Max(0, mistake.Span.Start.Offset) + 1}").WithHint(mistake.Hint));
            return null;
        }

        var names = new BoundedTemplate(template, limits, static message => Diagnostic.OutputTemplate(null, message));
        return OutputFolder.Open(folder, bounds, diagnostics) is { } opened ? new OutputTree(opened, root is { Length: > 0 } ? root : ".", names, naming is not null) : null;
    }

    /// <summary>Writes one file.</summary>
    /// <param name="input">The rule file it is of.</param>
    /// <param name="conversion">The conversion.</param>
    /// <param name="text">The text.</param>
    /// <returns>Why it was not written; null if it was.</returns>
    public Diagnostic? Write(RuleInput input, Conversion conversion, OutputText text)
    {
        if (Name(input, conversion, text, out Diagnostic? error) is not { } name)
        {
            return error;
        }

        if (name.Length == 0 || name.EndsWith('/'))
        {
            return Diagnostic.OutputTemplate(null, $"it makes '{name}', which is not a valid file name");
        }

        return folder.Write(name, $"{input.Path} ({conversion.Target}, rule {conversion.Index + 1})", text.Content.Span);
    }

    /// <summary>Ends a run: see <see cref="OutputFolder.Finish"/>.</summary>
    public (IReadOnlyList<string> Removed, IReadOnlyList<string> Kept) Finish(bool prune, List<Diagnostic> diagnostics) => folder.Finish(prune, diagnostics);

    /// <summary>
    /// A file's place in the tree: its path below the root, whether the user named the file itself or a folder above it. Above the root
    /// there is no tree, so what leads up is left out.
    /// </summary>
    private string PlaceOf(RuleInput input)
    {
        if (input.OpenPipe is not null || input.Path.Length == 0 || input.Path.Contains('\0'))
        {
            return input.Below;
        }

        string relative = Path.GetRelativePath(root, input.Path);
        relative = relative[Path.GetPathRoot(relative)!.Length..].Replace(Path.DirectorySeparatorChar, '/');
        while (relative.StartsWith("../", StringComparison.Ordinal))
        {
            relative = relative[3..];
        }

        return relative is "." or ".." ? input.Below : relative;
    }

    private string? Name(RuleInput input, Conversion conversion, OutputText text, out Diagnostic? error)
    {
        string place = PlaceOf(input);
        string? directory = Path.GetDirectoryName(place)?.Replace(Path.DirectorySeparatorChar, '/');
        directory = string.IsNullOrEmpty(directory) ? "" : directory + "/";
        if (!namedByUser && text.FileName is { } wanted)
        {
            error = null;
            return directory + OutputName.Piece(wanted) + text.Extension;
        }

        var globals = new ScriptObject
        {
            ["path"] = place,
            ["directory"] = directory,
            ["name"] = Path.GetFileNameWithoutExtension(place),
            ["index"] = conversion.Index,
            ["target"] = conversion.Target,
            ["format"] = conversion.Format,
            ["extension"] = text.Extension,
            ["rule"] = new ScriptObject
            {
                ["id"] = OutputName.Piece(conversion.Metadata.Id),
                ["title"] = OutputName.Piece(conversion.Metadata.Title),
                ["name"] = OutputName.Piece(conversion.Metadata.Name),
                ["level"] = conversion.Metadata.Level?.ToString().ToLowerInvariant(),
                ["status"] = conversion.Metadata.Status?.ToString().ToLowerInvariant(),
                ["tags"] = new ScriptArray(conversion.Metadata.Tags.Select(OutputName.Piece)),
            },
        };
        return template.Render(globals, out error)?.Trim();
    }
}
