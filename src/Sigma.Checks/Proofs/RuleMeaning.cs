using System.Runtime.CompilerServices;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Queries;

namespace Sigma.Checks.Proofs;

/// <summary>What a rule selects: the expressions of its conditions and of parts of them, as its author wrote them.</summary>
internal sealed class RuleMeaning
{
    private static readonly Planner Plain = new([], PipelineSettings.Default, "sigmac check");

    private static readonly ConditionalWeakTable<SigmaRule, RuleMeaning> Known = [];

    private readonly SigmaRule rule;
    private readonly Dictionary<string, Expr?> detections = new(StringComparer.Ordinal);

    private RuleMeaning(SigmaRule rule)
    {
        this.rule = rule;
        Windows = rule.LogSource.Product is "windows";
        Searches = [.. (Plain.Plan(rule, []) ?? []).Select(plan => (plan.Search.Expression, plan.Search.Span))];
    }

    /// <summary>Whether paths are those of Windows.</summary>
    public bool Windows { get; }

    /// <summary>The expression of each condition, with its place.</summary>
    public IReadOnlyList<(Expr Expression, Span Span)> Searches { get; }

    /// <summary>What a rule or filter selects; null if the document is neither, or cannot be read.</summary>
    public static RuleMeaning? Of(RuleText text) => text.Detecting is { } rule ? Of(rule) : null;

    /// <summary>What a rule selects.</summary>
    public static RuleMeaning Of(SigmaRule rule) => Known.GetValue(rule, read => new RuleMeaning(read));

    /// <summary>What a part of a condition selects; null where that is nothing.</summary>
    public Expr? Of(ConditionNode node) => Planner.Express(rule, node, []);

    /// <summary>What a detection selects; null where that is nothing.</summary>
    public Expr? Of(string detection)
    {
        if (!detections.TryGetValue(detection, out Expr? expr))
        {
            detections[detection] = expr = Planner.Express(rule, new IdentifierCondition(detection, rule.Span), []);
        }

        return expr;
    }

    /// <summary>The operands of the outermost <c>and</c> of a condition, in order.</summary>
    public static IReadOnlyList<ConditionNode> Operands(ConditionNode node) => node switch
    {
        AndCondition and => [.. Operands(and.Left), .. Operands(and.Right)],
        GroupCondition group => Operands(group.Inner),
        _ => [node],
    };

    /// <summary>All of several parts; null for none.</summary>
    public Expr? All(IEnumerable<ConditionNode> nodes)
    {
        Expr[] parts = [.. nodes.Select(Of).OfType<Expr>()];
        return parts.Length == 0 ? null : parts.Length == 1 ? parts[0] : new AndExpr([.. parts], parts[0].Span);
    }
}
