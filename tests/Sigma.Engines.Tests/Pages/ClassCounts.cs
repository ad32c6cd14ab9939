using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Pages;

/// <summary>How many pages of a target fall under each class.</summary>
internal sealed class ClassCounts(string target)
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public void Add(IEnumerable<string> classes)
    {
        foreach (var id in classes)
        {
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }
    }

    public void Print(ITestOutputHelper log)
    {
        foreach (var (id, count) in counts)
        {
            log.WriteLine($"{target,-14} {id,-12} {count,4}");
        }
    }
}
