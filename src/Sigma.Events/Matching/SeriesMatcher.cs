using System.Runtime.ExceptionServices;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Evaluates one rule, or one correlation with the rules it counts, on a few events in their order.</summary>
internal sealed class SeriesMatcher
{
    private readonly Detector detector;
    private readonly EventMatcher matcher;

    private SeriesMatcher(Detector detector)
    {
        this.detector = detector;
        matcher = detector.NewMatcher();
    }

    /// <summary>Prepares a rule or correlation.</summary>
    /// <param name="document">The document.</param>
    /// <param name="links">The documents of all files, linked.</param>
    /// <param name="settings">How.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The matcher; null after an error.</returns>
    public static SeriesMatcher? Create(ReadDocument document, RuleSet links, DetectorSettings settings, List<Diagnostic> diagnostics)
    {
        // By itself: among others, what only a correlation counts is not reported.
        var closure = new Dictionary<ReadDocument, ReadDocument>(ReferenceEqualityComparer.Instance);
        Gather(document, links, closure);
        ReadDocument alone = closure[document];
        var settled = settings with { Wanted = wanted => ReferenceEquals(wanted, alone) };
        var detector = Detector.Create([alone], RuleSet.Link([.. closure.Values]), settled, (_, diagnostic) => diagnostics.Add(diagnostic));
        return detector.Rules == 1 && detector.Failed == 0 ? new SeriesMatcher(detector) : null;
    }

    /// <summary>The numbers of the events of the last series on which regular expressions took too long; they count as not found.</summary>
    public IReadOnlyList<int> TooSlow { get; private set; } = [];

    /// <summary>Matches a series.</summary>
    /// <param name="events">The events.</param>
    /// <returns>The numbers of the events that the rule matches, or that complete the correlation, from 1.</returns>
    public IReadOnlyList<int> Match(IEnumerable<Event> events)
    {
        var numbers = new List<int>();
        CorrelationRun run = detector.NewRun();
        var slow = new List<int>();
        int number = 0;
        foreach (Event e in events)
        {
            number++;
            if (matcher.Match(e, number) is { } matched && (matched.Matches.Count > 0 | run.Add(matched).Count > 0))
            {
                numbers.Add(number);
            }

            if (matcher.HasTroubles)
            {
                // A rule that cannot be judged has no result.
                if (matcher.Troubles.Select(trouble => trouble.Failure).OfType<Exception>().FirstOrDefault() is { } failure)
                {
                    ExceptionDispatchInfo.Throw(failure);
                }

                slow.Add(number);
            }
        }

        TooSlow = slow;
        return numbers;
    }

    /// <summary>The documents that one needs, with their filters in them.</summary>
    private static void Gather(ReadDocument document, RuleSet links, Dictionary<ReadDocument, ReadDocument> closure)
    {
        if (!closure.TryAdd(document, document.Document is SigmaRule rule ? document with { Document = links.Filtered(rule) } : document))
        {
            return;
        }

        foreach (RuleReference reference in (document.Document as SigmaCorrelation)?.Rules ?? [])
        {
            if (links.Find(reference) is { } part)
            {
                Gather(part, links, closure);
            }
        }
    }
}
