using Spectre.Console;

namespace Sigma.Cli;

/// <summary>A table: columns with bold headings for a terminal, or one line per row for other programs.</summary>
/// <param name="head">The names of the columns.</param>
/// <param name="rows">The cells.</param>
internal sealed class Listing(string[] head, IEnumerable<string[]> rows)
{
    /// <summary>Writes the table to a terminal; long cells are wrapped within their column.</summary>
    public void WriteTable(TextWriter output)
    {
        Table table = new Table().NoBorder();
        foreach (string name in head)
        {
            table.AddColumn(new TableColumn(new Spectre.Console.Text(name, new Style(decoration: Decoration.Bold))).PadRight(2));
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select(cell => new Spectre.Console.Text(TerminalText.Visible(cell))));
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(table);
    }

    /// <summary>Writes one line per row of any length, with aligned columns at least two blanks apart.</summary>
    public void WriteLines(TextWriter output)
    {
        string[][] lines = [head, .. rows.Select(row => (string[])[.. row.Select(cell => TerminalText.Visible(cell.ReplaceLineEndings(" ")))])];
        int[] widths = [.. head.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines)
        {
            IEnumerable<string> cells = line.Select((cell, column) => cell.PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
