using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Pages;

/// <summary>A text of a rule and the item it stands in.</summary>
internal sealed record RuleText(DetectionItem Item, StringValue Value)
{
    private static readonly string[] Wildcards = ["contains", "startswith", "endswith"];

    public SigmaString Text => Value.Text;

    /// <summary>Whether a modifier's wildcard comes right behind a backslash that belongs to the value.</summary>
    public bool GluesToModifier => Item.Modifiers.Any(Wildcards.Contains)
        && Text.Parts is [.., { Kind: PartKind.Literal } last, { Kind: PartKind.Many }]
        && last.Text.EndsWith('\\');

    /// <summary>Whether the rule means a star or a question mark itself.</summary>
    public bool HasLiteralWildcard => Text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.AsSpan().IndexOfAny('*', '?') >= 0);

    /// <summary>Whether the text stands in a list in which another one has wildcards.</summary>
    public bool StandsInMixedList => Item.Values.Length > 1 && Item.Values.Any(v => v is StringValue { Text.HasWildcards: true });
}

/// <summary>What a page's rules say, read off their syntax; nothing here knows a target.</summary>
internal sealed record RuleFacts(IReadOnlyList<SigmaRule> Rules, IReadOnlyList<DetectionItem> Items)
{
    public IReadOnlyList<RuleText> Texts { get; } =
        [.. from item in Items from value in item.Values.SelectMany(Each).OfType<StringValue>() select new RuleText(item, value)];

    public bool HasRegex => Items.Any(item => item.Values.Any(value => value is RegexValue));

    public bool HasNull => Items.Any(item => item.Values.Any(value => value is NullValue));

    /// <summary>Keywords of which a detection has just one, with wildcards.</summary>
    public bool HasLoneWildcardKeyword => Items.Any(item => item is { Field: null, Values: [StringValue { Text.HasWildcards: true }] });

    public IReadOnlyList<Condition> Conditions { get; } = [.. Rules.SelectMany(rule => rule.Conditions)];

    public bool Counts => Conditions.Any(condition => condition.Aggregation is not null);

    public bool Near => Conditions.Any(condition => condition.Aggregation is { Type: CorrelationType.Temporal });

    public bool CountsValues => Conditions.Any(condition => condition.Aggregation is { Type: CorrelationType.ValueCount });

    public bool HasTimeframe => Rules.Any(rule => rule.Timeframe is not null);

    public bool Negates => Conditions.Any(condition => Negated(condition.Search));

    public static RuleFacts Read(SourceText source)
    {
        var rules = RuleReader.Read(source).Select(read => read.Document).OfType<SigmaRule>().ToList();
        return new RuleFacts(rules, [.. rules.SelectMany(rule => rule.Detections).SelectMany(named => ItemsOf(named.Body))]);
    }

    private static IEnumerable<Value> Each(Value value) => value is ExpansionValue several ? several.Values : [value];

    private static IEnumerable<DetectionItem> ItemsOf(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.SelectMany(ItemsOf),
        AnyOfDetection any => any.Items.SelectMany(ItemsOf),
        _ => [(DetectionItem)detection],
    };

    private static bool Negated(ConditionNode node) => node switch
    {
        NotCondition => true,
        AndCondition and => Negated(and.Left) || Negated(and.Right),
        OrCondition or => Negated(or.Left) || Negated(or.Right),
        GroupCondition group => Negated(group.Inner),
        _ => false,
    };
}
