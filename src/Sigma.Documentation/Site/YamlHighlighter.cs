using System.Globalization;
using System.Text;

namespace Sigma.Documentation.Site;

/// <summary>
/// Colours YAML. It uses only the text, so that a broken rule is shown too: nothing is lost, moved or left unescaped
/// whatever the text is, and the worst that a construct it does not know can get is a wrong colour.
/// </summary>
internal sealed class YamlHighlighter
{
    private readonly string text;
    private readonly StringBuilder output;
    private int at;

    /// <summary>The quote that a text over several lines has not closed yet; 0 outside of one.</summary>
    private char quote;

    /// <summary>The indentation of the line whose <c>|</c> or <c>&gt;</c> opened a block of text; -1 outside of one.</summary>
    private int block = -1;

    /// <summary>How many brackets are open.</summary>
    private int flow;

    private YamlHighlighter(string text)
    {
        this.text = text;
        output = new StringBuilder(text.Length * 3);
    }

    /// <summary>Colours a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="firstLine">The number of its first line.</param>
    /// <param name="linked">The numbers of the lines that something leads to.</param>
    /// <param name="marked">Those of them that catch the eye.</param>
    /// <returns>
    /// A <c>span.l</c> a line, with the line's number, and where something leads to it an id, <c>L12</c>. In it <c>k</c> is a key, <c>m</c> a
    /// modifier, <c>s</c> a quoted text, <c>n</c> a number or another value that is not a text, <c>c</c> a comment, <c>p</c>
    /// punctuation, <c>b</c> a line of a block.
    /// </returns>
    public static Html Colour(string text, int firstLine, IReadOnlySet<int> linked, IReadOnlySet<int> marked)
    {
        var highlighter = new YamlHighlighter(text.Contains('\r') ? text.Replace("\r\n", "\n").Replace('\r', '\n') : text);
        highlighter.Run(firstLine, linked, marked);
        return new Html(highlighter.output.ToString());
    }

    private void Run(int firstLine, IReadOnlySet<int> linked, IReadOnlySet<int> marked)
    {
        for (int line = firstLine; at < text.Length; line++)
        {
            int end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            output.Append(marked.Contains(line) ? "<span class=\"l mark\"" : "<span class=\"l\"");
            output.Append(CultureInfo.InvariantCulture, $"{(linked.Contains(line) ? $" id=\"L{line}\"" : "")} data-n=\"{line}\">");
            Line(end);
            output.Append("</span>\n");
            at = end + 1;
        }
    }

    private void Line(int end)
    {
        int start = at;
        SkipBlanks(end);
        int indent = at - start;
        if (quote == 0 && block >= 0)
        {
            if (at == end || indent > block)
            {
                Span("b", end);
                return;
            }

            block = -1;
        }

        if (quote == 0 && IsMarker(start, end))
        {
            Span("p", start + 3);
        }

        while (at < end)
        {
            Token(end, indent);
        }
    }

    private void Token(int end, int indent)
    {
        char c = text[at];
        if (quote != 0)
        {
            Quoted(end);
        }
        else if (c is ' ' or '\t')
        {
            SkipBlanks(end);
        }
        else if (c == '#' && (at == 0 || text[at - 1] is ' ' or '\t' or '\n'))
        {
            Span("c", end);
        }
        else if (c is '"' or '\'')
        {
            int key = QuotedKeyEnd(end);
            if (key > 0)
            {
                Key(key);
                return;
            }

            quote = c;
            Quoted(end);
        }
        else if (c is '[' or ']' or '{' or '}' or ',' || (c is '-' or '?' or ':' && IsBlankAt(at + 1, end)))
        {
            flow += c is '[' or '{' ? 1 : c is ']' or '}' && flow > 0 ? -1 : 0;
            Span("p", at + 1);
        }
        else if (c is '|' or '>' && IsBlockHeader(end))
        {
            Span("p", HeaderEnd(end));
            block = indent;
        }
        else if (c is '&' or '*' or '!' && !IsBlankAt(at + 1, end))
        {
            int word = at;
            while (word < end && !IsBlankAt(word, end))
            {
                word++;
            }

            Span("n", word);
        }
        else
        {
            Plain(end);
        }
    }

    /// <summary>A key, or a value without quotes up to the end of it.</summary>
    private void Plain(int end)
    {
        int stop = at;
        while (stop < end
            && !(text[stop] == ':' && IsBlankAt(stop + 1, end))
            && !(text[stop] == '#' && text[stop - 1] is ' ' or '\t')
            && !(flow > 0 && text[stop] is ',' or ']' or '}'))
        {
            stop++;
        }

        if (stop < end && text[stop] == ':')
        {
            Key(stop);
            return;
        }

        while (stop > at + 1 && text[stop - 1] is ' ' or '\t')
        {
            stop--;
        }

        ReadOnlySpan<char> value = text.AsSpan(at, stop - at);
        bool isText = !(double.TryParse(value, CultureInfo.InvariantCulture, out _) || value is "true" or "false" or "null" or "~");
        Span(isText ? "v" : "n", stop);
    }

    /// <summary>A key, with what stands after a <c>|</c> of it as modifiers.</summary>
    private void Key(int end)
    {
        int bar = text.IndexOf('|', at, end - at);
        Span("k", bar < 0 ? end : bar);
        if (bar >= 0)
        {
            Span("m", end);
        }
    }

    private void Quoted(int end)
    {
        int stop = text[at] == quote ? at + 1 : at;
        for (; stop < end; stop++)
        {
            if (quote == '"' && text[stop] == '\\')
            {
                stop++;
            }
            else if (text[stop] == quote)
            {
                if (quote == '\'' && stop + 1 < end && text[stop + 1] == '\'')
                {
                    stop++;
                    continue;
                }

                Span("s", stop + 1);
                quote = '\0';
                return;
            }
        }

        Span("s", end);
    }

    /// <summary>The end of a key in quotes that starts here; -1 if the text in quotes is not a key.</summary>
    private int QuotedKeyEnd(int end)
    {
        int close = text.IndexOf(text[at], at + 1, end - at - 1);
        return close > 0 && close + 1 < end && text[close + 1] == ':' && IsBlankAt(close + 2, end) ? close + 1 : -1;
    }

    private bool IsMarker(int start, int end) =>
        at == start && end - start >= 3 && text.AsSpan(start, 3) is "---" or "..." && IsBlankAt(start + 3, end);

    private bool IsBlockHeader(int end)
    {
        int stop = HeaderEnd(end);
        ReadOnlySpan<char> rest = text.AsSpan(stop, end - stop).TrimStart(" \t");
        return IsBlankAt(stop, end) && rest is [] or ['#', ..];
    }

    private int HeaderEnd(int end)
    {
        int stop = at + 1;
        while (stop < end && text[stop] is '+' or '-' or (>= '0' and <= '9'))
        {
            stop++;
        }

        return stop;
    }

    private bool IsBlankAt(int place, int end) => place >= end || text[place] is ' ' or '\t';

    private void SkipBlanks(int end)
    {
        int start = at;
        while (at < end && text[at] is ' ' or '\t')
        {
            at++;
        }

        output.Append(text, start, at - start);
    }

    private void Span(string kind, int end)
    {
        if (kind == "v")
        {
            output.AppendExact(text.AsSpan(at, end - at));
        }
        else if (end > at)
        {
            output.Append("<span class=\"").Append(kind).Append("\">").AppendExact(text.AsSpan(at, end - at)).Append("</span>");
        }

        at = end;
    }
}
