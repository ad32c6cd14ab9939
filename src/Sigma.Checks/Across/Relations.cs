using System.Runtime.CompilerServices;
using Sigma.Checks.Proofs;
using Sigma.Queries;

namespace Sigma.Checks.Across;

/// <summary>All events of one rule are certainly events of another one.</summary>
/// <param name="Rule">The rule whose events they are.</param>
/// <param name="Other">The rule that selects them as well.</param>
/// <param name="IsEqual">Whether that is so the other way round too.</param>
/// <param name="Reason">An event that only the other rule selects, in words; null where none was found.</param>
/// <param name="Exception">The events that the proof is not about; null for none.</param>
internal sealed record Relation(RuleSummary Rule, RuleSummary Other, bool IsEqual, string? Reason, string? Exception);

/// <summary>
/// Finds rules of a repository that select the same events, or one of which selects all events of the other. An event is made for
/// each rule; only a rule that selects this event too can take in all of them, and for these few a proof is tried.
/// </summary>
internal static class Relations
{
    /// <summary>With so many others a rule is compared at most: in real repositories it is a handful.</summary>
    private const int MostProofs = 200;

    private static readonly ConditionalWeakTable<IReadOnlyList<RuleSummary>, IReadOnlyList<Relation>> Known = [];

    /// <summary>The relations of rules, in the order of the rules.</summary>
    public static IReadOnlyList<Relation> Of(IReadOnlyList<RuleSummary> rules) => Known.GetValue(rules, Find);

    private static IReadOnlyList<Relation> Find(IReadOnlyList<RuleSummary> rules)
    {
        ComparedRule[] compared = [.. rules.Select(ComparedRule.Of).OfType<ComparedRule>()];
        ILookup<LogSourceKey, ComparedRule> bySource = compared.ToLookup(rule => rule.Source);
        var tests = new EventTests();
        var implied = new Dictionary<(ComparedRule Narrow, ComparedRule Wide), Solution>();
        foreach (ComparedRule narrow in compared)
        {
            IEnumerable<ComparedRule> candidates = narrow.Source.Wider().SelectMany(source => bySource[source])
                .Where(wide => !ReferenceEquals(wide, narrow) && narrow.HasAll(wide.Needed) && tests.Selects(wide.Expression, narrow.Sample))
                .Take(MostProofs);
            foreach (ComparedRule wide in candidates)
            {
                if (EventSolver.SolveOnly(narrow.Expression, wide.Expression, narrow.Windows) is { Answer: Existence.Impossible } proof)
                {
                    implied[(narrow, wide)] = proof;
                }
            }
        }

        return [.. implied.Select(pair => Relate(pair.Key.Narrow, pair.Key.Wide, pair.Value, implied.GetValueOrDefault((pair.Key.Wide, pair.Key.Narrow))))];
    }

    private static Relation Relate(ComparedRule narrow, ComparedRule wide, Solution proof, Solution? converse)
    {
        string? exception = ConflictText.Exception(proof);
        if (converse is not null)
        {
            return new Relation(narrow.Summary, wide.Summary, true, null, exception ?? ConflictText.Exception(converse));
        }

        Expr only = new AndExpr([wide.Expression, new NotExpr(narrow.Expression, narrow.Expression.Span)], wide.Expression.Span);
        string? reason = EventSolver.Solve(only, true, wide.Windows).Event is { } found ? $"only that rule selects {EventText.Of(found)}"
            : wide.Source != narrow.Source ? $"that rule is for {wide.Source}, this one for {narrow.Source}"
            : null;
        return new Relation(narrow.Summary, wide.Summary, false, reason, exception);
    }
}
