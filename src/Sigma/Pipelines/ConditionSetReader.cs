using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Reads the conditions of a pipeline item: a list or a map of them, and how they are linked.</summary>
internal static class ConditionSetReader
{
    /// <summary>So many items of a list are shown.</summary>
    private const int LongList = 5;

    private static readonly string[] ConditionKeys = ["type"];

    /// <summary>Reads one group of conditions.</summary>
    /// <param name="item">The pipeline item.</param>
    /// <param name="group">What the group is called in messages.</param>
    /// <param name="key">The key of the list or map.</param>
    /// <param name="linking">What the keys of op, not and expr start with.</param>
    /// <param name="table">The conditions there are.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static ConditionSet<T> Read<T>(
        YamlMapping item, string group, string key, string linking, IReadOnlyDictionary<string, Func<Parameters, T?>> table, List<Diagnostic> diagnostics)
        where T : class
    {
        var conditions = ImmutableArray.CreateBuilder<T>();
        var written = ImmutableArray.CreateBuilder<string>();
        var ids = new List<string>();
        switch (item[key])
        {
            case null when item.Entries.FirstOrDefault(e => e.Name.StartsWith(linking + "_", StringComparison.Ordinal)) is { Key: { } stray }:
                diagnostics.Add(Diagnostic.MissingParameter(stray.Span, stray.Value, key));
                return ConditionSet<T>.None;
            case null:
                return ConditionSet<T>.None;
            case YamlSequence list:
                foreach (YamlNode node in list.Items)
                {
                    Add(null, node);
                }

                break;
            case YamlMapping map:
                foreach (YamlEntry entry in map.Entries)
                {
                    Add(entry.Name, entry.Value);
                }

                break;
            case { } node:
                diagnostics.Add(Diagnostic.PipelineValue(node.Span, key, "a list or a map", node.Kind));
                break;
        }

        var frame = new Parameters(item, "a transformation", [], diagnostics);
        string op = frame.Text(linking + "_op") ?? "and";
        if (op is not ("and" or "or"))
        {
            diagnostics.Add(Diagnostic.PipelineValue(item[linking + "_op"]!.Span, linking + "_op", "'and' or 'or'", $"'{op}'"));
        }

        ConditionExpression? expression = null;
        switch (item[linking + "_expr"])
        {
            case null:
                break;
            case YamlScalar text when item[linking + "_op"] is null:
                expression = ConditionExpressionParser.Parse(text, ids, diagnostics);
                break;
            case YamlScalar text:
                diagnostics.Add(Diagnostic.PipelineExpression(text.Span, text.Value, $"it cannot be combined with {linking}_op"));
                break;
            case { } node:
                diagnostics.Add(Diagnostic.PipelineValue(node.Span, linking + "_expr", "a string", node.Kind));
                break;
        }

        return new ConditionSet<T>(conditions.DrainToImmutable(), op == "or", frame.Flag(linking + "_not"), expression) { Written = written.DrainToImmutable() };

        void Add(string? id, YamlNode node)
        {
            if (ReadOne(node, group, table, diagnostics) is { } condition)
            {
                conditions.Add(condition);
                written.Add(Describe((YamlMapping)node));
                ids.Add(id ?? "");
            }
        }
    }

    /// <summary>A condition in few words: <c>logsource(category: dns, product: windows)</c>.</summary>
    private static string Describe(YamlMapping condition)
    {
        IEnumerable<string> parameters = condition.Entries.Where(entry => entry.Name != "type").Select(entry => $"{entry.Name}: {Short(entry.Value)}");
        return $"{((YamlScalar)condition["type"]!).Value}({string.Join(", ", parameters)})";
    }

    private static string Short(YamlNode value) => value switch
    {
        YamlScalar scalar => scalar.Value,
        YamlSequence list when list.Items.Count > LongList => $"[{string.Join(", ", list.Items.Take(LongList).Select(Short))}, … {list.Items.Count} in all]",
        YamlSequence list => $"[{string.Join(", ", list.Items.Select(Short))}]",
        _ => "{…}",
    };

    private static T? ReadOne<T>(
        YamlNode node, string group, IReadOnlyDictionary<string, Func<Parameters, T?>> table, List<Diagnostic> diagnostics)
        where T : class
    {
        if (node is not YamlMapping mapping || mapping["type"] is not YamlScalar type)
        {
            diagnostics.Add(Diagnostic.MissingParameter(node.Span with { Length = 0 }, $"a {group} condition", "type"));
            return null;
        }

        if (!table.TryGetValue(type.Value, out Func<Parameters, T?>? read))
        {
            diagnostics.Add(Diagnostic.UnknownPipelineCondition(type.Span, group, type.Value).WithHint(Suggestion.For(type.Value, table.Keys)));
            return null;
        }

        var parameters = new Parameters(mapping, type.Value, ConditionKeys, diagnostics);
        T? condition = read(parameters);
        parameters.ReportUnknown();
        return condition;
    }
}
