using Sigma.Checks;
using Sigma.Checks.Custom;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Cli;

/// <summary>Reads a configuration file: settings at its top, and those of one command under the command's name.</summary>
/// <param name="folder">The folder that paths are seen from.</param>
/// <param name="contained">Whether paths have to lie in that folder: the file was found, not given, and may be anybody's.</param>
/// <param name="report">Receives diagnostics, sorted by position.</param>
internal sealed class ConfigurationReader(string folder, bool contained, List<Diagnostic> report)
{
    private readonly List<Diagnostic> diagnostics = [];
    private readonly List<CustomCheck> own = [];
    private SettingText texts = new([]);

    /// <summary>Reads what a file says for a command. All of the file is checked.</summary>
    /// <param name="source">The file's text.</param>
    /// <param name="command">The command.</param>
    /// <returns>The values by setting.</returns>
    public SettingValues Read(SourceText source, string command)
    {
        var values = new SettingValues { Checking = new SettingValues() };
        texts = new SettingText(diagnostics);
        bool first = true;
        foreach (YamlDocument document in YamlReader.Read(source))
        {
            diagnostics.AddRange(document.Diagnostics);
            if (document.Root is { } root && IsSomething(root))
            {
                Read(root, source.Path, first, command, values);
                first = false;
            }
        }

        texts.CheckWords(own);
        report.AddRange(diagnostics.OrderBy(diagnostic => diagnostic.Span?.Start ?? 0));
        return values;
    }

