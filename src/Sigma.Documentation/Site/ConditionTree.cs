using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Documentation.Site;

/// <summary>How the branches of a node hold together.</summary>
internal enum Joint
{
    /// <summary>It has none, or just one that says the same.</summary>
    None,

    /// <summary>All of them hold.</summary>
    All,

    /// <summary>Any of them holds.</summary>
    Any,

    /// <summary>It does not hold.</summary>
    Not,
}

/// <summary>A node of a drawn condition.</summary>
/// <param name="Joint">How its branches hold together.</param>
/// <param name="Name">The name of a detection or rule, or the selector that stands for several; empty for none.</param>
/// <param name="Subject">The field that is tested; empty for none.</param>
/// <param name="Relation">What it is tested for, in words; or words that stand alone.</param>
/// <param name="Value">The value; empty if the branches have them.</param>
/// <param name="Branches">The branches.</param>
internal sealed record TreeNode(Joint Joint, string Name, string Subject, string Relation, string Value, ImmutableArray<TreeNode> Branches)
{
    /// <summary>The address of the page that the name leads to; null for none.</summary>
    public string? Link { get; init; }
}

/// <summary>Creates the tree of a condition from a rule as its author wrote it, with the names of its detections.</summary>
/// <param name="linkOf">The title and address of the page of a rule that is named by its id or name; null if there is none.</param>
internal sealed class ConditionTree(Func<string, (string Title, string Address)?> linkOf)
{
    /// <summary>A list with more values shows this many, and how many are left.</summary>
    private const int MostValues = 60;

    /// <summary>A tree with more nodes is cut; the text of the rule stands beside it.</summary>
    private const int MostNodes = 400;

    private int nodes;

    /// <summary>The trees of a document, one a condition.</summary>
    /// <param name="document">A rule, a correlation or a filter.</param>
    /// <param name="linkOf">The title and address of the page of a rule that is named by its id or name; null if there is none.</param>
    public static ImmutableArray<TreeNode> Of(SigmaDocument document, Func<string, (string Title, string Address)?> linkOf)
    {
        var tree = new ConditionTree(linkOf);
        return document switch
        {
            SigmaRule rule => [.. rule.Conditions.Select(condition => tree.Of(rule.Detections, condition))],
            SigmaCorrelation correlation => [tree.Of(correlation)],
            SigmaFilter filter => [tree.Of(filter.Detections, filter.Condition)],
            _ => throw new System.Diagnostics.UnreachableException(document.GetType().Name),
        };
    }

    private TreeNode Of(ImmutableArray<NamedDetection> detections, Condition condition)
    {
        TreeNode search = Of(detections, condition.Search);
        return condition.Aggregation is not { } counted
            ? search
            : Node(Joint.None, CorrelationWords.Of(counted), [search, .. condition.Near.Select(near => Of(detections, near))]);
    }

    private TreeNode Of(ImmutableArray<NamedDetection> detections, NearSearch near)
    {
        TreeNode search = Of(detections, near.Search);
        return near.IsNegated ? Node(Joint.Not, "", [search]) : search;
    }

    private TreeNode Of(SigmaCorrelation correlation)
    {
        var branches = correlation.Rules.Select(reference =>
        {
            (string Title, string Address)? page = linkOf(reference.Name);
            return Leaf("", "", "") with { Name = page?.Title ?? reference.Name, Link = page?.Address };
        });
        return Node(Joint.None, CorrelationWords.Of(correlation.Correlation), [.. branches]);
    }

