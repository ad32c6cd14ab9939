using System.Text.RegularExpressions;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Cli;

/// <summary>Checks texts of a configuration file by what their setting takes. Each method adds a diagnostic for what is wrong.</summary>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed partial class SettingText(List<Diagnostic> diagnostics)
{
    private static readonly string[] Severities = ["error", "warning", "info"];

    /// <summary>What an address is that a browser may open.</summary>
    public const string WebAddress = "an address of the web";

    /// <summary>How to write one.</summary>
    public const string WebAddressHint = "it begins with https:// or http://";

    private readonly List<(string Setting, YamlScalar Text)> checks = [];

    /// <summary>Whether a text is an address that a browser may open: no script, and nothing of the machine.</summary>
    public static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http";

    /// <summary>Checks one text of a setting that has one, or a list of them.</summary>
    public void Check(Setting setting, YamlScalar text)
    {
        switch (setting.Kind)
        {
            case SettingKind.Word when !setting.Words.Contains(text.Value):
                Refuse(text, setting.Name, ChoiceOption.Listed(setting.Words), Suggestion.For(text.Value, setting.Words));
                break;
            case SettingKind.Filters:
                Filter(text);
                break;
            case SettingKind.Names or SettingKind.Namespaces or SettingKind.LogSources when ScalarType.Of(text) is not ScalarType.String:
                Refuse(text, setting.Name, "a string", "put it in quotes if it is a name");
                break;
            case SettingKind.Names when ControlCharacters.In(text.Value) || text.Value.Trim().Length == 0:
                Refuse(text, setting.Name, "a name on one line", null);
                break;
            case SettingKind.Namespaces when !Namespace().IsMatch(text.Value):
                Refuse(text, setting.Name, "what stands before the dot of a tag: small letters, digits, dashes and underscores", null);
                break;
            case SettingKind.LogSources when !LogSource().IsMatch(text.Value):
                Refuse(text, setting.Name, "product/category/service, of which a part may be empty", Slashes(text.Value));
                break;
            case SettingKind.Address when !IsWebAddress(text.Value):
                Refuse(text, setting.Name, WebAddress, WebAddressHint);
                break;
            case SettingKind.Checks:
                checks.Add((setting.Name, text));
                break;
        }
    }

    /// <summary>Checks a name of a map, with its values.</summary>
    public void Check(Setting setting, YamlScalar name, IReadOnlyList<YamlScalar> values)
    {
        switch (setting.Kind)
        {
            case SettingKind.PathIgnores:
                Pattern(setting.Name, name);
                checks.AddRange(values.Select(value => (setting.Name, value)));
                break;
            case SettingKind.Weights:
                checks.Add((setting.Name, name));
                foreach (YamlScalar weight in values.Where(weight => !Severities.Contains(weight.Value)))
                {
                    Refuse(weight, name.Value, ChoiceOption.Listed(Severities), Suggestion.For(weight.Value, Severities));
                }

                break;
            case SettingKind.Numbers:
                Number(name, values);
                break;
            case SettingKind.Map or SettingKind.MapOfTexts when name.Value.Length == 0 || name.Value.Contains('='):
                Refuse(name, setting.Name, "names without an equals sign", null);
                break;
        }
    }

    /// <summary>Checks the words for checks, when it is known which checks the file itself describes.</summary>
    /// <param name="own">The checks of the file.</param>
    public void CheckWords(IEnumerable<Check> own)
    {
        Check[] known = checks.Count == 0 ? [] : [.. CheckCatalog.All, .. own];
        foreach ((string setting, YamlScalar text) in checks)
        {
            foreach (string word in CheckChoice.Words([text.Value]).Select(word => setting == "select" ? word.TrimStart('-') : word).Where(word => !CheckSelection.IsKnown(known, word)))
            {
                string? near = Suggestion.For(word, CheckCatalog.Words.Concat(known.Select(check => check.Info.Name)));
                diagnostics.Add(Diagnostic.SettingValue(text.Span, setting, "a check: its code, name or group", $"'{word}'").WithHint(near ?? "'sigmac list checks' lists all checks"));
            }
        }
    }

    private void Filter(YamlScalar text)
    {
        var found = new List<Diagnostic>();
        RuleFilter.Parse([text.Value], found);
        diagnostics.AddRange(found.Select(finding => finding with { Span = text.Span }));
    }

    private void Number(YamlScalar name, IReadOnlyList<YamlScalar> values)
    {
        string[] known = [.. CheckCatalog.Numbers.Select(number => number.Name)];
        if (!known.Contains(name.Value))
        {
            diagnostics.Add(Diagnostic.UnknownSetting(name.Span, name.Value).WithHint(Suggestion.For(name.Value, known) ?? "use one of " + string.Join(", ", known)));
        }

        foreach (YamlScalar value in values.Where(value => !CheckNumber.TryRead(value.Value, out _)))
        {
            Refuse(value, name.Value, $"a whole number from 0 to {CheckNumber.Most}", null);
        }
    }

    /// <summary>A pattern has asterisks and question marks; what other tools read as more would silently stand for itself.</summary>
    private void Pattern(string setting, YamlScalar pattern)
    {
        string? hint = pattern.Value.Length == 0 ? "write ** for all files"
            : pattern.Value[0] == '!' ? "a pattern cannot be turned round; write one for the paths that are left out"
            : pattern.Value.Contains('\\') ? "write paths with slashes"
            : pattern.Value.AsSpan().ContainsAny("[]{}") ? "write ? for one character and * for any; brackets and braces have no meaning"
            : null;
        if (hint is not null)
        {
            Refuse(pattern, setting, "patterns of paths with * and ?", hint);
        }
    }

    private static string? Slashes(string text) => text.Count(letter => letter == '/') switch
    {
        0 => $"write {text.Trim()}// for a product, /{text.Trim()}/ for a category, //{text.Trim()} for a service",
        1 => "write two slashes, also where a part is empty",
        _ => null,
    };

    private void Refuse(YamlScalar text, string setting, string expected, string? hint)
    {
        Diagnostic wrong = Diagnostic.SettingValue(text.Span, setting, expected, $"'{text.Value}'");
        diagnostics.Add(hint is null ? wrong : wrong.WithHint(hint));
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]*\z")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?!//\z)[^/\s]*/[^/\s]*/[^/\s]*\z")]
    private static partial Regex LogSource();
}
