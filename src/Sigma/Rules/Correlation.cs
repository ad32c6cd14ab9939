using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>What a correlation counts (specification 2.1, "Correlation Types"; minimum and maximum are of the older form).</summary>
public enum CorrelationType
{
    /// <summary>The number of events.</summary>
    EventCount,

    /// <summary>The number of distinct values of a field.</summary>
    ValueCount,

    /// <summary>Whether several searches all match, in any order.</summary>
    Temporal,

    /// <summary>Whether several searches match one after another.</summary>
    TemporalOrdered,

    /// <summary>The sum of a field.</summary>
    ValueSum,

    /// <summary>The average of a field.</summary>
    ValueAverage,

    /// <summary>A percentile of a field.</summary>
    ValuePercentile,

    /// <summary>The median of a field.</summary>
    ValueMedian,

    /// <summary>The smallest value of a field; only <c>| min(f)</c>.</summary>
    ValueMinimum,

    /// <summary>The greatest value of a field; only <c>| max(f)</c>.</summary>
    ValueMaximum,
}

/// <summary>A duration, <c>5m</c>.</summary>
/// <param name="Count">How many units.</param>
/// <param name="Unit">s, m, h, d, w, M or y.</param>
public sealed record Timespan(long Count, char Unit)
{
    /// <summary>The length in seconds; a month and a year are the Gregorian means.</summary>
    public long Seconds => Count * (Unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        'w' => 604800,
        'M' => 2629746,
        _ => 31556952,
    });

    /// <inheritdoc/>
    public override string ToString() => Count.ToString() + Unit;
}

/// <summary>One bound of a correlation's condition: <c>gte: 10</c>.</summary>
/// <param name="Comparison">The operator.</param>
/// <param name="Number">The canonical decimal text of the number.</param>
/// <param name="Span">Its position.</param>
public sealed record Threshold(Comparison Comparison, string Number, Span Span)
{
    /// <summary>Whether a count meets the bound.</summary>
    public bool HoldsFor(int count)
    {
        int order = decimal.TryParse(Number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? decimal.Compare(count, number)
            : Number[0] == '-' ? 1 : -1;
        return Comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            Comparison.GreaterOrEqual => order >= 0,
            Comparison.NotEqual => order != 0,
            _ => order == 0,
        };
    }
}

/// <summary>
/// What is counted over a duration. The older <c>| count(f) by g &gt; 5</c> and <c>| near x</c> and a modern
/// <c>correlation:</c> document both become this node.
/// </summary>
/// <param name="Type">What is counted.</param>
/// <param name="Fields">The field whose values count, or several that count together; none for events and temporal types.</param>
/// <param name="GroupBy">The fields that tell one count from another.</param>
/// <param name="Timespan">Over what time; null for the whole range that is searched.</param>
/// <param name="Thresholds">When it fires; all of them must hold.</param>
/// <param name="Span">Its position.</param>
public sealed record Correlation(
    CorrelationType Type,
    ImmutableArray<string> Fields,
    ImmutableArray<string> GroupBy,
    Timespan? Timespan,
    ImmutableArray<Threshold> Thresholds,
    Span Span)
{
    /// <summary>The field whose values count, or null.</summary>
    public string? Field => Fields.IsEmpty ? null : Fields[0];

    /// <summary>Which percentile, as canonical decimal text; null for the other types.</summary>
    public string? Percentile { get; init; }

    /// <summary>For temporal types: which of the rules must, and must not, have matched; names are those of the rules, or of the searches of a <c>near</c>. Null for all.</summary>
    public ConditionNode? Expression { get; init; }

    /// <summary>Where its fields stand, by their names as written.</summary>
    public ImmutableDictionary<string, Span> Places { get; init; } = ImmutableDictionary<string, Span>.Empty;

    /// <summary>Whether it follows the <c>|</c> of a rule's own condition, the older form.</summary>
    public bool IsInline { get; init; }
}

/// <summary>A rule named by its id or its name.</summary>
/// <param name="Name">The id or name as written.</param>
/// <param name="Span">Its position.</param>
public sealed record RuleReference(string Name, Span Span);

/// <summary>One field of an alias: what it is called in one of the rules.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Field">The field's name there.</param>
/// <param name="FieldSpan">The position of the field's name.</param>
public sealed record AliasMapping(RuleReference Rule, string Field, Span FieldSpan);

/// <summary><c>aliases: {user: {rule_a: TargetUserName, rule_b: User}}</c>: one name for fields that rules call differently.</summary>
/// <param name="Name">The name that <c>group-by</c> uses.</param>
/// <param name="Mappings">The fields by rule.</param>
/// <param name="Span">Its position.</param>
public sealed record FieldAlias(string Name, ImmutableArray<AliasMapping> Mappings, Span Span);

/// <summary>A <c>correlation:</c> document.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Correlation">What is counted.</param>
/// <param name="Rules">Over which rules, or further correlations.</param>
/// <param name="Aliases">Its aliases.</param>
/// <param name="Generate">Whether the rules also make queries of their own.</param>
/// <param name="Span">Its position.</param>
public sealed record SigmaCorrelation(
    Metadata Metadata,
    Correlation Correlation,
    ImmutableArray<RuleReference> Rules,
    ImmutableArray<FieldAlias> Aliases,
    bool Generate,
    Span Span) : SigmaDocument(Metadata, Span);

/// <summary>A <c>filter:</c> document: what is left out of, or added to, the rules it names.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="LogSource">The log source within which it applies.</param>
/// <param name="Rules">The rules it names; null for any.</param>
/// <param name="Detections">Its detections.</param>
/// <param name="Condition">What must hold besides a rule's own condition; the author writes the negation.</param>
/// <param name="Span">Its position.</param>
public sealed record SigmaFilter(
    Metadata Metadata,
    LogSource LogSource,
    ImmutableArray<RuleReference>? Rules,
    ImmutableArray<NamedDetection> Detections,
    ConditionNode Condition,
    Span Span) : SigmaDocument(Metadata, Span);
