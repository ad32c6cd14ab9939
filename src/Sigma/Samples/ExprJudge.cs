using Sigma.Queries;

namespace Sigma.Samples;

/// <summary>Stand-in until the matcher is there.</summary>
internal sealed class ExprJudge(Expr expr)
{
    private readonly ValueTest test = new();

    public bool Matches(SampleEvent e) => Holds(expr, e);

    private bool Holds(Expr node, SampleEvent e) => node switch
    {
        AndExpr and => and.Operands.All(operand => Holds(operand, e)),
        OrExpr or => or.Operands.Any(operand => Holds(operand, e)),
        NotExpr not => !Holds(not.Operand, e),
        MatchExpr { Field: null } match => match.Values.Any(value => e.Values.Any(field => test.Accepts(value, field.Value, e.ValueOf, keyword: true))),
        MatchExpr match => match.Values.Any(value => test.Accepts(value, e.ValueOf(match.Field!), e.ValueOf)),
        _ => false,
    };
}
