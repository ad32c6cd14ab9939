using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// <c>nest</c>: a pipeline in a pipeline. Its items share state and tracking with those around them: they see
/// what was there before, and leave behind what they add.
/// </summary>
internal sealed class Nest(ImmutableArray<PipelineItem> items) : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <summary>What stands in it.</summary>
    public ImmutableArray<PipelineItem> Items => items;

    /// <inheritdoc/>
    internal override IEnumerable<string> KnownFields => items.SelectMany(item => item.Transformation.KnownFields);

    /// <summary>Reads <c>items</c>, a list like <c>transformations</c>.</summary>
    public static Transformation? Read(Parameters parameters)
    {
        if (parameters.Node("items") is not { } node)
        {
            parameters.Missing("items");
            return null;
        }

        if (node is YamlSequence { Items.Count: > 0 })
        {
            return new Nest(PipelineReader.ReadItems("items", node, parameters.Diagnostics));
        }

        parameters.Diagnostics.Add(Diagnostic.PipelineValue(node.Span, "items", "a list of transformations", node.Kind));
        return null;
    }

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) => run.ApplyItems(items);
}
