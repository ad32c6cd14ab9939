using System.Text;

namespace Sigma.Engines.Tests.Engines.Sql;

/// <summary>
/// Events as rows of a table: a column of texts for each name that an event has or a query asks for, the time, the number of the row,
/// and <c>raw</c>, which has the values one after the other. What an event does not have is NULL.
/// </summary>
internal sealed class SqlTable
{
    public const string Id = "sigma_id";

    /// <summary>A character that no value has, so that a keyword is found within one value only.</summary>
    private const char Between = '\u0001';

    private SqlTable(IReadOnlyList<string> columns, IReadOnlyList<string?[]> rows) => (Columns, Rows) = (columns, rows);

    /// <summary>The columns of texts.</summary>
    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string?[]> Rows { get; }

    /// <param name="queries">The queries.</param>
    /// <param name="events">The events.</param>
    /// <param name="quote">The sign around names in the queries.</param>
    /// <param name="escapes">Whether a backslash escapes within texts.</param>
    /// <param name="names">How names are compared.</param>
    public static SqlTable Of(IEnumerable<string> queries, IReadOnlyList<EngineEvent> events, char quote, bool escapes, StringComparer names)
    {
        var columns = new List<string>();
        var known = new Dictionary<string, int>(names);
        foreach (var name in new[] { "raw", "timestamp", "EventID" }.Concat(events.SelectMany(e => e.Present.Select(p => p.Name))).Concat(queries.SelectMany(query => NamesIn(query, quote, escapes))))
        {
            if (name != Id && known.TryAdd(name, columns.Count))
            {
                columns.Add(name);
            }
        }

        var rows = new List<string?[]>();
        foreach (var e in events)
        {
            var row = new string?[columns.Count];
            row[known["raw"]] = string.Join(Between, e.Present.Select(p => p.Value));
            row[known["timestamp"]] = e.Time.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
            row[known["EventID"]] = e.EventId.ToString(System.Globalization.CultureInfo.InvariantCulture);
            foreach (var (name, value) in e.Present)
            {
                row[known[name]] = value;
            }

            rows.Add(row);
        }

        return new SqlTable(columns, rows);
    }

    /// <summary>The statements of a script, in which each ends with a line; no text has a line break.</summary>
    public static IReadOnlyList<string> StatementsOf(string script) =>
        [.. script.Split(";\n", StringSplitOptions.RemoveEmptyEntries).Select(statement => statement.Trim().TrimEnd(';'))];

    /// <summary>The names in a query, outside its texts.</summary>
    private static IEnumerable<string> NamesIn(string query, char quote, bool escapes)
    {
        for (var i = 0; i < query.Length; i++)
        {
            if (query[i] != '\'' && query[i] != quote)
            {
                continue;
            }

            var close = query[i];
            var text = new StringBuilder();
            for (i++; i < query.Length && (query[i] != close || (i + 1 < query.Length && query[i + 1] == close)); i++)
            {
                if (escapes && query[i] == '\\')
                {
                    i++;
                }
                else if (query[i] == close)
                {
                    i++;
                }

                text.Append(query[i]);
            }

            if (close == quote)
            {
                yield return text.ToString();
            }
        }
    }
}
