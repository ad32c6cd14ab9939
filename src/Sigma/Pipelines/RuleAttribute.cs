using System.Globalization;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// <c>rule_attribute</c>: an attribute of the rule compares like this; one that the rule does not have does not (docs/pipelines.md,
/// "Conditions"). Levels, states, days and numbers have an order, texts can only be equal or not, and a list can only hold something.
/// </summary>
internal sealed class RuleAttribute(string attribute, IReadOnlyList<string> values, string op) : RuleCondition
{
    private static readonly string[] Operators = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "not_in"];

    /// <summary>Reads <c>attribute</c>, <c>value</c>, and <c>op</c> (eq): eq, ne, gt, gte, lt, lte, in or not_in, which take a list too.</summary>
    public static RuleCondition? Read(Parameters parameters)
    {
        string attribute = parameters.Required("attribute");
        IReadOnlyList<string> values = parameters.Texts("value");
        string op = parameters.Choice("op", Operators, "eq")!;
        if (values.Count == 0)
        {
            parameters.Missing("value");
            return null;
        }

        YamlNode node = parameters.Node("value")!;
        bool ordered = op is "gt" or "gte" or "lt" or "lte";
        if (node is YamlSequence && op is not ("in" or "not_in"))
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(node.Span, "value", $"one value for {op}", "a list"));
        }
        else if (RuleAttributes.Maps.Contains(attribute))
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(parameters.Node("attribute")!.Span, "attribute", "one that has a value or a list of values", $"'{attribute}'"));
        }
        else if (ordered && RuleAttributes.Texts.Contains(attribute))
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(parameters.Node("op")!.Span, "op", $"eq, ne, in or not_in for {attribute}", op));
        }
        else if (RuleAttributes.Lists.Contains(attribute) && op is not ("in" or "not_in"))
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue((parameters.Node("op") ?? node).Span, "op", $"in or not_in for {attribute}, which is a list", op));
        }

        foreach (string value in values)
        {
            string? needed = attribute switch
            {
                "level" => Named<Level>(value) is null ? "one of " + NamesOf<Level>() : null,
                "status" => Named<RuleStatus>(value) is null ? "one of " + NamesOf<RuleStatus>() : null,
                "date" or "modified" => Day(value) is null ? "a date such as 2026-11-24" : null,
                _ => ordered && !RuleAttributes.Texts.Contains(attribute) && Day(value) is null && !IsNumber(value) ? $"a number or a day for {op}" : null,
            };
            if (needed is not null)
            {
                parameters.Diagnostics.Add(Diagnostic.PipelineValue(node.Span, "value", needed, $"'{value}'"));
            }
        }

        return new RuleAttribute(attribute, values, op);
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => RuleAttributes.Find(run.Rule, attribute) switch
    {
        YamlScalar scalar => Holds(scalar.Value),
        YamlSequence list when op is "in" or "not_in" =>
            values.Any(value => list.Items.OfType<YamlScalar>().Any(item => Compare(item.Value, value) == 0)) == (op == "in"),
        _ => false,
    };

    private bool Holds(string current)
    {
        int? order = Compare(current, values[0]);
        return op switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "in" => values.Any(value => Compare(current, value) == 0),
            "not_in" => values.All(value => Compare(current, value) != 0),
            "gt" => order > 0,
            "gte" => order >= 0,
            "lt" => order < 0,
            _ => order <= 0,
        };
    }

    /// <summary>The order of two values; null if they differ and have none.</summary>
    private int? Compare(string current, string value)
    {
        switch (attribute)
        {
            case "level" when Named<Level>(current) is { } a && Named<Level>(value) is { } b:
                return a.CompareTo(b);
            case "status" when Named<RuleStatus>(current) is { } a && Named<RuleStatus>(value) is { } b:
                return a.CompareTo(b);
            case "id" when Guid.TryParse(current, out Guid a) && Guid.TryParse(value, out Guid b):
                return a == b ? 0 : null;
        }

        if (Day(current) is { } left && Day(value) is { } right)
        {
            return left.CompareTo(right);
        }

        return decimal.TryParse(current, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal x)
            && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal y)
            ? x.CompareTo(y)
            : current == value ? 0 : null;
    }

    /// <summary>The choice of this name. By name only: the library would also take numbers and lists.</summary>
    private static T? Named<T>(string name)
        where T : struct, Enum =>
        Enum.GetNames<T>().Any(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ? Enum.Parse<T>(name, ignoreCase: true) : null;

    private static string NamesOf<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
