using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sigma.Queries;

namespace Sigma.Events.Samples;

/// <summary>
/// Searches for an assignment of values to fields that makes an expression hold: a branch of each OR, a value of each list, a part
/// of each negation that does not hold. It adds the tests of a choice to a partial event, and backtracks when two tests exclude each
/// other.
/// </summary>
/// <param name="partialEvent">The event in the making.</param>
/// <param name="covered">Branches and values that other events went already; they come last.</param>
/// <param name="mostTests">How many tests a field may have to pass at once: each text that passes some is tried on all of them.</param>
internal sealed class SatisfyingAssignmentSearch(PartialEvent partialEvent, HashSet<(object Node, int Index)> covered, long mostTests)
{
    /// <summary>How many steps one search takes before it is given up.</summary>
    private const int MostSteps = 4000;

    /// <summary>So many tests of one field that must all hold are added together.</summary>
    private const int Many = 20;

    private readonly HashSet<Expr> path = new(ReferenceEqualityComparer.Instance);
    private MatchExpr? focus;
    private int focusIndex;
    private int steps;

    /// <summary>Whether the search was given up, so that it says nothing about whether there is an assignment.</summary>
    public bool GaveUp => steps > MostSteps;

    /// <summary>Whether it was given up because a field would have to pass too many tests at once.</summary>
    public bool HasTooMany { get; private set; }

    /// <summary>Whether it backtracked each time because two tests certainly exclude each other.</summary>
    public bool IsCertain { get; private set; }

    /// <summary>Whether that is so however many values the fields have.</summary>
    public bool IsCertainOfLists { get; private set; }

    /// <summary>The most telling of the conflicts that made it backtrack.</summary>
    public Conflict? Conflict { get; private set; }

    /// <summary>Finds an assignment.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="wanted">Whether it must hold, or must not.</param>
    /// <param name="through">A test that must hold, and with which of its values; null for any.</param>
    /// <param name="last">What else must hold at the end; null for nothing.</param>
    /// <returns>Whether there is one; the partial event then has it.</returns>
    public bool Find(Expr expr, bool wanted, (MatchExpr Leaf, int Index)? through = null, Func<bool>? last = null)
    {
        steps = 0;
        Conflict = null;
        IsCertain = true;
        IsCertainOfLists = true;
        path.Clear();
        focus = through?.Leaf;
        focusIndex = through?.Index ?? 0;
        if (focus is not null)
        {
            Trace(expr);
        }

        try
        {
            return Assign(expr, wanted, last ?? (() => true));
        }
        catch (InsufficientExecutionStackException)
        {
            // Thousands of tests that must all hold: each is a step deeper.
            steps = MostSteps + 1;
            return false;
        }
    }

    private bool Trace(Expr expr)
    {
        bool on = expr switch
        {
            AndExpr and => and.Operands.Any(Trace),
            OrExpr or => or.Operands.Any(Trace),
            NotExpr not => Trace(not.Operand),
            _ => ReferenceEquals(expr, focus),
        };
        if (on)
        {
            path.Add(expr);
        }

        return on;
    }

