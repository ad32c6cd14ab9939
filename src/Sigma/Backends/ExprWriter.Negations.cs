using System.Text;
using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends;

/// <content>Negations: by the language's NOT, or by the opposite of a single test.</content>
internal sealed partial class ExprWriter
{
    private void WriteNot(StringBuilder output, NotExpr not)
    {
        Expr operand = not.Operand is AndExpr { Operands: [var only] } ? only : not.Operand;
        if (operand is MatchExpr match && (dialect.Not is null || HasOpposite(match)))
        {
            WriteTest(output, match, opposite: true);
        }
        else if (dialect.Not is not { } template)
        {
            throw new System.Diagnostics.UnreachableException("a negation that was not moved to the tests");
        }
        else if (dialect.NullSafe is { } safe && CanBeUnknown(operand))
        {
            Around(output, template, (Writer: this, Safe: safe, Operand: operand), static (into, what) =>
                what.Writer.Around(into, what.Safe, (what.Writer, what.Operand), static (inner, part) => part.Writer.Write(inner, part.Operand)));
        }
        else
        {
            Around(output, template, (this, not.Operand), static (into, what) => what.Item1.WriteNegated(into, what.Operand));
        }
    }

    /// <summary>Whether a test that nothing else writes has an opposite of its own.</summary>
    private bool HasOpposite(MatchExpr match)
    {
        if (Flags?.ContainsKey(match) is true || match.Values[0] is QueryExpressionValue)
        {
            return false;
        }

        return match.IsList && ShapeSelector.ListShape(dialect, match) is { } list
            ? list.Negated is not null
            : match.Values is [var only] && Resolve(ShapeSelector.KindOf(dialect, only, match.Field is null), match.Field, only).Shape?.Negated is not null;
    }

    /// <summary>Whether a condition can be unknown instead of false; a negation within it is not.</summary>
    private bool CanBeUnknown(Expr expr) => expr switch
    {
        AndExpr and => and.Operands.Any(CanBeUnknown),
        OrExpr or => or.Operands.Any(CanBeUnknown),
        MatchExpr { Values: [QueryExpressionValue] } => true,
        MatchExpr { IsList: true } match when ShapeSelector.ListShape(dialect, match) is { } list => list.Unknown ?? dialect.Unknown,
        MatchExpr match => match.Values.Any(value =>
            Resolve(ShapeSelector.KindOf(dialect, value, match.Field is null), match.Field, value).Shape?.Unknown ?? dialect.Unknown),
        _ => false,
    };

    /// <summary>A negated expression has brackets, so a single keyword in them keeps the form of a list.</summary>
    private void WriteNegated(StringBuilder output, Expr operand)
    {
        if (operand is AndExpr { Operands: [MatchExpr { Field: null, IsList: false, Values: [StringValue { Cased: false } or NumberValue] } keyword] }
            && Flags?.ContainsKey(keyword) is not true
            && context.CheckPlaceholders(keyword.Values[0])
            && dialect.ShapeFor(ConditionKind.KeywordList, null) is { Template: not null, Item: not null })
        {
            WriteList(output, keyword, opposite: false);
        }
        else
        {
            WriteOperand(output, operand);
        }
    }
}
