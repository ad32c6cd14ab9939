using System.CommandLine;
using Sigma.Alerts;
using Sigma.Pipelines;

namespace Sigma.Cli;

/// <summary>The options for targets: their names, formats and options, and the pipelines that run before them.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string[]> targets = RepeatableOption.Create(
        "--target", "name", "Write queries for this target; repeatable, or several separated by commas. See 'sigmac list targets'.", "-t");

    private readonly PipelineOptions pipelines;

    private readonly Option<bool> withoutPipeline = new("--without-pipeline")
    {
        Description = "Do not apply the target's own pipelines: field names stay as they are in the rule.",
    };

    private readonly Option<string?> unmapped = new("--unmapped")
    {
        Description = "Choose what happens if no pipeline maps a field or log source: ignore, warn or error. [default: warn, where a pipeline says that its map is complete]",
        HelpName = "what",
    };

    private readonly Option<string?> format = new("--format", "-f")
    {
        Description = "Write queries in this format. See 'sigmac list formats'.",
        HelpName = "name",
    };

    private readonly Option<string[]> options = RepeatableOption.Create(
        "--option", "name=value", "Set an option of the target; repeatable. See 'sigmac list options'.", "-O");

    private readonly Option<string?> backends = CreateBackends();

    /// <summary>Creates <c>--backends</c>.</summary>
    public static Option<string?> CreateBackends() => new("--backends") { Description = "Add the targets in this folder to the built-in ones.", HelpName = "folder" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="withFormat">Whether <c>--format</c> chooses the format of the queries; otherwise every target uses its first.</param>
    /// <param name="withUnmapped">Whether <c>--unmapped</c> chooses what is done about names that no pipeline maps; otherwise they are not reported.</param>
    public TargetOptions(Command command, bool withFormat = true, bool withUnmapped = true)
    {
        targets.CompletionSources.Add(ValueCompletions.Targets);
        format.CompletionSources.Add(ValueCompletions.Formats);
        options.CompletionSources.Add(ValueCompletions.TargetOptions);
        command.Options.Add(targets);
        pipelines = new PipelineOptions(command, "It runs before the target's own pipelines, or replaces them if it is made for the target.");
        Option[] chosen = withFormat ? [format, options] : [options];
        foreach (Option option in (Option[])[withoutPipeline, .. withUnmapped ? (Option[])[unmapped] : [], .. chosen, backends])
        {
            command.Options.Add(option);
        }

        OfQueries = [.. pipelines.Options, withoutPipeline, unmapped, format, options, backends];
        ChoiceOption.Restrict(unmapped, UnmappedWords.All);
    }

    /// <summary>The options that change nothing but queries, and so do nothing without a target.</summary>
    public IReadOnlyList<Option> OfQueries { get; }

    /// <summary>Reads what the user gave.</summary>
    public TargetSettings Read(ParseResult parsed) => new()
    {
        Targets = parsed.GetValue(targets) ?? [],
        Pipelines = pipelines.Read(parsed),
        WithoutPipeline = parsed.GetValue(withoutPipeline),
        Unmapped = UnmappedWords.Read(parsed.GetValue(unmapped)),
        Format = parsed.GetResult(format) is null ? null : parsed.GetValue(format),
        Options = parsed.GetValue(options) ?? [],
        Backends = parsed.GetValue(backends),
    };
}

/// <summary>The targets that the user asked for.</summary>
internal sealed record TargetSettings
{
    /// <summary>Target names; one text may have several, separated by commas.</summary>
    public required string[] Targets { get; init; }

    /// <summary>The pipelines that run before the target's own.</summary>
    public PipelineChoice Pipelines { get; init; } = new();

    /// <summary>Whether the target's own pipelines are left out.</summary>
    public bool WithoutPipeline { get; init; }

    /// <summary>What is done about names that no pipeline maps; null if the user does not say.</summary>
    public UnmappedNames? Unmapped { get; init; }

    /// <summary>The format; null for each target's default.</summary>
    public string? Format { get; init; }

    /// <summary>Options as <c>name=value</c>.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>A folder with the user's own targets.</summary>
    public string? Backends { get; init; }

    /// <summary>What is set for the objects of some rules; only a configuration file can.</summary>
    public IReadOnlyList<AlertOverride> Overrides { get; init; } = [];

    /// <summary>Where what comes from a configuration file stands in it.</summary>
    public SettingPlaces Places { get; init; } = new();
}
