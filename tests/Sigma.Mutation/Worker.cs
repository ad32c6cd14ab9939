using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;

namespace Sigma.Mutation;

/// <summary>
/// A process that runs the tests one at a time, and tries many mutants one after the other. What is made once in a process
/// (tables, built-in targets) is there before the first mutant comes, so that no mutant is in it; what only makes that, it cannot try.
/// </summary>
/// <param name="assembly">The assembly of the tests.</param>
internal sealed class Worker(Assembly assembly)
{
    /// <summary>Begins each line of an answer, and stands between its parts: what tests write to the console does not begin so.</summary>
    public const char Mark = '\u001f';

    private readonly TestCases tests = new(assembly);

    /// <summary>Runs each test twice, and notes by which mutants it comes the first and the second time.</summary>
    /// <param name="report">The file to write, with a line for each test.</param>
    /// <param name="mutants">How many mutants there are.</param>
    /// <param name="share">Which of the shares of tests, from 0.</param>
    /// <param name="shares">How many shares there are.</param>
    /// <param name="slowest">A test that takes more seconds of the processor the first time is left out.</param>
    public void Cover(string report, int mutants, int share, int shares, int slowest)
    {
        LoadLibraries();
        string[] classes = [.. TestRun.Classes(assembly)];
        ITestCase[] cases = [.. tests.Find().Where(one => MutationRun.IsTried(one.TestMethod.TestClass.Class.Name) && Array.IndexOf(classes, one.TestMethod.TestClass.Class.Name) % shares == share)];
        var first = new Dictionary<ITestCase, IReadOnlyList<int>>();
        foreach (ITestCase one in cases)
        {
            Switches.Note(mutants);
            TimeSpan begin = Environment.CpuUsage.TotalTime;
            tests.Run([one]);
            if ((Environment.CpuUsage.TotalTime - begin).TotalSeconds <= slowest)
            {
                first[one] = Switches.Passed()!;
            }
        }

        using StreamWriter writer = File.CreateText(report);
        foreach (ITestCase one in cases.Where(first.ContainsKey))
        {
            Switches.Note(mutants);
            TimeSpan begin = Environment.CpuUsage.TotalTime;
            string? failed = tests.Run([one]);
            double seconds = (Environment.CpuUsage.TotalTime - begin).TotalSeconds;
            IReadOnlyList<int> passed = Switches.Passed()!;
            writer.WriteLine(new CoveredTest(Name(one), seconds, failed is null, passed, [.. first[one].Except(passed)]).Line);
        }
    }

    /// <summary>Tries each mutant whose number comes in, until no more come; answers with a line for each.</summary>
    /// <param name="coverage">The file with a line for each test.</param>
    /// <param name="most">How many seconds of the processor the tests of a mutant may take without it; of more tests, the slowest are left out.</param>
    /// <param name="input">Where the numbers come from.</param>
    /// <param name="output">Where the answers go.</param>
    /// <returns>The exit code.</returns>
    public int Try(string coverage, double most, TextReader input, TextWriter output)
    {
        LoadLibraries();
        var cases = tests.Find().ToLookup(Name, StringComparer.Ordinal);
        CoveredTest[] covered = [.. File.ReadLines(coverage).Select(CoveredTest.Read)];
        foreach (CoveredTest one in covered.Where(one => one.Once.Count > 0))
        {
            tests.Run(cases[one.Name]);
        }

        var tried = new Dictionary<int, List<CoveredTest>>();
        foreach (CoveredTest one in covered.Where(one => one.Passes).OrderBy(one => one.Seconds))
        {
            foreach (int number in one.Mutants)
            {
                (tried.TryGetValue(number, out List<CoveredTest>? list) ? list : tried[number] = []).Add(one);
            }
        }

        while (input.ReadLine() is { } line)
        {
            int number = int.Parse(line, CultureInfo.InvariantCulture);
            double seconds = 0;
            string? failed = null;
            foreach (CoveredTest one in tried.GetValueOrDefault(number, []).TakeWhile(one => (seconds += one.Seconds) <= most))
            {
                using (new Watchdog(TimeSpan.FromSeconds(5 + (10 * one.Seconds)), () => End($"{Fate.TooLong} {one.Name}")))
                {
                    Switches.TurnOn(number);
                    failed = tests.Run(cases[one.Name]);
                    Switches.TurnOn(-1);
                }

                // What the mutant has left behind must not kill those that come after it.
                if (failed is not null && tests.Run(cases[one.Name]) is not null)
                {
                    Answer($"{Spoiled} {failed}");
                    return TestRun.Failed;
                }

                if (failed is not null)
                {
                    break;
                }
            }

            Answer(failed is null ? $"{Fate.Survived}" : $"{Fate.Killed} failed: {failed}");
        }

        return 0;

        void Answer(string text)
        {
            output.WriteLine(Mark + text.ReplaceLineEndings(" "));
            output.Flush();
        }

        void End(string text)
        {
            Answer(text);
            Environment.Exit(TestRun.TooLong);
        }
    }

    /// <summary>Begins the answer of a process in which a test fails also after its mutant.</summary>
    public const string Spoiled = "Spoiled";

    private static string Name(ITestCase one) => $"{one.TestMethod.TestClass.Class.Name}.{one.TestMethod.Method.Name}";

    /// <summary>A library that a test loads later would have its switch off.</summary>
    private static void LoadLibraries()
    {
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "Sigma*.dll"))
        {
            Assembly.Load(Path.GetFileNameWithoutExtension(file));
        }
    }
}

/// <summary>A test without a mutant, in a process that has run it before.</summary>
/// <param name="Name">The class and the method.</param>
/// <param name="Seconds">How much of the processor it takes.</param>
/// <param name="Passes">Whether it passes.</param>
/// <param name="Mutants">The numbers of the mutants that it comes by.</param>
/// <param name="Once">The numbers of those that it came by only the first time.</param>
internal sealed record CoveredTest(string Name, double Seconds, bool Passes, IReadOnlyList<int> Mutants, IReadOnlyList<int> Once)
{
    /// <summary>The line of a file.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Name}\t{Seconds:F4}\t{Passes}\t{string.Join(' ', Mutants)}\t{string.Join(' ', Once)}");

    /// <summary>Reads such a line.</summary>
    public static CoveredTest Read(string line)
    {
        string[] cells = line.Split('\t');
        return new CoveredTest(cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture), bool.Parse(cells[2]), Numbers(cells[3]), Numbers(cells[4]));

        static IReadOnlyList<int> Numbers(string cell) => [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }
}
