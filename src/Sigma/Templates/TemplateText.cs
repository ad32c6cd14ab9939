using Scriban.Parsing;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Templates;

/// <summary>The text of a Scriban template, in a separate file or in a <c>backend.yml</c>, and the positions of its parts.</summary>
internal sealed class TemplateText
{
    private readonly Func<int, int, Span> place;

    private TemplateText(string name, string text, Func<int, int, Span> place)
    {
        Name = name;
        Text = text;
        this.place = place;
    }

    /// <summary>What Scriban's places call it; two templates that include one another have different names.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The place of its first line.</summary>
    public Span FirstLine => place(0, Text.IndexOf('\n') is var end and >= 0 ? end : Text.Length);

    /// <summary>A file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="name">The name templates include it by.</param>
    public static TemplateText Of(SourceText source, string name) =>
        new(name, source.Text, (at, length) => new Span(source, at, length));

    /// <summary>A text among others.</summary>
    /// <param name="scalar">The text.</param>
    /// <param name="name">What to call it.</param>
    public static TemplateText Of(YamlScalar scalar, string name) => new(name, scalar.Value, scalar.SpanOf);

    /// <summary>The place of a part.</summary>
    public Span PlaceOf(SourceSpan part)
    {
        int start = Math.Clamp(part.Start.Offset, 0, Text.Length);
        return place(start, Math.Clamp(part.End.Offset - start + 1, 0, Text.Length - start));
    }
}
