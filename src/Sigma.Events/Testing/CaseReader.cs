using System.Globalization;
using Sigma.Pipelines;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Events.Testing;

/// <summary>
/// Reads files of cases: our own, a map with <c>tests</c>; and those of the public rule repository's regression data, a map with
/// <c>regression_tests_info</c>.
/// </summary>
internal static class CaseReader
{
    /// <summary>The keys of a file of cases.</summary>
    internal static readonly string[] FileKeys = ["rule", "tests"];

    /// <summary>The keys of a case.</summary>
    internal static readonly string[] CaseKeys = ["name", "rule", "event", "events", "data", "matches", "description"];

    /// <summary>Reads a file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="diagnostics">Receives diagnostics; a broken case is left out, and the others are read.</param>
    /// <returns>The cases in the order of the file.</returns>
    public static IReadOnlyList<RuleCase> Read(SourceText source, List<Diagnostic> diagnostics)
    {
        var cases = new List<RuleCase>();
        IReadOnlyList<YamlDocument> documents = YamlReader.Read(source);
        if (documents.Count == 0)
        {
            diagnostics.Add(Diagnostic.NoCaseInFile(new Span(source, 0, 0)));
        }

        foreach (YamlDocument document in documents)
        {
            diagnostics.AddRange(document.Diagnostics);
            if (document.Root is YamlMapping map && map[RegressionInfo.Tests] is { } info && !IsNothing(info))
            {
                RegressionInfo.Read(map, cases, diagnostics);
            }
            else if (document.Root is YamlMapping file && file["tests"] is YamlSequence { Items.Count: > 0 } tests)
            {
                ReadFile(file, tests, cases, diagnostics);
            }
            else if (IsEmpty(document.Root, source.Path))
            {
                diagnostics.Add(Diagnostic.NoCaseInFile(document.Root?.Span ?? document.Span));
            }
            else if (!document.Diagnostics.Any(diagnostic => diagnostic.Severity is Severity.Error))
            {
                YamlNode? root = document.Root is YamlMapping { } found ? found["tests"] ?? document.Root : document.Root;
                Diagnostic error = Diagnostic.NoTests(root?.Span ?? document.Span, root is null ? "nothing" : root is YamlMapping && root == document.Root ? "no 'tests'" : root.Kind);
                diagnostics.Add(document.Root is YamlMapping other ? Misnamed(other, error) : error);
            }
        }

        return cases;
    }

    /// <summary>Whether a file is one of cases, and has none: the public repository has such files, with all of their tests commented out.</summary>
    private static bool IsEmpty(YamlNode? root, string path) => root switch
    {
        null => true,
        YamlMapping map when map["tests"] is { } tests => IsNothing(tests),
        YamlMapping map when map[RegressionInfo.Tests] is { } tests => IsNothing(tests),
        YamlMapping map when Suggestion.Near(RegressionInfo.Tests, map.Entries.Select(entry => entry.Name)) is not null => false,
        YamlMapping map => map["rule_metadata"] is not null || Path.GetFileName(path).Equals(RegressionInfo.FileName, StringComparison.OrdinalIgnoreCase),
        _ => IsNothing(root),
    };

    /// <summary>The error, at a key that is nearly the one of the tests if there is one.</summary>
    private static Diagnostic Misnamed(YamlMapping map, Diagnostic error)
    {
        string[] known = [RegressionInfo.Tests, "tests"];
        foreach (YamlEntry entry in map.Entries)
        {
            if (!known.Contains(entry.Name) && Suggestion.Near(entry.Name, known) is { } meant)
            {
                return (error with { Span = entry.Key.Span }).WithHint($"did you mean '{meant}'?");
            }
        }

        return error;
    }

    private static bool IsNothing(YamlNode node) =>
        node is YamlSequence { Items.Count: 0 } || (node is YamlScalar scalar && ScalarType.Of(scalar) is ScalarType.Null);

    private static void ReadFile(YamlMapping file, YamlSequence tests, List<RuleCase> cases, List<Diagnostic> diagnostics)
    {
        CheckKeys(file, FileKeys, "a file of cases", diagnostics);
        YamlScalar? rule = Text(file, "rule", diagnostics);
        foreach (YamlNode item in tests.Items)
        {
            if (item is not YamlMapping map)
            {
                diagnostics.Add(Diagnostic.CaseValue(item.Span, "a case", "a map of name, event, matches …", item.Kind));
            }
            else if (ReadCase(map, rule, cases.Count + 1, diagnostics) is { } read)
            {
                cases.Add(read);
            }
        }
    }

