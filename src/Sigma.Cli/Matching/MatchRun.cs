using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac match</c>: batches of events are matched in parallel, and the matches are written in the order of the events.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class MatchRun(MatchSettings settings, CommandEnvironment environment)
{
    /// <summary>How many batches may be ahead of the one that is being written, for each thread.</summary>
    private const int Ahead = 3;

    /// <summary>So many bytes may be ahead in any case where one file is read at a time: with fewer, a few threads wait while one batch takes longer than the others.</summary>
    private const long BytesAhead = 4 * 1024 * 1024;

    /// <summary>The most batches for these.</summary>
    private const int MostAhead = 64;

    private const int ProgressBytes = 256 * 1024;

    /// <summary>A batch of less is all that a pipe has now, so its matches are written before more is waited for.</summary>
    private const int ShortBatch = 16 * 1024;

    private readonly Messages messages = Messages.Create(settings.Messages, environment);
    private MatchSummary summary = null!;
    private bool merges;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        if (settings.Jobs > 1)
        {
            // The other threads have nothing to do while this one looks through the folders.
            _ = Task.Run(DetectorCompiler.MakeTables);
        }

        var diagnostics = new List<Diagnostic>();
        var input = MatchInput.Open(settings, environment, messages, diagnostics);
        (IReadOnlyList<Pipeline> pipelines, PipelineSettings shared, RuleCollection collection, FoundFiles found) = input;
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        summary = input.NewSummary(settings, messages);
        collection.NoteEmptyFolders(messages);
        var detecting = new DetectorSettings
        {
            Pipelines = pipelines,
            PipelineSettings = shared,
            Wanted = collection.Filter.Wants,
            TimeField = settings.TimeField,
            Strict = settings.Messages.Strict,
            Unknown = settings.Unknown,
            BriefRules = true,
            RegexTime = TimeSpan.FromSeconds(settings.RegexTime),
            CorrelationMemory = settings.CorrelationMemory * 1024L * 1024L,
        };
        var rules = new RuleLoading(settings, messages, collection);
        if (settings.Explain)
        {
            List<ReadDocument> documents = rules.ReadEach(document => document, out _);
            collection.SayFilterFindings(messages, settings.Jobs, saysWanted: false);
            rules.CheckNames(documents.Select(document => (document.Document as SigmaRule)?.LogSource));
            return new ExplainRun(settings, environment, messages, detecting, summary).Execute(documents, collection.Rules, found.Files);
        }

        // A rule is made ready where it is read, so that no more of its file stays in memory than its tests.
        var compiler = new Lazy<DetectorCompiler>(() => new DetectorCompiler(collection.Rules, detecting));
        List<PreparedDocument> prepared = rules.ReadEach(document => compiler.Value.Prepare(document), out int failed);
        failed += collection.SayFilterFindings(messages, settings.Jobs, saysWanted: false) && settings.Messages.Strict ? 1 : 0;
        rules.CheckNames(prepared.Select(document => document.LogSource));
        var findings = new List<(ReadDocument Rule, Diagnostic Finding)>();
        Detector detector = compiler.Value.Compile(prepared, (document, diagnostic) => findings.Add((document, diagnostic)));
        foreach (IGrouping<Span, (ReadDocument Rule, Diagnostic Finding)> rule in findings.GroupBy(finding => finding.Rule.Span))
        {
            messages.SayOfRule([.. rule.Select(finding => finding.Finding)], rule.Key.Source.Path);
        }

        messages.NoteTally();
        failed += detector.Failed;
        if (detector.Rules == 0)
        {
            if (failed == 0)
            {
                messages.Say(collection.NoneFound);
            }

            return ExitCode.WrongUse;
        }

        CorrelationRun correlations = detector.NewRun();
        correlations.Forgets = rule => messages.Say(Diagnostic.CorrelationForgets(null, rule is null ? "a correlation" : $"'{MatchSummary.NameOf(rule)}'", settings.CorrelationMemory));
        using (var output = new BufferedStream(environment.OpenOutput(), 64 * 1024))
        using (MatchWriter writer = CreateWriter(output))
        using (var progress = Progress.Start("Matching", (int)Math.Min(EventFiles.Bytes(found.Files) / ProgressBytes, int.MaxValue), false, settings.Messages.Quiet, messages, environment))
        {
            merges = found.Files.Count > 1 && (settings.Sort || writer.NeedsOrder || !correlations.CountsNothing) && found.Files.TrueForAll(file => file.Path != RuleInputs.StandardInput);
            var matchers = new System.Collections.Concurrent.ConcurrentBag<(EventMatcher, Event)>();
            var logs = new MergedLogs(found.Files, merges, file => Steps(file, detector, matchers), summary);
            var written = new MatchOutput(settings, found.MayBeSeveral, writer, correlations, summary, logs);
            foreach (LogStep step in logs.Read())
            {
                Take(step, written, writer, progress);
            }

            written.Finish();
        }

        summary.Finish(detector, correlations, failed);
        return failed > 0 || summary.IsIncomplete || summary.IsTooNoisy || (settings.FailOnMatch && summary.Matches > 0) ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private MatchWriter CreateWriter(Stream output) => environment.IsOutputTerminal
        ? CreateWriter(settings.Format ?? "table", output, Math.Max(environment.Width, 100))
        : CreateWriter(settings.Format ?? "ndjson", output, int.MaxValue);

    private MatchWriter CreateWriter(string format, Stream output, int width) =>
        format == "summary" ? new SummaryWriter(output, () => summary.Span) : MatchWriter.Create(format, output, settings.SpreadsheetSafe, width);

    /// <summary>Reads a file, step by step.</summary>
    private IEnumerable<LogStep> Steps(EventFile file, Detector detector, System.Collections.Concurrent.ConcurrentBag<(EventMatcher, Event)> matchers)
    {
        foreach (EventPart part in EventFiles.Parts(file, environment))
        {
            yield return new LogStep(file, part, null, LogStepKind.Begins);
            foreach (BatchMatches found in InOrder(EventFiles.Read(part, settings.InputFormat, settings.Recover, summary.Say), detector, matchers))
            {
                yield return new LogStep(file, part, found, LogStepKind.Goes);
            }

            yield return new LogStep(file, part, null, LogStepKind.Ends);
        }

        yield return new LogStep(file, null, null, LogStepKind.Ends);
    }

    private void Take(LogStep step, MatchOutput written, MatchWriter writer, Progress progress)
    {
        switch (step)
        {
            case { Part: { } begun, Kind: LogStepKind.Begins }:
                summary.Begin(begun, step.File);
                break;
            case { Part: { } part, Found: { } found }:
                Take(part, found, written, writer);
                progress.Step();
                break;
            case { Part: not null }:
                summary.End();
                break;
            default:
                summary.EndFile(step.File);
                break;
        }
    }

    private void Take(EventPart part, BatchMatches found, MatchOutput written, MatchWriter writer)
    {
        summary.Add(found.Events, found.Logs, found.UnknownFields);
        summary.Renamed.Add(found.Renamed);
        summary.Unread.Add(found.Unread);
        summary.See(found.Span);
        foreach (EventProblem problem in found.Problems)
        {
            summary.Say(problem);
        }

        foreach ((RuleTrouble trouble, long line) in found.Troubles)
        {
            summary.Say(trouble, line);
        }

        foreach ((MatchedEvent matched, byte[]? json) in found.Matched)
        {
            written.Add(matched, part.Name, json);
        }

        if (found.Matched.Count > 0)
        {
            writer.Flush(part.IsLive);
        }
    }

    private IEnumerable<BatchMatches> InOrder(
        IEnumerable<EventBatch> batches, Detector detector, System.Collections.Concurrent.ConcurrentBag<(EventMatcher, Event)> matchers)
    {
        if (settings.Jobs == 1)
        {
            foreach (EventBatch batch in batches)
            {
                yield return Work(batch);
            }

            yield break;
        }

        // The system may start more threads than are wanted, and each has an event and its tables to hold in the cache.
        var places = new SemaphoreSlim(settings.Jobs);
        var running = new Queue<(Task<BatchMatches> Work, long Bytes)>();
        long bytes = 0;
        foreach (EventBatch batch in batches)
        {
            bool isShort = batch.Bytes < ShortBatch;
            long size = batch.Bytes;
            bytes += size;
            running.Enqueue((Task.Run(() => InTurn(batch)), size));
            while (running.Count > 0 && (isShort || IsFarAhead() || running.Peek().Work.IsCompleted))
            {
                yield return Next();
            }
        }

        while (running.Count > 0)
        {
            yield return Next();
        }

        bool IsFarAhead() => running.Count >= settings.Jobs * Ahead && (merges || bytes >= BytesAhead || running.Count >= MostAhead);

        BatchMatches Next()
        {
            (Task<BatchMatches> first, long ofFirst) = running.Dequeue();
            bytes -= ofFirst;
            return first.GetAwaiter().GetResult();
        }

        async Task<BatchMatches> InTurn(EventBatch batch)
        {
            await places.WaitAsync().ConfigureAwait(false);
            try
            {
                return Work(batch);
            }
            finally
            {
                places.Release();
            }
        }

        BatchMatches Work(EventBatch batch)
        {
            (EventMatcher matcher, Event room) = matchers.TryTake(out (EventMatcher, Event) free) ? free : (detector.NewMatcher(), EventInput.NewEvent());
            var found = new BatchMatches();
            batch.Read(
                room,
                (e, line, json) =>
                {
                    found.Events++;
                    MatchedEvent? matched = matcher.Match(e, line);
                    found.Add(matcher.LogName);
                    found.Renamed.Add(matcher.Pipelines);
                    if (matcher.HasOnlyMessage)
                    {
                        found.Unread.AddMessage();
                    }

                    if (matched is { Time: null })
                    {
                        found.Unread.AddTime(matcher.UnreadTime);
                    }

                    if ((merges || settings.Format == "summary") && matcher.Time is { } time)
                    {
                        found.See(time);
                    }

                    matched = matched is not null && settings.IsOutside(matched.Time) ? null : matched;
                    if (!matcher.IsOfKnownLog)
                    {
                        found.AddUnknown(e);
                    }

                    if (matcher.HasTroubles)
                    {
                        found.Troubles.AddRange(matcher.Troubles.Select(trouble => (trouble, line)));
                    }

                    if (matched is not null)
                    {
                        found.Matched.Add((matched, settings.WithEvent ? json.IsEmpty ? EventJson.Of(e) : json.ToArray() : null));
                    }
                },
                found.Problems.Add);
            batch.Release();
            matchers.Add((matcher, room));
            return found;
        }
    }
}
