using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sigma.Mutation;

/// <summary>Tries mutants in a few processes, each of which tries many: most mutants are killed so within a second.</summary>
/// <param name="settings">What the run is asked for.</param>
/// <param name="processes">Starts the processes.</param>
/// <param name="coverage">The file that says which test comes by which mutants; it is made where it is absent.</param>
internal sealed class Workers(MutationSettings settings, TestProcesses processes, string coverage)
{
    /// <summary>Finds out which test comes by which mutants.</summary>
    /// <param name="mutants">How many mutants there are.</param>
    public IReadOnlyList<CoveredTest> Cover(int mutants)
    {
        if (!File.Exists(coverage))
        {
            string[] shares = [.. Enumerable.Range(0, settings.Jobs).Select(share => $"{coverage}.{share}")];
            Parallel.For(0, shares.Length, share =>
            {
                using Process process = processes.Start(["cover", processes.Tests, shares[share], $"{mutants}", $"{share}", $"{shares.Length}", $"{settings.Slowest}"], []);
                process.StandardInput.Close();
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0)
                {
                    throw new InvalidOperationException($"the tests without a mutant ended with {process.ExitCode}");
                }
            });
            File.WriteAllLines(coverage, shares.SelectMany(File.ReadAllLines));
        }

        return [.. File.ReadLines(coverage).Select(CoveredTest.Read)];
    }

    /// <summary>Tries mutants.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="known">What is known of one without a try; null where it is to be tried.</param>
    /// <param name="goesOn">Whether there is time for another.</param>
    /// <param name="take">Takes what became of one, with what told it.</param>
    public void Try(IEnumerable<int> numbers, Func<int, Fate?> known, Func<bool> goesOn, Action<int, string> take)
    {
        var left = new ConcurrentQueue<int>(numbers);
        Parallel.For(0, settings.Jobs, _ =>
        {
            Process? worker = null;
            while (goesOn() && left.TryDequeue(out int number))
            {
                if (known(number) is { } fate)
                {
                    take(number, fate.ToString());
                    continue;
                }

                string answer = Ask(ref worker, number);
                take(number, answer.StartsWith(Worker.Spoiled, StringComparison.Ordinal) ? Ask(ref worker, number).Replace(Worker.Spoiled, $"{Fate.Killed} failed:", StringComparison.Ordinal) : answer);
            }

            End(ref worker);
        });
    }

    private string Ask(ref Process? worker, int number)
    {
        worker ??= processes.Start(["try", processes.Tests, coverage, settings.Seconds.ToString(CultureInfo.InvariantCulture)], []);
        worker.StandardInput.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        worker.StandardInput.Flush();
        while (worker.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Worker.Mark))
            {
                if (!line.AsSpan(1).StartsWith($"{Fate.Survived}") && !line.AsSpan(1).StartsWith($"{Fate.Killed}"))
                {
                    End(ref worker);
                }

                return line[1..];
            }
        }

        // An endless recursion, or more memory than there is.
        worker.WaitForExit();
        string end = $"{Fate.Killed} the process ended with {worker.ExitCode}";
        End(ref worker);
        return end;
    }

    private static void End(ref Process? worker)
    {
        if (worker is not null)
        {
            worker.StandardInput.Close();
            worker.StandardOutput.ReadToEnd();
            worker.WaitForExit();
            worker.Dispose();
            worker = null;
        }
    }
}
