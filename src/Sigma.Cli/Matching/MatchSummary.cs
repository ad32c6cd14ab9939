using Sigma.Events.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The messages of a run of <c>sigmac match</c>: findings about files and events, the first of each kind one by one, and the last line.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="messages">Messages for the user.</param>
internal sealed class MatchSummary(MatchSettings settings, Messages messages)
{
    /// <summary>The number of broken events of a file, and of slow ones of a run, that are reported one by one; the rest is only counted.</summary>
    private const int Shown = 10;

    /// <summary>The number of logs that are named in the last lines.</summary>
    private const int LogsShown = 10;

    private readonly Dictionary<MatchedRule, long> hits = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<MatchedRule> spent = [];
    private readonly Dictionary<EventPart, LogState> states = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<EventFile, (int Logs, int Read)> archives = [];
    private LogState here = new(null, false);
    private long events;
    private long broken;
    private readonly Dictionary<string, long> logs = [];
    private readonly List<string> passedOver = [];
    private string[] unknownFields = [];
    private int read;
    private long unknown;
    private long matches;
    private long slow;
    private int incomplete;
    private bool isPartialOrderSaid;

    /// <summary>Whether something could not be read or evaluated, so that matches may be missing.</summary>
    public bool IsIncomplete => incomplete > 0;

    /// <summary>The number of matches.</summary>
    public long Matches => matches;

    /// <summary>Counts a folder, or something else that is not a file, that could not be read.</summary>
    public void Miss() => incomplete++;

    /// <summary>Counts files of folders that are not logs, and names each.</summary>
    public void PassOver(IEnumerable<UnreadFile> files)
    {
        foreach (UnreadFile file in files)
        {
            passedOver.Add(file.Path);
            messages.Say(Diagnostic.PassedOver(null, file.Reason), file.Path);
        }
    }

    /// <summary>Starts a log.</summary>
    /// <param name="part">The log.</param>
    /// <param name="given">The file that has it.</param>
    public void Begin(EventPart part, EventFile given)
    {
        here = states[part] = new LogState(part, (given.IsNamed && !part.IsInArchive) || EventFileNames.IsOfWindows(part.Name)) { Archive = part.IsInArchive ? given : null };
        if (part.IsInArchive)
        {
            archives[given] = archives.GetValueOrDefault(given) is var count ? (count.Logs + 1, count.Read) : default;
        }
    }

    /// <summary>Goes on with a log that was started: several are read at once.</summary>
    /// <param name="part">The log; null for none yet.</param>
    public void Resume(EventPart? part)
    {
        if (part is not null && states.TryGetValue(part, out LogState? state))
        {
            here = state;
        }
    }

    /// <summary>Counts events.</summary>
    public void Add(long count) => Add(count, [], []);

    /// <summary>Counts events.</summary>
    /// <param name="count">How many.</param>
    /// <param name="ofLogs">How many of each log; those of no known log have an empty name.</param>
    /// <param name="fields">Some fields of those of no known log.</param>
    public void Add(long count, Dictionary<string, long> ofLogs, IReadOnlyCollection<string> fields)
    {
        events += count;
        here.Read += count;
        foreach ((string log, long number) in ofLogs)
        {
            logs[log] = logs.GetValueOrDefault(log) + number;
            unknown += log.Length == 0 ? number : 0;
        }

        unknownFields = unknownFields.Length > 0 ? unknownFields : [.. fields];
    }

    /// <summary>The events whose fields have other names than rules.</summary>
    public RenamedEvents Renamed { get; } = new();

    /// <summary>The events of which a part is not read.</summary>
    public UnreadParts Unread { get; } = new();

    /// <summary>From when to when the events are; null if it is not asked, or they do not tell.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Span { get; private set; }

    /// <summary>Whether a rule matched more often than the user allows.</summary>
    public bool IsTooNoisy { get; private set; }

    /// <summary>Widens the time of the events.</summary>
    public void See((DateTimeOffset From, DateTimeOffset To)? more) =>
        Span = more is { } next && Span is { } now ? (next.From < now.From ? next.From : now.From, next.To > now.To ? next.To : now.To) : Span ?? more;

