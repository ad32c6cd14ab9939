using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Sigma.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The tests did not end in time.</summary>
    TooLong,

    /// <summary>No test failed.</summary>
    Survived,

    /// <summary>No test reaches it.</summary>
    NotReached,

    /// <summary>Only what is made once in a process reaches it, and no process of its own was spent on it.</summary>
    NotTried,
}

/// <summary>A class of tests without a mutant.</summary>
/// <param name="Name">The class.</param>
/// <param name="Seconds">How much of the processor it takes, with its process.</param>
/// <param name="Passes">Whether its tests pass.</param>
/// <param name="Places">The places of mutants that it reaches (<see cref="Schemata.Places"/>).</param>
internal sealed record TestClass(string Name, double Seconds, bool Passes, IReadOnlyList<int> Places);

/// <summary>One run: chooses the mutants, builds them, finds out which tests reach which, and runs those.</summary>
internal sealed class MutationRun(MutationSettings settings, string root)
{
    private const string Tests = "Sigma.Tests";

    /// <summary>The program itself is started by these, which takes long and says little of one line of it.</summary>
    private const string LeftOut = Tests + ".CommandLine.";

    private static readonly (string Project, string Folder)[] Folders = [("Sigma", "Queries"), ("Sigma", "Backends"), ("Sigma", "Rules"), ("Sigma.Events", "Matching")];

    private readonly string folder = Path.Combine(root, "tests", "Sigma.Mutation", "obj", "mutants");
    private readonly Lock writing = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();

    private TestProcesses Processes => new(folder, Tests);

    private string MutantsFile => Path.Combine(folder, "mutants.tsv");

    private string TestsFile => Path.Combine(folder, "tests.tsv");

    private string CoverageFile => Path.Combine(folder, "coverage.tsv");

    private string LivedFile => Path.Combine(folder, "lived.tsv");

    private string FatesFile => Path.Combine(folder, "fates.tsv");

    private bool HasTime => settings.Minutes is not { } most || clock.Elapsed.TotalMinutes <= most;

    /// <summary>Whether the tests of a class are run.</summary>
    public static bool IsTried(string className) => !className.StartsWith(LeftOut, StringComparison.Ordinal);

    /// <summary>Runs.</summary>
    public MutationReport Run()
    {
        Command.Run("dotnet", ["build", Path.Combine(root, "tests", Tests), "-v", "q", "-nologo"]);
        (IReadOnlyList<BuiltMutant> mutants, int all) = Built();
        Say($"{mutants.Count} of {all} mutants, after {clock.Elapsed.TotalSeconds:F0} s");
        double[] spent = new double[mutants.Count];
        string?[] fates = Known(mutants.Count, spent);
        IReadOnlyList<CoveredTest> tests = TryTogether(mutants, fates, spent);
        IReadOnlyList<TestClass> classes = settings.Quick || !HasTime ? [] : Cover(mutants.Count);
        if (classes.Count > 0)
        {
            Say($"{classes.Count} classes of tests, {classes.Count(one => !one.Passes)} of them fail without a mutant, {classes.Count(one => one.Seconds > settings.Slowest)} take too long");
            TryAlone(mutants, fates, [.. classes.Where(one => one.Passes && one.Seconds <= settings.Slowest).OrderBy(one => one.Seconds)]);
        }

        // A run that stops early leaves what an earlier one has found with fewer seconds.
        string?[] known = [.. fates.Zip(spent, (fate, seconds) => fate ?? (seconds > 0 ? Fate.Survived.ToString() : null))];
        return new MutationReport(settings, mutants, all, tests, classes, known, clock.Elapsed);
    }

    /// <summary>The mutants that an earlier run has built of the same code for the same tests, or else of a build that is made now.</summary>
    private (IReadOnlyList<BuiltMutant> Mutants, int All) Built()
    {
        string tests = Path.Combine(root, "tests", Tests, "bin", "Debug", "net10.0");
        string print = string.Concat(Folders.Select(one => one.Project).Distinct().Append(Tests).Select(name => Path.Combine(tests, name + ".dll")).Append(typeof(MutationRun).Assembly.Location).Select(Print))
            + string.Create(CultureInfo.InvariantCulture, $" {settings.Sample} {settings.Seed} {settings.Quick}");
        string printFile = Path.Combine(folder, "fingerprint");
        if (settings.Again || !File.Exists(printFile) || File.ReadAllText(printFile) != print)
        {
            Directory.CreateDirectory(folder);

            // What was found of other libraries, or by other tests, is worth nothing.
            Array.ForEach([printFile, TestsFile, CoverageFile, LivedFile, FatesFile], File.Delete);
            Copy(tests, folder);
            File.Copy(typeof(MutationRun).Assembly.Location, Processes.Program, overwrite: true);
            Build();
            File.WriteAllText(printFile, print);
        }

        return ([.. BuiltMutant.Read(MutantsFile)], int.Parse(File.ReadLines(MutantsFile).First(), CultureInfo.InvariantCulture));
    }

