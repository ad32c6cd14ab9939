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
    private readonly Switches switches = Switches.Load(AppContext.BaseDirectory);

    /// <summary>Runs each test twice, and notes by which places of mutants it comes the first and the second time.</summary>
    /// <param name="report">The file to write, with a line for each test.</param>
    /// <param name="mutants">How many mutants there are.</param>
    /// <param name="share">Which of the shares of tests, from 0.</param>
    /// <param name="shares">How many shares there are.</param>
    /// <param name="slowest">A test that takes more seconds of the processor the first time is left out.</param>
    public void Cover(string report, int mutants, int share, int shares, int slowest)
    {
        // What the values of theories need is made when tests are found.
        switches.Note(mutants);
        string[] classes = [.. TestRun.Classes(assembly)];
        ITestCase[] cases = [.. tests.Find().Where(one => MutationRun.IsTried(one.TestMethod.TestClass.Class.Name) && Array.IndexOf(classes, one.TestMethod.TestClass.Class.Name) % shares == share)];
        IReadOnlyList<int> found = switches.Passed();
        var first = new Dictionary<ITestCase, IReadOnlyList<int>>();
        foreach (ITestCase one in cases)
        {
            switches.Note(mutants);
            TimeSpan begin = Environment.CpuUsage.TotalTime;
            tests.Run([one]);
            if ((Environment.CpuUsage.TotalTime - begin).TotalSeconds <= slowest)
            {
                first[one] = [.. switches.Passed().Concat(first.Count == 0 ? found : [])];
            }
        }

        using StreamWriter writer = File.CreateText(report);
        foreach (ITestCase one in cases.Where(first.ContainsKey))
        {
            switches.Note(mutants);
            TimeSpan begin = Environment.CpuUsage.TotalTime;
            bool passes = tests.Run([one]) is null;
            double seconds = (Environment.CpuUsage.TotalTime - begin).TotalSeconds;
            IReadOnlyList<int> passed = switches.Passed();
            writer.WriteLine(new CoveredTest(one.UniqueID, seconds, passes, passed, [.. first[one].Except(passed)]).Line);
        }
    }

    /// <summary>
    /// Tries each mutant whose number comes in, with the seconds of tests that it has survived, until no more come; answers with a line for each.
    /// </summary>
    /// <param name="coverage">The file with a line for each test.</param>
    /// <param name="list">The list of mutants.</param>
    /// <param name="most">How many seconds of the processor the tests of a mutant may take without it; of more tests, the slowest are left out.</param>
    /// <param name="input">Where the numbers come from.</param>
    /// <param name="output">Where the answers go.</param>
    /// <returns>The exit code.</returns>
    public int Try(string coverage, string list, double most, TextReader input, TextWriter output)
    {
        var order = new TestOrder([.. BuiltMutant.Read(list)], [.. File.ReadLines(coverage).Select(CoveredTest.Read)], most);
        var cases = tests.Find().ToLookup(one => one.UniqueID, StringComparer.Ordinal);
        foreach (CoveredTest one in order.WarmUp())
        {
            tests.Run(cases[one.Id]);
        }

        while (input.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            int number = int.Parse(words[0], CultureInfo.InvariantCulture);
            string answer = $"{Fate.Survived}";
            foreach (CoveredTest[] some in order.Of(number, double.Parse(words[1], CultureInfo.InvariantCulture)))
            {
                bool isTooLong;
                (ITestCase? Case, string Name)? failed;
                var limit = TimeSpan.FromSeconds(3 + (10 * some.Sum(one => one.Seconds)));
                using (var watchdog = new Watchdog(limit, () => switches.End(true), () => End($"{Fate.TooLong}{ForGood}")))
                {
                    switches.TurnOn(number);
                    failed = tests.Run(some.SelectMany(one => cases[one.Id]));
                    switches.TurnOn(-1);
                    isTooLong = watchdog.HasBarked;
                }

                switches.End(false);
                if (failed is { } test)
                {
                    // What the mutant has left behind must not kill those that come after it.
                    using var watchdog = new Watchdog(limit, () => { }, () => End($"{Fate.TooLong}{ForGood}"));
                    if (tests.Run(test.Case is { } one ? [one] : some.SelectMany(each => cases[each.Id])) is not null)
                    {
                        Answer($"{Spoiled} {test.Name}");
                        return TestRun.Failed;
                    }

                    order.Kills(number, test.Case?.UniqueID);
                    answer = isTooLong ? $"{Fate.TooLong} {test.Name}" : $"{Fate.Killed} failed: {test.Name}";
                    break;
                }
            }

            Answer(answer);
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

    /// <summary>Ends the answer of a process that ends, since its test does not.</summary>
    public const string ForGood = " for good";
}
