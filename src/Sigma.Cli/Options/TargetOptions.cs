using System.CommandLine;
using Sigma.Pipelines;

namespace Sigma.Cli;

/// <summary>What a command writes rules for: targets with their formats and options, and the pipelines that run before them.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string[]> targets = RepeatableOption.Create(
        "--target", "name", "Write for this target; repeatable, or several separated by commas. See 'sigmac list targets'.", "-t");

    private readonly Option<string[]> pipelines = RepeatableOption.Create(
        "--pipeline",
        "name|file|folder",
        "Use this processing pipeline: a built-in name, a file or a folder; repeatable. It runs before the target's own, or in its place when it is made for the target.",
        "-p");

    private readonly Option<bool> withoutPipeline = new("--without-pipeline")
    {
        Description = "Do not use the target's own pipeline: field names stay as they are in the rule.",
    };

    private readonly Option<string[]> variables = RepeatableOption.Create(
        "--var", "name=value", "Set a variable that pipelines put in the place of placeholders: name=value, or name=value,value; repeatable.");

    private readonly Option<bool> allowFiles = new("--allow-files")
    {
        Description = "Let pipelines read files (file_placeholders). Only for pipelines you trust.",
    };

    private readonly Option<bool> allowHttp = new("--allow-http")
    {
        Description = "Let pipelines fetch from the network (http_placeholders). Only for pipelines you trust.",
    };

    private readonly Option<bool> allowCommands = new("--allow-commands")
    {
        Description = "Let pipelines run programs (command_placeholders). Only for pipelines you trust.",
    };

    private readonly Option<string?> format = new("--format", "-f")
    {
        Description = "Put the query into this format. See 'sigmac list formats'.",
        HelpName = "name",
    };

    private readonly Option<string[]> options = RepeatableOption.Create(
        "--option", "name=value", "Set an option of the target; repeatable. See 'sigmac list options'.", "-O");

    private readonly Option<string?> backends = new("--backends") { Description = "Add the targets in this folder.", HelpName = "folder" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="required">Whether a target must be given.</param>
    /// <param name="withFormat">Whether <c>--format</c> chooses the format of the queries; else every target has its first.</param>
    public TargetOptions(Command command, bool required = true, bool withFormat = true)
    {
        targets.Required = required;
        Option[] chosen = withFormat ? [format, options] : [options];
        foreach (Option option in (Option[])[targets, pipelines, withoutPipeline, variables, allowFiles, allowHttp, allowCommands, .. chosen, backends])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads what the user gave.</summary>
    public TargetSettings Read(ParseResult parsed) => new()
    {
        Targets = parsed.GetValue(targets) ?? [],
        Pipelines = parsed.GetValue(pipelines) ?? [],
        WithoutPipeline = parsed.GetValue(withoutPipeline),
        Variables = parsed.GetValue(variables) ?? [],
        Permissions = new PipelinePermissions(parsed.GetValue(allowFiles), parsed.GetValue(allowHttp), parsed.GetValue(allowCommands)),
        Format = parsed.GetResult(format) is null ? null : parsed.GetValue(format),
        Options = parsed.GetValue(options) ?? [],
        Backends = parsed.GetValue(backends),
    };
}

/// <summary>What the user wants rules written for.</summary>
internal sealed record TargetSettings
{
    /// <summary>Target names, some perhaps several with commas.</summary>
    public required string[] Targets { get; init; }

    /// <summary>Pipeline names, files or folders.</summary>
    public string[] Pipelines { get; init; } = [];

    /// <summary>Whether the target's own pipeline is left out.</summary>
    public bool WithoutPipeline { get; init; }

    /// <summary>Variables for pipelines as <c>name=value</c>.</summary>
    public string[] Variables { get; init; } = [];

    /// <summary>What pipelines may reach outside of themselves.</summary>
    public PipelinePermissions Permissions { get; init; } = PipelinePermissions.None;

    /// <summary>The format; null for each target's default.</summary>
    public string? Format { get; init; }

    /// <summary>Options as <c>name=value</c>.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>A folder of the user's own targets.</summary>
    public string? Backends { get; init; }
}
