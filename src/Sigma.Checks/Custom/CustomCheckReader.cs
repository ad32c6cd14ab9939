using System.Text.RegularExpressions;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Queries;

namespace Sigma.Checks.Custom;

/// <summary>Reads the checks that a configuration describes: names with a message, a weight and a detection each.</summary>
internal static partial class CustomCheckReader
{
    /// <summary>The keys of a check.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["message", "severity", "hint", "why", "kinds", "at", "detection"];

    /// <summary>The rest of the rule that a detection is read as.</summary>
    private const string Frame = "title: custom check\nlogsource: {product: sigma}\n";

    private static readonly Planner Plain = new([], PipelineSettings.Default, "sigmac check");

    /// <summary>Reads the map of checks.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="taken">Names that other checks have.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static IReadOnlyList<CustomCheck> Read(YamlEntry setting, IEnumerable<string> taken, List<Diagnostic> diagnostics)
    {
        if (setting.Value is not YamlMapping map)
        {
            diagnostics.Add(Diagnostic.SettingValue(setting.Value.Span, setting.Name, "a map of names and checks", setting.Value.Kind));
            return [];
        }

        var others = taken.ToHashSet(StringComparer.Ordinal);
        return [.. map.Entries.Select(entry => ReadOne(entry, others, diagnostics)).OfType<CustomCheck>()];
    }

    private static CustomCheck? ReadOne(YamlEntry entry, HashSet<string> taken, List<Diagnostic> diagnostics)
    {
        int before = diagnostics.Count(finding => finding.Severity is Severity.Error);
        if (!Name().IsMatch(entry.Name) || taken.Contains(entry.Name))
        {
            const string Wanted = "a name of small letters, digits and underscores that no other check has";
            diagnostics.Add(Diagnostic.SettingValue(entry.Key.Span, "custom-checks", Wanted, $"'{entry.Name}'"));
        }

        if (entry.Value is not YamlMapping check)
        {
            diagnostics.Add(Diagnostic.SettingValue(entry.Value.Span, entry.Name, "a map of " + string.Join(", ", Keys), entry.Value.Kind));
            return null;
        }

        foreach (YamlEntry unknown in check.Entries.Where(one => !Keys.Contains(one.Name)))
        {
            string hint = Suggestion.For(unknown.Name, Keys) ?? "use one of " + string.Join(", ", Keys);
            diagnostics.Add(Diagnostic.UnknownSetting(unknown.Key.Span, unknown.Name).WithHint(hint));
        }

        string? message = Text(check, entry.Key, "message", diagnostics, required: true);
        Severity severity = OneOf(check, "severity", Severity.Warning, diagnostics);
        string? place = Text(check, entry.Key, "at", diagnostics);
        var info = new CheckInfo(entry.Name, entry.Name, CheckGroup.Custom, severity, message ?? "")
        {
            Hint = Text(check, entry.Key, "hint", diagnostics),
            Why = Text(check, entry.Key, "why", diagnostics) ?? "The configuration of this repository asks for it.",
        };
        HashSet<DocumentKind> kinds = Kinds(check, diagnostics);
        Expr? expression = Detection(check, entry.Key, diagnostics);
        bool isSound = diagnostics.Count(finding => finding.Severity is Severity.Error) == before;
        return expression is not null && isSound ? CustomCheck.Of(info, expression, kinds, place, diagnostics) : null;
    }

    private static Expr? Detection(YamlMapping check, YamlScalar name, List<Diagnostic> diagnostics)
    {
        if (check.Find("detection") is not { } detection)
        {
            diagnostics.Add(Diagnostic.MissingAttribute(name.Span, "detection"));
            return null;
        }

        var frame = (YamlMapping)YamlReader.Read(new SourceText("custom check", Frame)).First().Root!;
        var findings = new List<Diagnostic>();
        ReadDocument read = new RuleDocumentReader(findings).Read(new YamlMapping([.. frame.Entries, detection], check.Span), check.Span);
        diagnostics.AddRange(findings.Where(finding => finding.Severity is not Severity.Info));
        if (read.Document is not SigmaRule rule)
        {
            return null;
        }

        if (rule.Conditions.FirstOrDefault(condition => condition.Aggregation is not null || condition.Near.Length > 0) is { } counting)
        {
            diagnostics.Add(Diagnostic.SettingValue(counting.Span, "condition", "a condition that looks at one rule", "one that counts"));
            return null;
        }

        Expr[] searches = [.. (Plain.Plan(rule, diagnostics) ?? []).Select(plan => plan.Search.Expression)];
        return searches.Length switch
        {
            0 => null,
            1 => searches[0],
            _ => new OrExpr([.. searches], rule.Span),
        };
    }

    private static HashSet<DocumentKind> Kinds(YamlMapping check, List<Diagnostic> diagnostics)
    {
        string[] known = [.. Enum.GetNames<DocumentKind>().Select(name => name.ToLowerInvariant())];
        YamlNode[] given = check["kinds"] switch { null => [], YamlSequence list => [.. list.Items], { } one => [one] };
        var kinds = new HashSet<DocumentKind>();
        foreach (YamlNode node in given)
        {
            int at = node is YamlScalar scalar ? Array.IndexOf(known, scalar.Value) : -1;
            if (at < 0)
            {
                string found = node is YamlScalar text ? $"'{text.Value}'" : node.Kind;
                diagnostics.Add(Diagnostic.SettingValue(node.Span, "kinds", string.Join(", ", known), found));
            }
            else
            {
                kinds.Add((DocumentKind)at);
            }
        }

        return given.Length == 0 ? [DocumentKind.Rule] : kinds;
    }

    private static Severity OneOf(YamlMapping check, string key, Severity usual, List<Diagnostic> diagnostics)
    {
        if (check[key] is not { } node)
        {
            return usual;
        }

        string[] known = [.. Enum.GetNames<Severity>().Select(name => name.ToLowerInvariant())];
        int at = node is YamlScalar scalar ? Array.IndexOf(known, scalar.Value) : -1;
        if (at < 0)
        {
            string found = node is YamlScalar text ? $"'{text.Value}'" : node.Kind;
            diagnostics.Add(Diagnostic.SettingValue(node.Span, key, "error, warning or info", found));
            return usual;
        }

        return Enum.GetValues<Severity>()[at];
    }

    private static string? Text(YamlMapping check, YamlScalar name, string key, List<Diagnostic> diagnostics, bool required = false)
    {
        switch (check[key])
        {
            case null:
                if (required)
                {
                    diagnostics.Add(Diagnostic.MissingAttribute(name.Span, key));
                }

                return null;
            case YamlScalar { Value.Length: > 0 } text when !text.Value.AsSpan().ContainsAny('\n', '\r'):
                return text.Value;
            case { } other:
                diagnostics.Add(Diagnostic.SettingValue(other.Span, key, "a string on one line", other is YamlScalar scalar ? scalar.Value.Length == 0 ? "an empty one" : "one on several" : other.Kind));
                return null;
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,63}\z")]
    private static partial Regex Name();
}
