using System.Text;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>
/// Writes a query in stages: tests that the search can express go into the search; other tests go after it.
/// A test that every event must pass is appended as it is. One that stands under OR or NOT is noted on each event as a
/// flag, and the part of the condition it belongs to is searched for after that.
/// </summary>
/// <param name="dialect">The target's language.</param>
/// <param name="context">Receives the diagnostics.</param>
internal sealed class StagedWriter(Dialect dialect, EmitContext context)
{
    /// <summary>Where the search ends and later stages begin, in the query that was written last.</summary>
    public int SearchLength { get; private set; }

    /// <summary>Writes the whole query.</summary>
    public string Write(Expr expr)
    {
        var output = new StringBuilder();
        if (dialect.Stages.Count == 0 || !HasLater(expr))
        {
            new ExprWriter(dialect, context).Write(output, expr);
            SearchLength = output.Length;
            return output.ToString();
        }

        IReadOnlyList<Expr> conjuncts = [.. Conjuncts(expr)];
        WriteSearch(output, [.. conjuncts.Where(c => !HasLater(c) || CanWiden(c, negated: false))]);
        SearchLength = output.Length;
        var flagged = new List<Expr>();
        foreach (Expr conjunct in conjuncts.Where(HasLater))
        {
            if (IsAlternativesOfLater(conjunct) && StageOf(FirstTest(conjunct)) is { Conjunct: { } template } stage)
            {
                var condition = new StringBuilder();
                new ExprWriter(dialect, context) { Stage = stage }.Write(condition, conjunct);
                output.Append(template.With(condition.ToString()));
            }
            else
            {
                flagged.Add(conjunct);
            }
        }

        if (flagged.Count > 0)
        {
            WriteFlagged(output, flagged);
        }

        return output.ToString();
    }

    private void WriteSearch(StringBuilder output, IReadOnlyList<Expr> conjuncts)
    {
        if (conjuncts.Count == 0)
        {
            output.Append(dialect.Everything);
        }
        else
        {
            // What is only nearly said here is said exactly further on.
            new ExprWriter(dialect, context) { Widen = true }.Write(output, Joined(conjuncts));
        }
    }

    /// <summary>
    /// Whether the search can say at least something wider, so that it need not go through every event: texts with a
    /// wildcard written for one character, for a literal or for what the style cannot write, in a place where wider means more.
    /// </summary>
    private bool CanWiden(Expr expr, bool negated) => expr switch
    {
        AndExpr and => and.Operands.All(operand => CanWiden(operand, negated)),
        OrExpr or => or.Operands.All(operand => CanWiden(operand, negated)),
        NotExpr not => CanWiden(not.Operand, !negated),
        MatchExpr match => StageOf(match) is null || (!negated && match.Values is [StringValue { Cased: false } text] && Widens(match.Field, text)
            // In a keyword a wildcard stays within a line, so it does not match line breaks.
            && !(match.Field is null && text.Text.Parts.Any(part => ControlCharacters.In(part.Text)))),
        _ => throw new System.Diagnostics.UnreachableException(expr.GetType().Name),
    };

    private bool Widens(string? field, StringValue text)
    {
        ConditionKind kind = ShapeSelector.KindOf(dialect, text, field is null);
        return ShapeSelector.Widens(dialect, kind, field, AffixText.Of(kind, text.Text));
    }

    private static IEnumerable<Expr> Conjuncts(Expr expr) => expr is AndExpr and ? and.Operands.SelectMany(Conjuncts) : [expr];

    private void WriteFlagged(StringBuilder output, List<Expr> conjuncts)
    {
        var flags = new Dictionary<MatchExpr, string>(ReferenceEqualityComparer.Instance);
        Stage? last = null;
        foreach (MatchExpr test in conjuncts.SelectMany(conjunct => conjunct.Leaves()).Where(HasLater))
        {
            Stage stage = StageOf(test)!;
            if (stage is not { Flag: { } flag, FlagTest: { } flagTest, Search: not null })
            {
                context.Refuse(test.Span, "this test under OR or NOT", "it can only be added to a search in which every event must pass it");
                return;
            }

            last = stage;
            string name = "sigma_" + (flags.Count + 1);
            flags[test] = flagTest.With(name);
            var condition = new StringBuilder();
            new ExprWriter(dialect, context).WriteTest(condition, test);
            foreach (Segment segment in flag.Segments)
            {
                output.Append(segment.Placeholder switch
                {
                    null => segment.Literal,
                    Placeholder.Flag => name,
                    _ => condition.ToString(),
                });
            }
        }

        var rest = new StringBuilder();
        new ExprWriter(dialect, context) { Flags = flags }.Write(rest, Joined(conjuncts));
        output.Append(last!.Search!.With(rest.ToString()));
    }

    private static Expr Joined(IReadOnlyList<Expr> conjuncts) =>
        conjuncts.Count == 1 ? conjuncts[0] : new AndExpr([.. conjuncts], conjuncts[0].Span);

    private bool HasLater(Expr expr) => expr.Leaves().Any(test => StageOf(test) is not null);

    /// <summary>Only tests of later stages, linked by AND and OR: what a filter stage takes as one condition.</summary>
    private bool IsAlternativesOfLater(Expr expr) => expr switch
    {
        AndExpr and => and.Operands.All(IsAlternativesOfLater),
        OrExpr or => or.Operands.All(IsAlternativesOfLater),
        MatchExpr match => StageOf(match) is not null,
        _ => false,
    };

    private Stage? StageOf(MatchExpr test)
    {
        ConditionKind kind = ShapeSelector.KindOf(dialect, test.Values[0], test.Field is null);
        if (kind is ConditionKind.QueryExpression || (test.IsList && test.Values.Length > 1))
        {
            return null;
        }

        Shape? shape = TemplateResolver.Resolve(dialect, kind, test.Field, test.Values[0]).Shape;
        return shape?.Stage is { } name ? dialect.Stages[name] : null;
    }

    private static MatchExpr FirstTest(Expr expr) => expr.Leaves().First();
}
