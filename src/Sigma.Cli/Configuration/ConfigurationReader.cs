using Sigma.Alerts;
using Sigma.Checks;
using Sigma.Checks.Custom;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Cli;

/// <summary>The values of the settings of one command.</summary>
internal sealed class SettingValues() : Dictionary<string, string[]>(StringComparer.Ordinal)
{
    /// <summary>What is set for the objects of some rules; null if nothing is said.</summary>
    public IReadOnlyList<AlertOverride>? Overrides { get; set; }

    /// <summary>Checks of one's own; null if nothing is said.</summary>
    public IReadOnlyList<CustomCheck>? Checks { get; set; }

    /// <summary>What is said under <c>check</c>, for another command that shows findings.</summary>
    public SettingValues? Checking { get; init; }

    /// <summary>Takes the settings of a file that goes before this one.</summary>
    public void TakeOver(SettingValues other)
    {
        Overrides = other.Overrides;
        Checks = other.Checks;
        foreach ((string name, string[] value) in other)
        {
            this[name] = value;
        }

        if (other.Checking is { } checking)
        {
            Checking?.TakeOver(checking);
        }
    }
}

/// <summary>Reads a configuration file: settings at its top, and those of one command under the command's name.</summary>
/// <param name="folder">The folder that paths are seen from.</param>
/// <param name="contained">Whether paths have to lie in that folder: the file was found, not given, and may be anybody's.</param>
/// <param name="report">Receives diagnostics, sorted by position.</param>
internal sealed class ConfigurationReader(string folder, bool contained, List<Diagnostic> report)
{
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>Reads what a file says for a command. All of the file is checked.</summary>
    /// <param name="source">The file's text.</param>
    /// <param name="command">The command.</param>
    /// <returns>The values by setting.</returns>
    public SettingValues Read(SourceText source, string command)
    {
        var values = new SettingValues { Checking = new SettingValues() };
        foreach (YamlDocument document in YamlReader.Read(source))
        {
            diagnostics.AddRange(document.Diagnostics);
            if (document.Root is YamlMapping root)
            {
                ReadSettings(root, null, values);
                foreach (YamlEntry entry in root.Entries.Where(entry => SettingTable.Commands.Contains(entry.Name)))
                {
                    ReadSection(entry, entry.Name == command ? values : entry.Name == "check" ? values.Checking : new SettingValues());
                }
            }
            else if (document.Root is { } other && IsSomething(other))
            {
                diagnostics.Add(Diagnostic.SettingValue(other.Span, source.Path, "a map of settings", other.Kind));
            }
        }

        report.AddRange(diagnostics.OrderBy(diagnostic => diagnostic.Span?.Start ?? 0));
        return values;
    }

    private void ReadSection(YamlEntry section, SettingValues values)
    {
        if (section.Value is YamlMapping settings)
        {
            ReadSettings(settings, section.Name, values);
        }
        else if (IsSomething(section.Value))
        {
            diagnostics.Add(Diagnostic.SettingValue(section.Value.Span, section.Name, "a map of settings", section.Value.Kind));
        }
    }

    private void ReadSettings(YamlMapping settings, string? command, SettingValues values)
    {
        Setting[] known = [.. SettingTable.All.Where(setting => setting.Command is null || setting.Command == command)];
        foreach (YamlEntry entry in settings.Entries)
        {
            if (Array.Find(known, setting => setting.Name == entry.Name) is { Kind: SettingKind.Overrides })
            {
                values.Overrides = OverrideReader.Read(entry, diagnostics);
            }
            else if (Array.Find(known, setting => setting.Name == entry.Name) is { Kind: SettingKind.Checks })
            {
                values.Checks = CustomCheckReader.Read(entry, CheckCatalog.Words, diagnostics);
            }
            else if (Array.Find(known, setting => setting.Name == entry.Name) is { } setting)
            {
                if (Read(entry.Value, setting) is { } read)
                {
                    values[setting.Name] = read;
                }
            }
            else if (SettingTable.Permissions.Contains(entry.Name))
            {
                diagnostics.Add(Diagnostic.PermissionInFile(entry.Key.Span, entry.Name, "--" + entry.Name));
            }
            else if (command is not null || !SettingTable.Commands.Contains(entry.Name))
            {
                diagnostics.Add(Diagnostic.UnknownSetting(entry.Key.Span, entry.Name).WithHint(Hint(entry.Name, command, known)));
            }
        }
    }

