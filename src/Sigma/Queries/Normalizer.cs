using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Queries;

/// <summary>
/// First pass: writes the detections into the condition that names them. What was a condition over names is an
/// expression over fields and values afterwards.
/// </summary>
internal sealed class Normalizer(SigmaRule rule, List<Diagnostic> diagnostics)
{
    private HashSet<string>? reported;
    private readonly DetectionIndex index = DetectionIndex.Of(rule);

    /// <summary>Whether anything of the rule itself is left, besides what pipelines and filters have added.</summary>
    private bool own;

    /// <summary>Creates the normalized expression of a condition.</summary>
    /// <param name="rule">The rule as the pipelines left it.</param>
    /// <param name="search">The condition.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The simplified expression; null, after a report, when nothing of the condition is left.</returns>
    public static Expr? Normalize(SigmaRule rule, ConditionNode search, List<Diagnostic> diagnostics)
    {
        var normalizer = new Normalizer(rule, diagnostics);
        if (normalizer.Build(search) is { } expr && normalizer.own)
        {
            return Simplifier.Simplify(expr);
        }

        diagnostics.Add(Diagnostic.EverythingDropped(search.Span));
        return null;
    }

    /// <summary>Null stands for a condition that a pipeline has emptied: it is left out, whatever it was linked with.</summary>
    private Expr? Build(ConditionNode node) => node switch
    {
        AndCondition and => Link([Build(and.Left), Build(and.Right)], and: true, and.Span),
        OrCondition or => Link([Build(or.Left), Build(or.Right)], and: false, or.Span),
        NotCondition not => Build(not.Operand) is { } operand ? new NotExpr(operand, not.Span) : null,
        GroupCondition group => Build(group.Inner) is { } inner ? new AndExpr([inner], group.Span) : null,
        IdentifierCondition identifier => BuildNamed(index[identifier.Name], identifier.Span),
        SelectorCondition selector => BuildSelected(selector),
        _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
    };

    private Expr? BuildSelected(SelectorCondition selector) => Link(
        [.. index.Selected(selector.Pattern).Select(detection => BuildNamed(detection, selector.Span))],
        selector.All,
        selector.Span);

    private Expr? BuildNamed(NamedDetection detection, Span span)
    {
        string name = detection.Name;
        Expr? body = Build(detection.Body);
        if (body is null && (reported ??= new(StringComparer.Ordinal)).Add(name))
        {
            diagnostics.Add(Diagnostic.PipelineEmpties(span, name));
        }

        own |= body is not null && !name.StartsWith(RuleSet.InternalMark);
        return body;
    }

    private static Expr? Build(Detection detection) => detection switch
    {
        AllOfDetection all => Link([.. all.Items.Select(Build)], and: true, all.Span),
        AnyOfDetection any => Link([.. any.Items.Select(Build)], and: false, any.Span),
        DetectionItem item => BuildItem(item),
        _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
    };

    private static Expr BuildItem(DetectionItem item)
    {
        Expr expr = item.All && item.Values.Length > 1 ? AllOf(item) : AnyOf(item, item.Values, item.IsList);
        return item.Negated ? new NotExpr(expr, item.Span) : expr;
    }

    private static AndExpr AllOf(DetectionItem item) => new([.. item.Values.Select(value => AnyOf(item, [value], isList: false))], item.Span);

    /// <summary>One leaf for all plain values, and one for each of the others.</summary>
    private static Expr AnyOf(DetectionItem item, ImmutableArray<Value> values, bool isList)
    {
        bool expanded = values.Any(v => v is ExpansionValue);
        ImmutableArray<Value> flat = expanded
            ? [.. values.SelectMany(v => v is ExpansionValue expansion ? expansion.Values : [v])]
            : values;
        if (flat.Length == 1 || flat.All(IsPlain))
        {
            // A list of one field value keeps its list form; a list of one keyword is that keyword.
            return new MatchExpr(item.Field, flat, flat.Length > 1 || (isList && item.Field is not null), item.Span);
        }

        var leaves = ImmutableArray.CreateBuilder<Expr>();
        ImmutableArray<Value> plain = [.. flat.Where(IsPlain)];
        if (plain.Length > 0)
        {
            leaves.Add(new MatchExpr(item.Field, plain, plain.Length > 1, item.Span));
        }

        foreach (Value value in flat)
        {
            if (!IsPlain(value))
            {
                leaves.Add(new MatchExpr(item.Field, [value], false, value.Span));
            }
        }

        return new OrExpr(leaves.ToImmutable(), item.Span);
    }

    private static bool IsPlain(Value value) => value is StringValue { Cased: false } or NumberValue or BooleanValue;

    private static Expr? Link(ReadOnlySpan<Expr?> operands, bool and, Span span)
    {
        var present = ImmutableArray.CreateBuilder<Expr>(operands.Length);
        foreach (Expr? operand in operands)
        {
            if (operand is not null)
            {
                present.Add(operand);
            }
        }

        return present.Count == 0 ? null : and ? new AndExpr(present.DrainToImmutable(), span) : new OrExpr(present.DrainToImmutable(), span);
    }
}
