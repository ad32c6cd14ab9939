using System.Text;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>What a placeholder of a shape stands for.</summary>
internal enum Placeholder
{
    /// <summary><c>{field}</c>: the field's name, quoted where it needs to be.</summary>
    Field,

    /// <summary>The value in one of the backend's text styles; the placeholder is the style's name.</summary>
    Text,

    /// <summary><c>{items}</c>: the items of a list.</summary>
    Items,

    /// <summary><c>{number}</c>: the number of a comparison or part of a date.</summary>
    Number,

    /// <summary><c>{operator}</c>: the operator of a comparison.</summary>
    Operator,

    /// <summary><c>{inverse}</c>: the operator of the opposite comparison.</summary>
    Inverse,

    /// <summary><c>{regex}</c>: a regular expression in the target's dialect.</summary>
    Regex,

    /// <summary><c>{cidr}</c>: the network, <c>10.0.0.0/8</c>.</summary>
    Cidr,

    /// <summary><c>{other}</c>: the field referred to.</summary>
    Other,

    /// <summary><c>{name}</c>: the field's name as it is, for a place that quotes it itself.</summary>
    Name,

    /// <summary><c>{other_name}</c>: the name of the field referred to as it is.</summary>
    OtherName,

    /// <summary><c>{part}</c>: the part of a date, <c>hour</c>.</summary>
    Part,

    /// <summary><c>{flag}</c>: the name of a field that a later stage makes.</summary>
    Flag,

    /// <summary><c>{operand}</c>, <c>{expression}</c>, <c>{condition}</c>: a part of the query.</summary>
    Inner,
}

/// <summary>A piece of a template: fixed text, or a placeholder.</summary>
internal readonly record struct Segment(string Literal, Placeholder? Placeholder, TextStyle? Style);

/// <summary>
/// A backend's template, <c>{field}={quoted}</c>, cut into pieces once. Single braces that are to stand in the query are
/// written twice.
/// </summary>
internal sealed class Template
{
    private Template(Segment[] segments) => Segments = segments;

    /// <summary>The pieces in order.</summary>
    public Segment[] Segments { get; }

    /// <summary>Cuts a template.</summary>
    /// <param name="scalar">The template as it stands in the backend.</param>
    /// <param name="placeholders">What its placeholders may be, by name.</param>
    /// <param name="styles">The text styles, which are placeholders too; null if values have no place.</param>
    /// <param name="words">The options and fragments, which are substituted immediately.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static Template Parse(
        YamlScalar scalar,
        IReadOnlyDictionary<string, Placeholder> placeholders,
        IReadOnlyDictionary<string, TextStyle>? styles,
        TemplateWords words,
        List<Diagnostic> diagnostics)
    {
        var cutter = new TemplateCutter(placeholders, styles, words, diagnostics);
        cutter.Cut(scalar);
        Segment[] segments = cutter.Finish();
        return new Template(segments.Length == 0 ? [new Segment("", null, null)] : segments);
    }

    /// <summary>Writes the template with one text in all of its placeholders.</summary>
    public string With(string inner)
    {
        var output = new StringBuilder();
        foreach (Segment segment in Segments)
        {
            output.Append(segment.Placeholder is null ? segment.Literal : inner);
        }

        return output.ToString();
    }
}
