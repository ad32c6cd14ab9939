using System.Diagnostics;
using CsCheck;

namespace Sigma.Tests.Fuzzing;

/// <summary>An input that a target takes as it must not.</summary>
/// <param name="Target">The target.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Number">The input's number in it.</param>
/// <param name="What">What happened.</param>
/// <param name="Input">The smallest input that shows it.</param>
internal sealed record FuzzFinding(string Target, ulong Seed, long Number, string What, string Input)
{
    public override string ToString() => $"{Target}, seed {Seed}, number {Number}: {What}\n{Input}";
}

/// <summary>Mutated inputs for one target, each looked at for at most so much time and memory.</summary>
/// <param name="target">The target.</param>
/// <param name="seed">Decides all inputs.</param>
internal sealed class FuzzRun(FuzzTarget target, ulong seed)
{
    private const int MostFindings = 10;
    private const int MostTries = 600;
    private const long MostBytes = 1L << 30;

    /// <summary>What takes so long hangs, on a machine that is busy with other things too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Mutator mutator = new(target.Corpus());
    private readonly List<FuzzFinding> findings = [];
    private long next;
    private long inputs;
    private long past;

    /// <summary>How many inputs were tried.</summary>
    public long Inputs => inputs;

    /// <summary>How many of them got past the reader of their kind without an error.</summary>
    public long Past => past;

    /// <summary>What was found.</summary>
    public IReadOnlyList<FuzzFinding> Findings => findings;

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Tries inputs.</summary>
    /// <param name="count">How many.</param>
    /// <param name="jobs">How many at once.</param>
    /// <param name="progress">Who is told about each.</param>
    public FuzzRun Run(long count, int jobs = 1, RunProgress? progress = null)
    {
        var clock = Stopwatch.StartNew();
        var now = new (long Number, long Since)[jobs];
        Thread[] threads = [.. Enumerable.Range(0, jobs).Select(job => new Thread(() => Work(count, progress, ref now[job]), 16 * 1024 * 1024) { IsBackground = true })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        while (threads.Any(thread => !thread.Join(TimeSpan.FromSeconds(0.2))))
        {
            foreach ((long number, long since) in now)
            {
                if (since > 0 && Stopwatch.GetElapsedTime(since) > Patience)
                {
                    // It cannot be stopped; the run ends here, and says where.
                    findings.Add(new FuzzFinding(target.Name, seed, number, $"still at work after {Patience.TotalSeconds} s", Text(number)));
                    Elapsed = clock.Elapsed;
                    return this;
                }
            }
        }

        Elapsed = clock.Elapsed;
        return this;
    }

    /// <summary>What happens to an input: null when it is as it must be.</summary>
    public static string? Look(FuzzTarget target, string input, ulong choice, out bool isPast)
    {
        isPast = false;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            isPast = target.Try(input, choice);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            return bytes > MostBytes ? $"{bytes / 1024 / 1024} MB for {input.Length} characters" : null;
        }
        catch (FuzzFailure failure)
        {
            return failure.Message;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception.ToString();
        }
    }

    private void Work(long count, RunProgress? progress, ref (long Number, long Since) now)
    {
        while (findings.Count < MostFindings && Interlocked.Increment(ref next) - 1 is var number && number < count)
        {
            now = (number, Stopwatch.GetTimestamp());
            string? what = Look(target, Text(number), Choice(number), out bool isPast);
            now.Since = 0;
            Interlocked.Increment(ref inputs);
            progress?.Add(1, $"{target.Name}, {findings.Count} findings");
            if (isPast)
            {
                Interlocked.Increment(ref past);
            }

            if (what is not null)
            {
                var finding = new FuzzFinding(target.Name, seed, number, what, Least(number, what));
                lock (findings)
                {
                    findings.Add(finding);
                }

                progress?.Tell([finding.ToString()]);
            }
        }
    }

    private string Text(long number)
    {
        var random = Random(number);
        string text = FuzzTree.Write(mutator.Make(random, target.MostChanges));
        return random.Next(20) == 0 ? Mutator.Damage(text, random) : text;
    }

    private PCG Random(long number) => new((uint)number, seed);

    /// <summary>What a target chooses by, say a format.</summary>
    private ulong Choice(long number) => (ulong)number + seed;

    /// <summary>The smallest input with the same end: parts away as long as it stays.</summary>
    private string Least(long number, string what)
    {
        string head = Head(what);
        int tries = MostTries;
        var random = Random(number);
        IReadOnlyList<FuzzTree> documents = mutator.Make(random, target.MostChanges);
        if (!Fails(FuzzTree.Write(documents)))
        {
            return Text(number);
        }

        for (bool smaller = true; smaller && tries > 0;)
        {
            smaller = false;
            foreach (IReadOnlyList<FuzzTree> candidate in Smaller(documents))
            {
                if (tries-- <= 0)
                {
                    break;
                }

                if (Fails(FuzzTree.Write(candidate)))
                {
                    documents = candidate;
                    smaller = true;
                    break;
                }
            }
        }

        return FuzzTree.Write(documents);

        bool Fails(string input) => Look(target, input, Choice(number), out _) is { } again && Head(again) == head;
    }

    private static string Head(string what) => what.Split('\n', ':')[0];

    private static IEnumerable<IReadOnlyList<FuzzTree>> Smaller(IReadOnlyList<FuzzTree> documents)
    {
        for (int i = 0; i < documents.Count; i++)
        {
            if (documents.Count > 1)
            {
                yield return [.. documents.Where((_, n) => n != i)];
            }

            foreach (FuzzTree less in Smaller(documents[i]))
            {
                yield return [.. documents.Select((document, n) => n == i ? less : document)];
            }
        }
    }

    private static IEnumerable<FuzzTree> Smaller(FuzzTree tree)
    {
        switch (tree)
        {
            case FuzzTree.FuzzMap map:
                for (int i = 0; i < map.Entries.Count; i++)
                {
                    yield return new FuzzTree.FuzzMap([.. map.Entries.Where((_, n) => n != i)]);
                    foreach (FuzzTree less in Smaller(map.Entries[i].Value))
                    {
                        yield return new FuzzTree.FuzzMap([.. map.Entries.Select((entry, n) => n == i ? (entry.Key, less) : entry)]);
                    }
                }

                break;
            case FuzzTree.FuzzList list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    yield return new FuzzTree.FuzzList([.. list.Items.Where((_, n) => n != i)]);
                    foreach (FuzzTree less in Smaller(list.Items[i]))
                    {
                        yield return new FuzzTree.FuzzList([.. list.Items.Select((item, n) => n == i ? less : item)]);
                    }
                }

                break;
            case FuzzTree.FuzzText { Text.Length: > 1 } text:
                yield return text with { Text = text.Text[(text.Text.Length / 2)..] };
                yield return text with { Text = text.Text[..(text.Text.Length / 2)] };
                break;
        }
    }
}

/// <summary>An input was taken as it must not be.</summary>
internal sealed class FuzzFailure(string message) : Exception(message);
