using Scriban;
using Scriban.Runtime;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes one file a rule and target, in a tree like that of the rules. A file is written whole or not at all.</summary>
internal sealed class OutputTree
{
    /// <summary>How files are named where the user does not say.</summary>
    public const string DefaultTemplate = "{{ directory }}{{ name }}{{ if index > 0 }}-{{ index }}{{ end }}.{{ target }}{{ extension }}";

    private readonly string folder;
    private readonly Template template;
    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);

    private OutputTree(string folder, Template template)
    {
        this.folder = folder;
        this.template = template;
    }

    /// <summary>Opens an output folder; it is made when it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="naming">The Scriban template that names a file below it; null for the default.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <returns>The tree; null after a report.</returns>
    public static OutputTree? Open(string folder, string? naming, List<Diagnostic> diagnostics)
    {
        Template template = Template.Parse(naming ?? DefaultTemplate);
        if (template.HasErrors)
        {
            diagnostics.Add(Codes.OutputTemplate.At(null, string.Join("; ", template.Messages.Select(message => message.Message))));
            return null;
        }

        if (folder.Length == 0)
        {
            diagnostics.Add(Codes.CannotWrite.At(null, folder, "the folder has no name"));
            return null;
        }

        if (File.Exists(folder))
        {
            diagnostics.Add(Codes.CannotWrite.At(null, folder, "it is a file, and a folder is needed"));
            return null;
        }

        try
        {
            Directory.CreateDirectory(folder);
            return new OutputTree(folder, template);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Codes.CannotWrite.At(null, folder, FileErrors.Reason(exception)));
            return null;
        }
    }

    /// <summary>Writes one file.</summary>
    /// <param name="input">The rule file it is of.</param>
    /// <param name="conversion">The conversion.</param>
    /// <param name="extension">The file's ending, with its dot.</param>
    /// <param name="content">The content.</param>
    /// <returns>Why it was not written; null when it was.</returns>
    public Diagnostic? Write(RuleInput input, Conversion conversion, string extension, ReadOnlySpan<byte> content)
    {
        string name;
        try
        {
            name = Name(input, conversion, extension);
        }
        catch (Scriban.Syntax.ScriptRuntimeException exception)
        {
            return Codes.OutputTemplate.At(null, exception.OriginalMessage);
        }

        if (name.Length == 0 || name.EndsWith('/'))
        {
            return Codes.OutputTemplate.At(null, $"it makes '{name}' here, which is no name of a file");
        }

        if (name.Contains('\0'))
        {
            return Codes.CannotWrite.At(null, name, "a name cannot have this character");
        }

        string path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Codes.OutputOutside.At(null, name);
        }

        string rule = $"{input.Path} ({conversion.Target}, rule {conversion.Index + 1})";
        if (!written.TryAdd(path, rule))
        {
            return Codes.OutputCollision.At(null, name, rule);
        }

        return WriteWhole(path, content) is { } reason ? Codes.CannotWrite.At(null, Path.Combine(folder, name), reason) : null;
    }

    /// <summary>Writes beside the file, then puts the finished text in its place.</summary>
    /// <returns>Why that was not possible; null when it was.</returns>
    private static string? WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        string temporary = $"{path}.{Environment.ProcessId}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (FileStream stream = File.Create(temporary))
            {
                stream.Write(content);
            }

            File.Move(temporary, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            TryDelete(temporary);
            return FileErrors.Reason(exception);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            // The write has failed already, and that is reported.
        }
    }

    private string Name(RuleInput input, Conversion conversion, string extension)
    {
        string? directory = Path.GetDirectoryName(input.Below)?.Replace(Path.DirectorySeparatorChar, '/');
        var globals = new ScriptObject
        {
            ["path"] = input.Below,
            ["directory"] = string.IsNullOrEmpty(directory) ? "" : directory + "/",
            ["name"] = Path.GetFileNameWithoutExtension(input.Below),
            ["index"] = conversion.Index,
            ["target"] = conversion.Target,
            ["format"] = conversion.Format,
            ["extension"] = extension,
            ["rule"] = new ScriptObject
            {
                ["id"] = conversion.Metadata.Id,
                ["title"] = conversion.Metadata.Title,
                ["name"] = conversion.Metadata.Name,
                ["level"] = conversion.Metadata.Level?.ToString().ToLowerInvariant(),
                ["status"] = conversion.Metadata.Status?.ToString().ToLowerInvariant(),
                ["tags"] = new ScriptArray(conversion.Metadata.Tags),
            },
        };
        // A name that does not exist is a mistake, not nothing.
        var context = new TemplateContext { StrictVariables = true, EnableRelaxedMemberAccess = false };
        context.PushGlobal(globals);
        return template.Render(context).Trim();
    }
}
