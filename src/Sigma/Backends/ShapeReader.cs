using Sigma.RegularExpressions;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Reads the parts of a backend that are templates: text styles, shapes, stages.</summary>
/// <param name="options">The options' values; they are placeholders everywhere.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal sealed class ShapeReader(IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics)
{
    private static readonly Dictionary<string, Placeholder> InTest = new(StringComparer.Ordinal)
    {
        ["field"] = Placeholder.Field,
        ["number"] = Placeholder.Number,
        ["operator"] = Placeholder.Operator,
        ["regex"] = Placeholder.Regex,
        ["cidr"] = Placeholder.Cidr,
        ["other"] = Placeholder.Other,
        ["name"] = Placeholder.Name,
        ["other_name"] = Placeholder.OtherName,
        ["part"] = Placeholder.Part,
        ["flag"] = Placeholder.Flag,
    };

    private static readonly Dictionary<string, Placeholder> InList = new(StringComparer.Ordinal)
    {
        ["field"] = Placeholder.Field,
        ["items"] = Placeholder.Items,
    };

    /// <summary>Reads <c>texts</c>: the styles by name.</summary>
    public IReadOnlyDictionary<string, TextStyle> ReadTexts(DefinitionMap map)
    {
        var styles = new Dictionary<string, TextStyle>(StringComparer.Ordinal);
        foreach (string name in map.Names)
        {
            styles[name] = ReadText(map.Child(name));
        }

        return styles;
    }

    /// <summary>Reads one text style.</summary>
    public TextStyle ReadText(DefinitionMap map)
    {
        PatternStyle? pattern = map.Has("pattern") ? ReadPattern(map.Child("pattern")) : null;
        string escaped = map.Text("escaped") ?? "";
        var style = new TextStyle
        {
            Open = map.Text("open") ?? "",
            Close = map.Text("close") ?? "",
            Escape = escaped.Length > 0 ? map.Required("escape") : map.Text("escape") ?? "",
            Escaped = escaped,
            Replacements = new Replacements(map.Pairs("replace")),
            Many = map.Text("many"),
            One = map.Text("one"),
            LiteralMany = map.Text("literal_many"),
            LiteralOne = map.Text("literal_one"),
            Impossible = map.Text("impossible") ?? "",
            Control = map.Text("control"),
            Networks = map.Flag("networks"),
            Anywhere = map.Flag("anywhere"),
            Pattern = pattern,
        };
        map.ReportUnknown([]);
        return style;
    }

    /// <summary>Reads <c>shapes</c>: for each kind a template, a map, or a list of alternatives.</summary>
    public IReadOnlyDictionary<string, Shape[]> ReadShapes(DefinitionMap map, IReadOnlyDictionary<string, TextStyle> texts)
    {
        var shapes = new Dictionary<string, Shape[]>(StringComparer.Ordinal);
        foreach (string kind in map.Names.Where(Shapes.All.ContainsKey))
        {
            shapes[kind] = map.Node(kind) switch
            {
                YamlSequence alternatives => [.. alternatives.Items.Select(node => ReadShape(kind, node, texts))],
                { } node => [ReadShape(kind, node, texts)],
                null => [],
            };
        }

        map.ReportUnknown(Shapes.All.Keys);
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
                stage.Has("conjunct") ? Inner(stage, "conjunct", "condition") : null,
                stage.Has("flag") ? Parse(stage.Scalar("flag"), new Dictionary<string, Placeholder> { ["condition"] = Placeholder.Inner, ["flag"] = Placeholder.Flag }, null) : null,
                stage.Has("flag_test") ? Inner(stage, "flag_test", "flag") : null,
                stage.Has("search") ? Inner(stage, "search", "expression") : null,
                stage.Text("and"),
                stage.Text("or"));
            stage.ReportUnknown([]);
        }

        return stages;
    }

    /// <summary>Reads a template with one placeholder for a part of the query.</summary>
    public Template Inner(DefinitionMap map, string key, string placeholder)
    {
        if (map.Scalar(key) is null)
        {
            map.Missing(key);
        }

        return Parse(map.Scalar(key), new Dictionary<string, Placeholder> { [placeholder] = Placeholder.Inner }, null);
    }

    private Shape ReadShape(string kind, YamlNode node, IReadOnlyDictionary<string, TextStyle> texts)
    {
        bool list = kind.EndsWith("list", StringComparison.Ordinal);
        if (node is YamlScalar scalar)
        {
            return new Shape(Parse(scalar, list ? InList : InTest, texts), null, null, "", null, Selects.Same, null, false, false, null, [], node.Span);
        }

        if (node is not YamlMapping mapping)
        {
            diagnostics.Add(Codes.BackendValue.At(node.Span, kind, "a template, a map or a list of alternatives"));
            return new Shape(null, null, null, "", null, Selects.Same, null, false, false, null, [], node.Span);
        }

        var map = new DefinitionMap(mapping, kind, diagnostics);
        string? refused = map.Text("refused");
        var shape = new Shape(
            map.Scalar("template") is { } template ? Parse(template, list ? InList : InTest, texts) : null,
            map.Scalar("item") is { } item ? Parse(item, InTest, texts) : null,
            map.Scalar("plain_item") is { } plain ? Parse(plain, InTest, texts) : null,
            map.Text("separator") ?? "",
            map.Text("stage"),
            ReadSelects(map),
            refused ?? map.Text("note"),
            map.Flag("expand"),
            map.Flag("loose"),
            ReadFields(map, "fields"),
            ReadFields(map, "not_fields") ?? [],
            node.Span);
        if (shape is { Template: null, Expand: false } && refused is null)
        {
            map.Missing("template");
        }

        map.ReportUnknown([]);
        return shape;
    }

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

    private Selects ReadSelects(DefinitionMap map)
    {
        switch (map.Text("selects"))
        {
            case null:
                return Selects.Same;
            case "more":
                return Selects.More;
            case "fewer":
                return Selects.Fewer;
            case "other":
                return Selects.Other;
            default:
                diagnostics.Add(Codes.BackendValue.At(map.SpanOf("selects"), "selects", "more, fewer or other"));
                return Selects.Other;
        }
    }

    /// <summary>Reads <c>regex</c>: how a rule's regular expressions are written.</summary>
    public RegexStyle ReadRegex(DefinitionMap map)
    {
        var style = new RegexStyle(ReadDialect(map), new Replacements(map.Pairs("replace")), map.Flag("escape_slash"), ReadGroups(map));
        map.ReportUnknown([]);
        return style;
    }

    private int? ReadGroups(DefinitionMap map)
    {
        if (map.Text("groups_before") is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int groups))
        {
            return groups;
        }

        diagnostics.Add(Codes.BackendValue.At(map.SpanOf("groups_before"), "groups_before", "a whole number"));
        return null;
    }

    private PatternStyle ReadPattern(DefinitionMap map)
    {
        var pattern = new PatternStyle(ReadDialect(map), map.Flag("ignore_case"), map.Flag("whole"));
        map.ReportUnknown([]);
        return pattern;
    }

    private RegexDialect ReadDialect(DefinitionMap map)
    {
        switch (map.Required("dialect"))
        {
            case "pcre":
                return RegexDialect.Pcre;
            case "dotnet":
                return RegexDialect.DotNet;
            case "lucene":
                return RegexDialect.Lucene;
            default:
                diagnostics.Add(Codes.BackendValue.At(map.SpanOf("dialect"), "dialect", "one of pcre, dotnet, lucene"));
                return RegexDialect.Pcre;
        }
    }

    private Template Parse(YamlScalar? scalar, IReadOnlyDictionary<string, Placeholder> placeholders, IReadOnlyDictionary<string, TextStyle>? texts) =>
        Template.Parse(scalar ?? new YamlScalar("", ScalarStyle.Plain, default), placeholders, texts, options, diagnostics);
}
