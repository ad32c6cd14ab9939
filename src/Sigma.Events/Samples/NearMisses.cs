using Sigma.Queries;

namespace Sigma.Events.Samples;

/// <summary>Events that a rule does not match though they are all but one thing like those it matches.</summary>
/// <param name="expr">The expression.</param>
/// <param name="added">The tests of what such events say of themselves; they are not broken.</param>
/// <param name="solver">Finds values.</param>
/// <param name="template">The template of the log source.</param>
/// <param name="unintended">The tests that a filler must not pass.</param>
/// <param name="settings">What the user wants.</param>
/// <param name="mostTests">How many tests a field may have to pass at once.</param>
/// <param name="judge">Whether the rule matches an event.</param>
internal sealed class NearMisses(
    Expr expr,
    IReadOnlySet<Expr> added,
    FieldSolver solver,
    EventTemplate template,
    UnintendedMatches unintended,
    SampleSettings settings,
    long mostTests,
    Func<SampleEvent, bool> judge)
{
    /// <summary>How many ways to break one test are tried.</summary>
    private const int MostTries = 60;

    /// <summary>How many filters are tried, whatever count the user wants.</summary>
    private const int MostFilters = 200;

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Makes near misses: first each test broken once and each filter met once, then further ways to break each test.</summary>
    /// <param name="found">The events that the rule matches.</param>
    public List<Sample> Make(IReadOnlyList<(PartialEvent PartialEvent, SampleEvent Event)> found)
    {
        var queues = new List<IEnumerator<Sample>>();
        var tests = new HashSet<(MatchExpr, int)>();
        foreach ((PartialEvent partialEvent, SampleEvent positive) in found)
        {
            foreach ((string field, Slot slot) in partialEvent.Slots)
            {
                foreach (Literal literal in slot.Literals)
                {
                    if (literal.Wanted && !added.Contains(literal.Leaf) && tests.Add((literal.Leaf, literal.Index)))
                    {
                        queues.Add(Break(partialEvent, positive, field, literal).GetEnumerator());
                    }
                }
            }
        }

        IEnumerator<Sample> filters = Filters().GetEnumerator();
        var samples = new List<Sample>();
        while (queues.Count > 0 || filters is not null)
        {
            queues.RemoveAll(queue => samples.Count < settings.Count && !Take(queue, samples));
            if (samples.Count == settings.Count || (!Take(filters, samples) && queues.Count == 0))
            {
                break;
            }
        }

        return samples;
    }

    private static bool Take(IEnumerator<Sample> queue, List<Sample> samples)
    {
        if (!queue.MoveNext())
        {
            return false;
        }

        samples.Add(queue.Current);
        return true;
    }

    /// <summary>Ways to break one test, one of each kind, each tried until one is no match.</summary>
    private IEnumerable<Sample> Break(PartialEvent partialEvent, SampleEvent positive, string field, Literal literal)
    {
        var done = new HashSet<SampleKind>();
        int tries = 0;
        foreach ((SampleKind kind, FieldValue value, string what) in NearMissValues.Of(literal, partialEvent.ValueOf(field), solver, field, partialEvent.ValueOf))
        {
            if (done.Contains(kind) || ++tries > MostTries)
            {
                continue;
            }

            SampleEvent changed = template.Event(partialEvent, positive.Time, name => name == field ? value : partialEvent.ValueOf(name));
            if (!KeepsOthers(partialEvent, field, literal, value) || judge(changed) || !seen.Add(Key(changed)))
            {
                continue;
            }

            done.Add(kind);
            yield return new Sample(kind, $"not quite {SampleText.Of(literal, field)}: {what}", literal.Value.Span, literal.Field, [changed]);
        }
    }

    /// <summary>Whether the test is all that the new value breaks in its field, so that the sample shows that test.</summary>
    private bool KeepsOthers(PartialEvent partialEvent, string field, Literal broken, FieldValue value)
    {
        if (!value.IsPresent)
        {
            return true;
        }

        Literal[] others = [.. partialEvent.Slots[field].Literals.Where(literal => !literal.IsSame(broken) && literal.Wanted)];
        return solver.Passes(value, others, [], partialEvent.ValueOf);
    }

    /// <summary>Events that would match, were it not that what is left out holds.</summary>
    private IEnumerable<Sample> Filters()
    {
        int tries = 0;
        foreach (NotExpr not in Nots(expr))
        {
            // With the other filters kept from applying, if that can be; else whatever they say.
            Expr met = Replace(expr, not, not.Operand, others: true);
            Expr alone = Replace(expr, not, not.Operand, others: false);
            foreach ((MatchExpr Leaf, int Index)? focus in ExprSampler.Foci(not.Operand, added))
            {
                if (++tries > MostFilters)
                {
                    yield break;
                }

                var partialEvent = new PartialEvent(solver, template.KeywordField);
                if (!new SatisfyingAssignmentSearch(partialEvent, [], mostTests).Find(met, wanted: true, focus, last: () => partialEvent.IsSound))
                {
                    partialEvent = new PartialEvent(solver, template.KeywordField);
                    if (!new SatisfyingAssignmentSearch(partialEvent, [], mostTests).Find(alone, wanted: true, focus, last: () => partialEvent.IsSound))
                    {
                        continue;
                    }
                }

                int number = 1000 + tries;
                template.Fill(partialEvent, settings.Start, number, unintended.Passes);
                SampleEvent made = template.Event(partialEvent, settings.Start);
                if (!judge(made) && seen.Add(Key(made)))
                {
                    string what = focus is { } way
                        ? SampleText.Of(new Literal(way.Leaf, way.Index, true), way.Leaf.Field ?? "")
                        : "what the rule leaves out holds";
                    yield return new Sample(
                        SampleKind.FilterApplies, "left out by the rule: " + what, focus?.Leaf.Values[focus.Value.Index].Span ?? not.Span, focus?.Leaf.Field, [made]);

                    // One value of each filter is enough to begin with.
                    break;
                }
            }
        }
    }

    /// <summary>What is negated where the rest of the rule is wanted; of an OR of filters, each by itself.</summary>
    private static IEnumerable<NotExpr> Nots(Expr expr) => expr switch
    {
        AndExpr and => and.Operands.SelectMany(Nots),
        OrExpr or => or.Operands.SelectMany(Nots),
        NotExpr { Operand: OrExpr filters } => filters.Operands.Select(filter => new NotExpr(filter, filter.Span)),
        NotExpr not => [not],
        _ => [],
    };

    /// <summary>The expression with a filter in the place of what keeps it from applying.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="not">What keeps it from applying.</param>
    /// <param name="by">The filter.</param>
    /// <param name="others">Whether the other filters are kept from applying still.</param>
    private static Expr Replace(Expr expr, NotExpr not, Expr by, bool others)
    {
        switch (expr)
        {
            case AndExpr and:
                return and with { Operands = [.. and.Operands.Where(operand => others || operand is not NotExpr || IsFor(operand, not)).Select(operand => Replace(operand, not, by, others))] };
            case OrExpr or:
                return or with { Operands = [.. or.Operands.Select(operand => Replace(operand, not, by, others))] };
            case NotExpr { Operand: OrExpr filters } several when others && IsFor(expr, not):
                return filters.Operands.Length == 1 ? by : new AndExpr(
                    [by, new NotExpr(new OrExpr([.. filters.Operands.Where(filter => !ReferenceEquals(filter, not.Operand))], several.Span), several.Span)], several.Span);
            case NotExpr when IsFor(expr, not):
                return by;
            default:
                return expr;
        }
    }

    private static bool IsFor(Expr expr, NotExpr not) => expr is NotExpr negated
        && (ReferenceEquals(negated.Operand, not.Operand) || (negated.Operand is OrExpr or && or.Operands.Any(filter => ReferenceEquals(filter, not.Operand))));

    private static string Key(SampleEvent made) =>
        string.Join('\n', made.Fields.Where(field => field.Key is not ("UtcTime" or "ProcessGuid" or "ProcessId" or "LogonGuid" or "Hashes")).Select(field => $"{field.Key}\t{field.Value}"));
}