    private bool Assign(Expr expr, bool wanted, Func<bool> next)
    {
        if (++steps > MostSteps)
        {
            return false;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        return expr switch
        {
            NotExpr not => Assign(not.Operand, !wanted, next),
            AndExpr and => wanted ? AssignAll(Ordered(and.Operands, wanted), 0, wanted, next) : AssignAny(and, and.Operands, wanted, next),
            OrExpr or => wanted ? AssignAny(or, or.Operands, wanted, next) : AssignAll(Ordered(or.Operands, wanted), 0, wanted, next),
            MatchExpr match => wanted ? AssignOneOf(match, next) : ExcludeAll(match, next),
            _ => throw new System.Diagnostics.UnreachableException(expr.GetType().Name),
        };
    }

    /// <summary>First what leaves the least choice: single tests, then lists, then what is only to be kept from holding.</summary>
    private static Expr[] Ordered(ImmutableArray<Expr> operands, bool wanted) => [.. operands.OrderBy(operand => Choice(operand, wanted))];

    private static int Choice(Expr expr, bool wanted) => expr switch
    {
        MatchExpr match when wanted => match.Values.Length == 1 ? 0 : 1,
        MatchExpr => 4,
        NotExpr not => Choice(not.Operand, !wanted),
        AndExpr => wanted ? 2 : 5,
        _ => wanted ? 3 : 6,
    };

    private bool AssignAll(Expr[] operands, int at, bool wanted, Func<bool> next)
    {
        if (at == operands.Length)
        {
            return next();
        }

        int many = at;
        while (wanted && many < operands.Length && operands[many] is MatchExpr { Values.Length: 1 } single && single.Field == ((MatchExpr)operands[at]).Field)
        {
            many++;
        }

        return many - at < Many
            ? Assign(operands[at], wanted, () => AssignAll(operands, at + 1, wanted, next))
            : AssignTogether(operands[at..many], () => AssignAll(operands, many, wanted, next));
    }

    /// <summary>Adds many tests of one field at once; one after another, each would be solved with all before it.</summary>
    private bool AssignTogether(Expr[] tests, Func<bool> next)
    {
        if (tests.Length > mostTests)
        {
            HasTooMany = true;
            steps = MostSteps + 1;
            return false;
        }

        return AssignAll([.. tests.Select(test => new Literal((MatchExpr)test, 0, true))], next);
    }

    private bool AssignAny(Expr node, ImmutableArray<Expr> operands, bool wanted, Func<bool> next)
    {
        foreach (int i in Order(node, operands, wanted))
        {
            var mark = partialEvent.Mark;
            if (Assign(operands[i], wanted, next))
            {
                return true;
            }

            partialEvent.Undo(mark);
            if (steps > MostSteps)
            {
                return false;
            }
        }

        return false;
    }

    private IEnumerable<int> Order(Expr node, ImmutableArray<Expr> operands, bool wanted)
    {
        for (int i = 0; path.Contains(node) && i < operands.Length; i++)
        {
            if (path.Contains(operands[i]))
            {
                return [i];
            }
        }

        return wanted
            ? Enumerable.Range(0, operands.Length).OrderBy(i => IsCovered(operands[i]) ? 1 : 0)
            : Enumerable.Range(0, operands.Length).OrderBy(i => !CanHold(operands[i]) ? 0 : operands[i] is MatchExpr ? 1 : 2);
    }

    /// <summary>Whether an expression holds as things stand. What does not hold anyway is the first choice for what must not.</summary>
    private bool CanHold(Expr expr) =>
        expr.Holds(match => Enumerable.Range(0, match.Values.Length).Any(i => partialEvent.Holds(new Literal(match, i, true))));

    private bool IsCovered(Expr expr) => expr switch
    {
        AndExpr and => and.Operands.All(IsCovered),
        OrExpr or => or.Operands.All(IsCovered),
        NotExpr => true,
        MatchExpr match => Enumerable.Range(0, match.Values.Length).All(i => covered.Contains((match, i))),
        _ => throw new System.Diagnostics.UnreachableException(expr.GetType().Name),
    };

    private bool AssignOneOf(MatchExpr match, Func<bool> next)
    {
        IEnumerable<int> order = ReferenceEquals(match, focus) ? [focusIndex]
            : match.Values.Length == 1 ? [0]
            : Enumerable.Range(0, match.Values.Length).OrderBy(i => covered.Contains((match, i)) ? 1 : 0);
        foreach (int i in order)
        {
            if (++steps > MostSteps)
            {
                return false;
            }

            var mark = partialEvent.Mark;
            if (!partialEvent.TryAdd([new Literal(match, i, true)]))
            {
                Note();
            }
            else if (next())
            {
                return true;
            }

            partialEvent.Undo(mark);
        }

        return false;
    }

    private bool ExcludeAll(MatchExpr match, Func<bool> next) => AssignAll([.. match.Values.Select((_, i) => new Literal(match, i, false))], next);

    private bool AssignAll(Literal[] literals, Func<bool> next)
    {
        var mark = partialEvent.Mark;
        if (!partialEvent.TryAdd(literals))
        {
            Note();
            return false;
        }

        if (next())
        {
            return true;
        }

        partialEvent.Undo(mark);
        return false;
    }

    private void Note()
    {
        IsCertain &= partialEvent.Conflict is { IsCertain: true };
        IsCertainOfLists &= partialEvent.Conflict is { IsCertainOfLists: true };
        if (Conflict is not { IsCertain: true })
        {
            Conflict = partialEvent.Conflict;
        }
    }
}
