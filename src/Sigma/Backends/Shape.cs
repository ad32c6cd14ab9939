using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Which events a written condition selects, compared with the rule.</summary>
internal enum Approximation
{
    /// <summary>The same events.</summary>
    Exact,

    /// <summary>All events of the rule, and more.</summary>
    Broader,

    /// <summary>Only some events of the rule.</summary>
    Narrower,

    /// <summary>Some other events, but not all events of the rule.</summary>
    Incomparable,
}

/// <summary>How a backend writes one kind of condition.</summary>
/// <param name="Template">The template; null if the target cannot express it.</param>
/// <param name="Item">For lists: the template of an item.</param>
/// <param name="PlainItem">For lists: the template of an item without wildcards; null if it is the same.</param>
/// <param name="Separator">For lists: the text between items.</param>
/// <param name="Stage">The later stage it belongs to; null for the search itself.</param>
/// <param name="Approximation">Which events it selects, compared with the rule.</param>
/// <param name="Note">The note for the user: why it is refused or inexact, or other information.</param>
/// <param name="Expand">For networks: whether they become patterns such as <c>10.*</c>.</param>
/// <param name="Loose">Whether it needs brackets next to an OR.</param>
/// <param name="Fields">For an alternative: the fields it is for, as patterns; null for any.</param>
/// <param name="NotFields">For an alternative: the fields it is not for.</param>
/// <param name="Span">Its position in the backend.</param>
internal sealed record Shape(
    Template? Template,
    Template? Item,
    Template? PlainItem,
    string Separator,
    string? Stage,
    Approximation Approximation,
    string? Note,
    bool Expand,
    bool Loose,
    string[]? Fields,
    string[] NotFields,
    Span Span)
{
    /// <summary>For lists: the template of an item that is a number; null if it is as other items.</summary>
    public Template? NumberItem { get; init; }

    /// <summary>The template of the opposite, which also selects events without the field; null if the language's NOT makes it.</summary>
    public Template? Negated { get; init; }

    /// <summary>Whether the condition is neither true nor false of an event without the field; null for what holds of the language.</summary>
    public bool? Unknown { get; init; }

    /// <summary>Why the test regards the case of letters, and what helps: a warning about texts with letters; null if it does not, or if the rule asks for it.</summary>
    public string? RegardsCase { get; init; }

    /// <summary>For networks: what the language sees addresses of IPv4 as, if that is <c>::ffff:0:0/96</c>; null if it tells them from those of IPv6.</summary>
    public string? MappedIpv4 { get; init; }

    /// <summary>For an alternative: the types of the columns it is for; null for any, and for what has no type.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>For an alternative: whether it is for names that are plain, or for those that are quoted; null for both.</summary>
    public bool? Plain { get; init; }

    /// <summary>Whether this alternative is for a field.</summary>
    public bool IsFor(string? field) => (Fields is null || AnyFits(Fields, field)) && !AnyFits(NotFields, field);

    private static bool AnyFits(string[] patterns, string? field)
    {
        foreach (string pattern in patterns)
        {
            if (Fits(pattern, field))
            {
                return true;
            }
        }

        return false;
    }

    /// <remarks>Most patterns are a name or the beginning of one, and each condition of each rule asks.</remarks>
    private static bool Fits(string pattern, string? field)
    {
        if (field is null)
        {
            return false;
        }

        int special = pattern.AsSpan().IndexOfAny('*', '?', '\\');
        return special < 0 ? string.Equals(pattern, field, StringComparison.Ordinal)
            : pattern[special] == '*' && special == pattern.Length - 1 ? field.AsSpan().StartsWith(pattern.AsSpan(0, special), StringComparison.Ordinal)
            : System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, field, ignoreCase: false);
    }
}

/// <summary>What a kind of condition compares a field or the whole event with.</summary>
internal enum ShapeValue
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A text, in one of the styles.</summary>
    Text,

    /// <summary>The empty text, which a template may write itself.</summary>
    Empty,

    /// <summary>A number, as it is or in one of the styles.</summary>
    Number,

    /// <summary>Several texts or numbers.</summary>
    List,

    /// <summary>A regular expression.</summary>
    Regex,

    /// <summary>A network.</summary>
    Cidr,

    /// <summary>A number, by an operator.</summary>
    Comparison,

    /// <summary>Another field.</summary>
    Field,

    /// <summary>A number, by an operator, with a part of a date.</summary>
    TimePart,
}

/// <summary>A kind of condition; <see cref="Shapes"/> has their names in backends and what they are.</summary>
internal enum ConditionKind
{
    /// <summary>A field equals a text.</summary>
    Text,

    /// <summary>A field fits a text with * or ?.</summary>
    Wildcard,

    /// <summary>A field starts with a text.</summary>
    StartsWith,

