namespace Sigma.Checks.Formatting;

/// <summary>
/// The lines of a file with the indentation that they should have: four blanks for each map and list, and two for the further keys of
/// a map in a list. Lines of values move with the line that they start in.
/// </summary>
internal sealed class FormattedLines
{
    private const int Step = 4;

    private readonly string[] lines;
    private readonly int[] indents;
    private readonly bool[] isText;

    private FormattedLines(string text)
    {
        lines = text.Split('\n');
        indents = new int[lines.Length];
        isText = new bool[lines.Length];
        Array.Fill(indents, -1);
    }

    /// <summary>Formats the lines of a text.</summary>
    /// <param name="text">The text, with line feeds only.</param>
    /// <param name="documents">Its documents.</param>
    public static IReadOnlyList<string> Of(string text, IReadOnlyList<YamlDocument> documents)
    {
        var formatted = new FormattedLines(text);
        foreach (YamlDocument document in documents)
        {
            if (document.Root is YamlMapping root)
            {
                formatted.Map(root, 0, firstIsPlaced: false);
            }
        }

        return formatted.Write();
    }

    private static int LineOf(int offset, Span within) => within.Source.PositionOf(offset).Line - 1;

    private void Map(YamlMapping map, int indent, bool firstIsPlaced)
    {
        bool first = true;
        foreach (YamlEntry entry in map.Entries)
        {
            int line = LineOf(entry.Key.Span.Start, entry.Key.Span);
            if (!(first && firstIsPlaced))
            {
                Place(line, entry.Key.Span, indent);
            }

            first = false;
            Value(entry.Value, line, indent);
        }
    }

    private void Value(YamlNode value, int keyLine, int indent)
    {
        int start = LineOf(value.Span.Start, value.Span);
        switch (value)
        {
            case YamlMapping { Entries: [var first, ..] } map when IsFirst(first.Key.Span):
                Map(map, indent + Step, firstIsPlaced: false);
                break;
            case YamlSequence { Items.Count: > 0 } list when IsItem(list.Items[0]):
                List(list, indent + Step);
                break;
            default:
                int last = LineOf(Math.Max(value.Span.Start, value.Span.End - 1), value.Span);
                Continue(Math.Max(start, keyLine), keyLine, last, value as YamlScalar, indent);
                break;
        }
    }

    private void List(YamlSequence list, int indent)
    {
        foreach (YamlNode item in list.Items)
        {
            int line = LineOf(item.Span.Start, item.Span);
            if (!IsItem(item))
            {
                continue;
            }

            indents[line] = indent;
            if (item is YamlMapping { Entries.Count: > 0 } map && !item.Span.Characters.StartsWith("{"))
            {
                Map(map, indent + 2, firstIsPlaced: true);
            }
            else
            {
                Continue(line, line, LineOf(Math.Max(item.Span.Start, item.Span.End - 1), item.Span), item as YamlScalar, indent);
            }
        }
    }

    /// <summary>The lines below the first one of a value.</summary>
    private void Continue(int start, int keyLine, int last, YamlScalar? scalar, int indent)
    {
        int from = start > keyLine ? start : start + 1;
        bool block = scalar?.Style is ScalarStyle.Block;
        if (block)
        {
            for (; last > start && lines[last].Trim().Length == 0; last--)
            {
            }
        }

        // Relative to its key the text stays where it is; that may be part of it.
        int moved = indent - IndentOf(lines[keyLine]);
        for (int i = from; i <= last; i++)
        {
            isText[i] = true;
            indents[i] = lines[i].Trim().Length == 0 ? 0 : Math.Max(0, IndentOf(lines[i]) + moved);
        }
    }

    private void Place(int line, Span key, int indent)
    {
        if (IsFirst(key))
        {
            indents[line] = indent;
        }
    }

    /// <summary>Whether nothing stands before a key in its line.</summary>
    private bool IsFirst(Span key)
    {
        (int line, int column) = key.Position;
        return lines[line - 1].AsSpan(0, column - 1).Trim().Length == 0;
    }

    /// <summary>Whether nothing but a dash stands before an item in its line.</summary>
    private bool IsItem(YamlNode item)
    {
        (int line, int column) = item.Span.Position;
        return lines[line - 1].AsSpan(0, column - 1).Trim() is ['-'];
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;

    private List<string> Write()
    {
        var written = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (isText[i])
            {
                // The end of a line belongs to the value, unless nothing else is in it.
                written.Add(line.Trim().Length == 0 ? "" : new string(' ', indents[i]) + line.TrimStart(' '));
                continue;
            }

            line = line.TrimEnd(' ', '\t');
            if (line.Length == 0)
            {
                continue;
            }

            int indent = indents[i] >= 0 ? indents[i] : line.TrimStart().StartsWith('#') ? CommentIndent(i) : IndentOf(line);
            written.Add(new string(' ', indent) + line.TrimStart(' '));
        }

        return written;
    }

    /// <summary>A comment stands as far in as the line below it, or, where that stood elsewhere, as the line above.</summary>
    private int CommentIndent(int comment)
    {
        int own = IndentOf(lines[comment]);
        int below = comment + 1;
        while (below < lines.Length && (lines[below].Trim().Length == 0 || (indents[below] < 0 && lines[below].TrimStart().StartsWith('#'))))
        {
            below++;
        }

        int above = comment - 1;
        while (above >= 0 && (isText[above] || indents[above] < 0))
        {
            above--;
        }

        return below < lines.Length && indents[below] >= 0 && IndentOf(lines[below]) == own ? indents[below]
            : above >= 0 && IndentOf(lines[above]) == own ? indents[above]
            : below < lines.Length && indents[below] >= 0 ? Math.Max(0, own + indents[below] - IndentOf(lines[below]))
            : own;
    }
}
