using System.CommandLine;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The options for processing pipelines: which ones run, and what they may access.</summary>
internal sealed class PipelineOptions
{
    private readonly Option<string[]> pipelines;

    private readonly Option<string[]> variables = RepeatableOption.Create(
        "--var", "name=value", "Set a variable that pipelines use to fill placeholders: name=value or name=value,value; repeatable.");

    private readonly Option<bool> allowFiles = new("--allow-files")
    {
        Description = "Let pipelines read files (file_placeholders). Use this only with pipelines you trust.",
    };

    private readonly Option<bool> allowHttp = new("--allow-http")
    {
        Description = "Let pipelines fetch data from the network (http_placeholders). Use this only with pipelines you trust.",
    };

    private readonly Option<bool> allowCommands = new("--allow-commands")
    {
        Description = "Let pipelines run programs (command_placeholders). Use this only with pipelines you trust.",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="effect">A sentence that says what the pipeline does in this command; it follows the common description of the option.</param>
    public PipelineOptions(Command command, string effect)
    {
        pipelines = RepeatableOption.Create(
            "--pipeline", "name|file|folder", "Apply this processing pipeline: a built-in name, a file or a folder; repeatable, or several separated by commas. " + effect, "-p");
        pipelines.CompletionSources.Add(ValueCompletions.Pipelines);
        Options = [pipelines, variables, allowFiles, allowHttp, allowCommands];
        foreach (Option option in Options)
        {
            command.Options.Add(option);
        }

        LimitOption.Add(command);
    }

    /// <summary>The options but for those that bound the cost.</summary>
    public IReadOnlyList<Option> Options { get; }

    /// <summary>Reads what the user gave.</summary>
    public PipelineChoice Read(ParseResult parsed) => new()
    {
        Pipelines = [.. (parsed.GetValue(pipelines) ?? []).SelectMany(Names)],
        Variables = parsed.GetValue(variables) ?? [],
        Permissions = new PipelinePermissions(parsed.GetValue(allowFiles), parsed.GetValue(allowHttp), parsed.GetValue(allowCommands)),
        Limits = LimitOption.Read(parsed),
    };

    /// <summary>
    /// Commas separate names, unless a file or folder has the whole name. Only the command line is read so: a name of a configuration
    /// file is checked as a whole, and a part of it could lead out of the file's folder.
    /// </summary>
    private static IEnumerable<string> Names(string given) =>
        given.Contains(',') && !Path.Exists(given) && given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } names ? names : [given];
}

/// <summary>Which pipelines the user wants.</summary>
internal sealed record PipelineChoice
{
    /// <summary>Pipeline names, files or folders.</summary>
    public string[] Pipelines { get; init; } = [];

    /// <summary>Variables for pipelines as <c>name=value</c>.</summary>
    public string[] Variables { get; init; } = [];

    /// <summary>The resources that pipelines may access.</summary>
    public PipelinePermissions Permissions { get; init; } = PipelinePermissions.None;

    /// <summary>The limits on the cost of pipelines and their results.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}
