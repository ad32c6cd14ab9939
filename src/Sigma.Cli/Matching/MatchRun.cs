using Sigma.Backends;
using Sigma.Matching;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac match</c>: batches of events are looked at side by side, and what was found is written in their order.</summary>
/// <param name="settings">What the user asked for.</param>
internal sealed class MatchRun(MatchSettings settings)
{
    /// <summary>How many batches may be ahead of the one that is being written, for each thread.</summary>
    private const int Ahead = 3;

    /// <summary>So many broken events of a file are reported one by one; the rest is only counted.</summary>
    private const int ShownProblems = 10;

    private const int ProgressBytes = 256 * 1024;

    /// <summary>A batch of less is all that a pipe has now, so its matches are written before more is waited for.</summary>
    private const int ShortBatch = 16 * 1024;

    private readonly Messages messages = Messages.Create(settings.Messages);
    private readonly HashSet<MatchedRule> matchedRules = new(ReferenceEqualityComparer.Instance);
    private long events;
    private long broken;
    private long matches;
    private bool unreadable;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<Pipeline> pipelines = [.. TargetSetup.Pipelines(settings.Pipelines, new BackendCatalog(), diagnostics).OrderBy(pipeline => pipeline.Priority)];
        PipelineSettings shared = TargetSetup.Settings(settings.Pipelines, diagnostics);
        var collection = RuleCollection.Open(settings.Rules, diagnostics);
        IReadOnlyList<string> files = EventFiles.Find(settings.Events, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        IReadOnlyList<ReadDocument> documents = Documents(collection, out int failed);
        failed += collection.SayFilterFindings(messages) && settings.Messages.Strict ? 1 : 0;
        var detecting = new DetectorSettings { Pipelines = pipelines, PipelineSettings = shared, Wanted = collection.Filter.Wants, TimeField = settings.TimeField, Strict = settings.Messages.Strict };
        if (settings.Explain)
        {
            return new ExplainRun(settings, messages, detecting).Execute(documents, collection.Rules, files);
        }

        Detector detector = Detector.Create(documents, collection.Rules, detecting, (document, diagnostic) => messages.Say(diagnostic, document.Span.Source.Path));
        failed += detector.Failed;
        if (detector.Rules == 0)
        {
            if (failed == 0)
            {
                messages.Say(collection.NoneFound);
            }

            return ExitCode.WrongUse;
        }

        using (var output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024))
        using (MatchWriter writer = MatchWriter.Create(settings.Format, output))
        using (var progress = Progress.Start("Matching", (int)Math.Min(EventFiles.Bytes(files) / ProgressBytes, int.MaxValue), false, settings.Messages.Quiet, messages))
        {
            CorrelationRun correlations = detector.NewRun();
            var matchers = new System.Collections.Concurrent.ConcurrentBag<(EventMatcher, Event)>();
            foreach (string file in files)
            {
                Match(file, detector, matchers, correlations, writer, progress);
            }
        }

        return Finish(detector, failed);
    }

    private IReadOnlyList<ReadDocument> Documents(RuleCollection collection, out int failed)
    {
        var documents = new List<ReadDocument>();
        failed = 0;
        foreach ((IReadOnlyList<ReadDocument> read, Diagnostic? error, string path) in collection.InOrder(settings.Jobs, input => (collection.Documents(input, out Diagnostic? error), error, input.Path)))
        {
            if (error is not null)
            {
                messages.Say(error, path);
                failed++;
            }

            documents.AddRange(read);
        }

        return documents;
    }

    private void Match(
        string file,
        Detector detector,
        System.Collections.Concurrent.ConcurrentBag<(EventMatcher, Event)> matchers,
        CorrelationRun correlations,
        MatchWriter writer,
        Progress progress)
    {
        int shown = 0;
        foreach (BatchMatches found in InOrder(EventFiles.Read(file, settings.InputFormat, CannotRead), detector, matchers))
        {
            events += found.Events;
            broken += found.Problems.Count;
            foreach (EventProblem problem in found.Problems)
            {
                if (shown++ < ShownProblems)
                {
                    messages.Say(Codes.BrokenEvent.At(null, problem.Message), $"{file}:{problem.Line}");
                }
            }

            foreach ((MatchedEvent matched, byte[]? json) in found.Matched)
            {
                Write(writer, file, matched.Matches, json);
                Write(writer, file, correlations.Add(matched), json);
            }

            if (found.Matched.Count > 0)
            {
                writer.Flush();
            }

            progress.Step();
        }

        if (shown > ShownProblems)
        {
            messages.Note($"sigmac: {file}: {shown - ShownProblems} more broken events");
        }

        void CannotRead(string reason)
        {
            messages.Say(Codes.CannotRead.At(null, reason), file);
            unreadable = true;
        }
    }

    private void Write(MatchWriter writer, string file, IReadOnlyList<RuleMatch> found, byte[]? json)
    {
        foreach (RuleMatch match in found)
        {
            matches++;
            matchedRules.Add(match.Rule);
            writer.Write(match, file, json);
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

        var running = new Queue<Task<BatchMatches>>();
        foreach (EventBatch batch in batches)
        {
            bool isShort = batch.Bytes < ShortBatch;
            running.Enqueue(Task.Run(() => Work(batch)));
            while (running.Count > 0 && (isShort || running.Count >= settings.Jobs * Ahead || running.Peek().IsCompleted))
            {
                yield return running.Dequeue().GetAwaiter().GetResult();
            }
        }

        while (running.Count > 0)
        {
            yield return running.Dequeue().GetAwaiter().GetResult();
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
                    if (matcher.Match(e, line) is { } matched)
                    {
                        found.Matched.Add((matched, settings.WithEvent ? json.ToArray() : null));
                    }
                },
                found.Problems.Add);
            batch.Release();
            matchers.Add((matcher, room));
            return found;
        }
    }

    private int Finish(Detector detector, int failed)
    {
        if (Detector.SlowPatterns > 0)
        {
            messages.Note($"sigmac: regular expressions took too long on {Detector.SlowPatterns} values, which count as not matching");
        }

        string left = (broken > 0 ? $", {broken} broken" : "") + (failed > 0 ? $"; {Numbered.Of(failed, "rule")} failed" : "");
        messages.Note($"sigmac: {Numbered.Of(events, "event")}{left}; {Numbered.Of(detector.Rules, "rule")}; {Numbered.Of(matches, "match")} of {Numbered.Of(matchedRules.Count, "rule")}");
        return failed > 0 || unreadable || (settings.FailOnMatch && matches > 0) ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    /// <summary>What was found in a batch.</summary>
    private sealed class BatchMatches
    {
        public long Events { get; set; }

        public List<(MatchedEvent Event, byte[]? Json)> Matched { get; } = [];

        public List<EventProblem> Problems { get; } = [];
    }
}
