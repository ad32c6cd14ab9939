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

    /// <summary>What is set for the objects of some rules.</summary>
    Overrides,

    /// <summary>Checks of one's own.</summary>
    Checks,
}

/// <summary>A setting of a configuration file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Kind">What its value may be.</param>
/// <param name="Command">The command that has it in its section; null for a setting that is also allowed at the top.</param>
internal sealed record Setting(string Name, SettingKind Kind, string? Command = null);

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
        new("unmapped", SettingKind.Text),
        new("variables", SettingKind.MapOfTexts),
        new("options", SettingKind.Map),
        new("overrides", SettingKind.Overrides),
        new("backends", SettingKind.Path),
        new("filter", SettingKind.Texts),
        new("strict", SettingKind.Flag),
        new("attack", SettingKind.NamesOrPaths),
        new("format", SettingKind.Text, "convert"),
        new("output-template", SettingKind.Text, "convert"),
        new("skip-unsupported", SettingKind.Flag, "convert"),
        new("format", SettingKind.Text, "explain"),
        new("format", SettingKind.Text, "doc"),
        new("template", SettingKind.Path, "doc"),
        new("title", SettingKind.Text, "doc"),
        new("data-needed", SettingKind.Path, "doc"),
        new("atomics", SettingKind.Path, "doc"),
        new("findings", SettingKind.Text, "doc"),
        new("by", SettingKind.Text, "coverage"),
        new("format", SettingKind.Text, "coverage"),
        new("rule-url", SettingKind.Text, "coverage"),
        new("format", SettingKind.Text, "check"),
        new("select", SettingKind.Texts, "check"),
        new("ignore", SettingKind.Texts, "check"),
        new("per-path-ignores", SettingKind.MapOfTexts, "check"),
        new("severities", SettingKind.Map, "check"),
        new("fail-on", SettingKind.Text, "check"),
        new("baseline", SettingKind.Path, "check"),
        new("validator-config", SettingKind.Path, "check"),
        new("tag-namespaces", SettingKind.Texts, "check"),
        new("custom-attributes", SettingKind.Texts, "check"),
        new("custom-fields", SettingKind.Texts, "check"),
        new("log-sources", SettingKind.Texts, "check"),
        new("authors", SettingKind.Texts, "check"),
        new("numbers", SettingKind.Map, "check"),
        new("custom-checks", SettingKind.Checks, "check"),
    ];

    /// <summary>Options that only the command line can give: a file that comes with rules must not give their pipelines access to the machine.</summary>
    public static IReadOnlyList<string> Permissions { get; } = ["allow-files", "allow-http", "allow-commands", "limit"];
}
