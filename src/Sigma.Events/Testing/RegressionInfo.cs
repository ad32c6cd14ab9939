using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Events.Testing;

/// <summary>
/// Reads the <c>info.yml</c> of the public rule repository's regression data: <c>rule_metadata</c> names the rule by its id,
/// <c>regression_tests_info</c> lists files of events, each with the least <c>match_count</c>, which is 1 unless given. The
/// files are .evtx; where one is missing, the converted .json of the same name beside it is read.
/// </summary>
internal static class RegressionInfo
{
    /// <summary>The name of such a file.</summary>
    public const string FileName = "info.yml";

    /// <summary>The key of its tests.</summary>
    public const string Tests = "regression_tests_info";

    /// <summary>Reads a file.</summary>
    public static void Read(YamlMapping map, List<RuleCase> cases, List<Diagnostic> diagnostics)
    {
        YamlMapping? metadata = map["rule_metadata"] is YamlSequence { Items: [YamlMapping first, ..] } ? first : null;
        if (metadata is null || CaseReader.Text(metadata, "id", diagnostics) is not { } id)
        {
            diagnostics.Add(Diagnostic.CaseValue((map["rule_metadata"] ?? map).Span, "rule_metadata", "a list with the id of the rule", map["rule_metadata"] is { } other ? other.Kind : "missing"));
            return;
        }

        if (map[Tests] is not YamlSequence tests)
        {
            diagnostics.Add(Diagnostic.CaseValue(map[Tests]!.Span, Tests, "a list of files", map[Tests]!.Kind));
            return;
        }

        foreach (YamlNode item in tests.Items)
        {
            if (item is not YamlMapping test || CaseReader.Text(test, "path", diagnostics) is not { } path)
            {
                diagnostics.Add(Diagnostic.CaseValue(item.Span, "a test", "a map with a path", item.Kind));
                continue;
            }

            int count = 1;
            if (test["match_count"] is { } written && !(written is YamlScalar { Value: var text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count)))
            {
                diagnostics.Add(Diagnostic.CaseValue(written.Span, "match_count", "a number of events", written is YamlScalar scalar ? $"'{scalar.Value}'" : written.Kind));
                continue;
            }

            // The path is from the root of the public repository; the file stands beside this one.
            string name = path.Value[(path.Value.LastIndexOf('/') + 1)..];
            string json = Path.ChangeExtension(name, ".json");
            cases.Add(new RuleCase(
                CaseReader.Text(test, "name", diagnostics)?.Value ?? name,
                id.Value,
                null,
                name,
                new Expectation(count, count == 0 ? 0 : null, null),
                item.Span)
            {
                RuleSpan = id.Span,
                DataSpan = path.Span,
                OtherData = json == name ? [] : [json],
                Count = test["match_count"] is null ? null : count,
            });
        }
    }
}
