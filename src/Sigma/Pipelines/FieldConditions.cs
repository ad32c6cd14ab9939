using System.Collections.Frozen;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary><c>include_fields</c> and <c>exclude_fields</c>: the field is, or is not, one of these.</summary>
internal sealed class FieldNames(FrozenSet<string> names, PipelinePattern[] patterns, bool include) : FieldCondition
{
    private static readonly string[] Modes = ["plain", "re"];

    /// <summary>Reads <c>fields</c> and <c>mode: plain|re</c>; a pattern must match from the start of the name on.</summary>
    public static FieldCondition Read(Parameters parameters, bool include)
    {
        IReadOnlyList<string> fields = parameters.Texts("fields");
        if (fields.Count == 0)
        {
            parameters.Missing("fields");
        }

        if (parameters.Choice("mode", Modes, "plain") != "re")
        {
            return new FieldNames(fields.ToFrozenSet(StringComparer.Ordinal), [], include);
        }

        IEnumerable<YamlScalar> scalars = (parameters.Node("fields") is YamlSequence list ? list.Items : [parameters.Node("fields")!]).OfType<YamlScalar>();
        return new FieldNames([], [.. scalars.Select(scalar => PipelinePattern.Compile(scalar, atStart: true, parameters.Diagnostics)).OfType<PipelinePattern>()], include);
    }

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run, string? field)
    {
        // Asked for each item of each rule, so without a delegate and an enumerator for each.
        bool named = field is not null && names.Contains(field);
        for (int i = 0; i < patterns.Length && !named && field is not null; i++)
        {
            named = patterns[i].IsMatch(field);
        }

        return named == include;
    }
}

/// <summary><c>processing_item_applied</c> among the conditions of a field name: the item acted on it, or on what it was before.</summary>
internal sealed class ItemAppliedToField(string id) : FieldCondition
{
    /// <summary>Reads <c>processing_item_id</c>.</summary>
    public static FieldCondition Read(Parameters parameters) => new ItemAppliedToField(parameters.Required("processing_item_id"));

    /// <inheritdoc/>
    public override bool Holds(PipelineRun run, string? field) => field is not null && run.Fields.WasProcessedBy(field, id);
}
