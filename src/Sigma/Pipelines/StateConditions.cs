using System.Globalization;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

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

        parameters.Diagnostics.Add(Diagnostic.PipelineValue(parameters.Node("op")!.Span, "op", "one of " + string.Join(", ", Operators), op));
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