    /// <summary>A field ends with a text.</summary>
    EndsWith,

    /// <summary>A field contains a text.</summary>
    Contains,

    /// <summary>A field has any text: the value is * alone.</summary>
    Anything,

    /// <summary>A text with a * or ? that the style of 'wildcard' or 'text' cannot say.</summary>
    Pattern,

    /// <summary>A text with a character that the style of 'wildcard' or 'text' cannot write.</summary>
    Unwritable,

    /// <summary>A field is the empty text.</summary>
    Empty,

    /// <summary>A field equals a number.</summary>
    Number,

    /// <summary>A field is true or false.</summary>
    Boolean,

    /// <summary>A field equals one of several texts or numbers.</summary>
    List,

    /// <summary>A field fits one of several texts, some with wildcards.</summary>
    WildcardList,

    /// <summary>A field equals a text, case-sensitive.</summary>
    Cased,

    /// <summary>A field fits a text with wildcards, case-sensitive.</summary>
    CasedWildcard,

    /// <summary>A field starts with a text, case-sensitive.</summary>
    CasedStartsWith,

    /// <summary>A field ends with a text, case-sensitive.</summary>
    CasedEndsWith,

    /// <summary>A field contains a text, case-sensitive.</summary>
    CasedContains,

    /// <summary>A regular expression is found in a field.</summary>
    Regex,

    /// <summary>A field is an address of a network.</summary>
    Cidr,

    /// <summary>A field is an address of an IPv6 network.</summary>
    CidrV6,

    /// <summary>A field is less or greater than a number.</summary>
    Compare,

    /// <summary>A field is absent or has no value.</summary>
    Null,

    /// <summary>An event has a field.</summary>
    Exists,

    /// <summary>An event has not a field.</summary>
    NotExists,

    /// <summary>A field equals another field.</summary>
    FieldEquals,

    /// <summary>A field starts with another field's value.</summary>
    FieldStartsWith,

    /// <summary>A field ends with another field's value.</summary>
    FieldEndsWith,

    /// <summary>A field contains another field's value.</summary>
    FieldContains,

    /// <summary>A part of a date compares with a number.</summary>
    TimePart,

    /// <summary>A text stands anywhere in the event.</summary>
    Keyword,

    /// <summary>A text with wildcards stands anywhere in the event.</summary>
    KeywordWildcard,

    /// <summary>A keyword with a * or ? that its style cannot say.</summary>
    KeywordPattern,

    /// <summary>A keyword with a character that its style cannot write.</summary>
    KeywordUnwritable,

    /// <summary>One of several texts stands anywhere in the event.</summary>
    KeywordList,

    /// <summary>A text stands anywhere in the event, case-sensitive.</summary>
    KeywordCased,

    /// <summary>A regular expression is found anywhere in the event.</summary>
    KeywordRegex,

    /// <summary>A field that is counted by, for the templates; its name stands there as it is.</summary>
    Aggregation,

    /// <summary>An expression in the target's own language, which a pipeline put there; it has no shape.</summary>
    QueryExpression,
}

/// <summary>What is known of a kind of condition.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name in backends.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Fallback">The kind that stands in where a backend says nothing; null: refused.</param>
/// <param name="Value">What a field or the event is compared with.</param>
internal sealed record ShapeKind(ConditionKind Kind, string Name, string Meaning, ConditionKind? Fallback, ShapeValue Value)
{
    /// <summary>Whether it is about the whole event instead of a field.</summary>
    public bool IsKeyword => Name.StartsWith("keyword", StringComparison.Ordinal);
}

