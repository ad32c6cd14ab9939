using System.Collections.Frozen;
using System.Globalization;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>The conditions of the public pipeline format, a table a group. Without a reader: known, and not supported yet.</summary>
internal static class Conditions
{
    public static IReadOnlyDictionary<string, Func<Parameters, RuleCondition?>?> Rule { get; } = new Dictionary<string, Func<Parameters, RuleCondition?>?>(StringComparer.Ordinal)
    {
        ["logsource"] = LogSourceCondition.Read,
        ["contains_detection_item"] = ContainsDetectionItem.Read,
        ["contains_field"] = null,
        ["processing_item_applied"] = null,
        ["processing_state"] = ProcessingState.Read,
        ["is_sigma_rule"] = null,
        ["is_sigma_correlation_rule"] = null,
        ["rule_attribute"] = null,
        ["tag"] = null,
    };

    public static IReadOnlyDictionary<string, Func<Parameters, ItemCondition?>?> Item { get; } = new Dictionary<string, Func<Parameters, ItemCondition?>?>(StringComparer.Ordinal)
    {
        ["match_string"] = null,
        ["match_value"] = null,
        ["contains_wildcard"] = null,
        ["is_null"] = null,
        ["processing_item_applied"] = null,
        ["processing_state"] = p => ProcessingState.ReadTest(p) is { } test ? new ItemProcessingState(test) : null,
    };

    public static IReadOnlyDictionary<string, Func<Parameters, FieldCondition?>?> Field { get; } = new Dictionary<string, Func<Parameters, FieldCondition?>?>(StringComparer.Ordinal)
    {
        ["include_fields"] = p => FieldNames.Read(p, include: true),
        ["exclude_fields"] = p => FieldNames.Read(p, include: false),
        ["processing_item_applied"] = null,
        ["processing_state"] = p => ProcessingState.ReadTest(p) is { } test ? new FieldProcessingState(test) : null,
    };
}