    private static string Hint(string name, string? command, Setting[] known)
    {
        string[] elsewhere = [.. SettingTable.All.Where(setting => setting.Name == name).Select(setting => setting.Command).OfType<string>()];
        IEnumerable<string> names = known.Select(setting => setting.Name).Concat(command is null ? SettingTable.Commands : []);
        return elsewhere.Length > 0 ? "it belongs under " + string.Join(" or ", elsewhere)
            : Suggestion.For(name, names) ?? "use one of " + string.Join(", ", names);
    }

    private string[]? Read(YamlNode value, Setting setting)
    {
        switch (setting.Kind)
        {
            case SettingKind.Flag when value is YamlScalar flag && ScalarTypes.Truth(flag) is { } truth:
                return [truth ? "true" : "false"];
            case SettingKind.Flag:
                return Wrong(value, setting, "true or false");
            case SettingKind.Path when value is YamlScalar { Value: var named } && named.Contains('\0'):
                return Wrong(value, setting, "a path");
            case SettingKind.Text or SettingKind.Path when value is YamlScalar text && IsSomething(text):
                return setting.Kind is SettingKind.Path ? Checked([text.Value], true, value) : [text.Value];
            case SettingKind.Text or SettingKind.Path:
                return Wrong(value, setting, "a string");
            case SettingKind.Map or SettingKind.MapOfTexts:
                return ReadMap(value, setting);
            default:
                return Texts(value) is not { } texts ? Wrong(value, setting, "a string or a list of strings")
                    : setting.Kind is SettingKind.NamesOrPaths ? Checked(texts, false, value)
                    : [.. texts];
        }
    }

    /// <summary>Paths as seen from the current folder; a name stays what it is.</summary>
    private string[]? Checked(IReadOnlyList<string> texts, bool paths, YamlNode value)
    {
        var read = new List<string>();
        foreach (string text in texts)
        {
            // What has a slash is a path even where nothing is: from the current folder it might lead to something.
            bool isPath = paths || Path.Exists(Path.Combine(folder, text)) || text.IndexOfAny(['/', Path.DirectorySeparatorChar]) >= 0;
            if (contained && isPath && !FileBounds.LiesIn(folder, Path.Combine(folder, text)))
            {
                diagnostics.Add(Diagnostic.OutsideFolder(value.Span, text, folder));
                return null;
            }

            read.Add(isPath ? FromHere(text) : text);
        }

        return [.. read];
    }

    private string[]? ReadMap(YamlNode value, Setting setting)
    {
        if (value is not YamlMapping map)
        {
            return Wrong(value, setting, "a map of names and values");
        }

        var pairs = new List<string>();
        foreach (YamlEntry entry in map.Entries)
        {
            bool single = setting.Kind is SettingKind.Map;
            if (Texts(entry.Value) is not { } texts || (single && entry.Value is not YamlScalar))
            {
                diagnostics.Add(Diagnostic.SettingValue(entry.Value.Span, entry.Name, single ? "a string" : "a string or a list of strings", entry.Value.Kind));
            }
            else
            {
                // As the command line writes it, where a comma separates values.
                pairs.Add(entry.Name + "=" + string.Join(',', single ? texts : texts.Select(text => text.Replace(",", "\\,", StringComparison.Ordinal))));
            }
        }

        return [.. pairs];
    }

    private static List<string>? Texts(YamlNode value) => value switch
    {
        YamlScalar scalar when IsSomething(scalar) => [scalar.Value],
        YamlSequence list when list.Items.All(item => item is YamlScalar && IsSomething(item)) => [.. list.Items.Select(item => ((YamlScalar)item).Value)],
        _ => null,
    };

    private static bool IsSomething(YamlNode value) => value is not YamlScalar scalar || ScalarType.Of(scalar) is not ScalarType.Null;

    private string[]? Wrong(YamlNode value, Setting setting, string wanted)
    {
        diagnostics.Add(Diagnostic.SettingValue(value.Span, setting.Name, wanted, value.Kind));
        return null;
    }

    private string FromHere(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(Path.Combine(folder, path)));
}