    private TreeNode Of(ImmutableArray<NamedDetection> detections, ConditionNode node)
    {
        switch (node)
        {
            case AndCondition or OrCondition:
                bool and = node is AndCondition;
                return Node(and ? Joint.All : Joint.Any, "", [.. Sides(node, and).Select(side => Of(detections, side))]);
            case NotCondition not:
                return Node(Joint.Not, "", [Of(detections, not.Operand)]);
            case GroupCondition group:
                return Of(detections, group.Inner);
            case IdentifierCondition identifier:
                return detections.FirstOrDefault(d => d.Name == identifier.Name) is { } detection ? Of(detection) : Leaf("", identifier.Name, "");
            case SelectorCondition selector:
                ImmutableArray<TreeNode> selected = [.. detections.Where(d => ConditionParser.Selects(selector.Pattern, d.Name)).Select(Of)];
                nodes++;
                return new TreeNode(selector.All ? Joint.All : Joint.Any, $"{(selector.All ? "all" : "1")} of {selector.Pattern ?? "them"}", "", "", "", selected);
            default:
                throw new System.Diagnostics.UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>The operands of a run of the same operator, with brackets around such a run opened.</summary>
    private static IEnumerable<ConditionNode> Sides(ConditionNode node, bool and)
    {
        var waiting = new Stack<ConditionNode>();
        waiting.Push(node);
        while (waiting.TryPop(out ConditionNode? next))
        {
            switch (next)
            {
                case GroupCondition { Inner: AndCondition or OrCondition } group when group.Inner is AndCondition == and:
                    waiting.Push(group.Inner);
                    break;
                case AndCondition both when and:
                    waiting.Push(both.Right);
                    waiting.Push(both.Left);
                    break;
                case OrCondition either when !and:
                    waiting.Push(either.Right);
                    waiting.Push(either.Left);
                    break;
                default:
                    yield return next;
                    break;
            }
        }
    }

    private TreeNode Of(NamedDetection detection)
    {
        TreeNode body = Of(detection.Body);
        bool isGroup = body is { Subject: "", Value: "", Relation: "", Joint: Joint.All or Joint.Any };
        return isGroup ? body with { Name = detection.Name } : Node(Joint.None, "", [body]) with { Name = detection.Name };
    }

    private TreeNode Of(Detection detection) => detection switch
    {
        AllOfDetection { Items: [var only] } => Of(only),
        AnyOfDetection { Items: [var only] } => Of(only),
        AllOfDetection all => Node(Joint.All, "", Several(all.Items, Of)),
        AnyOfDetection any => Node(Joint.Any, "", Several(any.Items, Of)),
        DetectionItem item => Of(item),
        _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
    };

    private TreeNode Of(DetectionItem item)
    {
        string subject = item.Field ?? "";
        ImmutableArray<(string Relation, string Value)> tests = [.. item.Values.Select(value => ValueWords.Of(value, item.Field is null))];
        string relation = tests[0].Relation;
        TreeNode made;
        if (tests.Length == 1)
        {
            made = Leaf(subject, relation, tests[0].Value);
        }
        else
        {
            bool same = tests.All(test => test.Relation == relation);
            made = Node(item.All ? Joint.All : Joint.Any, same ? relation : "", Several(tests, test => Leaf("", same ? "" : test.Relation, test.Value))) with { Subject = subject };
        }

        return item.Negated ? Node(Joint.Not, "", [made]) : made;
    }

    private ImmutableArray<TreeNode> Several<T>(ImmutableArray<T> items, Func<T, TreeNode> make)
    {
        int shown = items.Length > MostValues + 1 ? MostValues : items.Length;
        shown = Math.Min(shown, Math.Max(1, MostNodes - nodes));
        ImmutableArray<TreeNode> branches = [.. items.Take(shown).Select(make)];
        return shown == items.Length ? branches : branches.Add(Leaf("", $"and {items.Length - shown} more", ""));
    }

    private TreeNode Node(Joint joint, string relation, ImmutableArray<TreeNode> branches)
    {
        if (branches.Length == 1 && joint is Joint.All or Joint.Any)
        {
            return branches[0];
        }

        nodes++;
        return new TreeNode(joint, "", "", relation, "", branches);
    }

    private TreeNode Leaf(string subject, string relation, string value)
    {
        nodes++;
        return new TreeNode(Joint.None, "", subject, relation, value, []);
    }
}
