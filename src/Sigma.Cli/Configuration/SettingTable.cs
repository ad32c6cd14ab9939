using Sigma.Documentation.Coverage;

namespace Sigma.Cli;

/// <summary>The type of the value of a setting.</summary>
internal enum SettingKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A text, or a list of them.</summary>
    Texts,

    /// <summary>A file or folder, relative to the configuration file.</summary>
    Path,

    /// <summary>Names, or files and folders relative to the configuration file; one or a list.</summary>
    NamesOrPaths,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>Names with a text each.</summary>
    Map,

    /// <summary>Names with a text or a list of texts each.</summary>
    MapOfTexts,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>An address of the web.</summary>
    Address,

    /// <summary>A name, or a file or folder relative to the configuration file.</summary>
    NameOrPath,

    /// <summary>Conditions that choose rules; one or a list.</summary>
    Filters,

    /// <summary>Names; one or a list.</summary>
    Names,

    /// <summary>Namespaces of tags; one or a list.</summary>
    Namespaces,

    /// <summary>Log sources as <c>product/category/service</c>; one or a list.</summary>
    LogSources,

    /// <summary>Words for checks; one or a list.</summary>
    Checks,

    /// <summary>Patterns of paths with words for checks.</summary>
    PathIgnores,

    /// <summary>Words for checks with a weight each.</summary>
    Weights,

    /// <summary>Numbers of checks.</summary>
    Numbers,

    /// <summary>What is set for the objects of some rules.</summary>
    Overrides,

    /// <summary>Checks of one's own.</summary>
    CustomChecks,
}

/// <summary>A setting of a configuration file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Kind">What its value may be.</param>
/// <param name="Command">The command that has it in its section; null for a setting that is also allowed at the top.</param>
internal sealed record Setting(string Name, SettingKind Kind, string? Command = null)
{
    /// <summary>The words that it may be; empty unless it is one of a few.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>All settings. docs/configuration.md lists the same.</summary>
internal static class SettingTable
{
    /// <summary>The commands that have a section of their own.</summary>
    public static IReadOnlyList<string> Commands { get; } = ["convert", "explain", "doc", "coverage", "check"];

    /// <summary>All settings.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("targets", SettingKind.Texts),
        new("pipelines", SettingKind.NamesOrPaths),
        new("without-pipeline", SettingKind.Flag),
        new("unmapped", SettingKind.Word) { Words = UnmappedWords.All },
        new("variables", SettingKind.MapOfTexts),
        new("options", SettingKind.Map),
        new("overrides", SettingKind.Overrides),
        new("backends", SettingKind.Path),
        new("filter", SettingKind.Filters),
        new("strict", SettingKind.Flag),
        new("attack", SettingKind.NameOrPath),
        new("format", SettingKind.Text, "convert"),
        new("output-template", SettingKind.Text, "convert"),
        new("skip-unsupported", SettingKind.Flag, "convert"),
        new("format", SettingKind.Text, "explain"),
        new("format", SettingKind.Word, "doc") { Words = DocCommand.Forms },
        new("template", SettingKind.Path, "doc"),
        new("title", SettingKind.Text, "doc"),
        new("data-needed", SettingKind.Path, "doc"),
        new("atomics", SettingKind.Path, "doc"),
        new("skip-unsupported", SettingKind.Flag, "doc"),
        new("findings", SettingKind.Word, "doc") { Words = DocCommand.Findings },
        new("by", SettingKind.Word, "coverage") { Words = [.. CoverageAxis.All.Select(axis => axis.Name)] },
        new("format", SettingKind.Word, "coverage") { Words = CoverageCommand.Forms },
        new("rule-url", SettingKind.Address, "coverage"),
        new("format", SettingKind.Word, "check") { Words = FindingFormats.Names },
        new("select", SettingKind.Checks, "check"),
        new("ignore", SettingKind.Checks, "check"),
        new("per-path-ignores", SettingKind.PathIgnores, "check"),
        new("severities", SettingKind.Weights, "check"),
        new("fail-on", SettingKind.Word, "check") { Words = CheckCommand.Thresholds },
        new("baseline", SettingKind.Path, "check"),
        new("validator-config", SettingKind.Path, "check"),
        new("tag-namespaces", SettingKind.Namespaces, "check"),
        new("custom-attributes", SettingKind.Names, "check"),
        new("custom-fields", SettingKind.Names, "check"),
        new("log-sources", SettingKind.LogSources, "check"),
        new("authors", SettingKind.Names, "check"),
        new("numbers", SettingKind.Numbers, "check"),
        new("custom-checks", SettingKind.CustomChecks, "check"),
    ];

    /// <summary>Options that only the command line can give: a file that comes with rules must not give their pipelines access to the machine.</summary>
    public static IReadOnlyList<string> Permissions { get; } = ["allow-files", "allow-http", "allow-commands", "limit"];

    /// <summary>Options that say where something is written, or that files are changed: only the command line can give them, for the same reason.</summary>
    public static IReadOnlyList<string> Outputs { get; } = ["output", "output-file", "objects", "prune", "fix", "unsafe-fixes", "write-baseline"];
}
