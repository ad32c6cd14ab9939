using System.Reflection;

namespace Sigma.Text;

/// <summary>The tables that are built in: a row a line, columns separated by tabs, lines with # left out.</summary>
internal static class EmbeddedTable
{
    private const string Prefix = "catalogues/";

    /// <summary>Reads a table.</summary>
    /// <param name="library">The library that has it.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="columns">How many columns a row has; those missing at its end are empty.</param>
    public static IEnumerable<string[]> Read(Assembly library, string name, int columns)
    {
        using var reader = new StringReader(EmbeddedFiles.Text(library, Prefix + name));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                string[] cells = line.Split('\t');
                int given = cells.Length;
                Array.Resize(ref cells, columns);
                cells.AsSpan(Math.Min(given, columns)).Fill("");
                yield return cells;
            }
        }
    }
}
