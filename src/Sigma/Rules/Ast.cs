using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>A document of a rule file.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Span">Its position.</param>
public abstract record SigmaDocument(Metadata Metadata, Span Span);

/// <summary>A detection rule: <c>logsource:</c> and <c>detection:</c>.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="LogSource">The data that it applies to.</param>
/// <param name="Detections">The named detections, in the order of the rule.</param>
/// <param name="Conditions">The conditions; each makes a separate query.</param>
/// <param name="Span">Its position.</param>
public sealed record SigmaRule(
    Metadata Metadata,
    LogSource LogSource,
    ImmutableArray<NamedDetection> Detections,
    ImmutableArray<Condition> Conditions,
    Span Span) : SigmaDocument(Metadata, Span)
{
    /// <summary><c>timeframe:</c> of the older form, or null.</summary>
    public Timespan? Timeframe { get; init; }

    /// <summary>The fields that a correlation uses of the rule; pipelines rename them together with the rule's own.</summary>
    public ImmutableArray<ExtraField> ExtraFields { get; init; } = [];
}

/// <summary>A field that a correlation uses of one of its rules: to group by, to measure, or as the target of an alias.</summary>
/// <param name="Names">Its name in the rule; after the pipelines, what the target calls it, which may be several names.</param>
/// <param name="IsSingle">Whether it must stay one field: a measured field, and one with an alias.</param>
/// <param name="Span">The place where the correlation names it.</param>
public sealed record ExtraField(ImmutableArray<string> Names, bool IsSingle, Span Span)
{
    /// <summary>Creates the field as the rule names it.</summary>
    public ExtraField(string name, bool isSingle, Span span)
        : this([name], isSingle, span)
    {
    }
}

/// <summary><c>selection: …</c>: a detection under the name that conditions use.</summary>
/// <param name="Name">The search identifier.</param>
/// <param name="Body">What it tests.</param>
/// <param name="NameSpan">The position of the name.</param>
public sealed record NamedDetection(string Name, Detection Body, Span NameSpan)
{
    /// <summary>What the names of detections begin with that a pipeline step adds.</summary>
    internal static readonly string AddedPrefix = $"{RuleSet.InternalMark}added{RuleSet.InternalMark}";

    /// <summary>Whether a pipeline step added it.</summary>
    public bool IsAdded => Name.StartsWith(AddedPrefix, StringComparison.Ordinal);
}

/// <summary>The tests of a named detection.</summary>
/// <param name="Span">Its position.</param>
public abstract record Detection(Span Span)
{
    /// <summary>Its items at all levels, in order.</summary>
    public IEnumerable<DetectionItem> Leaves() => this switch
    {
        DetectionItem item => [item],
        AllOfDetection all => all.Items.SelectMany(inner => inner.Leaves()),
        AnyOfDetection any => any.Items.SelectMany(inner => inner.Leaves()),
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };
}

/// <summary>A map: all of its items must match.</summary>
/// <param name="Items">The items.</param>
/// <param name="Span">Its position.</param>
public sealed record AllOfDetection(ImmutableArray<Detection> Items, Span Span) : Detection(Span);

/// <summary>A list of maps, or of maps and values: any of its items must match.</summary>
/// <param name="Items">The items.</param>
/// <param name="Span">Its position.</param>
public sealed record AnyOfDetection(ImmutableArray<Detection> Items, Span Span) : Detection(Span);

/// <summary><c>Image|endswith: ['\a.exe', '\b.exe']</c>, or, without a field, keywords.</summary>
/// <param name="Field">The field; null for keywords, which may stand anywhere in the event.</param>
/// <param name="Modifiers">The modifiers as written, in order; <paramref name="Values"/> are already modified.</param>
/// <param name="Values">The values after the modifiers; at least one.</param>
/// <param name="IsList">Whether the values were written as a list; a list of one is still a list.</param>
/// <param name="All">Whether all values must match (<c>all</c>) instead of any.</param>
/// <param name="Negated">Whether the item as a whole is negated (<c>neq</c>).</param>
/// <param name="FieldSpan">The position of the field's name.</param>
/// <param name="Span">The position of the item.</param>
public sealed record DetectionItem(
    string? Field,
    ImmutableArray<string> Modifiers,
    ImmutableArray<Value> Values,
    bool IsList,
    bool All,
    bool Negated,
    Span FieldSpan,
    Span Span) : Detection(Span);

