using System.Globalization;
using System.IO.Enumeration;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Which checks run, where, and what the user said about them.</summary>
/// <param name="Selection">Which checks.</param>
/// <param name="Settings">Allowed names, numbers and the day.</param>
/// <param name="PerPath">Checks that do not run for paths: a pattern with the words for them, and the folder that it starts from.</param>
/// <param name="PerId">Checks that do not run for rules, by id; an empty one stands for rules without.</param>
internal sealed record CheckChoice(
    CheckSelection Selection,
    CheckSettings Settings,
    IReadOnlyList<(string Folder, string Pattern, string[] Words)> PerPath,
    IReadOnlyDictionary<string, string[]> PerId)
{
    /// <summary>The checks of the configuration.</summary>
    public IReadOnlyList<RuleCheck> Custom { get; init; } = [];

    private const string Expected = "a check: its code, name or group";
    private const string ListOfChecks = "'sigmac list checks' lists all checks";

    /// <summary>The checks of --across.</summary>
    private static readonly string[] Compared = [.. CheckCatalog.Own.OfType<RepositoryCheck>().Where(check => check.NeedsRules).Select(check => check.Info.Code)];

    /// <summary>Reads the options and settings.</summary>
    public static CheckChoice Read(
        string[]? select, string[]? ignore, string[]? severity, bool across, string? today, string? validators, Configuration set, List<Diagnostic> diagnostics)
    {
        ValidatorFile? other = (validators ?? set.Value("validator-config")) is { } file ? set.Places.Around("validator-config", file, diagnostics, () => ValidatorFile.Read(file, diagnostics)) : null;
        var unknown = new List<string>();
        string[] chosen = Words(select) is { Length: > 0 } given ? given : [.. Words(set.Values("select")), .. other?.Select ?? []];
        chosen = !across ? chosen : chosen.Length == 0 ? ["default", .. Compared] : [.. chosen, .. Compared];
        var selection = CheckSelection.Of(
            [.. CheckCatalog.All, .. set.Checks], chosen, [.. Words(ignore), .. Words(set.Values("ignore"))], [.. set.Values("severities") ?? [], .. other?.Severities ?? [], .. Words(severity)], unknown);
        if (select is { Length: > 0 } && Words(select).Length == 0)
        {
            diagnostics.Add(Diagnostic.OptionValue(null, "select", Expected, string.Join(' ', select)).WithHint(ListOfChecks));
        }

        Refuse("select", Words(select).Select(word => word.TrimStart('-')), unknown, diagnostics);
        Refuse("ignore", Words(ignore), unknown, diagnostics);
        Refuse("severity", Words(severity).SelectMany(pair => (string[])[pair, pair[..Math.Max(0, pair.LastIndexOf('='))]]), unknown, diagnostics);
        Refuse("validator-config", [.. other?.Select.Select(word => word.TrimStart('-')) ?? [], .. other?.Severities.SelectMany(pair => (string[])[pair, pair.Split('=')[0]]) ?? []], unknown, diagnostics);

        var usual = new CheckSettings();
        var settings = new CheckSettings
        {
            Today = today is null ? usual.Today : DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            TagNamespaces = [.. set.Values("tag-namespaces") ?? [], .. other?.TagNamespaces ?? []],
            Attributes = set.Values("custom-attributes") ?? [],
            Fields = set.Values("custom-fields") ?? [],
            LogSources = set.Values("log-sources") ?? [],
            Authors = set.Values("authors") ?? [],
            Numbers = (set.Values("numbers") ?? []).Concat(other?.Numbers ?? []).Select(pair => pair.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.First()[1]),
        };
        const string PerPath = "per-path-ignores";
        var paths = (set.Values(PerPath) ?? []).Select(pair => (Pattern: pair[..pair.LastIndexOf('=')], Words: Words([pair[(pair.LastIndexOf('=') + 1)..]])))
            .Select(path => (FolderOf(set.Places.Of(PerPath, path.Pattern)?.Source.Path), path.Pattern, path.Words));
        return new CheckChoice(selection, settings, [.. paths, .. (other?.Excluded ?? []).Select(glob => (FolderOf(validators ?? set.Value("validator-config")), glob, (string[])["all"]))], other?.Exclusions ?? new Dictionary<string, string[]>()) { Custom = set.Checks };
    }

    /// <summary>Creates what runs the checks.</summary>
    public Checker NewChecker() => new(Selection, Settings, Custom);

    /// <summary>Whether a finding is wanted where it is.</summary>
    /// <param name="finding">The finding.</param>
    public bool Wants(Finding finding)
    {
        foreach ((string folder, string pattern, string[] words) in PerPath)
        {
            if (IsAt(finding.Span.Source.Path, folder, pattern) && Array.Exists(words, word => CheckSelection.Means(word, finding.Info)))
            {
                return false;
            }
        }

        return PerId.Count == 0 || finding.Rule is not { } rule
            || !PerId.TryGetValue(rule.Document.Metadata.Id?.ToLowerInvariant() ?? "", out string[]? excluded)
            || !Array.Exists(excluded, word => CheckSelection.Means(word, finding.Info));
    }

    private static string FolderOf(string? file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".";

    /// <summary>Whether a path, as it is named or from the folder of the configuration, is one that a pattern means.</summary>
    private static bool IsAt(string path, string folder, string pattern) =>
        IsAt(path, pattern) || (folder != "." && IsAt(Path.GetRelativePath(folder, path).Replace('\\', '/'), pattern));

    private static bool IsAt(string path, string pattern)
    {
        string folded = pattern.Replace("**/", "*", StringComparison.Ordinal).Replace("**", "*", StringComparison.Ordinal);
        return FileSystemName.MatchesSimpleExpression(folded, path, ignoreCase: false)
            || FileSystemName.MatchesSimpleExpression("*/" + folded, path, ignoreCase: false)
            || path.StartsWith(pattern.TrimEnd('/') + "/", StringComparison.Ordinal);
    }

    /// <summary>Reports the words of an option that mean no check; those of the configuration file are reported with their place when it is read.</summary>
    private static void Refuse(string option, IEnumerable<string> words, List<string> unknown, List<Diagnostic> diagnostics)
    {
        string expected = option == "severity" ? "a check with error, warning or info, as title_end=error" : Expected;
        foreach (string word in words.Where(unknown.Contains).Distinct())
        {
            string name = option == "severity" ? word.Split('=')[0] : word;
            string? hint = CheckCatalog.Words.Contains(name) ? null : Suggestion.For(name, CheckCatalog.Words) ?? ListOfChecks;
            diagnostics.Add(Diagnostic.OptionValue(null, option, expected, word).WithHint(hint));
        }
    }

    /// <summary>The words of texts that commas or blanks separate.</summary>
    internal static string[] Words(string[]? given) => [.. (given ?? []).SelectMany(text => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