/// <summary><c>logsource</c>: the rule's log source lies within this one.</summary>
internal sealed class LogSourceCondition(LogSource source) : RuleCondition
{
    public static RuleCondition Read(Parameters parameters)
    {
        var source = new LogSource(parameters.Text("category"), parameters.Text("product"), parameters.Text("service"), null, parameters.Span);
        if (source is { Category: null, Product: null, Service: null })
        {
            parameters.Missing("category, product or service");
        }

        return new LogSourceCondition(source);
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => source.Contains(run.Rule.LogSource);
}

/// <summary><c>contains_detection_item</c>: some item tests this field for this value.</summary>
internal sealed class ContainsDetectionItem(string field, Value value) : RuleCondition
{
    public static RuleCondition? Read(Parameters parameters)
    {
        string field = parameters.Required("field");
        if (parameters.Node("value") is not { } node)
        {
            parameters.Missing("value");
            return null;
        }

        DetectionItem? item = new DetectionParser(parameters.Diagnostics).ParseItem(field, parameters.Span, node);
        return item is { Values: [var value] } ? new ContainsDetectionItem(field, value) : null;
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => run.Rule.Detections.Any(detection => Contains(detection.Body));

    private bool Contains(Detection detection) => detection switch
    {
        DetectionItem item => item.Field == field && item.Values.Any(IsSame),
        AllOfDetection all => all.Items.Any(Contains),
        AnyOfDetection any => any.Items.Any(Contains),
        _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
    };

    /// <summary>A number equals the text of its digits: rules write event ids both ways.</summary>
    private bool IsSame(Value other) => (value, other) switch
    {
        (NumberValue a, NumberValue b) => a.Text == b.Text,
        (NumberValue a, StringValue b) => a.Text == b.Text.Literal,
        (StringValue a, NumberValue b) => a.Text.Literal == b.Text,
        (StringValue a, StringValue b) => a.Text.Equals(b.Text),
        (BooleanValue a, BooleanValue b) => a.Value == b.Value,
        (NullValue, NullValue) => true,
        _ => false,
    };
}

/// <summary><c>include_fields</c> and <c>exclude_fields</c>: the field is, or is not, one of these.</summary>
internal sealed class FieldNames(FrozenSet<string> names, System.Text.RegularExpressions.Regex[] patterns, bool include) : FieldCondition
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public static FieldCondition Read(Parameters parameters, bool include)
    {
        IReadOnlyList<string> fields = parameters.Texts("fields");
        if (fields.Count == 0)
        {
            parameters.Missing("fields");
        }

        string mode = parameters.Text("mode") ?? parameters.Text("type") ?? "plain";
        if (mode is not ("plain" or "re"))
        {
            parameters.Diagnostics.Add(Codes.PipelineValue.At(parameters.Node("mode")?.Span ?? parameters.Span, "mode", "plain or re", mode));
        }

        if (mode != "re")
        {
            return new FieldNames(fields.ToFrozenSet(StringComparer.Ordinal), [], include);
        }

        var patterns = new List<System.Text.RegularExpressions.Regex>();
        foreach (string field in fields)
        {
            try
            {
                // The format matches from the start of the name on, not anywhere in it.
                patterns.Add(new System.Text.RegularExpressions.Regex(@"\A(?:" + field + ")", System.Text.RegularExpressions.RegexOptions.CultureInvariant, Timeout));
            }
            catch (ArgumentException exception)
            {
                parameters.Diagnostics.Add(Codes.InvalidRegex.At(parameters.Node("fields")!.Span, exception.Message));
            }
        }

        return new FieldNames([], [.. patterns], include);
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run, string? field)
    {
        try
        {
            bool named = field is not null && (names.Contains(field) || patterns.Any(pattern => pattern.IsMatch(field)));
            return named == include;
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            run.Report(Codes.RuleRefusedByPipeline.At(run.Rule.LogSource.Span, $"its pattern for field names takes too long on '{field}'"));
            return false;
        }
    }
}

/// <summary><c>processing_state</c>: what <c>set_state</c> left compares like this; a key that was never set does not.</summary>
internal sealed class ProcessingState(StateTest test) : RuleCondition
{
    private static readonly string[] Operators = ["eq", "ne", "gt", "gte", "lt", "lte"];

    public static RuleCondition? Read(Parameters parameters) => ReadTest(parameters) is { } test ? new ProcessingState(test) : null;

    public static StateTest? ReadTest(Parameters parameters)
    {
        string key = parameters.Required("key");
        string value = parameters.Required("val");
        string op = parameters.Text("op") ?? "eq";
        if (Operators.Contains(op))
        {
            return new StateTest(key, value, op);
        }

        parameters.Diagnostics.Add(Codes.PipelineValue.At(parameters.Node("op")!.Span, "op", "one of " + string.Join(", ", Operators), op));
        return null;
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run) => test.Holds(run);
}

/// <summary><c>processing_state</c> among the conditions of a detection item.</summary>
internal sealed class ItemProcessingState(StateTest test) : ItemCondition
{
    /// <inheritdoc/>
    public override bool Holds(PipelineRun run, DetectionItem item) => test.Holds(run);
}

/// <summary><c>processing_state</c> among the conditions of a field name.</summary>
internal sealed class FieldProcessingState(StateTest test) : FieldCondition
{
    /// <inheritdoc/>
    public override bool Holds(PipelineRun run, string? field) => test.Holds(run);
}

/// <summary>A comparison with the state: as numbers where both are, else as texts.</summary>
internal sealed record StateTest(string Key, string Value, string Operator)
{
    public bool Holds(PipelineRun run)
    {
        if (!run.State.TryGetValue(Key, out string? current))
        {
            return false;
        }

        int order = decimal.TryParse(current, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal a)
            && decimal.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(current, Value);
        return Operator switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "gte" => order >= 0,
            "lt" => order < 0,
            _ => order <= 0,
        };
    }
}
