using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Which placeholders the template of a kind of condition can have, and which it must have.</summary>
internal static class ShapePlaceholders
{
    private static readonly Dictionary<string, Placeholder> Field = new(StringComparer.Ordinal) { ["field"] = Placeholder.Field, ["name"] = Placeholder.Name };

    private static readonly Dictionary<string, Placeholder> None = [];

    private static readonly Dictionary<ShapeValue, Dictionary<string, Placeholder>> Values = new()
    {
        [ShapeValue.None] = None,
        [ShapeValue.Text] = None,
        [ShapeValue.Empty] = None,
        [ShapeValue.Number] = new(StringComparer.Ordinal) { ["number"] = Placeholder.Number },
        [ShapeValue.List] = new(StringComparer.Ordinal) { ["items"] = Placeholder.Items },
        [ShapeValue.Regex] = new(StringComparer.Ordinal) { ["regex"] = Placeholder.Regex },
        [ShapeValue.Cidr] = new(StringComparer.Ordinal) { ["cidr"] = Placeholder.Cidr },
        [ShapeValue.Comparison] = new(StringComparer.Ordinal) { ["number"] = Placeholder.Number, ["operator"] = Placeholder.Operator, ["inverse"] = Placeholder.Inverse },
        [ShapeValue.Field] = new(StringComparer.Ordinal) { ["other"] = Placeholder.Other, ["other_name"] = Placeholder.OtherName },
        [ShapeValue.TimePart] = new(StringComparer.Ordinal) { ["part"] = Placeholder.Part, ["number"] = Placeholder.Number, ["operator"] = Placeholder.Operator, ["inverse"] = Placeholder.Inverse },
    };

    /// <summary>The names of all placeholders of shapes; no style and no option can have one of them.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Values.Values.Prepend(Field).SelectMany(names => names.Keys).Distinct()];

    /// <summary>The names of the placeholders of other templates; no option can have one of them.</summary>
    public static IReadOnlyCollection<string> PartNames { get; } = ["operand", "expression", "condition", "flag", "rule"];

    /// <summary>The placeholders of a kind's template, besides the styles.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="item">Whether it is the template of a list's items.</param>
    /// <param name="number">Whether that item is a number.</param>
    public static IReadOnlyDictionary<string, Placeholder> Of(ShapeKind kind, bool item, bool number = false)
    {
        IEnumerable<KeyValuePair<string, Placeholder>> value = number ? Values[ShapeValue.Number] : item ? None : Values[kind.Value];
        return (kind.IsKeyword ? value : Field.Concat(value)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The styles that are placeholders of a kind's template; null for none.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="item">Whether it is the template of a list's items.</param>
    /// <param name="styles">All styles. What is less or greater is a number, so only those without quotes can stand for it.</param>
    public static IReadOnlyDictionary<string, TextStyle>? StylesOf(ShapeKind kind, bool item, IReadOnlyDictionary<string, TextStyle> styles) =>
        item || kind.Value is ShapeValue.Text or ShapeValue.Empty or ShapeValue.Number ? styles
        : kind.Value is ShapeValue.Comparison ? styles.Where(style => style.Value is { Open: "", Close: "", Pattern: null, Fits: not null }).ToDictionary(StringComparer.Ordinal)
        : null;

    /// <summary>Reports what a shape's templates would lose of a rule.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="scalar">The position of its template.</param>
    /// <param name="diagnostics">Takes what is missing.</param>
    public static void Check(ShapeKind kind, Shape shape, YamlScalar scalar, List<Diagnostic> diagnostics)
    {
        if (kind.Value is ShapeValue.List)
        {
            Require(shape.Template, "{items}", Placeholder.Items);
            Require(shape.Item, "placeholder for the value", Placeholder.Text);
            Require(shape.PlainItem, "placeholder for the value", Placeholder.Text);
            Require(shape.NumberItem, "placeholder for the value", Placeholder.Text, Placeholder.Number);
            Require(shape.Negated, "{items}", Placeholder.Items);
        }
        else
        {
            switch (kind.Value)
            {
                case ShapeValue.Text:
                    RequireBoth("placeholder for the value", Placeholder.Text);
                    break;
                case ShapeValue.Number:
                    RequireBoth("placeholder for the value", Placeholder.Text, Placeholder.Number);
                    break;
                case ShapeValue.Field:
                    RequireBoth("{other}", Placeholder.Other, Placeholder.OtherName);
                    break;
                default:
                    foreach ((string name, Placeholder placeholder) in Values[kind.Value].Where(pair => pair.Value is not Placeholder.Inverse))
                    {
                        // A template says by one of two operators how it compares, and has the number as it is, or in a style.
                        Placeholder[] any = (placeholder, kind.Value) switch
                        {
                            (Placeholder.Operator, _) => [placeholder, Placeholder.Inverse],
                            (Placeholder.Number, ShapeValue.Comparison) => [placeholder, Placeholder.Text],
                            _ => [placeholder],
                        };
                        RequireBoth($"{{{name}}}", any);
                    }

                    break;
            }
        }

        // An alternative for certain fields may name them itself.
        bool named = new[] { shape.Template, shape.Item }.Any(template => Has(template, [Placeholder.Field, Placeholder.Name]));
        if (!kind.IsKeyword && !named && shape.Fields is null)
        {
            diagnostics.Add(Diagnostic.PlaceholderMissing(scalar.Span, kind.Name, "{field}"));
        }

        void RequireBoth(string what, params Placeholder[] any)
        {
            Require(shape.Template, what, any);
            Require(shape.Negated, what, any);
        }

        void Require(Template? template, string what, params Placeholder[] any)
        {
            if (template is not null && !Has(template, any))
            {
                diagnostics.Add(Diagnostic.PlaceholderMissing(scalar.Span, kind.Name, what));
            }
        }
    }

    private static bool Has(Template? template, Placeholder[] any) =>
        template is not null && Array.Exists(template.Segments, segment => segment.Placeholder is { } placeholder && any.Contains(placeholder));
}
