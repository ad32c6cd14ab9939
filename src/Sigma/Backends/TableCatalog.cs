using Sigma.Text;

namespace Sigma.Backends;

/// <summary>
/// What a target knows of the tables that hold events: the types of their columns, and how a column is read as a text. A language with
/// types refuses a query for a column that a table does not have, or for a text that is compared with a number.
/// </summary>
/// <param name="state">The key of the pipelines' state that names the table of a search.</param>
/// <param name="option">The table where no pipeline names one; empty for none.</param>
/// <param name="readings">How columns are read.</param>
internal sealed class TableCatalog(string state, string option, ColumnReadings readings)
{
    private const char Separator = '\t';
    private const string Computed = "=";
    private const string Lists = "[]";
    private const string Maps = "{}";

    private readonly Dictionary<string, TableColumns> tables = new(StringComparer.Ordinal);

    /// <summary>The tables by name.</summary>
    public IReadOnlyDictionary<string, TableColumns> Tables => tables;

    /// <summary>The name of the table that a search is for; null if nothing names one.</summary>
    public string? NameOf(IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(state, out string? name) ? name : option.Length > 0 ? option : null;

    /// <summary>The columns of the table that a search is for; null if they are not known.</summary>
    public TableColumns? Of(IReadOnlyDictionary<string, string> values) => NameOf(values) is { } name ? tables.GetValueOrDefault(name) : null;

    /// <summary>
    /// Reads the file of columns. A line has a table, a type and names of columns, separated by tabs and blanks; or a table, <c>=</c>, a
    /// name and the expression that reads it; or <c>[]</c> or <c>{}</c> and names of columns and members: those that hold lists, and those
    /// whose members have names with points in them.
    /// </summary>
    public void Read(SourceText source, List<Diagnostic> diagnostics)
    {
        int start = 0;
        foreach (string text in source.Text.Split('\n'))
        {
            string line = text.TrimEnd('\r');
            var span = new Span(source, start, start + line.Length);
            start += text.Length + 1;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] cells = line.Split(Separator);
            if (cells.Length < 3 || cells.Any(cell => cell.Length == 0) || (cells[1] == Computed && cells.Length != 4))
            {
                diagnostics.Add(Diagnostic.BackendValue(span, "columns", "lines of a table, a type, '[]' or '{}', and names, or a table, '=', a name and an expression, separated by tabs"));
                continue;
            }

            if (!tables.TryGetValue(cells[0], out TableColumns? columns))
            {
                tables[cells[0]] = columns = new TableColumns(cells[0], readings);
            }

            if (cells[1] == Computed)
            {
                columns.Add(cells[2], TableColumns.TextType, cells[3]);
            }
            else
            {
                foreach (string name in cells[2].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    switch (cells[1])
                    {
                        case Lists:
                            columns.AddList(name);
                            break;
                        case Maps:
                            columns.AddMap(name);
                            break;
                        default:
                            columns.Add(name, cells[1], null);
                            break;
                    }
                }
            }
        }
    }
}

/// <summary>How columns are read as texts; <c>{name}</c> is the column.</summary>
/// <param name="Typed">A column that is no text.</param>
/// <param name="Json">A column of texts that hold JSON, whose members are read.</param>
/// <param name="Absent">A column that the table does not have.</param>
/// <param name="Standard">Columns of the system's own, which a field of another letter case does not mean.</param>
internal sealed record ColumnReadings(Template Typed, Template Json, Template Absent, IReadOnlySet<string> Standard);
