using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>A CommonMark parser with the tables and bare links of GitHub, and an HTML parser as browsers have it.</summary>
internal static class PageReader
{
    private static readonly string[] Schemes = ["http", "https", "mailto", "ftp", "ftps"];
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough | EmphasisExtraOptions.Subscript).Build();

    /// <summary>A Markdown page: its blocks, tags and links, then the HTML that a viewer makes of it.</summary>
    public static Reading ReadMarkdown(string text)
    {
        var page = Markdig.Markdown.Parse(text, Markdown);
        // A renderer of the library's pool may still have the state of the page before.
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Markdown.Setup(renderer);
        renderer.Render(page);
        var reading = ReadHtml(html.ToString());
        foreach (var node in page.Descendants())
        {
            switch (node)
            {
                case HeadingBlock heading:
                    reading.Structure.Add($"heading {heading.Level} {Plain(heading.Inline)}");
                    reading.Count("headings");
                    break;
                case HtmlInline tag:
                    reading.Structure.Add("tag " + tag.Tag);
                    break;
                case FencedCodeBlock code:
                    reading.Count("code blocks");
                    reading.Texts.Add(("code", code.Lines.ToString()));
                    break;
                case Markdig.Extensions.Tables.TableRow row when row.Count == 2 && row[0] is Markdig.Extensions.Tables.TableCell name && row[1] is Markdig.Extensions.Tables.TableCell cell:
                    reading.Count("rows");
                    reading.Texts.Add((Plain(name).Trim(), Plain(cell).Trim()));
                    break;
            }

            // A bracket that begins no link is text.
            reading.Structure.Add(node is LinkDelimiterInline ? nameof(LiteralInline) : node.GetType().Name);
        }

        return reading;
    }

    /// <summary>A page: its elements with the names of their attributes, and where its links lead.</summary>
    public static Reading ReadHtml(string text)
    {
        var reading = new Reading();
        var document = new HtmlParser().ParseDocument(text);
        foreach (var element in document.All)
        {
            reading.Structure.Add(element.LocalName is "script" or "style" or "meta" or "link" or "iframe" or "object" or "embed" or "base" or "form"
                ? element.OuterHtml
                : $"<{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => attribute.Name).Order(StringComparer.Ordinal))}>");
            foreach (var address in new[] { "href", "src", "action", "formaction", "xlink:href", "data", "poster" }.Select(element.GetAttribute).OfType<string>())
            {
                Link(address);
            }

            if (element.LocalName is "h1" or "title")
            {
                reading.Texts.Add((element.LocalName, element.TextContent));
            }
        }

        reading.Texts.Add(("body", document.Body?.TextContent ?? ""));
        return reading;
    }

    /// <summary>A browser takes blanks and controls away before it looks for the scheme.</summary>
    private static void Link(string address)
    {
        var bare = string.Concat(address.Where(c => c > ' '));
        var colon = bare.IndexOf(':');
        var scheme = colon > 0 && bare.AsSpan(0, colon).IndexOfAny("/?#") < 0 ? bare[..colon] : null;
        if (scheme is not null && !Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))
        {
            throw new Unreadable($"a link that leads to {address}");
        }
    }

    private static string Plain(MarkdownObject? node) => string.Concat((node?.Descendants() ?? []).Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LinkDelimiterInline bracket => bracket.IsImage ? "![" : "[",
        CodeInline code => code.Content,
        AutolinkInline link => link.Url,
        LineBreakInline => "\n",
        HtmlInline { Tag: "<br>" } => "\n",
        _ => "",
    }));
}
