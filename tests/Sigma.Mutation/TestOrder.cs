using System.Globalization;

namespace Sigma.Mutation;

/// <summary>Which tests are run for a mutant, and in which order: first those that have killed others of its file, then the fastest.</summary>
/// <param name="mutants">The mutants.</param>
/// <param name="tests">The tests.</param>
/// <param name="most">How many seconds of the processor the tests of a mutant may take without it; of more tests, the slowest are left out.</param>
internal sealed class TestOrder(IReadOnlyList<BuiltMutant> mutants, IReadOnlyList<CoveredTest> tests, double most)
{
    /// <summary>How many tests go first since they have killed others.</summary>
    private const int Favourites = 12;

    /// <summary>How many seconds a test takes that does nothing.</summary>
    private const double Overhead = 0.001;

    /// <summary>A test of fewer seconds is fast.</summary>
    private const double Fast = 0.1;

    private readonly Dictionary<string, Dictionary<CoveredTest, int>> killers = [];
    private readonly Dictionary<string, CoveredTest> byId = tests.DistinctBy(one => one.Id).ToDictionary(one => one.Id, StringComparer.Ordinal);
    private readonly ILookup<int, CoveredTest> byPlace = tests.Where(one => one.Passes).OrderBy(one => one.Seconds).SelectMany(one => one.Places.Select(place => (place, one))).ToLookup(pair => pair.place, pair => pair.one);

    /// <summary>
    /// Tests that make what is made only once in a process: the fastest that reach all such places, and all that are fast, since tests also keep
    /// what they make themselves.
    /// </summary>
    public IEnumerable<CoveredTest> WarmUp()
    {
        var passed = new HashSet<int>();
        return tests.Where(one => one.Once.Count > 0).OrderBy(one => one.Seconds).Where(one => one.Once.Count(passed.Add) > 0 || one.Seconds < Fast);
    }

    /// <summary>The tests of a mutant, in groups that are run together; the later, the larger.</summary>
    /// <param name="number">The mutant's number.</param>
    /// <param name="spent">How many seconds of tests it has survived.</param>
    public IEnumerable<CoveredTest[]> Of(int number, double spent)
    {
        BuiltMutant mutant = mutants[number];
        double seconds = 0;
        CoveredTest[] coming = [.. byPlace[mutant.Place].TakeWhile(one => (seconds += one.Seconds) <= most).SkipWhile(one => seconds <= spent)];
        Dictionary<CoveredTest, int> known = killers.GetValueOrDefault(mutant.File, []);
        CoveredTest[] first = [.. coming.Where(known.ContainsKey).OrderByDescending(one => known[one] / (Overhead + one.Seconds)).Take(Favourites)];
        var group = new List<CoveredTest>();
        int size = 1;
        foreach (CoveredTest one in first.Concat(coming.Except(first)))
        {
            group.Add(one);
            if (group.Count == size)
            {
                yield return [.. group];
                group.Clear();
                size = Math.Min(2 * size, 64);
            }
        }

        if (group.Count > 0)
        {
            yield return [.. group];
        }
    }

    /// <summary>Remembers that a test has killed a mutant.</summary>
    /// <param name="number">The mutant's number.</param>
    /// <param name="test">The test; null where it is not known.</param>
    public void Kills(int number, string? test)
    {
        if (test is not null && byId.TryGetValue(test, out CoveredTest? one))
        {
            string file = mutants[number].File;
            Dictionary<CoveredTest, int> known = killers.TryGetValue(file, out Dictionary<CoveredTest, int>? some) ? some : killers[file] = [];
            known[one] = known.GetValueOrDefault(one) + 1;
        }
    }
}

/// <summary>A test without a mutant, in a process that has run it before.</summary>
/// <param name="Id">The test, as xunit names it.</param>
/// <param name="Seconds">How much of the processor it takes.</param>
/// <param name="Passes">Whether it passes.</param>
/// <param name="Places">The places of mutants that it reaches (<see cref="Schemata.Places"/>).</param>
/// <param name="Once">Those that it reached only the first time.</param>
internal sealed record CoveredTest(string Id, double Seconds, bool Passes, IReadOnlyList<int> Places, IReadOnlyList<int> Once)
{
    /// <summary>The line of a file.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Id}\t{Seconds:F4}\t{Passes}\t{string.Join(' ', Places)}\t{string.Join(' ', Once)}");

    /// <summary>Reads such a line.</summary>
    public static CoveredTest Read(string line)
    {
        string[] cells = line.Split('\t');
        return new CoveredTest(cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture), bool.Parse(cells[2]), Numbers(cells[3]), Numbers(cells[4]));

        static IReadOnlyList<int> Numbers(string cell) => [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }
}
