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

    /// <summary>No test came by.</summary>
    NotPassed,
}

/// <summary>A class of tests without a mutant.</summary>
/// <param name="Name">The class.</param>
/// <param name="Seconds">How much of the processor it takes, with its process.</param>
/// <param name="Passes">Whether its tests pass.</param>
/// <param name="Mutants">The numbers of the mutants that it comes by.</param>
internal sealed record TestClass(string Name, double Seconds, bool Passes, IReadOnlyList<int> Mutants);

/// <summary>One run: chooses the mutants, builds them, finds out which tests come by which, and runs those.</summary>
internal sealed class MutationRun(MutationSettings settings, string root)
{
    private const string Tests = "Sigma.Tests";

    /// <summary>The program itself is started by these, which takes long and says little of one line of it.</summary>
    private const string LeftOut = Tests + ".CommandLine.";

    private static readonly (string Project, string Folder)[] Folders = [("Sigma", "Queries"), ("Sigma", "Backends"), ("Sigma", "Rules"), ("Sigma.Events", "Matching")];

    private readonly string folder = Path.Combine(root, "tests", "Sigma.Mutation", "obj", "mutants");
    private readonly Lock writing = new();

    private string Program => Path.Combine(folder, "Sigma.Mutation.dll");

    private string CoverageFile => Path.Combine(folder, "coverage.tsv");

    private string FatesFile => Path.Combine(folder, "fates.tsv");

    /// <summary>Runs.</summary>
    public MutationReport Run()
    {
        var clock = Stopwatch.StartNew();
        Command.Run("dotnet", ["build", Path.Combine(root, "tests", Tests), "-v", "q", "-nologo"]);
        (IReadOnlyList<Mutant> mutants, int all) = Build();
        Say($"{mutants.Count} of {all} mutants, built in {clock.Elapsed.TotalSeconds:F0} s");
        IReadOnlyList<TestClass> classes = Cover(mutants.Count);
        Say($"{classes.Count} classes of tests, {classes.Count(one => !one.Passes)} of them fail without a mutant, {classes.Count(one => one.Seconds > settings.Slowest)} take too long");
        string?[] fates = Try(mutants, [.. classes.Where(one => one.Passes && one.Seconds <= settings.Slowest).OrderBy(one => one.Seconds)], clock);
        return new MutationReport(settings, mutants, all, classes, fates, clock.Elapsed);
    }

