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

/// <summary>The kinds of condition, in one table: the backend format, its documentation and the tests read it.</summary>
internal static class Shapes
{
    /// <summary>The kinds by name, with what they are and the kind that stands in where a backend says nothing; null: refused.</summary>
    public static IReadOnlyDictionary<string, (string Meaning, string? Fallback)> All { get; } = new Dictionary<string, (string, string?)>(StringComparer.Ordinal)
    {
        ["text"] = ("a field equals a text", null),
        ["wildcard"] = ("a field fits a text with * or ?", "text"),
        ["pattern"] = ("a text with a * or ? that the style of 'wildcard' or 'text' cannot say", null),
        ["unwritable"] = ("a text with a character that the style of 'wildcard' or 'text' cannot write", "pattern"),
        ["empty"] = ("a field is the empty text", "text"),
        ["number"] = ("a field equals a number", "text"),
        ["boolean"] = ("a field is true or false", "text"),
        ["list"] = ("a field equals one of several texts or numbers", null),
        ["wildcard_list"] = ("a field fits one of several texts, some with wildcards", "list"),
        ["cased"] = ("a field equals a text, with regard to case", null),
        ["cased_wildcard"] = ("a field fits a text with wildcards, with regard to case", "cased"),
        ["regex"] = ("a regular expression is found in a field", null),
        ["cidr"] = ("a field is an address of a network", null),
        ["compare"] = ("a field is less or greater than a number", null),
        ["null"] = ("a field is absent or has no value", null),
        ["exists"] = ("an event has a field", null),
        ["not_exists"] = ("an event has not a field", "null"),
        ["field_equals"] = ("a field equals another field", null),
        ["field_startswith"] = ("a field starts with another field's value", null),
        ["field_endswith"] = ("a field ends with another field's value", null),
        ["field_contains"] = ("a field contains another field's value", null),
        ["time_part"] = ("a part of a date compares with a number", null),
        ["keyword"] = ("a text stands anywhere in the event", null),
        ["keyword_wildcard"] = ("a text with wildcards stands anywhere in the event", "keyword"),
        ["keyword_pattern"] = ("a keyword with a * or ? that its style cannot say", null),
        ["keyword_unwritable"] = ("a keyword with a character that its style cannot write", "keyword_pattern"),
        ["keyword_list"] = ("one of several texts stands anywhere in the event", null),
        ["keyword_cased"] = ("a text stands anywhere in the event, with regard to case", null),
        ["keyword_regex"] = ("a regular expression is found anywhere in the event", null),
        ["aggregation"] = ("a field that is counted by, for the templates; its name stands there as it is", null),
    };
}
