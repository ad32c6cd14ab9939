namespace Sigma.Cli;

/// <summary>What a step of reading a file is.</summary>
internal enum LogStepKind
{
    /// <summary>A log begins.</summary>
    Begins,

    /// <summary>A batch of a log.</summary>
    Goes,

    /// <summary>A log ends, or a file.</summary>
    Ends,
}

/// <summary>A step of reading a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Part">The log in it; null for the end of the file.</param>
/// <param name="Found">What was found in a batch; null where a log begins or ends.</param>
/// <param name="Kind">What it is.</param>
internal sealed record LogStep(EventFile File, EventPart? Part, BatchMatches? Found, LogStepKind Kind);

/// <summary>
/// Reads several files: one after the other, or merged by time, where the next batch is always one of the file that is least far. So what happened
/// at one time is read at about one time, and little has to wait for its turn.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="merges">Whether they are merged.</param>
/// <param name="read">Reads a file.</param>
/// <param name="summary">Is told which log the messages of a step are about.</param>
internal sealed class MergedLogs(IReadOnlyList<EventFile> files, bool merges, Func<EventFile, IEnumerable<LogStep>> read, MatchSummary summary)
{
    /// <summary>So many files are open at a time; others wait until one of these ends.</summary>
    private const int MostOpen = 32;

    private readonly List<Reading> open = [];
    private int next;

    /// <summary>
    /// The time that all files have reached: what comes is later, if they are sorted. The least of all while a file is not open yet, or has
    /// not told a time.
    /// </summary>
    public DateTimeOffset Reached => !merges || next < files.Count ? DateTimeOffset.MinValue
        : open.Count == 0 ? DateTimeOffset.MaxValue
        : open.Min(reading => reading.Taken);

    /// <summary>Reads them.</summary>
    public IEnumerable<LogStep> Read()
    {
        try
        {
            while (true)
            {
                while (open.Count < (merges ? MostOpen : 1) && next < files.Count)
                {
                    open.Add(new Reading(read(files[next++]).GetEnumerator()));
                }

                if (open.Count == 0)
                {
                    yield break;
                }

                Reading least = open.MinBy(reading => reading.Reached)!;
                summary.Resume(least.Part);
                if (!least.MoveNext())
                {
                    open.Remove(least);
                    least.Dispose();
                    continue;
                }

                yield return least.Current;
                least.Take();
            }
        }
        finally
        {
            open.ForEach(reading => reading.Dispose());
        }
    }

    /// <summary>A file that is read.</summary>
    private sealed class Reading(IEnumerator<LogStep> steps) : IDisposable
    {
        /// <summary>The log that is read; null before the first.</summary>
        public EventPart? Part { get; private set; }

        /// <summary>The latest time in what is read; the least of all before one is known.</summary>
        public DateTimeOffset Reached { get; private set; } = DateTimeOffset.MinValue;

        /// <summary>The latest time in what is taken: all but the batch that is being taken.</summary>
        public DateTimeOffset Taken { get; private set; } = DateTimeOffset.MinValue;

        public LogStep Current => steps.Current;

        public bool MoveNext()
        {
            if (!steps.MoveNext())
            {
                return false;
            }

            Part = steps.Current.Part ?? Part;
            // Each log of an archive begins at a time of its own.
            Reached = steps.Current.Kind is LogStepKind.Begins ? DateTimeOffset.MinValue
                : steps.Current.Found?.Span is { } span && span.To > Reached ? span.To : Reached;
            return true;
        }

        /// <summary>Notes that what was read last is taken.</summary>
        public void Take() => Taken = Reached;

        public void Dispose() => steps.Dispose();
    }
}
