using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>--config</c> and <c>--no-config</c>: which configuration file a command takes its settings from.</summary>
internal sealed class ConfigurationOptions
{
    /// <summary>The name of a configuration file.</summary>
    public const string FileName = ".sigmac.yml";

    private const string Defaults = "defaults.yml";

    private readonly Option<string?> config = new("--config")
    {
        Description = $"Read settings from this file instead of the {FileName} in the current folder or in a parent folder of the same repository.",
        HelpName = "file",
    };

    private readonly Option<bool> none = new("--no-config") { Description = $"Do not read settings from a {FileName}." };
    private readonly Command command;
    private readonly CommandEnvironment environment;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="environment">The streams and variables.</param>
    public ConfigurationOptions(Command command, CommandEnvironment environment)
    {
        this.command = command;
        this.environment = environment;
        command.Options.Add(config);
        command.Options.Add(none);
        command.Validators.Add(result =>
        {
            if (result.GetResult(config) is not null && result.GetResult(none) is not null)
            {
                result.AddError("--config and --no-config cannot be used together");
            }
        });
    }

    /// <summary>Reads the settings of the command.</summary>
    /// <param name="parsed">What the user gave.</param>
    /// <param name="diagnostics">Receives diagnostics; after an error the settings must not be used.</param>
    public Configuration Read(ParseResult parsed, List<Diagnostic> diagnostics)
    {
        SettingValues values = new ConfigurationReader("", contained: false, diagnostics).Read(BuiltIn(), command.Name);
        string? given = parsed.GetValue(config);
        string? file = parsed.GetValue(none) ? null : given ?? Find();
        if (file is not null && Open(file, given is not null, diagnostics) is { } source)
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            if (given is null && !IsQuiet(parsed))
            {
                // The file came with the folder and can change every query, so the user must see that it was used.
                environment.Error.WriteLine($"sigmac: settings are read from {DiagnosticWriter.Visible(file)}; use --no-config to ignore them");
            }

            SettingValues read = new ConfigurationReader(folder, given is null, diagnostics).Read(source, command.Name);
            values.TakeOver(read);
        }

        return new Configuration(values);
    }

    /// <summary>
    /// Finds the file in the current folder or, inside a repository, in the folders up to its root. Outside one, folders
    /// above may be anybody's.
    /// </summary>
    private static string? Find()
    {
        var folder = new DirectoryInfo(Directory.GetCurrentDirectory());
        DirectoryInfo? root = folder;
        while (root is not null && !Path.Exists(Path.Combine(root.FullName, ".git")))
        {
            root = root.Parent;
        }

        for (DirectoryInfo? at = folder; at is not null; at = at.Parent)
        {
            string file = Path.Combine(at.FullName, FileName);
            if (File.Exists(file))
            {
                return Path.GetRelativePath(folder.FullName, file);
            }

            if (root is null || at.FullName == root.FullName)
            {
                return null;
            }
        }

        return null;
    }

    private bool IsQuiet(ParseResult parsed) =>
        command.Options.FirstOrDefault(option => option.Name == "--quiet") is Option<bool> quiet && parsed.GetValue(quiet);

    private static SourceText? Open(string file, bool given, List<Diagnostic> diagnostics)
    {
        if (!File.Exists(file))
        {
            diagnostics.Add(FileErrors.Missing(file));
            return null;
        }

        if ((given ? FileBounds.Refusal(file) : FileBounds.Refusal(file, Path.GetDirectoryName(Path.GetFullPath(file))!)) is { } refusal)
        {
            diagnostics.Add(refusal);
            return null;
        }

        try
        {
            SourceText source = SourceText.Decode(file, File.ReadAllBytes(file), out Diagnostic? error);
            if (error is not null)
            {
                diagnostics.Add(error);
                return null;
            }

            return source;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Diagnostic.CannotRead(null, $"{file}: {FileErrors.Reason(exception)}"));
            return null;
        }
    }

    private static SourceText BuiltIn() => new(Defaults, EmbeddedFiles.Text(typeof(ConfigurationOptions).Assembly, Defaults));
}