    private static RuleCase? ReadCase(YamlMapping map, YamlScalar? fileRule, int number, List<Diagnostic> diagnostics)
    {
        int before = diagnostics.Count;
        CheckKeys(map, CaseKeys, "a case", diagnostics);
        YamlScalar? rule = Text(map, "rule", diagnostics) ?? fileRule;
        YamlScalar? data = Text(map, "data", diagnostics);
        string name = Text(map, "name", diagnostics)?.Value ?? $"case {number}";
        IReadOnlyList<string>? events = null;
        int given = (map["event"] is null ? 0 : 1) + (map["events"] is null ? 0 : 1) + (map["data"] is null ? 0 : 1);
        if (given != 1)
        {
            diagnostics.Add(Diagnostic.CaseEvents(map.Span, name, given == 0 ? "none of" : "more than one of"));
        }
        else if (map["event"] is { } one)
        {
            events = Event(one, diagnostics) is { } json ? [json] : [];
        }
        else if (map["events"] is YamlSequence { Items.Count: > 0 } list)
        {
            events = [.. list.Items.Select(item => Event(item, diagnostics)).OfType<string>()];
        }
        else if (map["events"] is { } other)
        {
            diagnostics.Add(Diagnostic.CaseValue(other.Span, "events", "a list of maps", other is YamlSequence ? "an empty list" : other.Kind));
        }

        Expectation expected = Expected(map["matches"], events?.Count, diagnostics);
        return diagnostics.Count > before && diagnostics.Skip(before).Any(diagnostic => diagnostic.Severity is Severity.Error)
            ? null
            : new RuleCase(name, rule?.Value, events, data?.Value, expected, map.Span) { RuleSpan = rule?.Span, DataSpan = data?.Span };
    }

    private static string? Event(YamlNode node, List<Diagnostic> diagnostics)
    {
        if (node is YamlMapping { Entries.Count: > 0 })
        {
            return JsonText.Of(node);
        }

        diagnostics.Add(Diagnostic.CaseValue(node.Span, "an event", "a map of fields", node is YamlMapping ? "an empty map" : node.Kind));
        return null;
    }

    private static Expectation Expected(YamlNode? node, int? events, List<Diagnostic> diagnostics)
    {
        switch (node)
        {
            case null:
                return Expectation.Any;
            case YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.Boolean:
                return scalar.Value.Equals("true", StringComparison.OrdinalIgnoreCase) ? Expectation.Any : Expectation.None;
            case YamlScalar scalar when int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count):
                return Expectation.Of(count);
            case YamlSequence list:
                var numbers = new List<int>();
                foreach (YamlNode item in list.Items)
                {
                    if (item is YamlScalar { Value: var text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                        && (events is not { } most || number <= most))
                    {
                        numbers.Add(number);
                    }
                    else
                    {
                        string range = events is { } last ? $"the number of an event, from 1 to {last}" : "the number of an event, from 1";
                        diagnostics.Add(Diagnostic.CaseValue(item.Span, "a number in matches", range, item is YamlScalar scalar ? $"'{scalar.Value}'" : item.Kind));
                    }
                }

                return Expectation.Of([.. numbers.Distinct()]);
            default:
                diagnostics.Add(Diagnostic.CaseValue(
                    node.Span, "matches", "a number of events, a list of their numbers, or true or false", node is YamlScalar other ? $"'{other.Value}'" : node.Kind));
                return Expectation.Any;
        }
    }

    private static void CheckKeys(YamlMapping map, string[] known, string what, List<Diagnostic> diagnostics) => MapReader.ReportUnknown(
        map, known, (key, hint) => Diagnostic.UnknownCaseKey(key.Span, what, key.Value).WithHint(hint ?? "it has " + string.Join(", ", known)), diagnostics);

    /// <summary>The text of a key; null if there is none.</summary>
    internal static YamlScalar? Text(YamlMapping map, string key, List<Diagnostic> diagnostics)
    {
        if (map[key] is YamlScalar { Value.Length: > 0 } scalar)
        {
            return scalar;
        }

        if (map[key] is { } other)
        {
            diagnostics.Add(Diagnostic.CaseValue(other.Span, key, "a string", other is YamlScalar ? "an empty one" : other.Kind));
        }

        return null;
    }
}
