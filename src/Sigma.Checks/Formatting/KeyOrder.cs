namespace Sigma.Checks.Formatting;

/// <summary>Puts the outermost keys of documents into the usual order, each with the comments above it.</summary>
internal static class KeyOrder
{
    private static readonly string[] Usual =
    [
        "title", "id", "name", "related", "status", "description", "license", "references", "author", "date", "modified", "tags", "logsource",
        "detection", "correlation", "filter", "generate", "fields", "falsepositives", "level", "scope", "regression_tests_path", "simulation",
    ];

    /// <summary>Orders the keys.</summary>
    /// <param name="lines">The formatted lines.</param>
    /// <param name="documents">The documents before, for what is part of a value of several lines.</param>
    public static string Apply(IReadOnlyList<string> lines, IReadOnlyList<YamlDocument> documents)
    {
        var text = new List<string>();
        bool ordered = documents.All(document => document.Root is YamlMapping map && map.Entries.Count > 0 && map.Entries[0].Key.Span.Position.Column == 1 && map.Entries[0].Name != "action");
        var document = new List<string>();
        foreach (string line in lines)
        {
            if (line.StartsWith("---", StringComparison.Ordinal) || line == "...")
            {
                text.AddRange(ordered ? Ordered(document) : document);
                document.Clear();
                text.Add(line);
            }
            else
            {
                document.Add(line);
            }
        }

        text.AddRange(ordered ? Ordered(document) : document);
        int last = text.Count;
        while (last > 0 && text[last - 1].Length == 0)
        {
            last--;
        }

        return last == 0 ? "" : string.Join('\n', text.Take(last)) + "\n";
    }

    private static IEnumerable<string> Ordered(List<string> lines)
    {
        var blocks = new List<(int Rank, List<string> Lines)>();
        var pending = new List<string>();
        var header = new List<string>();
        int rank = -1;
        foreach (string line in lines)
        {
            bool isKey = line.Length > 0 && line[0] is not (' ' or '#' or '-') && line.Contains(':');
            if (isKey)
            {
                int found = Array.IndexOf(Usual, line[..line.IndexOf(':')].Trim('\'', '"'));

                // What is not known stays behind what it stands behind.
                rank = found >= 0 ? found : Math.Max(rank, 0);
                if (blocks.Count == 0)
                {
                    // What stands before the first key is about the document.
                    header.AddRange(pending);
                    pending.Clear();
                }

                blocks.Add((rank, [.. pending, line]));
                pending.Clear();
            }
            else if (line.StartsWith('#'))
            {
                pending.Add(line);
            }
            else if (blocks.Count > 0)
            {
                blocks[^1].Lines.AddRange(pending);
                blocks[^1].Lines.Add(line);
                pending.Clear();
            }
            else
            {
                pending.Add(line);
            }
        }

        return header.Concat(blocks.OrderBy(block => block.Rank).SelectMany(block => block.Lines)).Concat(pending);
    }
}
