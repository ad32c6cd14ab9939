using Sigma.Events.Samples;
using Sigma.Queries;

namespace Sigma.Checks.Proofs;

/// <summary>Whether there is an event of some kind.</summary>
internal enum Existence
{
    /// <summary>There is one, and it was found.</summary>
    Found,

    /// <summary>There is certainly none whose fields have one value each.</summary>
    Impossible,

    /// <summary>None was found, which proves nothing.</summary>
    Unknown,
}

/// <summary>What was found out about an expression.</summary>
/// <param name="Answer">Whether there is an event.</param>
/// <param name="Conflict">Two tests that exclude each other; null for none.</param>
/// <param name="Event">The event; null if none was found.</param>
internal sealed record Solution(Existence Answer, Conflict? Conflict, PartialEvent? Event)
{
    /// <summary>Whether there is certainly no event, however many values its fields have.</summary>
    public bool IsImpossibleForLists { get; init; }
}

/// <summary>Looks for events that an expression selects, or does not, with the search that makes samples. It claims nothing that it cannot prove.</summary>
internal static class EventSolver
{
    /// <summary>Stands for the field that takes keywords.</summary>
    private const string Keywords = "\0keywords";

    /// <summary>Larger expressions are left alone: a search through them takes longer than anybody waits.</summary>
    private const int MostLeaves = 400;

    /// <summary>Looks for an event.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="wanted">Whether the event is selected, or not.</param>
    /// <param name="windows">Whether paths are those of Windows.</param>
    public static Solution Solve(Expr expr, bool wanted, bool windows)
    {
        MatchExpr[] leaves = [.. expr.Leaves().Take(MostLeaves + 1)];
        if (leaves.Length > MostLeaves || Array.Exists(leaves, leaf => leaf.Values.Any(value => IsOpen(value))))
        {
            return new Solution(Existence.Unknown, null, null);
        }

        var partial = new PartialEvent(new FieldSolver(windows), Keywords);
        var search = new SatisfyingAssignmentSearch(partial, [], Limits.Default[Limits.SampleTests]);
        bool sound = true;
        if (search.Find(expr, wanted, null, () => sound = partial.IsSound))
        {
            return new Solution(Existence.Found, null, partial);
        }

        bool proven = sound && search is { GaveUp: false, HasTooMany: false, IsCertain: true, Conflict: not null };
        return new Solution(proven ? Existence.Impossible : Existence.Unknown, search.Conflict, null) { IsImpossibleForLists = proven && search.IsCertainOfLists };
    }

    /// <summary>Looks for an event that one expression selects and another one does not. If that is impossible, all events of the one are events of the other.</summary>
    public static Solution SolveOnly(Expr narrow, Expr wide, bool windows) =>
        Solve(new AndExpr([narrow, new NotExpr(wide, wide.Span)], narrow.Span), true, windows);

    /// <summary>Whether two expressions certainly select the same events, also those whose fields have several values.</summary>
    public static bool AreEqual(Expr a, Expr b, bool windows) => SolveOnly(a, b, windows).IsImpossibleForLists && SolveOnly(b, a, windows).IsImpossibleForLists;

    /// <summary>Values that a pipeline has yet to fill in.</summary>
    private static bool IsOpen(Value value) => value is QueryExpressionValue or StringValue { Text.HasPlaceholders: true } or RegexValue { Pattern.HasPlaceholders: true };
}
