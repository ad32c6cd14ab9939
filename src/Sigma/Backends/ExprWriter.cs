using System.Text;
using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Writes the tree: operators, brackets, and each test by its shape.</summary>
/// <param name="dialect">The target's language.</param>
/// <param name="context">Receives the diagnostics.</param>
internal sealed partial class ExprWriter(Dialect dialect, EmitContext context)
{
    /// <summary>No query is longer; a template that writes an operand twice doubles it with each negation.</summary>
    private const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Names the flags that stand for tests of a later stage; null if there are none.</summary>
    public IReadOnlyDictionary<MatchExpr, string>? Flags { get; init; }

    /// <summary>Whether texts that a later stage tests exactly are written by their ordinary shape, which is wider than the rule.</summary>
    public bool Widen { get; init; }

    /// <summary>The later stage that is written, which may link its tests otherwise; null in the search.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Writes an expression.</summary>
    public void Write(StringBuilder output, Expr expr)
    {
        if (output.Length > MaxLength)
        {
            context.GiveUp(expr.Span, MaxLength);
            return;
        }

        switch (expr)
        {
            case AndExpr and:
                WriteGroup(output, and.Operands, Stage?.And ?? dialect.And);
                break;
            case OrExpr or:
                WriteGroup(output, or.Operands, Stage?.Or ?? dialect.Or);
                break;
            case NotExpr not:
                context.EnterNot();
                WriteNot(output, not);
                context.LeaveNot();
                break;
            case MatchExpr match when Flags is not null && Flags.TryGetValue(match, out string? test):
                output.Append(test);
                break;
            case MatchExpr match:
                WriteTest(output, match);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }
    }

    private void WriteOperand(StringBuilder output, Expr operand)
    {
        if (operand is AndExpr or OrExpr)
        {
            Write(output, operand);
        }
        else
        {
            Around(output, dialect.Group, (this, operand), static (into, what) => what.Item1.Write(into, what.operand));
        }
    }

    private void WriteGroup(StringBuilder output, IReadOnlyList<Expr> operands, string link)
    {
        while (dialect.Limits.Chain is { } most && operands.Count > most)
        {
            operands = [.. operands.Chunk(most).Select(part => part.Length == 1 ? part[0]
                : link == dialect.Or ? new OrExpr([.. part], part[0].Span) : (Expr)new AndExpr([.. part], part[0].Span))];
        }

        Around(output, dialect.Group, (this, operands, link), static (into, what) => what.Item1.WriteOperands(into, what.operands, what.link));
    }

    private void WriteOperands(StringBuilder output, IReadOnlyList<Expr> operands, string link)
    {
        bool loose = link == dialect.Or && operands.Count > 1;
        for (int i = 0; i < operands.Count; i++)
        {
            output.Append(i == 0 ? "" : link);
            if (loose && IsLoose(operands[i]))
            {
                WriteOperand(output, operands[i]);
            }
            else
            {
                Write(output, operands[i]);
            }
        }
    }

    /// <summary>Writes a template around a part of the query, which is made once, however often the template has it.</summary>
    private void Around<T>(StringBuilder output, Template template, T part, Action<StringBuilder, T> write)
    {
        int from = -1;
        int length = 0;
        foreach (Segment segment in template.Segments)
        {
            if (segment.Placeholder is null)
            {
                output.Append(segment.Literal);
            }
            else if (from < 0)
            {
                from = output.Length;
                write(output, part);
                length = output.Length - from;
            }
            else if (output.Length + (long)length > MaxLength)
            {
                context.GiveUp(default, MaxLength);
            }
            else
            {
                output.Append(output.ToString(from, length));
            }
        }
    }

    /// <summary>A piece of query of a pipeline's has no shape; it stands as its author wrote it.</summary>
    private bool IsLoose(Expr operand) => operand is MatchExpr { Values: [not QueryExpressionValue] } match
        && dialect.ShapeFor(ShapeSelector.KindOf(dialect, match.Values[0], match.Field is null), match.Field) is { Loose: true };
}
