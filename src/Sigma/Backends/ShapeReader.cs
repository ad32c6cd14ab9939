using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Reads the parts of a backend that are templates: shapes, stages and what stands around conditions.</summary>
/// <param name="words">The options and fragments; they are placeholders everywhere.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class ShapeReader(TemplateWords words, List<Diagnostic> diagnostics)
{
    /// <summary>Reads <c>shapes</c>: for each kind a template, a map, or a list of alternatives.</summary>
    public IReadOnlyDictionary<ConditionKind, Shape[]> ReadShapes(DefinitionMap map, IReadOnlyDictionary<string, TextStyle> texts)
    {
        var shapes = new Dictionary<ConditionKind, Shape[]>();
        foreach (ShapeKind kind in map.Names.Select(name => Shapes.ByName.GetValueOrDefault(name)).OfType<ShapeKind>())
        {
            if (map.Node(kind.Name) is YamlSequence { Items.Count: 0 } none)
            {
                diagnostics.Add(Diagnostic.BackendValue(none.Span, kind.Name, "a template, a map or a list of alternatives"));
            }

            shapes[kind.Kind] = map.Node(kind.Name) switch
            {
                YamlSequence alternatives => [.. alternatives.Items.Select(node => ReadShape(kind, node, texts))],
                { } node => [ReadShape(kind, node, texts)],
                null => [],
            };
        }

        map.ReportUnknown(Shapes.ByName.Keys);
        return shapes;
    }

    /// <summary>Reads <c>stages</c>.</summary>
    public IReadOnlyDictionary<string, Stage> ReadStages(DefinitionMap map)
    {
        var stages = new Dictionary<string, Stage>(StringComparer.Ordinal);
        foreach (string name in map.Names)
        {
            DefinitionMap stage = map.Child(name);
            stages[name] = new Stage(
                // What the stage opens, the shapes in it may close.
                stage.Has("conjunct") ? Part(stage, "conjunct", "condition") : null,
                stage.Has("flag") ? ReadFlag(stage) : null,
                stage.Has("flag_test") ? Inner(stage, "flag_test", "flag") : null,
                stage.Has("search") ? Inner(stage, "search", "expression") : null,
                stage.Has("and") ? Operator(stage, "and", filled: true) : null,
                stage.Has("or") ? Operator(stage, "or", filled: true) : null);
            stage.ReportUnknown([]);
        }

        return stages;
    }

    /// <summary>Reads a template with a placeholder for a part of the query, which may stand in it several times.</summary>
    public Template Inner(DefinitionMap map, string key, string placeholder)
    {
        int before = diagnostics.Count;
        Template template = Part(map, key, placeholder);
        if (diagnostics.Count == before)
        {
            RequireClosed(map, key, template.Segments);
        }

        return template;
    }

    private Template Part(DefinitionMap map, string key, string placeholder)
    {
        if (!map.Has(key))
        {
            map.Missing(key);
        }

        Template template = Parse(map.Scalar(key), new Dictionary<string, Placeholder> { [placeholder] = Placeholder.Inner }, null);
        Require(map, key, template, Placeholder.Inner, placeholder);
        return template;
    }

    /// <summary>Reads brackets: a template with a placeholder between what opens and what closes.</summary>
    public Template Brackets(DefinitionMap map, string key, string placeholder)
    {
        int before = diagnostics.Count;
        Template template = Inner(map, key, placeholder);
        if (diagnostics.Count == before && !(IsSign(template.Segments[0]) && IsSign(template.Segments[^1])))
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(key), key, $"{{{placeholder}}} between two signs, such as ({{{placeholder}}})"));
        }

        return template;

        static bool IsSign(Segment segment) => segment.Placeholder is null && !string.IsNullOrWhiteSpace(segment.Literal);
    }

    /// <summary>Reads a text that has no placeholders but options and fragments; null if the key is absent.</summary>
    public string? Words(DefinitionMap map, string key) => map.Scalar(key) is { } scalar ? Parse(scalar, new Dictionary<string, Placeholder>(), null).With("") : null;

    /// <summary>Reads the text between two operands, which must be there.</summary>
    public string Operator(DefinitionMap map, string key, bool filled)
    {
        _ = filled ? map.RequiredFilled(key) : map.Required(key);
        string text = Words(map, key) ?? "";
        RequireClosed(map, key, [new Segment(text, null, null)]);
        return text;
    }

    private void RequireClosed(DefinitionMap map, string key, Segment[] text)
    {
        if (!TemplateReading.AllClosed(text))
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(key), key, TemplateReading.Closed));
        }
    }

    /// <summary>Reports the placeholders of one text or a list of texts that are not among those it can have, which are put in later.</summary>
    public void CheckNames(YamlNode? node, params string[] names)
    {
        var known = names.ToDictionary(name => name, _ => Placeholder.Inner, StringComparer.Ordinal);
        var none = new TemplateWords(new Dictionary<string, string>(), new Dictionary<string, YamlScalar>());
        foreach (YamlScalar scalar in node is YamlSequence list ? list.Items.OfType<YamlScalar>() : node is YamlScalar one ? [one] : [])
        {
            Template.Parse(scalar, known, null, none, diagnostics);
        }
    }

    /// <summary>Reads a template with a text in one of the styles.</summary>
    public Template Styled(DefinitionMap map, string key, IReadOnlyDictionary<string, TextStyle> texts)
    {
        if (!map.Has(key))
        {
            map.Missing(key);
        }

        Template template = Parse(map.Scalar(key), new Dictionary<string, Placeholder>(), texts);
        Require(map, key, template, Placeholder.Text, "style");
        return template;
    }

    private Template ReadFlag(DefinitionMap stage)
    {
        Template flag = Parse(stage.Scalar("flag"), new Dictionary<string, Placeholder> { ["condition"] = Placeholder.Inner, ["flag"] = Placeholder.Flag }, null);
        Require(stage, "flag", flag, Placeholder.Inner, "condition");
        Require(stage, "flag", flag, Placeholder.Flag, "flag");
        return flag;
    }

    private void Require(DefinitionMap map, string key, Template template, Placeholder placeholder, string name)
    {
        if (map.Node(key) is YamlScalar && !diagnostics.Exists(d => d.Code == Codes.UnknownPlaceholder && d.Span?.Start >= map.SpanOf(key).Start && d.Span?.End <= map.SpanOf(key).End) && !Array.Exists(template.Segments, segment => segment.Placeholder == placeholder))
        {
            diagnostics.Add(Diagnostic.PlaceholderMissing(map.SpanOf(key), key, $"{{{name}}}"));
        }
    }

    private Shape ReadShape(ShapeKind kind, YamlNode node, IReadOnlyDictionary<string, TextStyle> texts)
    {
        bool list = kind.Value is ShapeValue.List;
        int before = diagnostics.Count;
        if (node is YamlScalar scalar)
        {
            var plain = new Shape(ParseTest(kind, scalar, texts, item: false), null, null, "", null, Approximation.Exact, null, false, false, null, [], node.Span);
            CheckPlaceholders(kind, plain, scalar, before);
            if (list)
            {
                diagnostics.Add(Diagnostic.BackendMissing(node.Span, "item"));
            }

            return plain;
        }

        if (node is not YamlMapping mapping)
        {
            diagnostics.Add(Diagnostic.BackendValue(node.Span, kind.Name, "a template, a map or a list of alternatives"));
            return new Shape(null, null, null, "", null, Approximation.Exact, null, false, false, null, [], node.Span);
        }

        var map = new DefinitionMap(mapping, $"'{kind.Name}'", diagnostics);
        string? refused = map.Filled("refused");
        YamlScalar? template = map.Scalar("template");
        bool expand = kind.Kind is ConditionKind.Cidr && map.Flag("expand");
        var shape = new Shape(
            template is not null ? ParseTest(kind, template, texts, item: false) : null,
            list && map.Scalar("item") is { } item ? ParseTest(kind, item, texts, item: true) : null,
            list && map.Scalar("plain_item") is { } one ? ParseTest(kind, one, texts, item: true) : null,
            list ? Words(map, "separator") ?? "" : "",
            list ? null : map.Filled("stage"),
            ReadApproximation(map),
            refused ?? map.Filled("note"),
            expand,
            map.Flag("loose"),
            ReadFields(map, "fields"),
            ReadFields(map, "not_fields") ?? [],
            node.Span)
        {
            NumberItem = list && map.Scalar("number_item") is { } number
                ? Parse(number, ShapePlaceholders.Of(kind, item: true, number: true), texts)
                : null,
            Negated = map.Scalar("negated") is { } negated ? ParseTest(kind, negated, texts, item: false) : null,
            Unknown = ReadUnknown(map),
            RegardsCase = map.Filled("regards_case"),
            MappedIpv4 = kind.Value is ShapeValue.Cidr ? map.Filled("mapped_ipv4") : null,
            Plain = map.Has("plain") ? map.Flag("plain") : null,
            Types = map.Has("types") ? map.Texts("types") : null,
        };
        if (refused is not null)
        {
            // An inherited template has nothing to say any more.
            shape = shape with { Template = null, Item = null, Negated = null, Expand = false };
        }
        else if (template is not null)
        {
            CheckPlaceholders(kind, shape, template, before);
        }
        else if (!expand)
        {
            map.Missing("template");
        }

        if (refused is null && list)
        {
            // Without what stands between them, two items would be one.
            map.RequiredFilled("separator");
            if (!map.Has("item"))
            {
                map.Missing("item");
            }
        }

        if (shape is { Approximation: not Approximation.Exact, Note: null })
        {
            map.Missing("note");
        }

        map.Text("note");
        map.ReportUnknown([]);
        return shape;
    }

    /// <summary>A placeholder that is mistyped is not missing as well.</summary>
    private void CheckPlaceholders(ShapeKind kind, Shape shape, YamlScalar template, int before)
    {
        if (diagnostics.Count == before)
        {
            ShapePlaceholders.Check(kind, shape, template, diagnostics);
        }
    }

    private Template ParseTest(ShapeKind kind, YamlScalar scalar, IReadOnlyDictionary<string, TextStyle> texts, bool item) =>
        Parse(scalar, ShapePlaceholders.Of(kind, item), ShapePlaceholders.StylesOf(kind, item, texts));

    /// <summary>Field patterns, separated by commas; usually from an option. None means that the alternative is for no field.</summary>
    private string[]? ReadFields(DefinitionMap map, string key)
    {
        if (map.Scalar(key) is not { } scalar)
        {
            return null;
        }

        string text = Parse(scalar, new Dictionary<string, Placeholder>(), null).With("");
        return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Reads <c>missing</c>: whether a test of a field that an event lacks is unknown instead of false.</summary>
    public bool? ReadUnknown(DefinitionMap map)
    {
        switch (map.Text("missing"))
        {
            case null:
                return null;
            case "unknown":
                return true;
            case "false":
                return false;
            default:
                diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("missing"), "missing", "unknown or false"));
                return null;
        }
    }

    private Approximation ReadApproximation(DefinitionMap map)
    {
        switch (map.Text("selects"))
        {
            case null:
                return Approximation.Exact;
            case "more":
                return Approximation.Broader;
            case "fewer":
                return Approximation.Narrower;
            case "other":
                return Approximation.Incomparable;
            default:
                diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("selects"), "selects", "more, fewer or other"));
                return Approximation.Incomparable;
        }
    }

    private Template Parse(YamlScalar? scalar, IReadOnlyDictionary<string, Placeholder> placeholders, IReadOnlyDictionary<string, TextStyle>? texts) =>
        Template.Parse(scalar ?? new YamlScalar("", ScalarStyle.Plain, default), placeholders, texts, words, diagnostics);
}
