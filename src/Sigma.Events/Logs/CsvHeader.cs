using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using nietras.SeparatedValues;

namespace Sigma.Events.Logs;

/// <summary>The row of names that a file of columns begins with.</summary>
internal static partial class CsvHeader
{
    private const int LongestName = 200;
    private const int MostWords = 6;
    private const int RowsLookedAt = 20;

    private static readonly string[] EventViewer = ["Level", "TimeCreated", "ProviderName", "EventID", "Task Category"];

    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t|");

    /// <summary>Why a file does not begin with a row of names, or its rows do not go with it; null if it is as it should be.</summary>
    /// <param name="head">What the file begins with.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    public static string? Doubt(ReadOnlySpan<byte> head, bool isWhole)
    {
        head = (head.StartsWith(Encoding.UTF8.Preamble) ? head[3..] : head).TrimStart("\r\n"u8);
        head = head[TypeLine(head)..];
        int end = CsvRows.EndOf(head, 0);
        if (end < 0 && !isWhole)
        {
            return "its first line does not end";
        }

        string first = Encoding.UTF8.GetString(end < 0 ? head : head[..end]).TrimEnd('\r', '\n');
        if (first.AsSpan().IndexOfAny(Separators) < 0)
        {
            return "its first line has no columns";
        }

        List<string[]> rows = Rows(head, isWhole);
        if (rows.Count == 0)
        {
            return "its first line has no columns";
        }

        string[] names = rows[0];
        rows.RemoveAt(0);

        if (!names.All(IsLikeName))
        {
            // Which one is not said: a message does not show what stands in a file that is not a log.
            return "its first line is not a row of names";
        }

        if (names.Count(name => name.Length > 0) < 2)
        {
            return "its first line has no columns";
        }

        int fitting = rows.Count(row => row.Length == names.Length || (MayBeEventViewer(names) && row.Length == names.Length + 1));
        return fitting * 2 < rows.Count ? "most of its lines have another number of columns than the first" : null;
    }

    /// <summary>
    /// How many bytes the line before the names has by which Export-Csv of Windows PowerShell says what the rows are, with its end and a mark before it; 0 if
    /// there is none, or not all of it.
    /// </summary>
    public static int TypeLine(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text;
        return line.StartsWith("#TYPE "u8) ? text.IndexOf((byte)'\n') + 1 : 0;
    }

    /// <summary>Whether it may be the Event Viewer's, whose rows end with a message that has no name, in any language.</summary>
    public static bool MayBeEventViewer(string[] names) => names.Length == EventViewer.Length;

    /// <summary>The names that rules have for the columns of the Event Viewer; those of other headers stay.</summary>
    public static string[] Usual(string[] names) => names is [_, "Date and Time", "Source", "Event ID", _] ? EventViewer : names;

    /// <summary>Names are short and begin with a letter; a time, an address, a number or a sentence is not a name.</summary>
    private static bool IsLikeName(string name)
    {
        name = name.Trim('\uFEFF', ' ');
        if (name.Length == 0)
        {
            return true;
        }

        return name.Length <= LongestName
            && name.Any(char.IsLetter)
            && !name.Any(c => char.IsControl(c) || c is '"' or '=')
            && name.Count(c => c == '\uFFFD') * 2 <= name.Length
            && name.Count(c => c == ' ') < MostWords
            && !Content().IsMatch(name);
    }

    private static List<string[]> Rows(ReadOnlySpan<byte> head, bool isWhole)
    {
        int at = 0;
        for (int row = 0; row <= RowsLookedAt; row++)
        {
            int end = CsvRows.EndOf(head, at);
            if (end < 0)
            {
                // The last row counts where nothing follows it.
                at = isWhole || row == 0 ? head.Length : at;
                break;
            }

            at = end;
        }

        var rows = new List<string[]>();
        try
        {
            using SepReader reader = Sep.Reader(options => options with { Unescape = true, DisableColCountCheck = true, HasHeader = false }).From(head[..at].ToArray());
            while (reader.MoveNext())
            {
                SepReader.Row row = reader.Current;
                if (!row.Span.IsWhiteSpace())
                {
                    rows.Add([.. Enumerable.Range(0, row.ColCount).Select(i => reader.Current[i].ToString())]);
                }
            }
        }
        catch (NotSupportedException)
        {
            // A row of more than the library takes; what was read before it is enough to judge by.
        }

        return rows;
    }

    /// <summary>What stands in events rather than in names: dates, times, addresses, a sentence, a level of a log in brackets.</summary>
    [GeneratedRegex(@"\d\d:\d\d|\d{4}[-/.]\d\d?[-/.]\d|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d|://|[:!?] |\p{Ll}\. \p{Lu}|^[\[({<]| .*\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Content();
}