    /// <summary>Builds the libraries with mutants in them, and writes the list of these: first how many are possible, then a line for each that is built.</summary>
    private void Build()
    {
        var libraries = MutatedLibraries.Read(Path.Combine(root, "src"), Folders);
        string names = root + Path.DirectorySeparatorChar;
        IReadOnlyList<(Mutant Mutant, int Place)> mutants = libraries.Write(
            [.. libraries.Mutants.OrderBy(mutant => (mutant with { File = Name(mutant.File) }).Order(settings.Seed), StringComparer.Ordinal)], settings.Sample, folder);
        File.Delete(MutantsFile);
        Note(MutantsFile, Text(libraries.Mutants.Count));
        foreach ((Mutant mutant, int place) in mutants)
        {
            Note(MutantsFile, Name(mutant.File), Text(mutant.Line), mutant.Description, Text(place));
        }

        string Name(string file) => file.Replace(names, "", StringComparison.Ordinal).Replace('\\', '/');
    }

    /// <summary>Runs each class in a process of its own, since what is made once in a process is made by the first test that needs it.</summary>
    private List<TestClass> Cover(int mutants)
    {
        var known = new ConcurrentDictionary<string, TestClass>();
        foreach (string[] cells in Lines(CoverageFile))
        {
            known[cells[0]] = new TestClass(cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture), bool.Parse(cells[2]), [.. cells[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
        }

        string list = Path.Combine(folder, "classes");
        Run(["classes", Tests, list], []);
        string[] names = [.. File.ReadAllLines(list).Where(IsTried)];
        Parallel.ForEach(names.Where(name => !known.ContainsKey(name)), new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, name =>
        {
            string report = Path.Combine(folder, $"class-{name}");
            File.Delete(report);
            int code = Run(["run", Tests, report, $"{name}:900"], [("SIGMA_MUTANTS_PASSED", mutants.ToString(CultureInfo.InvariantCulture))]);
            string[] lines = File.Exists(report) ? File.ReadAllLines(report) : [];
            string passed = lines.FirstOrDefault(line => line.StartsWith("passed", StringComparison.Ordinal)) ?? "";
            string seconds = lines.FirstOrDefault(line => line.StartsWith(TestRun.Seconds, StringComparison.Ordinal)) ?? TestRun.Seconds + "0";
            if (code != 0)
            {
                Say($"{name} fails without a mutant: {(lines.Length > 0 ? lines[^1] : "it did not end well")}");
            }

            File.Delete(report);
            var one = new TestClass(name, double.Parse(seconds[TestRun.Seconds.Length..], CultureInfo.InvariantCulture), code == 0, [.. passed.Split(' ').Skip(1).Where(word => word.Length > 0).Select(int.Parse)]);
            known[name] = one;
            Note(CoverageFile, name, one.Seconds.ToString("F1", CultureInfo.InvariantCulture), one.Passes.ToString(), string.Join(' ', one.Places));
        });
        return [.. known.Values.Where(one => names.Contains(one.Name)).OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>What an earlier run found of each mutant; nothing of those that it did not come to, or that survived fewer seconds of tests than there are now.</summary>
    /// <param name="mutants">How many mutants there are.</param>
    /// <param name="spent">How many seconds of tests each has survived.</param>
    private string?[] Known(int mutants, double[] spent)
    {
        string?[] fates = new string?[mutants];
        foreach (string[] cells in Lines(FatesFile))
        {
            int number = int.Parse(cells[0], CultureInfo.InvariantCulture);
            bool lives = cells[1].StartsWith(Fate.Survived.ToString(), StringComparison.Ordinal);
            spent[number] = lives && settings.Quick ? double.Parse(cells[1].Split(' ')[1], CultureInfo.InvariantCulture) : 0;
            fates[number] = spent[number] > 0 && spent[number] < settings.Seconds ? null : cells[1];
        }

        return fates;
    }

    /// <summary>Tries the mutants in a few processes, by single tests. Those that live are not yet decided, unless the run is a quick one.</summary>
    private IReadOnlyList<CoveredTest> TryTogether(IReadOnlyList<BuiltMutant> mutants, string?[] fates, double[] spent)
    {
        var workers = new Workers(settings, Processes, TestsFile, MutantsFile);
        IReadOnlyList<CoveredTest> tests = workers.Cover(mutants.Count);
        var passedPlaces = tests.Where(one => one.Passes).SelectMany(one => one.Places).ToHashSet();
        var oncePlaces = tests.SelectMany(one => one.Once).ToHashSet();
        bool[] passed = [.. mutants.Select(one => passedPlaces.Contains(one.Place))];
        bool[] once = [.. mutants.Select(one => oncePlaces.Contains(one.Place))];
        Say($"{tests.Count} tests, {tests.Count(one => !one.Passes)} of them fail without a mutant; they reach {passed.Count(one => one)} mutants, and {once.Zip(passed).Count(one => one is { First: true, Second: false })} only once in a process");
        int done = 0;
        HashSet<string> lived = [.. Lines(LivedFile).Select(cells => cells[0])];
        int[] left = [.. Enumerable.Range(0, mutants.Count).Where(number => fates[number] is null && !lived.Contains(Text(number)))];

        // In their order, so that a run that stops early has decided on the first of the sample.
        workers.Try(left.Select(number => (number, spent[number])), number => passed[number] ? null : !settings.Quick ? Fate.Survived : once[number] ? Fate.NotTried : Fate.NotReached, () => HasTime, (number, fate) =>
        {
            Say($"{Interlocked.Increment(ref done)}/{left.Length} {mutants[number]} | {fate}");
            if (settings.Quick || fate != Fate.Survived.ToString())
            {
                Decide(mutants, fates, number, fate == Fate.Survived.ToString() ? $"{fate} {settings.Seconds.ToString(CultureInfo.InvariantCulture)}" : fate);
            }
            else
            {
                Note(LivedFile, Text(number));
            }
        });
        return tests;
    }

    /// <summary>Gives each mutant that is left a process of its own, and runs there the classes that reach it, the fastest first.</summary>
    private void TryAlone(IReadOnlyList<BuiltMutant> mutants, string?[] fates, IReadOnlyList<TestClass> classes)
    {
        // In their order, so that a run that stops early has tried the first of the sample.
        int[] left = [.. Enumerable.Range(0, mutants.Count).Where(i => fates[i] is null)];
        int done = 0;
        Parallel.ForEach(Partitioner.Create(left, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, number =>
        {
            if (HasTime)
            {
                TestClass[] coming = [.. classes.Where(one => one.Places.Contains(mutants[number].Place))];
                string fate = coming.Length == 0 ? Fate.NotReached.ToString() : TryAlone(number, coming);
                Decide(mutants, fates, number, fate);
                Say($"alone {Interlocked.Increment(ref done)}/{left.Length} {mutants[number]} | {fate}");
            }
        });
    }

    private void Decide(IReadOnlyList<BuiltMutant> mutants, string?[] fates, int number, string fate)
    {
        fates[number] = fate;
        Note(FatesFile, Text(number), fate, mutants[number].ToString());
    }

    private string TryAlone(int number, TestClass[] classes)
    {
        string report = Path.Combine(folder, $"mutant-{number}");
        File.Delete(report);
        int code = Run(
            ["run", Tests, report, .. classes.Select(one => $"{one.Name}:{15 + (int)(5 * one.Seconds)}")],
            [("SIGMA_MUTANT", Text(number))]);
        string last = File.Exists(report) ? File.ReadLines(report).Last() : "";
        File.Delete(report);
        return code switch
        {
            0 => $"{Fate.Survived}",
            TestRun.TooLong => $"{Fate.TooLong} {last}",
            TestRun.Failed => $"{Fate.Killed} {last}",

            // An endless recursion, or more memory than there is.
            _ => $"{Fate.Killed} the process ended with {code}",
        };
    }

    private int Run(string[] arguments, (string Name, string Value)[] environment)
    {
        using Process process = Processes.Start(arguments, environment);
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private void Note(string file, params string[] cells)
    {
        lock (writing)
        {
            File.AppendAllText(file, string.Join('\t', cells.Select(cell => cell.ReplaceLineEndings(" ").Replace('\t', ' '))) + "\n");
        }
    }

    private static IEnumerable<string[]> Lines(string file) => File.Exists(file) ? File.ReadAllLines(file).Select(line => line.Split('\t')) : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Print(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
