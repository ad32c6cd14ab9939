using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Queries;

/// <summary>
/// A rule's detections by name, with what each costs. A rule may have 100,000 of them and as many conditions, so this is made
/// once for all of them where there are many.
/// </summary>
internal sealed class DetectionIndex
{
    /// <summary>Up to this many searches over <see cref="FewDetections"/>, the index is not kept: what is kept is looked at in each garbage collection.</summary>
    private const int FewSearches = 4;

    private const int FewDetections = 64;

    private static readonly ConditionalWeakTable<NamedDetection[], DetectionIndex> Made = [];

    private readonly ImmutableArray<NamedDetection> detections;
    private readonly DetectionNames names;
    private long[]? costs;

    private DetectionIndex(ImmutableArray<NamedDetection> detections, Limits limits)
    {
        this.detections = detections;
        names = new DetectionNames(detections.Select(detection => detection.Name), limits);
    }

    /// <summary>The index of a rule.</summary>
    public static DetectionIndex Of(SigmaRule rule) =>
        rule.Detections.Length <= FewDetections && HasFewSearches(rule) ? new DetectionIndex(rule.Detections, rule.Span.Source.Limits) : Remembered(rule);

    /// <summary>Whether a rule searches for few things. It is asked for each of them, so many are not counted.</summary>
    private static bool HasFewSearches(SigmaRule rule)
    {
        int searches = rule.Conditions.Length;
        for (int i = 0; i < rule.Conditions.Length && searches <= FewSearches; i++)
        {
            searches += rule.Conditions[i].Near.Length;
        }

        return searches <= FewSearches;
    }

    private static DetectionIndex Remembered(SigmaRule rule)
    {
        NamedDetection[] key = ImmutableCollectionsMarshal.AsArray(rule.Detections)!;
        return Made.TryGetValue(key, out DetectionIndex? known) ? known
            : Made.GetValue(key, _ => new DetectionIndex(rule.Detections, rule.Span.Source.Limits));
    }

    /// <summary>A detection that a condition names.</summary>
    public NamedDetection this[string name] => detections[names.IndexOf(name)];

    /// <summary>The detections that a selector takes in, in the order of the rule.</summary>
    public IEnumerable<NamedDetection> Selected(string? pattern) => Places(pattern).Select(place => detections[place]);

    /// <summary>Checks what a rule comes to when its detections are written into its conditions, before that is done.</summary>
    /// <param name="rule">The rule, with what filters and pipelines have added.</param>
    /// <param name="limits">What it may cost.</param>
    /// <returns>An error where it is too much or nested too deep; null if it is not.</returns>
    public static Diagnostic? Check(SigmaRule rule, Limits limits)
    {
        DetectionIndex index = Of(rule);
        long most = limits[Limits.RuleValues];
        long deepest = limits[Limits.ConditionDepth] * 4;
        long spent = 0;
        var open = new Stack<(ConditionNode Node, int Depth)>();
        foreach (Condition condition in rule.Conditions)
        {
            open.Push((condition.Search, 1));
            foreach (NearSearch near in condition.Near)
            {
                open.Push((near.Search, 1));
            }

            while (open.TryPop(out (ConditionNode Node, int Depth) next))
            {
                switch (next.Node)
                {
                    case AndCondition and:
                        open.Push((and.Left, next.Depth + 1));
                        open.Push((and.Right, next.Depth + 1));
                        break;
                    case OrCondition or:
                        open.Push((or.Left, next.Depth + 1));
                        open.Push((or.Right, next.Depth + 1));
                        break;
                    case NotCondition not:
                        open.Push((not.Operand, next.Depth + 1));
                        break;
                    case GroupCondition group:
                        open.Push((group.Inner, next.Depth + 1));
                        break;
                    case IdentifierCondition identifier:
                        spent += index.CostOf(identifier.Name);
                        break;
                    case SelectorCondition selector:
                        spent += index.CostOfSelected(selector.Pattern);
                        break;
                }

                if (next.Depth > deepest)
                {
                    return limits.Exceeded(Limits.ConditionDepth, Diagnostic.ConditionTooDeep, condition.Span).WithHint("fewer filters or added conditions make it flatter");
                }

                if (spent > most)
                {
                    return limits.Exceeded(Limits.RuleValues, Diagnostic.TooManyValuesWritten, condition.Span, "its conditions name detections more than once");
                }
            }
        }

        return index.names.IsOverspent ? limits.Exceeded(Limits.NameComparisons, Diagnostic.TooManyComparisons, rule.Span with { Length = 0 }) : null;
    }

    private long CostOf(string name) => names.IndexOf(name) is >= 0 and var place ? 1 + CostAt(place) : 1;

    private long CostAt(int place)
    {
        // Threads that share a rule may each work it out.
        long[] known = costs ?? new long[detections.Length];
        if (costs is null)
        {
            for (int i = 0; i < known.Length; i++)
            {
                known[i] = ValueCost.Of(detections[i].Body);
            }

            Volatile.Write(ref costs, known);
        }

        return known[place];
    }

    private long CostOfSelected(string? pattern)
    {
        long sum = 1;
        foreach (int place in Places(pattern))
        {
            sum += 1 + CostAt(place);
        }

        return sum;
    }

    // Files that are converted in parallel may share a rule that correlations count.
    private int[] Places(string? pattern)
    {
        lock (names)
        {
            return names.Selected(pattern);
        }
    }
}
