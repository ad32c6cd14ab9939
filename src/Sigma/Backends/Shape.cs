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