    /// <summary>Says that not all events could be put in order, the first time.</summary>
    public void SayPartialOrder(int megabytes)
    {
        if (!isPartialOrderSaid)
        {
            isPartialOrderSaid = true;
            messages.Say(Diagnostic.PartialOrder(null, megabytes));
        }
    }

    /// <summary>Counts a match.</summary>
    public void Add(RuleMatch match)
    {
        matches++;
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(hits, match.Rule, out _)++;
    }

    /// <summary>Reports that the file cannot be read, or not to its end.</summary>
    public void Say(Diagnostic diagnostic)
    {
        if (!here.IsNamed && diagnostic.Code.Id is "SIG0843" or "SIG0844")
        {
            // Neither the user nor its name says that it is a log: other files lie in folders and archives, too.
            here.IsRefused = true;
            passedOver.Add(here.Name);
            messages.Say(Diagnostic.PassedOver(null, diagnostic.Message), here.Name);
            return;
        }

        messages.Say(diagnostic, here.Name);
        Incomplete();
    }

    /// <summary>Reports a part of the file that is not an event or could not be evaluated.</summary>
    public void Say(EventProblem problem)
    {
        if (problem.IsDamage)
        {
            messages.Say(Diagnostic.DamagedLog(null, problem.Message), here.Name);
            Incomplete();
            return;
        }

        broken++;
        here.Broken++;
        if (here.Broken <= Shown || problem.IsCutShort)
        {
            Diagnostic finding = problem.IsOwnFault ? Diagnostic.EventFails(null, problem.Message)
                : problem.IsCutShort ? Diagnostic.CutShort(null, problem.Message)
                : Diagnostic.BrokenEvent(null, problem.Message);
            messages.Say(finding, problem.Line > 0 ? $"{here.Name}:{problem.Line}" : here.Name);
        }

        if (problem.IsOwnFault || problem.IsCutShort)
        {
            Incomplete();
        }
    }

    /// <summary>Reports that a rule could not be evaluated on an event.</summary>
    public void Say(RuleTrouble trouble, long line)
    {
        string rule = NameOf(trouble.Rule);
        if (trouble.Failure is { } failure)
        {
            Say(new EventProblem(line, $"the rule '{rule}': {failure.GetType().Name}: {failure.Message}") { IsOwnFault = true });
            return;
        }

        slow++;
        if (trouble.IsTimeSpent)
        {
            if (spent.Add(trouble.Rule))
            {
                messages.Say(Diagnostic.RegexTimeSpent(null, rule, settings.RegexTime, settings.RegexTime * Detector.RegexRunFactor), $"{here.Name}:{line}");
            }
        }
        else if (slow <= Shown)
        {
            messages.Say(Diagnostic.SlowRegex(null, rule), $"{here.Name}:{line}");
        }
    }

    /// <summary>Ends a file.</summary>
    public void End()
    {
        if (here.Broken > Shown)
        {
            messages.Note($"sigmac: {here.Name}: {here.Broken - Shown} more broken events");
        }

        if (here.Read == 0 && here.Broken > 0 && !here.IsIncomplete)
        {
            Say(Diagnostic.NoEventRead(null));
        }

        if (here.Part is { } done)
        {
            states.Remove(done);
        }

        read += here.IsRefused ? 0 : 1;
        if (here.Archive is { } archive && !here.IsRefused)
        {
            archives[archive] = (archives[archive].Logs, archives[archive].Read + 1);
        }
    }

    /// <summary>Ends a file: an archive that the user named has a log.</summary>
    public void EndFile(EventFile given)
    {
        if (given.IsNamed && archives.TryGetValue(given, out (int Logs, int Read) count) && count is { Logs: > 0, Read: 0 })
        {
            messages.Say(Diagnostic.NoEventFile(null, EventFileNames.Count(passedOver.Where(path => path.StartsWith(given.Path + "/", StringComparison.Ordinal)))), given.Path);
            incomplete++;
        }

        archives.Remove(given);
    }

