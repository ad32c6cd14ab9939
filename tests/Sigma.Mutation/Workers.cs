using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sigma.Mutation;

/// <summary>Tries mutants in a few processes, each of which tries many: most mutants are killed so within a second.</summary>
/// <param name="settings">What the run is asked for.</param>
/// <param name="processes">Starts the processes.</param>
/// <param name="coverage">The file that says which test reaches which places; it is made where it is absent.</param>
/// <param name="mutants">The list of mutants.</param>
internal sealed class Workers(MutationSettings settings, TestProcesses processes, string coverage, string mutants)
{
    /// <summary>Finds out which test reaches which places of mutants.</summary>
    /// <param name="count">How many mutants there are.</param>
    public IReadOnlyList<CoveredTest> Cover(int count)
    {
        if (!File.Exists(coverage))
        {
            string[] shares = [.. Enumerable.Range(0, settings.Jobs).Select(share => $"{coverage}.{share}")];
            Parallel.For(0, shares.Length, share =>
            {
                using Process process = processes.Start(["cover", processes.Tests, shares[share], $"{count}", $"{share}", $"{shares.Length}", $"{settings.Slowest}"], []);
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
    /// <param name="left">Their numbers, each with the seconds of tests that it has survived.</param>
    /// <param name="known">What is known of one without a try; null where it is to be tried.</param>
    /// <param name="goesOn">Whether there is time for another.</param>
    /// <param name="take">Takes what became of one, with what told it.</param>
    public void Try(IEnumerable<(int Number, double Spent)> left, Func<int, Fate?> known, Func<bool> goesOn, Action<int, string> take)
    {
        var queue = new ConcurrentQueue<(int Number, double Spent)>(left);
        Parallel.For(0, settings.Jobs, _ =>
        {
            Process? worker = null;
            while (goesOn() && queue.TryDequeue(out (int Number, double Spent) next))
            {
                if (known(next.Number) is { } fate)
                {
                    take(next.Number, fate.ToString());
                    continue;
                }

                string answer = Ask(ref worker, next);
                take(next.Number, answer.StartsWith(Worker.Spoiled, StringComparison.Ordinal) ? Ask(ref worker, next).Replace(Worker.Spoiled, $"{Fate.Killed} failed:", StringComparison.Ordinal) : answer);
            }

            End(ref worker);
        });
    }

    private string Ask(ref Process? worker, (int Number, double Spent) next)
    {
        worker ??= processes.Start(["try", processes.Tests, coverage, mutants, settings.Seconds.ToString(CultureInfo.InvariantCulture)], []);
        worker.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{next.Number} {next.Spent}"));
        worker.StandardInput.Flush();
        while (worker.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Worker.Mark))
            {
                if (line.AsSpan(1).StartsWith(Worker.Spoiled) || line.EndsWith(Worker.ForGood, StringComparison.Ordinal))
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
