namespace Sigma.Backends;

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
