namespace Sigma.Backends;

/// <summary>What shapes write, as it stands in a query: lists with their items, and what belongs to a later stage inside of the stage.</summary>
internal static class ShapeTexts
{
    /// <summary>All texts that a shape may write.</summary>
    /// <param name="dialect">The language.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>For each text its pieces, in order. A list is there with two items.</returns>
    public static IEnumerable<Segment[]> Of(Dialect dialect, Shape shape)
    {
        Template?[] templates = [shape.Template, shape.Negated];
        Template?[] items = [shape.Item, shape.PlainItem, shape.NumberItem];
        IEnumerable<Segment[]> texts = templates.OfType<Template>().Select(template => template.Segments);
        if (items.Any(item => item is not null))
        {
            texts = texts.SelectMany(text => items.OfType<Template>()
                .Select(item => Put(text, Placeholder.Items, [.. item.Segments, new Segment(shape.Separator, null, null), .. item.Segments])));
        }

        Template?[] around = shape.Stage is { } name && dialect.Stages.TryGetValue(name, out Stage? stage) ? [stage.Conjunct, stage.Flag] : [];
        return around.Any(template => template is not null)
            ? texts.SelectMany(text => around.OfType<Template>().Select(template => Put(template.Segments, Placeholder.Inner, text)))
            : texts;
    }

    private static Segment[] Put(Segment[] segments, Placeholder placeholder, Segment[] text) =>
        [.. segments.SelectMany(segment => segment.Placeholder == placeholder ? text : [segment])];
}
