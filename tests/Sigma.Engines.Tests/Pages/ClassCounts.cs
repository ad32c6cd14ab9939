using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.History;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Pages;

/// <summary>How many pages of a target fall under each class, and what docs/deviations.md says of it.</summary>
internal sealed class ClassCounts(string target)
{
    private const int PagesMeasured = 235;

    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public void Add(IEnumerable<string> classes)
    {
        foreach (var id in classes)
        {
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }
    }

    /// <summary>Prints the figures; on the pages that they were measured on, they are those of the document.</summary>
    public void Check(ITestOutputHelper log)
    {
        foreach (var (id, count) in counts)
        {
            log.WriteLine($"{target,-14} {id,-12} {count,4}");
        }

        if (GoldenPage.All.Count == PagesMeasured)
        {
            counts.Should().BeEquivalentTo(Documented());
        }
    }

    /// <summary>The column of the target in the document's first table, that of the queries.</summary>
    private Dictionary<string, int> Documented()
    {
        var rows = File.ReadLines(Path.Combine(SharedFolder.Root!, "docs", "deviations.md"))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToList())
            .ToList();
        var column = rows[0].IndexOf(target);
        return rows.Skip(2).Where(row => row[column].Length > 0).ToDictionary(row => row[0], row => int.Parse(row[column]));
    }
}