/// <summary>A condition, and what is counted over the events it selects.</summary>
/// <param name="Search">Which events.</param>
/// <param name="Aggregation">What of them, as in <c>| count() by User &gt; 5</c>; null for each event by itself.</param>
/// <param name="Span">Its position.</param>
public sealed record Condition(ConditionNode Search, Correlation? Aggregation, Span Span)
{
    /// <summary>The name by which the expression of a <c>near</c> calls the condition's own search.</summary>
    internal const string SearchName = "search";

    /// <summary>For the older <c>near</c>: the searches that must, or must not, match as well.</summary>
    public ImmutableArray<NearSearch> Near { get; init; } = [];

    /// <summary>Rewrites each of the condition's searches.</summary>
    internal Condition MapSearches(Func<ConditionNode, ConditionNode> map) =>
        this with { Search = map(Search), Near = [.. Near.Select(near => near with { Search = map(near.Search) })] };
}

/// <summary>An operand of the older <c>| near a and not b</c>.</summary>
/// <param name="Name">What the aggregation's expression calls it.</param>
/// <param name="Search">Which events, without the <c>not</c> in front.</param>
/// <param name="IsNegated">Whether none of them may be near.</param>
public sealed record NearSearch(string Name, ConditionNode Search, bool IsNegated);

/// <summary>A node of a condition.</summary>
/// <param name="Span">Its position.</param>
public abstract record ConditionNode(Span Span)
{
    /// <summary>Puts something in place of each name and selector.</summary>
    /// <param name="leaf">What stands in place of an <see cref="IdentifierCondition"/> or a <see cref="SelectorCondition"/>.</param>
    /// <returns>The condition with the same operators and brackets.</returns>
    public ConditionNode Rewrite(Func<ConditionNode, ConditionNode> leaf) => this switch
    {
        AndCondition and => and with { Left = and.Left.Rewrite(leaf), Right = and.Right.Rewrite(leaf) },
        OrCondition or => or with { Left = or.Left.Rewrite(leaf), Right = or.Right.Rewrite(leaf) },
        NotCondition not => not with { Operand = not.Operand.Rewrite(leaf) },
        GroupCondition group => group with { Inner = group.Inner.Rewrite(leaf) },
        _ => leaf(this),
    };

    /// <summary>Whether it holds; it has no selectors.</summary>
    /// <param name="name">Whether what has this name holds.</param>
    public bool Holds(Func<string, bool> name) => this switch
    {
        AndCondition and => and.Left.Holds(name) && and.Right.Holds(name),
        OrCondition or => or.Left.Holds(name) || or.Right.Holds(name),
        NotCondition not => !not.Operand.Holds(name),
        GroupCondition group => group.Inner.Holds(name),
        IdentifierCondition identifier => name(identifier.Name),
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };
}

/// <summary><c>a and b</c>; both operators are binary and left-associative.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
/// <param name="Span">Its position.</param>
public sealed record AndCondition(ConditionNode Left, ConditionNode Right, Span Span) : ConditionNode(Span);

/// <summary><c>a or b</c>.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Right">The right side.</param>
/// <param name="Span">Its position.</param>
public sealed record OrCondition(ConditionNode Left, ConditionNode Right, Span Span) : ConditionNode(Span);

/// <summary><c>not a</c>.</summary>
/// <param name="Operand">What must not hold.</param>
/// <param name="Span">Its position.</param>
public sealed record NotCondition(ConditionNode Operand, Span Span) : ConditionNode(Span);

/// <summary><c>( a or b )</c>: brackets of the author's; they shape the query, never its meaning.</summary>
/// <param name="Inner">What stands in them.</param>
/// <param name="Span">Its position.</param>
public sealed record GroupCondition(ConditionNode Inner, Span Span) : ConditionNode(Span);

/// <summary><c>selection</c>.</summary>
/// <param name="Name">The detection it names.</param>
/// <param name="Span">Its position.</param>
public sealed record IdentifierCondition(string Name, Span Span) : ConditionNode(Span);

/// <summary><c>1 of selection_*</c>, <c>all of them</c>, <c>any of filter*</c>.</summary>
/// <param name="All">Whether all of the detections must hold, not one.</param>
/// <param name="Pattern">A name with <c>*</c> for any run of characters; null for <c>them</c>.</param>
/// <param name="Span">Its position.</param>
public sealed record SelectorCondition(bool All, string? Pattern, Span Span) : ConditionNode(Span);
