using Sigma.Events.Matching;

namespace Sigma.Cli;

/// <summary>
/// What becomes of matched events: their matches are written, and correlations count them. Over several files they are counted in the order of
/// their times, since an attack leaves its traces in several logs. Events wait for their turn in bounded memory; when it is full, those go on that are
/// earlier than what all files have reached, and only if there are too few of them is the order partial, which is said.
/// </summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="isSeveral">Whether there are several files, each in its own order.</param>
/// <param name="writer">Writes the matches.</param>
/// <param name="correlations">Counts.</param>
/// <param name="summary">Receives the findings.</param>
/// <param name="logs">Knows how far the files are read.</param>
internal sealed class MatchOutput(MatchSettings settings, bool isSeveral, MatchWriter writer, CorrelationRun correlations, MatchSummary summary, MergedLogs logs)
{
    /// <summary>About what an event costs that waits for its turn.</summary>
    private const int BytesOfEvent = 512;

    /// <summary>A smaller part than this of what waits is not worth the sorting.</summary>
    private const int Least = 16;

    private readonly bool sortsMatches = settings.Sort || writer.NeedsOrder;
    private readonly int most = Math.Max(1_000, (int)Math.Min(settings.CorrelationMemory * 1024L * 1024L / BytesOfEvent, 4_000_000));
    private List<Waiting> waiting = [];
    private readonly Dictionary<string, DateTimeOffset> lastTimes = [];
    private long released = long.MinValue;
    private long number;

    /// <summary>Takes a matched event.</summary>
    /// <param name="matched">The event.</param>
    /// <param name="file">Its file.</param>
    /// <param name="json">The event itself, where it is wanted.</param>
    public void Add(MatchedEvent matched, string file, byte[]? json)
    {
        bool sortsCounted = isSeveral && matched.Counted.Count > 0;
        if (!sortsMatches)
        {
            Write(file, matched.Matches, json);
        }

        if (sortsMatches || sortsCounted)
        {
            // An event without a time stays behind the one before it.
            if (matched.Time is { } time)
            {
                lastTimes[file] = time;
            }

            long at = lastTimes.TryGetValue(file, out DateTimeOffset last) ? last.UtcTicks : 0;
            waiting.Add(new Waiting(at, number++, matched, file, json));
            if (at < released && at > 0)
            {
                // Later events went on already: its file is not sorted, and reaches further back than what waits.
                summary.SayPartialOrder(settings.CorrelationMemory);
            }

            if (waiting.Count >= most)
            {
                MakeRoom();
            }
        }
        else
        {
            Write(file, correlations.Add(matched), json);
        }
    }

    /// <summary>Writes what waits for its turn.</summary>
    public void Finish() => Release(waiting.Count);

    private void MakeRoom()
    {
        long reached = logs.Reached.UtcTicks;
        int earlier = waiting.Count(one => one.Time < reached);
        if (earlier >= waiting.Count / Least)
        {
            Release(earlier);
            return;
        }

        Release(waiting.Count / 2);
        summary.SayPartialOrder(settings.CorrelationMemory);
    }

    /// <summary>Lets the first go on, in the order of their times.</summary>
    private void Release(int count)
    {
        waiting = [.. waiting.OrderBy(one => one.Time).ThenBy(one => one.Number)];
        released = count > 0 ? Math.Max(released, waiting[count - 1].Time) : released;
        foreach (Waiting one in waiting.Take(count))
        {
            if (sortsMatches)
            {
                Write(one.File, one.Matched.Matches, one.Json);
            }

            Write(one.File, correlations.Add(one.Matched), one.Json);
        }

        waiting.RemoveRange(0, count);
    }

    private void Write(string file, IReadOnlyList<RuleMatch> found, byte[]? json)
    {
        foreach (RuleMatch match in found)
        {
            summary.Add(match);
            try
            {
                writer.Write(match, file, json);
            }
            catch (Exception exception) when (!FileErrors.IsOne(exception) && exception is not OutOfMemoryException)
            {
                summary.Say(new RuleTrouble(match.Rule, exception, IsTimeSpent: false), match.Line);
            }
        }
    }

    /// <summary>An event that waits for its turn.</summary>
    private readonly record struct Waiting(long Time, long Number, MatchedEvent Matched, string File, byte[]? Json);
}
