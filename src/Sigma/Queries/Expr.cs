using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Queries;

/// <summary>
/// The normalized expression: what a rule's condition comes down to, with the names of the target's fields and no
/// detection names any more. Emitters see nothing else of a rule's logic.
/// </summary>
/// <param name="Span">The place in the rule it comes from.</param>
public abstract record Expr(Span Span);

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
/// <param name="IsList">Whether the rule gave a list, be it of one.</param>
/// <param name="Span">The place in the rule.</param>
public sealed record MatchExpr(string? Field, ImmutableArray<Value> Values, bool IsList, Span Span) : Expr(Span);
