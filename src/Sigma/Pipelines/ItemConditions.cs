using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>A condition on the values of a detection item: any of them, or all, must fit (<c>cond: any|all</c>).</summary>
internal abstract class ValueCondition(bool all) : ItemCondition
{
    private static readonly string[] Words = ["any", "all"];

    /// <summary>Reads <c>cond</c>.</summary>
    protected static bool ReadAll(Parameters parameters)
    {
        if (parameters.Node("cond") is null)
        {
            parameters.Missing("cond");
        }

        return parameters.Choice("cond", Words, "any") == "all";
    }

    /// <summary>Whether one value fits.</summary>
    protected abstract bool Fits(Value value);

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run, DetectionItem item) => all ? ItemValues.Of(item).All(Fits) : ItemValues.Of(item).Any(Fits);
}

/// <summary><c>match_string</c>: a text matches a pattern from its start on. What is not a text does not match.</summary>
internal sealed class MatchString(bool all, PipelinePattern pattern, bool negate) : ValueCondition(all)
{
    /// <summary>Reads <c>cond</c>, <c>pattern</c>, and <c>negate</c> (false), which turns round the outcome for each value.</summary>
    public static ItemCondition? Read(Parameters parameters)
    {
        bool all = ReadAll(parameters);
        bool negate = parameters.Flag("negate");
        return parameters.RequiredScalar("pattern") is { } scalar && PipelinePattern.Compile(scalar, atStart: true, parameters.Diagnostics) is { } pattern
            ? new MatchString(all, pattern, negate)
            : null;
    }

    /// <inheritdoc/>
    protected override bool Fits(Value value) => (value is StringValue text && pattern.IsMatch(ItemValues.Plain(text.Text.Parts))) != negate;
}

/// <summary><c>match_value</c>: a value is this one.</summary>
internal sealed class MatchValue(bool all, Value wanted) : ValueCondition(all)
{
    /// <summary>Reads <c>cond</c> and <c>value</c>: a text, number or boolean.</summary>
    public static ItemCondition? Read(Parameters parameters)
    {
        bool all = ReadAll(parameters);
        switch (parameters.Node("value"))
        {
            case null:
                parameters.Missing("value");
                return null;
            case YamlScalar scalar when ItemValues.OfScalar(scalar) is { } value:
                return new MatchValue(all, value);
            case { } node:
                parameters.Diagnostics.Add(Diagnostic.PipelineValue(node.Span, "value", "a string, number or boolean", node.Kind));
                return null;
        }
    }

    /// <inheritdoc/>
    protected override bool Fits(Value value) => ItemValues.AreSame(wanted, value);
}

/// <summary><c>contains_wildcard</c>: a text has a wildcard.</summary>
internal sealed class ContainsWildcard(bool all) : ValueCondition(all)
{
    /// <summary>Reads <c>cond</c>.</summary>
    public static ItemCondition Read(Parameters parameters) => new ContainsWildcard(ReadAll(parameters));

    /// <inheritdoc/>
    protected override bool Fits(Value value) => value is StringValue { Text.HasWildcards: true };
}

/// <summary><c>is_null</c>: a value is null.</summary>
internal sealed class IsNull(bool all) : ValueCondition(all)
{
    /// <summary>Reads <c>cond</c>.</summary>
    public static ItemCondition Read(Parameters parameters) => new IsNull(ReadAll(parameters));

    /// <inheritdoc/>
    protected override bool Fits(Value value) => value is NullValue;
}

/// <summary><c>processing_item_applied</c> among the conditions of a detection item: the pipeline item acted on it.</summary>
internal sealed class ItemAppliedToItem(string id) : ItemCondition
{
    /// <summary>Reads <c>processing_item_id</c>.</summary>
    public static ItemCondition Read(Parameters parameters) => new ItemAppliedToItem(parameters.Required("processing_item_id"));

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run, DetectionItem item) => run.WasProcessedBy(item, id);
}
