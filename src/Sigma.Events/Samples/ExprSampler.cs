using Sigma.Queries;
using Sigma.Text;

namespace Sigma.Events.Samples;

/// <summary>Makes events that an expression matches, and near misses.</summary>
/// <param name="expr">The expression.</param>
/// <param name="added">The tests of what such events say of themselves: they tell the log source, and are not broken.</param>
/// <param name="template">The template of the log source.</param>
/// <param name="settings">What the user wants.</param>
/// <param name="limits">What it may cost.</param>
/// <param name="judge">Whether the rule matches an event.</param>
internal sealed class ExprSampler(Expr expr, IReadOnlySet<Expr> added, EventTemplate template, SampleSettings settings, Limits limits, Func<SampleEvent, bool> judge)
{
    /// <summary>How many branches and values are tried, whatever count the user wants.</summary>
    private const int MostTries = 20_000;

    /// <summary>How many tests a reason names.</summary>
    private const int MostNamed = 6;

    private readonly FieldSolver solver = new(template.IsWindows);
    private readonly HashSet<(object Node, int Index)> covered = [];
    private readonly UnintendedMatches unintended = new(expr);
    private readonly List<(PartialEvent PartialEvent, SampleEvent Event)> found = [];
    private readonly List<Diagnostic> diagnostics = [];
    private int number;

    /// <summary>Makes the samples.</summary>
    public RuleSamples Make()
    {
        var samples = new List<Sample>(Positives());
        if (samples.Count > 0)
        {
            var misses = new NearMisses(expr, added, solver, template, unintended, settings, limits[Limits.SampleTests], judge);
            samples.AddRange(misses.Make(found));
            if (samples.TrueForAll(sample => sample.Matches))
            {
                diagnostics.Add(Diagnostic.NoNearMiss(expr.Span));
            }
        }

        return new RuleSamples(samples, diagnostics);
    }

    /// <summary>Makes the first event that matches.</summary>
    /// <param name="report">Takes why there is none.</param>
    /// <returns>The event; null after a report.</returns>
    public PartialEvent? First(List<Diagnostic> report)
    {
        Positives();
        report.AddRange(diagnostics);
        return found.Count > 0 ? found[0].PartialEvent : null;
    }

    private List<Sample> Positives()
    {
        var samples = new List<Sample>();
        Conflict? conflict = null;
        bool certain = true;
        bool tooMany = false;
        int tries = 0;
        foreach ((MatchExpr Leaf, int Index)? focus in Foci(expr, added))
        {
            if (samples.Count == settings.Count || ++tries > MostTries)
            {
                break;
            }

            if (focus is { } way && covered.Contains((way.Leaf, way.Index)))
            {
                continue;
            }

            var partialEvent = new PartialEvent(solver, template.KeywordField);
            var search = new SatisfyingAssignmentSearch(partialEvent, covered, limits[Limits.SampleTests]);
            DateTimeOffset time = settings.Start.AddMinutes(number);
            SampleEvent? made = null;
            bool sound = true;
            if (search.Find(expr, wanted: true, focus, last: () => sound = partialEvent.IsSound))
            {
                template.Fill(partialEvent, time, number, unintended.Passes);
                made = template.Event(partialEvent, time);
                sound = judge(made);
            }

            if (made is null || !sound)
            {
                bool proven = made is null && sound && search is { GaveUp: false, IsCertain: true, Conflict: not null };
                certain &= proven;
                if (search.HasTooMany)
                {
                    tooMany = true;
                    break;
                }

                conflict ??= search.Conflict;
                if (proven && focus is { } dead)
                {
                    diagnostics.Add(Diagnostic.ValueNeverMatches(dead.Leaf.Values[dead.Index].Span, Describe(search.Conflict!)));
                }

                continue;
            }

            number++;
            found.Add((partialEvent, made));
            Cover(partialEvent);
            samples.Add(new Sample(SampleKind.Match, Reason(partialEvent), focus?.Leaf.Values[focus.Value.Index].Span ?? expr.Span, focus?.Leaf.Field, [made]));
        }

        if (samples.Count == 0)
        {
            diagnostics.Clear();
            diagnostics.Add(tooMany ? limits.Exceeded(Limits.SampleTests, Diagnostic.TooManySampleTests, expr.Span)
                : certain && conflict is not null
                ? Diagnostic.NothingMatches(conflict.Test.Value.Span, Describe(conflict))
                : Diagnostic.NoSample(conflict?.Test.Value.Span ?? expr.Span, conflict is null ? "the rule requires too much at once" : Describe(conflict)));
        }

        return samples;
    }

    private void Cover(PartialEvent partialEvent)
    {
        foreach (Slot slot in partialEvent.Slots.Values)
        {
            foreach (Literal literal in slot.Literals.Where(literal => literal.Wanted))
            {
                covered.Add((literal.Leaf, literal.Index));
            }
        }
    }

    /// <summary>
    /// The tests that an event may match through, each with each of its values: the first values of all tests first, so that a
    /// small count sees every branch.
    /// </summary>
    /// <param name="expr">The expression.</param>
    /// <param name="without">Tests that the rule does not choose.</param>
    internal static IEnumerable<(MatchExpr Leaf, int Index)?> Foci(Expr expr, IReadOnlySet<Expr> without)
    {
        List<MatchExpr> leaves = [.. expr.RequiredLeaves().Where(leaf => !without.Contains(leaf))];
        if (leaves.Count == 0)
        {
            yield return null;
        }

        int most = leaves.Count == 0 ? 0 : leaves.Max(leaf => leaf.Values.Length);
        for (int i = 0; i < most; i++)
        {
            foreach (MatchExpr leaf in leaves)
            {
                if (i < leaf.Values.Length)
                {
                    yield return (leaf, i);
                }
            }
        }
    }

    private string Reason(PartialEvent partialEvent)
    {
        var parts = new List<string>();
        foreach ((string field, Slot slot) in partialEvent.Slots)
        {
            foreach (Literal literal in slot.Literals)
            {
                if (literal.Wanted && !added.Contains(literal.Leaf))
                {
                    parts.Add(SampleText.Of(literal, field));
                }
            }
        }

        string more = parts.Count > MostNamed ? $" and {parts.Count - MostNamed} more" : "";
        return parts.Count == 0 ? "nothing that the rule leaves out" : string.Join(", ", parts.Take(MostNamed)) + more;
    }

    private static string Describe(Conflict conflict)
    {
        string test = SampleText.Of(conflict.Test, conflict.Field);
        return conflict.Against is { } against
            ? $"{SampleText.Wish(conflict.Test)}{test} excludes {SampleText.Wish(against)}{SampleText.Of(against, conflict.Field)} {Place(against.Value.Span, conflict.Test.Value.Span)}"
                + (conflict.Test.Wanted && against.Wanted ? ", unless the field is a list" : "")
            : $"no value was found for {SampleText.Wish(conflict.Test)}{test}";
    }

    /// <summary>Where a test stands, seen from another: pipelines and filters add tests from files of their own.</summary>
    private static string Place(Span span, Span from) =>
        span.Source == from.Source ? $"in line {span.Position.Line}"
        : span.Source.IsBuiltIn ? $"in {span.Source.Shown}"
        : $"in {span.Source.Path}, line {span.Position.Line}";
}
