using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Testing;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Passed">Whether it is as expected.</param>
/// <param name="Matches">The numbers of the events that match, from 1.</param>
/// <param name="Events">How many events there are.</param>
/// <param name="Message">One line with the result and the expectation; null if the case passed without a remark.</param>
/// <param name="Details">Further lines that say why; none if it passed.</param>
internal sealed record CaseResult(RuleCase Case, bool Passed, IReadOnlyList<int> Matches, int Events, string? Message, IReadOnlyList<string> Details);

/// <summary>Runs the cases of one rule.</summary>
/// <param name="rule">The rule, with its filters, for explanations; null for a correlation.</param>
/// <param name="matcher">The prepared rule or correlation.</param>
/// <param name="explainer">Says why an event matches or does not; null for a correlation.</param>
internal sealed class CaseRunner(SigmaRule? rule, SeriesMatcher matcher, RuleMatcher? explainer)
{
    /// <summary>How many events of a failed case are explained.</summary>
    private const int MostExplained = 3;

    /// <summary>Prepares a rule for its cases.</summary>
    /// <param name="document">The rule or correlation.</param>
    /// <param name="links">The documents of all files, linked.</param>
    /// <param name="settings">How events are matched.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The runner; null after an error.</returns>
    public static CaseRunner? Create(ReadDocument document, RuleSet links, DetectorSettings settings, List<Diagnostic> diagnostics)
    {
        if (SeriesMatcher.Create(document, links, settings, diagnostics) is not { } matcher)
        {
            return null;
        }

        SigmaRule? rule = document.Document is SigmaRule read ? links.Filtered(read) : null;
        RuleMatcher? explainer = rule is null ? null : RuleMatcher.Create(rule, [], settings.Pipelines, settings.PipelineSettings);
        return new CaseRunner(rule, matcher, explainer);
    }

    /// <summary>Runs a case.</summary>
    /// <param name="one">The case.</param>
    /// <param name="events">Its events.</param>
    public CaseResult Run(RuleCase one, IReadOnlyList<Event> events)
    {
        IReadOnlyList<int> matches = matcher.Match(events);
        if (one.Expected.IsMet(matches))
        {
            string? slow = matcher.TooSlow.Count > 0 ? TooSlow() : null;
            string? more = one.Count is { } usual && matches.Count > usual ? $"{matches.Count} events match, and match_count is {usual}" : null;
            return new CaseResult(one, true, matches, events.Count, slow is null ? more : more is null ? slow : $"{more}; {slow}", []);
        }

        string which = matches.Count == 0 ? "" : $" ({string.Join(", ", matches)})";
        string what = rule is null || rule.Conditions.Any(condition => condition.Aggregation is not null) ? "complete the correlation" : "match";
        string message = $"{matches.Count} of {events.Count} {(events.Count == 1 ? "event" : "events")} {what}{which}; expected: {one.Expected}" + (matcher.TooSlow.Count > 0 ? "; " + TooSlow() : "");
        return new CaseResult(one, false, matches, events.Count, message, [.. Explain(one, events, matches)]);
    }

    private string TooSlow() => $"a regular expression took too long on {(matcher.TooSlow.Count == 1 ? "event" : "events")} {string.Join(", ", matcher.TooSlow.Take(10))}, and counts as not found";

    private IEnumerable<string> Explain(RuleCase one, IReadOnlyList<Event> events, IReadOnlyList<int> matches)
    {
        if (explainer is null)
        {
            yield break;
        }

        // What should match and does not, or, where there are too many, what matches and should not.
        IReadOnlyList<int>? wanted = one.Expected.Numbers;
        bool tooFew = wanted is null ? matches.Count < one.Expected.Least : wanted.Except(matches).Any();
        IEnumerable<int> numbers = tooFew
            ? Enumerable.Range(1, events.Count).Where(number => !matches.Contains(number) && (wanted is null || wanted.Contains(number)))
            : matches.Where(number => wanted is null || !wanted.Contains(number));
        IEnumerable<(int Number, Explanation Why)> explained = numbers.Take(200).Select(number => (number, explainer.Explain(events[number - 1])));

        // The nearest first: those in which the fewest tests decide.
        foreach ((int number, Explanation why) in explained.OrderBy(pair => ExplanationText.Deciding(pair.Why).Count()).Take(MostExplained))
        {
            yield return $"event {number} {(tooFew ? "does not match" : "matches")}:";
            foreach (string line in ExplanationText.Lines(why))
            {
                yield return "  " + line;
            }
        }
    }
}