    private (IReadOnlyList<Mutant> Mutants, int All) Build()
    {
        var libraries = MutatedLibraries.Read(Path.Combine(root, "src"), Folders);
        Copy(Path.Combine(root, "tests", Tests, "bin", "Debug", "net10.0"), folder);
        File.Copy(typeof(MutationRun).Assembly.Location, Program, overwrite: true);
        string names = root + Path.DirectorySeparatorChar;
        IReadOnlyList<Mutant> mutants = libraries.Write(
            [.. libraries.Mutants.OrderBy(mutant => (mutant with { File = mutant.File.Replace(names, "").Replace('\\', '/') }).Order(settings.Seed), StringComparer.Ordinal)],
            settings.Sample,
            folder,
            out IReadOnlyList<string> written);

        // What was found of another library, or by other tests, is worth nothing.
        string print = string.Concat(written.Append(Path.Combine(folder, Tests + ".dll")).Select(Print));
        string printFile = Path.Combine(folder, "fingerprint");
        if (settings.Again || !File.Exists(printFile) || File.ReadAllText(printFile) != print)
        {
            File.Delete(CoverageFile);
            File.Delete(FatesFile);
            File.WriteAllText(printFile, print);
        }

        return ([.. mutants.Select(mutant => mutant with { File = mutant.File.Replace(names, "").Replace('\\', '/') })], libraries.Mutants.Count);
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
        Start(["classes", Tests, list], []).WaitForExit();
        string[] names = [.. File.ReadAllLines(list).Where(name => !name.StartsWith(LeftOut, StringComparison.Ordinal))];
        Parallel.ForEach(names.Where(name => !known.ContainsKey(name)), new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, name =>
        {
            string report = Path.Combine(folder, $"class-{name}");
            File.Delete(report);
            using Process process = Start(["run", Tests, report, $"{name}:900"], [("SIGMA_MUTANTS_PASSED", mutants.ToString(CultureInfo.InvariantCulture))]);
            process.WaitForExit();
            string[] lines = File.Exists(report) ? File.ReadAllLines(report) : [];
            string passed = lines.FirstOrDefault(line => line.StartsWith("passed", StringComparison.Ordinal)) ?? "";
            string seconds = lines.FirstOrDefault(line => line.StartsWith(TestRun.Seconds, StringComparison.Ordinal)) ?? TestRun.Seconds + "0";
            if (process.ExitCode != 0)
            {
                Say($"{name} fails without a mutant: {(lines.Length > 0 ? lines[^1] : "it did not end well")}");
            }

            File.Delete(report);
            var one = new TestClass(name, double.Parse(seconds[TestRun.Seconds.Length..], CultureInfo.InvariantCulture), process.ExitCode == 0, [.. passed.Split(' ').Skip(1).Where(word => word.Length > 0).Select(int.Parse)]);
            known[name] = one;
            Note(CoverageFile, name, one.Seconds.ToString("F1", CultureInfo.InvariantCulture), one.Passes.ToString(), string.Join(' ', one.Mutants));
        });
        return [.. known.Values.Where(one => names.Contains(one.Name)).OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>Runs for each mutant the classes that come by it, the fastest first.</summary>
    /// <returns>What became of each, with what told it; nothing of those for which there was no time.</returns>
    private string?[] Try(IReadOnlyList<Mutant> mutants, IReadOnlyList<TestClass> classes, Stopwatch clock)
    {
        string?[] fates = new string?[mutants.Count];
        foreach (string[] cells in Lines(FatesFile))
        {
            fates[int.Parse(cells[0], CultureInfo.InvariantCulture)] = cells[1];
        }

        int done = fates.Count(fate => fate is not null);

        // In their order, so that a run that stops early has tried the first of the sample.
        int[] left = [.. Enumerable.Range(0, mutants.Count).Where(i => fates[i] is null)];
        Parallel.ForEach(Partitioner.Create(left, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, number =>
        {
            if (clock.Elapsed.TotalMinutes > settings.Minutes)
            {
                return;
            }

            TestClass[] coming = [.. classes.Where(one => one.Mutants.Contains(number))];
            string fate = coming.Length == 0 ? Fate.NotPassed.ToString() : Try(number, coming);
            fates[number] = fate;
            Note(FatesFile, number.ToString(CultureInfo.InvariantCulture), fate, $"{mutants[number].File}:{mutants[number].Line}", mutants[number].Description);
            Say($"{Interlocked.Increment(ref done)}/{mutants.Count} {mutants[number].File}:{mutants[number].Line} {mutants[number].Description} | {fate}");
        });
        return fates;
    }

    private string Try(int number, TestClass[] classes)
    {
        string report = Path.Combine(folder, $"mutant-{number}");
        File.Delete(report);
        using Process process = Start(
            ["run", Tests, report, .. classes.Select(one => $"{one.Name}:{15 + (int)(5 * one.Seconds)}")],
            [("SIGMA_MUTANT", number.ToString(CultureInfo.InvariantCulture))]);
        process.WaitForExit();
        string last = File.Exists(report) ? File.ReadLines(report).Last() : "";
        File.Delete(report);
        return process.ExitCode switch
        {
            0 => $"{Fate.Survived}",
            TestRun.TooLong => $"{Fate.TooLong} {last}",
            TestRun.Failed => $"{Fate.Killed} {last}",

            // An endless recursion, or more memory than there is.
            _ => $"{Fate.Killed} the process ended with {process.ExitCode}",
        };
    }

    private Process Start(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet",
            ["exec", "--runtimeconfig", Path.Combine(folder, Tests + ".runtimeconfig.json"), "--depsfile", Path.Combine(folder, Tests + ".deps.json"), Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x80000000";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Note(string file, params string[] cells)
    {
        lock (writing)
        {
            File.AppendAllText(file, string.Join('\t', cells.Select(cell => cell.ReplaceLineEndings(" ").Replace('\t', ' '))) + "\n");
        }
    }

    private static IEnumerable<string[]> Lines(string file) => File.Exists(file) ? File.ReadAllLines(file).Select(line => line.Split('\t')) : [];

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
