using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sigma.Alerts;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Cli;

/// <summary>Reads the setting <c>overrides</c>: which rules, and what their objects have instead.</summary>
internal static partial class OverrideReader
{
    private const string Duration = "a duration such as 5m";

    /// <summary>The keys of an override, those that choose rules, and what can be set.</summary>
    internal static readonly string[] Keys = ["match", "set"], Matching = ["id", "tag", "level"], Set = ["level", "interval", "lookback", "throttle", "owner", "enabled"];

    /// <summary>Reads the list.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static IReadOnlyList<AlertOverride> Read(YamlEntry setting, List<Diagnostic> diagnostics)
    {
        if (setting.Value is not YamlSequence list)
        {
            diagnostics.Add(Diagnostic.SettingValue(setting.Value.Span, setting.Name, "a list of maps with 'match' and 'set'", setting.Value.Kind));
            return [];
        }

        var overrides = new List<AlertOverride>();
        foreach (YamlNode item in list.Items)
        {
            if (MapOf(item, setting.Name, Keys, diagnostics) is not { } one)
            {
                continue;
            }

            YamlMapping? match = one["match"] is { } chosen ? MapOf(chosen, "match", Matching, diagnostics) : null;
            if (one["set"] is not { } given)
            {
                diagnostics.Add(Diagnostic.SettingValue(item.Span, setting.Name, "a map with 'set'", item.Kind));
            }
            else if (MapOf(given, "set", Set, diagnostics) is { } set && (match is not null || one["match"] is null))
            {
                overrides.Add(new AlertOverride(
                    Texts(match, "id", diagnostics),
                    Texts(match, "tag", diagnostics),
                    [.. Texts(match, "level", diagnostics).Select(text => LevelOf(match!["level"]!, text, diagnostics)).OfType<Level>()],
                    Settings(set, diagnostics)));
            }
        }

        return overrides;
    }

    private static AlertSettings Settings(YamlMapping set, List<Diagnostic> diagnostics) => new()
    {
        Level = Text(set, "level", diagnostics) is { } level ? LevelOf(set["level"]!, level, diagnostics) : null,
        Interval = Text(set, "interval", diagnostics, IsDuration, Duration),
        Lookback = Text(set, "lookback", diagnostics, IsDuration, Duration),
        Throttle = Text(set, "throttle", diagnostics, IsDuration, Duration),
        Owner = Text(set, "owner", diagnostics, static text => !ControlCharacters.In(text), "a string on one line"),
        Enabled = Text(set, "enabled", diagnostics, static text => text is "true" or "false", "true or false") is { } enabled ? enabled == "true" : null,
    };

    private static YamlMapping? MapOf(YamlNode node, string name, string[] known, List<Diagnostic> diagnostics)
    {
        if (node is not YamlMapping map)
        {
            diagnostics.Add(Diagnostic.SettingValue(node.Span, name, "a map of " + string.Join(", ", known), node.Kind));
            return null;
        }

        foreach (YamlEntry entry in map.Entries.Where(entry => !known.Contains(entry.Name)))
        {
            diagnostics.Add(Diagnostic.UnknownSetting(entry.Key.Span, entry.Name).WithHint(Suggestion.For(entry.Name, known) ?? "use one of " + string.Join(", ", known)));
        }

        return map;
    }

    private static string? Text(YamlMapping map, string name, List<Diagnostic> diagnostics, Func<string, bool>? fits = null, string wanted = "a string")
    {
        if (map[name] is not { } node)
        {
            return null;
        }

        if (node is YamlScalar { Value: { Length: > 0 } text } && fits?.Invoke(text) is not false)
        {
            return text;
        }

        diagnostics.Add(Diagnostic.SettingValue(node.Span, name, wanted, node.Kind));
        return null;
    }

    private static ImmutableArray<string> Texts(YamlMapping? map, string name, List<Diagnostic> diagnostics)
    {
        switch (map?[name])
        {
            case null:
                return [];
            case YamlScalar { Value.Length: > 0 } scalar:
                return [scalar.Value];
            case YamlSequence { Items.Count: > 0 } list when list.Items.All(item => item is YamlScalar { Value.Length: > 0 }):
                return [.. list.Items.Select(item => ((YamlScalar)item).Value)];
            case { } other:
                diagnostics.Add(Diagnostic.SettingValue(other.Span, name, "a string or a list of strings", other.Kind));
                return [];
        }
    }

    private static Level? LevelOf(YamlNode node, string text, List<Diagnostic> diagnostics)
    {
        foreach (Level level in Enum.GetValues<Level>())
        {
            if (text.Equals(level.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return level;
            }
        }

        string[] known = [.. Enum.GetNames<Level>().Select(name => name.ToLowerInvariant())];
        Diagnostic wrong = Diagnostic.SettingValue(node.Span, "level", "one of " + string.Join(", ", known), $"'{text}'");
        diagnostics.Add(Suggestion.For(text, known) is { } near ? wrong.WithHint(near) : wrong);
        return null;
    }

    private static bool IsDuration(string text) => DurationPattern().IsMatch(text);

    [GeneratedRegex(@"^[1-9][0-9]{0,5}[smhd]\z")]
    private static partial Regex DurationPattern();
}
