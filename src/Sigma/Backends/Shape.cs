using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Which events an approximated condition selects, compared with the rule.</summary>
internal enum Selects
{
    /// <summary>The same.</summary>
    Same,

    /// <summary>More.</summary>
    More,

    /// <summary>Fewer.</summary>
    Fewer,

    /// <summary>Some more and some fewer.</summary>
    Other,
}

/// <summary>How a backend writes one kind of condition.</summary>
/// <param name="Template">The template; null where the target cannot say it.</param>
/// <param name="Item">For lists: the template of an item.</param>
/// <param name="PlainItem">For lists: the template of an item without wildcards; null where it is no other.</param>
/// <param name="Separator">For lists: what stands between items.</param>
/// <param name="Stage">The later stage it belongs to; null for the search itself.</param>
/// <param name="Selects">Which events it selects.</param>
/// <param name="Note">What is to be said of it: why it is refused or inexact, or something worth knowing.</param>
/// <param name="Expand">For networks: whether they become patterns such as <c>10.*</c>.</param>
/// <param name="Loose">Whether it needs brackets of its own beside an OR.</param>
/// <param name="Fields">For an alternative: the fields it is for, as patterns; null for any.</param>
/// <param name="NotFields">For an alternative: the fields it is not for.</param>
/// <param name="Span">Where it stands in the backend.</param>
internal sealed record Shape(
    Template? Template,
    Template? Item,
    Template? PlainItem,
    string Separator,
    string? Stage,
    Selects Selects,
    string? Note,
    bool Expand,
    bool Loose,
    string[]? Fields,
    string[] NotFields,
    Span Span)
{
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

    private static bool Fits(string pattern, string? field) =>
        field is not null && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, field, ignoreCase: false);
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

/// <summary>A kind of condition.</summary>
/// <param name="Meaning">What it is.</param>
/// <param name="Fallback">The kind that stands in where a backend says nothing; null: refused.</param>
/// <param name="Value">What a field or the event is compared with.</param>
internal sealed record ShapeKind(string Meaning, string? Fallback, ShapeValue Value);

/// <summary>The kinds of condition, in one table: the backend format, its documentation and the tests read it.</summary>
internal static class Shapes
{
    /// <summary>The kinds by name, with what they are and the kind that stands in where a backend says nothing; null: refused.</summary>
    public static IReadOnlyDictionary<string, ShapeKind> All { get; } = new Dictionary<string, ShapeKind>(StringComparer.Ordinal)
    {
        ["text"] = new("a field equals a text", null, ShapeValue.Text),
        ["wildcard"] = new("a field fits a text with * or ?", "text", ShapeValue.Text),
        ["pattern"] = new("a text with a * or ? that the style of 'wildcard' or 'text' cannot say", null, ShapeValue.Text),
        ["unwritable"] = new("a text with a character that the style of 'wildcard' or 'text' cannot write", "pattern", ShapeValue.Text),
        ["empty"] = new("a field is the empty text", "text", ShapeValue.Empty),
        ["number"] = new("a field equals a number", "text", ShapeValue.Number),
        ["boolean"] = new("a field is true or false", "text", ShapeValue.Text),
        ["list"] = new("a field equals one of several texts or numbers", null, ShapeValue.List),
        ["wildcard_list"] = new("a field fits one of several texts, some with wildcards", "list", ShapeValue.List),
        ["cased"] = new("a field equals a text, case-sensitive", null, ShapeValue.Text),
        ["cased_wildcard"] = new("a field fits a text with wildcards, case-sensitive", "cased", ShapeValue.Text),
        ["regex"] = new("a regular expression is found in a field", null, ShapeValue.Regex),
        ["cidr"] = new("a field is an address of a network", null, ShapeValue.Cidr),
        ["compare"] = new("a field is less or greater than a number", null, ShapeValue.Comparison),
        ["null"] = new("a field is absent or has no value", null, ShapeValue.None),
        ["exists"] = new("an event has a field", null, ShapeValue.None),
        ["not_exists"] = new("an event has not a field", "null", ShapeValue.None),
        ["field_equals"] = new("a field equals another field", null, ShapeValue.Field),
        ["field_startswith"] = new("a field starts with another field's value", null, ShapeValue.Field),
        ["field_endswith"] = new("a field ends with another field's value", null, ShapeValue.Field),
        ["field_contains"] = new("a field contains another field's value", null, ShapeValue.Field),
        ["time_part"] = new("a part of a date compares with a number", null, ShapeValue.TimePart),
        ["keyword"] = new("a text stands anywhere in the event", null, ShapeValue.Text),
        ["keyword_wildcard"] = new("a text with wildcards stands anywhere in the event", "keyword", ShapeValue.Text),
        ["keyword_pattern"] = new("a keyword with a * or ? that its style cannot say", null, ShapeValue.Text),
        ["keyword_unwritable"] = new("a keyword with a character that its style cannot write", "keyword_pattern", ShapeValue.Text),
        ["keyword_list"] = new("one of several texts stands anywhere in the event", null, ShapeValue.List),
        ["keyword_cased"] = new("a text stands anywhere in the event, case-sensitive", null, ShapeValue.Text),
        ["keyword_regex"] = new("a regular expression is found anywhere in the event", null, ShapeValue.Regex),
        ["aggregation"] = new("a field that is counted by, for the templates; its name stands there as it is", null, ShapeValue.None),
    };
}