    /// <summary>Reads a document of the file. A second one would replace settings of the first, which nobody would see.</summary>
    private void Read(YamlNode root, string path, bool first, string command, SettingValues values)
    {
        if (root is not YamlMapping settings)
        {
            diagnostics.Add(Diagnostic.SettingValue(root.Span, path, "a map of settings", root.Kind));
            return;
        }

        if (!first)
        {
            diagnostics.Add(Diagnostic.SettingValue(root.Span with { Length = 0 }, path, "one map of settings", "several").WithHint("put all settings before the first '---'"));
        }

        ReadSettings(settings, null, values);
        foreach (YamlEntry entry in settings.Entries.Where(entry => SettingTable.Commands.Contains(entry.Name)))
        {
            ReadSection(entry, entry.Name == command ? values : entry.Name == "check" ? values.Checking! : new SettingValues());
        }
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
            else if (Array.Find(known, setting => setting.Name == entry.Name) is { Kind: SettingKind.CustomChecks })
            {
                values.Checks = CustomCheckReader.Read(entry, CheckCatalog.Words, diagnostics);
                own.AddRange(values.Checks);
            }
            else if (Array.Find(known, setting => setting.Name == entry.Name) is { } setting)
            {
                if (Read(entry.Value, setting, values.Places) is { } read)
                {
                    values[setting.Name] = read;
                }
            }
            else if (SettingTable.Permissions.Contains(entry.Name))
            {
                diagnostics.Add(Diagnostic.PermissionInFile(entry.Key.Span, entry.Name, "--" + entry.Name));
            }
            else if (SettingTable.Outputs.Contains(entry.Name))
            {
                diagnostics.Add(Diagnostic.PermissionInFile(entry.Key.Span, entry.Name, "--" + entry.Name)
                    .WithHint($"give --{entry.Name} on the command line; a file that comes with rules must not say what is written where"));
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

    private string[]? Read(YamlNode value, Setting setting, SettingPlaces places)
    {
        switch (setting.Kind)
        {
            case SettingKind.Flag when value is YamlScalar flag && ScalarTypes.Truth(flag) is { } truth:
                return [truth ? "true" : "false"];
            case SettingKind.Flag:
                return Wrong(value, setting, "true or false");
            case SettingKind.Path or SettingKind.NameOrPath when value is YamlScalar { Value: var named } && named.Contains('\0'):
                return Wrong(value, setting, "a path");
            case SettingKind.Text or SettingKind.Path or SettingKind.NameOrPath or SettingKind.Word or SettingKind.Address:
                return value is YamlScalar text && IsSomething(text) ? ReadTexts([text], setting, places)
                    : Wrong(value, setting, setting.Kind is SettingKind.Word ? ChoiceOption.Listed(setting.Words) : "a string");
            case SettingKind.Map or SettingKind.MapOfTexts or SettingKind.PathIgnores or SettingKind.Weights or SettingKind.Numbers:
                return ReadMap(value, setting, places);
            default:
                return Scalars(value) is { } scalars ? ReadTexts(scalars, setting, places) : Wrong(ItemOf(value), setting, "a string or a list of strings");
        }
    }

    private string[]? ReadTexts(IReadOnlyList<YamlScalar> scalars, Setting setting, SettingPlaces places)
    {
        var read = new List<string>();
        foreach (YamlScalar scalar in scalars)
        {
            texts.Check(setting, scalar);
            if (setting.Kind is not (SettingKind.Path or SettingKind.NameOrPath or SettingKind.NamesOrPaths))
            {
                read.Add(scalar.Value);
            }
            else if (Seen(scalar, setting.Kind is SettingKind.Path) is { } path)
            {
                read.Add(path);
            }
            else
            {
                return null;
            }

            places.Add(setting.Name, read[^1], scalar.Span);
        }

        return [.. read];
    }

    /// <summary>A path as seen from the current folder; a name stays what it is. Null after a report.</summary>
    private string? Seen(YamlScalar scalar, bool mustBePath)
    {
        // What has a slash is a path even where nothing is: from the current folder it might lead to something.
        string text = scalar.Value;
        bool isPath = mustBePath || Path.Exists(Path.Combine(folder, text)) || text.IndexOfAny(['/', Path.DirectorySeparatorChar]) >= 0;
        if (contained && isPath && !FileBounds.LiesIn(folder, Path.Combine(folder, text)))
        {
            diagnostics.Add(Diagnostic.OutsideFolder(scalar.Span, text, folder));
            return null;
        }

        return isPath ? FromHere(text) : text;
    }

    private string[]? ReadMap(YamlNode value, Setting setting, SettingPlaces places)
    {
        if (value is not YamlMapping map)
        {
            return Wrong(value, setting, "a map of names and values");
        }

        var pairs = new List<string>();
        foreach (YamlEntry entry in map.Entries)
        {
            bool single = setting.Kind is SettingKind.Map or SettingKind.Weights or SettingKind.Numbers;
            if (Scalars(entry.Value) is not { } scalars || (single && entry.Value is not YamlScalar))
            {
                YamlNode wrong = single ? entry.Value : ItemOf(entry.Value);
                diagnostics.Add(Diagnostic.SettingValue(wrong.Span, entry.Name, single ? "a string" : "a string or a list of strings", wrong.Kind));
                continue;
            }

            texts.Check(setting, entry.Key, scalars);
            places.Add(setting.Name, entry.Name, entry.Key.Span);
            // As the command line writes it, where a comma separates values.
            pairs.Add(entry.Name + "=" + string.Join(',', scalars.Select(text => single ? text.Value : text.Value.Replace(",", "\\,", StringComparison.Ordinal))));
        }

        return [.. pairs];
    }

    private static YamlScalar[]? Scalars(YamlNode value) => value switch
    {
        YamlScalar scalar when IsSomething(scalar) => [scalar],
        YamlSequence list when list.Items.All(item => item is YamlScalar && IsSomething(item)) => [.. list.Items.Cast<YamlScalar>()],
        _ => null,
    };

    /// <summary>The item of a list that is no text; what is no list itself.</summary>
    private static YamlNode ItemOf(YamlNode value) => (value as YamlSequence)?.Items.FirstOrDefault(item => item is not YamlScalar || !IsSomething(item)) ?? value;

    private static bool IsSomething(YamlNode value) => value is not YamlScalar scalar || ScalarType.Of(scalar) is not ScalarType.Null;

    private string[]? Wrong(YamlNode value, Setting setting, string wanted)
    {
        diagnostics.Add(Diagnostic.SettingValue(value.Span, setting.Name, wanted, value.Kind));
        return null;
    }

    private string FromHere(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(Path.Combine(folder, path)));
}
