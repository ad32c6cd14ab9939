using System.Text.RegularExpressions;
using Sigma.Tests.Backends;

namespace Sigma.Tests.Objects;

/// <summary>The entities that analytics rules of Sentinel name: columns that their tables have.</summary>
public sealed partial class KustoEntityTests
{
    [Fact]
    public void Every_entity_is_a_column_of_its_table()
    {
        string folder = Path.Combine(Repository.Root, "backends", "kql");
        var columns = File.ReadLines(Path.Combine(folder, "tables.tsv"))
            .Select(line => line.Split('\t'))
            .Where(cells => cells.Length == 3)
            .SelectMany(cells => cells[2].Split(' ').Select(column => (Table: cells[0], Column: column)))
            .ToHashSet();

        var named = Tables().Matches(File.ReadAllText(Path.Combine(folder, "formats", "alert.scriban")))
            .SelectMany(table => Columns().Matches(table.Groups[2].Value).Select(entity => (Table: table.Groups[1].Value, Column: entity.Groups[1].Value)))
            .ToList();

        named.Should().HaveCountGreaterThan(25);
        named.Where(entity => !columns.Contains(entity)).Should().BeEmpty();
    }

    [GeneratedRegex("\"([A-Za-z0-9_]+)\": \\[(\\[.*\\])\\]")]
    private static partial Regex Tables();

    [GeneratedRegex("\\[\"[A-Za-z]+\", \"[A-Za-z]+\", \"([A-Za-z0-9_]+)\"\\]")]
    private static partial Regex Columns();
}
