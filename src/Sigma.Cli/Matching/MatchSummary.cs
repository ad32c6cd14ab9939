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

    private readonly HashSet<MatchedRule> matchedRules = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<MatchedRule> spent = [];
    private string file = "";
    private long events;
    private long broken;
    private long unknown;
    private long matches;
    private long slow;
    private int brokenHere;
    private long readHere;
    private int incomplete;
    private bool incompleteHere;

    /// <summary>Whether something could not be read or evaluated, so that matches may be missing.</summary>
    public bool IsIncomplete => incomplete > 0;

    /// <summary>The number of matches.</summary>
    public long Matches => matches;

    /// <summary>Counts a folder, or something else that is not a file, that could not be read.</summary>
    public void Miss() => incomplete++;

    /// <summary>Starts a file.</summary>
    public void Begin(string next)
    {
        file = next;
        brokenHere = 0;
        readHere = 0;
        incompleteHere = false;
    }

    /// <summary>Counts events.</summary>
    public void Add(long read, long ofNoLog)
    {
        events += read;
        readHere += read;
        unknown += ofNoLog;
    }

    /// <summary>Counts a match.</summary>
    public void Add(RuleMatch match)
    {
        matches++;
        matchedRules.Add(match.Rule);
    }

    /// <summary>Reports that the file cannot be read, or not to its end.</summary>
    public void Say(Diagnostic diagnostic)
    {
        messages.Say(diagnostic, file);
        Incomplete();
    }

    /// <summary>Reports a part of the file that is not an event or could not be evaluated.</summary>
    public void Say(EventProblem problem)
    {
        if (problem.IsDamage)
        {
            messages.Say(Diagnostic.DamagedLog(null, problem.Message), file);
            Incomplete();
            return;
        }

        broken++;
        brokenHere++;
        if (brokenHere <= Shown || problem.IsCutShort)
        {
            Diagnostic finding = problem.IsOwnFault ? Diagnostic.EventFails(null, problem.Message)
                : problem.IsCutShort ? Diagnostic.CutShort(null, problem.Message)
                : Diagnostic.BrokenEvent(null, problem.Message);
            messages.Say(finding, problem.Line > 0 ? $"{file}:{problem.Line}" : file);
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
                messages.Say(Diagnostic.RegexTimeSpent(null, rule, settings.RegexTime, settings.RegexTime * Detector.RegexRunFactor), $"{file}:{line}");
            }
        }
        else if (slow <= Shown)
        {
            messages.Say(Diagnostic.SlowRegex(null, rule), $"{file}:{line}");
        }
    }

    /// <summary>Ends a file.</summary>
    public void End()
    {
        if (brokenHere > Shown)
        {
            messages.Note($"sigmac: {file}: {brokenHere - Shown} more broken events");
        }

        if (readHere == 0 && brokenHere > 0 && !incompleteHere)
        {
            Say(Diagnostic.NoEventRead(null));
        }
    }

    /// <summary>Prints the last lines.</summary>
    public void Finish(Detector detector, CorrelationRun correlations, int failed)
    {
        if (unknown > 0 && settings.Unknown.AreOfNoLog && detector.NeedKnownLog > 0)
        {
            messages.Note(
                $"sigmac: {Pluralizer.Count(unknown, "event")} with an unknown log source: tested only against rules that name neither a product nor a service, not against {Pluralizer.Count(detector.NeedKnownLog, "rule")}; "
                + "set their log source with --product, --service or --category");
        }

        string left = (broken > 0 ? $", {broken} broken" : "") + (unknown > 0 ? $", {unknown} with an unknown log source" : "") + (failed > 0 ? $"; {Pluralizer.Count(failed, "rule")} failed" : "");
        string missed = (incomplete > 0 ? $"; {Pluralizer.Count(incomplete, "file")} not read completely" : "")
            + (slow > 0 ? $"; {Pluralizer.Count(slow, "regular expression timeout")}" : "")
            + (correlations.Forgotten > 0 ? $"; {Pluralizer.Count(correlations.Forgotten, "correlation group")} discarded" : "");
        messages.Note($"sigmac: {Pluralizer.Count(events, "event")}{left}; {Pluralizer.Count(detector.Rules, "rule")}; {Pluralizer.Count(matches, "match")} of {Pluralizer.Count(matchedRules.Count, "rule")}{missed}");
    }

    /// <summary>Returns the name of a rule for messages.</summary>
    public static string NameOf(MatchedRule rule) => rule.Metadata.Title.Length > 0 ? rule.Metadata.Title : rule.Path;

    private void Incomplete()
    {
        incomplete += incompleteHere ? 0 : 1;
        incompleteHere = true;
    }
}