    /// <summary>Prints the last lines.</summary>
    public void Finish(Detector detector, CorrelationRun correlations, int failed)
    {
        if (unknown > 0 && settings.Unknown.AreOfNoLog && detector.NeedKnownLog > 0)
        {
            messages.Note(
                $"sigmac: {Pluralizer.Count(unknown, "event")} with an unknown log source: tested only against rules that name neither a product nor a service, not against {Pluralizer.Count(detector.NeedKnownLog, "rule")}; "
                + "set their log source with --product, --service or --category");
            if (unknownFields.Length > 0)
            {
                messages.Note($"sigmac: fields of the first of them: {string.Join(", ", unknownFields.Select(TerminalText.Visible))}");
            }
        }

        foreach (string note in Renamed.Notes(settings.Pipelines).Concat(Unread.Notes()))
        {
            messages.Note(note);
        }

        foreach ((MatchedRule rule, long count) in hits.Where(rule => rule.Value > settings.MaxHits).OrderByDescending(rule => rule.Value))
        {
            IsTooNoisy = true;
            messages.Say(Diagnostic.TooManyHits(null, NameOf(rule), count == 1 ? "once" : count + " times", settings.MaxHits ?? 0), rule.Path);
        }

        FinishFiles();
        if (logs.Count > 1)
        {
            messages.Note($"sigmac: events by log: {LogsInWords()}");
        }

        int alone = events > 0 ? detector.WithoutEvents.Count : 0;
        if (alone > 0)
        {
            messages.Note($"sigmac: {Pluralizer.Count(alone, "rule")} without an event of {(alone == 1 ? "its" : "their")} log source");
        }

        string left = (broken > 0 ? $", {broken} broken" : "") + (unknown > 0 ? $", {unknown} with an unknown log source" : "") + (failed > 0 ? $"; {Pluralizer.Count(failed, "rule")} failed" : "");
        string missed = (incomplete > 0 ? $"; {Pluralizer.Count(incomplete, "file")} not read completely" : "")
            + (slow > 0 ? $"; {Pluralizer.Count(slow, "regular expression timeout")}" : "")
            + (correlations.Forgotten > 0 ? $"; {Pluralizer.Count(correlations.Forgotten, "correlation group")} discarded" : "");
        messages.Note($"sigmac: {Pluralizer.Count(events, "event")}{left}; {Pluralizer.Count(detector.Rules, "rule")}; {Pluralizer.Count(matches, "match")} of {Pluralizer.Count(hits.Count, "rule")}{missed}");
    }

    /// <summary>Counts the files of folders that are not logs.</summary>
    public void FinishFiles()
    {
        if (passedOver.Count > 0)
        {
            messages.Note($"sigmac: {Pluralizer.Count(passedOver.Count, "file")} passed over that {(passedOver.Count == 1 ? "is no log" : "are no logs")}: {EventFileNames.Count(passedOver)}");
        }
    }

    private string LogsInWords()
    {
        KeyValuePair<string, long>[] most = [.. logs.OrderByDescending(log => log.Value).ThenBy(log => log.Key, StringComparer.Ordinal).Take(LogsShown)];
        string rest = logs.Count > most.Length ? $", {logs.Values.Sum() - most.Sum(log => log.Value)} of {Pluralizer.Count(logs.Count - most.Length, "other log")}" : "";
        return string.Join(", ", most.Select(log => $"{log.Value} {(log.Key.Length == 0 ? "unknown" : TerminalText.Visible(log.Key))}")) + rest;
    }

    /// <summary>Returns the name of a rule for messages.</summary>
    public static string NameOf(MatchedRule rule) => rule.Metadata.Title.Length > 0 ? rule.Metadata.Title : rule.Path;

    private void Incomplete()
    {
        incomplete += here.IsIncomplete ? 0 : 1;
        here.IsIncomplete = true;
    }

    /// <summary>A log that is read.</summary>
    private sealed class LogState(EventPart? part, bool isNamed)
    {
        public EventPart? Part => part;

        public string Name { get; } = part?.Name ?? "";

        /// <summary>Whether the user named it, or its own name says that it is a log.</summary>
        public bool IsNamed => isNamed;

        /// <summary>The archive that has it; null for none.</summary>
        public EventFile? Archive { get; init; }

        public bool IsRefused { get; set; }

        public int Broken { get; set; }

        public long Read { get; set; }

        public bool IsIncomplete { get; set; }
    }
}
