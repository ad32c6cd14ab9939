using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Queries;

/// <summary>
/// The normalized expression: what a rule's condition comes down to, with the names of the target's fields and no
/// detection names any more. Emitters see nothing else of a rule's logic.
/// </summary>
/// <param name="Span">The place in the rule it comes from.</param>
public abstract record Expr(Span Span)
{
    /// <summary>The tests in it, in order, denied ones among them.</summary>
    public IEnumerable<MatchExpr> Leaves() => this switch
    {
        AndExpr and => and.Operands.SelectMany(operand => operand.Leaves()),
        OrExpr or => or.Operands.SelectMany(operand => operand.Leaves()),
        NotExpr not => not.Operand.Leaves(),
        MatchExpr match => [match],
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };

    /// <summary>The tests that an event passes to match: those under an odd number of NOT are left out.</summary>
    internal IEnumerable<MatchExpr> RequiredLeaves(bool negated = false) => this switch
    {
        AndExpr and => and.Operands.SelectMany(operand => operand.RequiredLeaves(negated)),
        OrExpr or => or.Operands.SelectMany(operand => operand.RequiredLeaves(negated)),
        NotExpr not => not.Operand.RequiredLeaves(!negated),
        MatchExpr match => negated ? [] : [match],
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };

    /// <summary>Puts something in place of each test.</summary>
    /// <param name="leaf">What stands in place of a test.</param>
    /// <returns>The expression with the same AND, OR and NOT.</returns>
    public Expr Rewrite(Func<MatchExpr, Expr> leaf) => this switch
    {
        AndExpr and => and with { Operands = [.. and.Operands.Select(operand => operand.Rewrite(leaf))] },
        OrExpr or => or with { Operands = [.. or.Operands.Select(operand => operand.Rewrite(leaf))] },
        NotExpr not => not with { Operand = not.Operand.Rewrite(leaf) },
        MatchExpr match => leaf(match),
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };

    /// <summary>Whether it holds.</summary>
    /// <param name="leaf">Whether a test holds.</param>
    public bool Holds(Func<MatchExpr, bool> leaf) => this switch
    {
        AndExpr and => and.Operands.All(operand => operand.Holds(leaf)),
        OrExpr or => or.Operands.Any(operand => operand.Holds(leaf)),
        NotExpr not => !not.Operand.Holds(leaf),
        MatchExpr match => leaf(match),
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };
}

/// <summary>All operands hold. One operand only directly under a <see cref="NotExpr"/>, where it keeps its brackets.</summary>
/// <param name="Operands">The operands in order; never empty.</param>
/// <param name="Span">The place in the rule.</param>
public sealed record AndExpr(ImmutableArray<Expr> Operands, Span Span) : Expr(Span);

/// <summary>Any operand holds.</summary>
/// <param name="Operands">The operands in order; never empty.</param>
/// <param name="Span">The place in the rule.</param>
public sealed record OrExpr(ImmutableArray<Expr> Operands, Span Span) : Expr(Span);

/// <summary>The operand does not hold.</summary>
/// <param name="Operand">The operand.</param>
/// <param name="Span">The place in the rule.</param>
public sealed record NotExpr(Expr Operand, Span Span) : Expr(Span);

/// <summary>A field has one of some values; without a field, the event has it anywhere.</summary>
/// <param name="Field">The field in the target's naming; null for keywords.</param>
/// <param name="Values">The values; several only if each is a plain text, number or boolean.</param>
/// <param name="IsList">Whether the rule gave a list, even of one value.</param>
/// <param name="Span">The place in the rule.</param>
public sealed record MatchExpr(string? Field, ImmutableArray<Value> Values, bool IsList, Span Span) : Expr(Span);
