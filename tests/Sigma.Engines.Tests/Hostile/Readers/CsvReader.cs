using System.Text;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>Reads CSV as RFC 4180 has it: what is not in quotes has no quote in it, and all rows have as many cells as the first.</summary>
internal static class CsvReader
{
    /// <summary>The rows of a text.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            row.Add(text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length)
                {
                    continue;
                }

                row.Add("");
            }
            else if (at < text.Length)
            {
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            }

            rows.Add(row);
            row = [];
        }

        if (rows.Find(one => one.Count != rows[0].Count) is { } odd)
        {
            throw new Unreadable($"a row of {odd.Count} cells, where the first has {rows[0].Count}");
        }

        return rows;
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; ; at++)
        {
            if (at >= text.Length)
            {
                throw new Unreadable("a quote that is not closed");
            }

            if (text[at] == '"' && (++at >= text.Length || text[at] != '"'))
            {
                break;
            }

            cell.Append(text[at]);
        }

        return at >= text.Length || text[at] is ',' or '\r' or '\n' ? cell.ToString() : throw new Unreadable($"'{text[at]}' behind a cell in quotes");
    }

    private static string Plain(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
        {
            if (text[at++] == '"')
            {
                throw new Unreadable("a quote within a cell that is not in quotes");
            }
        }

        return text[start..at];
    }
}
