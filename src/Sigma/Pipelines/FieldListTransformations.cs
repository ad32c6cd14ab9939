namespace Sigma.Pipelines;

/// <summary><c>add_field</c>, <c>remove_field</c> and <c>set_field</c>: edit the rule's list of fields to show.</summary>
internal sealed class EditShownFields(Func<IReadOnlyList<string>, IEnumerable<string>> edit) : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <summary>Reads <c>field</c>, a text or a list: added to the list.</summary>
    public static Transformation? ReadAdd(Parameters parameters) =>
        Names(parameters, "field") is { } names ? new EditShownFields(shown => shown.Concat(names).Distinct()) : null;

    /// <summary>Reads <c>field</c>, a text or a list: removed from the list; a name that is not in it is ignored.</summary>
    public static Transformation? ReadRemove(Parameters parameters) =>
        Names(parameters, "field") is { } names ? new EditShownFields(shown => shown.Except(names)) : null;

    /// <summary>Reads <c>fields</c>: the whole list; empty for none.</summary>
    public static Transformation? ReadSet(Parameters parameters)
    {
        if (parameters.Node("fields") is null)
        {
            parameters.Missing("fields");
            return null;
        }

        IReadOnlyList<string> names = parameters.Texts("fields");
        return new EditShownFields(_ => names);
    }

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) =>
        run.Rule = run.Rule with { Metadata = run.Rule.Metadata with { Fields = [.. edit(run.Rule.Metadata.Fields)] } };

    private static IReadOnlyList<string>? Names(Parameters parameters, string name)
    {
        IReadOnlyList<string> names = parameters.Texts(name);
        if (names.Count > 0)
        {
            return names;
        }

        parameters.Missing(name);
        return null;
    }
}
