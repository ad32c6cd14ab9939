namespace Sigma.Checks.Checking;

/// <summary>Reads the tables of facts that come with the program.</summary>
internal static class FactTable
{
    /// <summary>The rows of a table, without comments.</summary>
    /// <param name="name">The file, without its ending.</param>
    /// <param name="columns">How many columns a row has; those that are not written are empty.</param>
    public static IEnumerable<string[]> Read(string name, int columns)
    {
        using Stream stream = typeof(FactTable).Assembly.GetManifestResourceStream($"facts/{name}.tsv") ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                string[] cells = line.Split('\t');
                yield return cells.Length >= columns ? cells : [.. cells, .. Enumerable.Repeat("", columns - cells.Length)];
            }
        }
    }
}