/// <summary>The kinds of condition, in one table: the backend format, its documentation and the tests read it.</summary>
internal static class Shapes
{
    /// <summary>The kinds, with what they are and the kind that stands in where a backend says nothing; null: refused.</summary>
    public static IReadOnlyList<ShapeKind> All { get; } =
    [
        new(ConditionKind.Text, "text", "a field equals a text", null, ShapeValue.Text),
        new(ConditionKind.Wildcard, "wildcard", "a field fits a text with * or ?", ConditionKind.Text, ShapeValue.Text),
        new(ConditionKind.StartsWith, "startswith", "a field starts with a text", ConditionKind.Wildcard, ShapeValue.Text),
        new(ConditionKind.EndsWith, "endswith", "a field ends with a text", ConditionKind.Wildcard, ShapeValue.Text),
        new(ConditionKind.Contains, "contains", "a field contains a text", ConditionKind.Wildcard, ShapeValue.Text),
        new(ConditionKind.Anything, "anything", "a field has any text: the value is * alone", ConditionKind.Wildcard, ShapeValue.None),
        new(ConditionKind.Pattern, "pattern", "a text with a * or ? that the style of 'wildcard' or 'text' cannot say", null, ShapeValue.Text),
        new(ConditionKind.Unwritable, "unwritable", "a text with a character that the style of 'wildcard' or 'text' cannot write", ConditionKind.Pattern, ShapeValue.Text),
        new(ConditionKind.Empty, "empty", "a field is the empty text", ConditionKind.Text, ShapeValue.Empty),
        new(ConditionKind.Number, "number", "a field equals a number", ConditionKind.Text, ShapeValue.Number),
        new(ConditionKind.Boolean, "boolean", "a field is true or false", ConditionKind.Text, ShapeValue.Text),
        new(ConditionKind.List, "list", "a field equals one of several texts or numbers", null, ShapeValue.List),
        new(ConditionKind.WildcardList, "wildcard_list", "a field fits one of several texts, some with wildcards", ConditionKind.List, ShapeValue.List),
        new(ConditionKind.Cased, "cased", "a field equals a text, case-sensitive", null, ShapeValue.Text),
        new(ConditionKind.CasedWildcard, "cased_wildcard", "a field fits a text with wildcards, case-sensitive", ConditionKind.Cased, ShapeValue.Text),
        new(ConditionKind.CasedStartsWith, "cased_startswith", "a field starts with a text, case-sensitive", ConditionKind.CasedWildcard, ShapeValue.Text),
        new(ConditionKind.CasedEndsWith, "cased_endswith", "a field ends with a text, case-sensitive", ConditionKind.CasedWildcard, ShapeValue.Text),
        new(ConditionKind.CasedContains, "cased_contains", "a field contains a text, case-sensitive", ConditionKind.CasedWildcard, ShapeValue.Text),
        new(ConditionKind.Regex, "regex", "a regular expression is found in a field", null, ShapeValue.Regex),
        new(ConditionKind.Cidr, "cidr", "a field is an address of a network", null, ShapeValue.Cidr),
        new(ConditionKind.CidrV6, "cidr_v6", "a field is an address of an IPv6 network", ConditionKind.Cidr, ShapeValue.Cidr),
        new(ConditionKind.Compare, "compare", "a field is less or greater than a number", null, ShapeValue.Comparison),
        new(ConditionKind.Null, "null", "a field is absent or has no value", null, ShapeValue.None),
        new(ConditionKind.Exists, "exists", "an event has a field", null, ShapeValue.None),
        new(ConditionKind.NotExists, "not_exists", "an event has not a field", ConditionKind.Null, ShapeValue.None),
        new(ConditionKind.FieldEquals, "field_equals", "a field equals another field", null, ShapeValue.Field),
        new(ConditionKind.FieldStartsWith, "field_startswith", "a field starts with another field's value", null, ShapeValue.Field),
        new(ConditionKind.FieldEndsWith, "field_endswith", "a field ends with another field's value", null, ShapeValue.Field),
        new(ConditionKind.FieldContains, "field_contains", "a field contains another field's value", null, ShapeValue.Field),
        new(ConditionKind.TimePart, "time_part", "a part of a date compares with a number", null, ShapeValue.TimePart),
        new(ConditionKind.Keyword, "keyword", "a text stands anywhere in the event", null, ShapeValue.Text),
        new(ConditionKind.KeywordWildcard, "keyword_wildcard", "a text with wildcards stands anywhere in the event", ConditionKind.Keyword, ShapeValue.Text),
        new(ConditionKind.KeywordPattern, "keyword_pattern", "a keyword with a * or ? that its style cannot say", null, ShapeValue.Text),
        new(ConditionKind.KeywordUnwritable, "keyword_unwritable", "a keyword with a character that its style cannot write", ConditionKind.KeywordPattern, ShapeValue.Text),
        new(ConditionKind.KeywordList, "keyword_list", "one of several texts stands anywhere in the event", null, ShapeValue.List),
        new(ConditionKind.KeywordCased, "keyword_cased", "a text stands anywhere in the event, case-sensitive", null, ShapeValue.Text),
        new(ConditionKind.KeywordRegex, "keyword_regex", "a regular expression is found anywhere in the event", null, ShapeValue.Regex),
        new(ConditionKind.Aggregation, "aggregation", "a field that is counted by, for the templates; its name stands there as it is", null, ShapeValue.None),
    ];

    /// <summary>The kinds by their names in backends.</summary>
    public static IReadOnlyDictionary<string, ShapeKind> ByName { get; } = All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static readonly ShapeKind?[] ByKind = [.. Enum.GetValues<ConditionKind>().Select(kind => All.FirstOrDefault(known => known.Kind == kind))];

    /// <summary>What is known of a kind; null for an expression in the target's own language.</summary>
    public static ShapeKind? Of(ConditionKind kind) => ByKind[(int)kind];
}
