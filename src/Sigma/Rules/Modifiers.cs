using System.Collections.Frozen;

namespace Sigma.Rules;

/// <summary>Where in a chain of modifiers a modifier is allowed.</summary>
internal enum ModifierPlace
{
    /// <summary>Changes each value; allowed wherever its input fits.</summary>
    Value,

    /// <summary>Decides how the written value is read; only <c>all</c> and <c>neq</c> may precede it.</summary>
    First,

    /// <summary>Acts on the item as a whole; allowed anywhere.</summary>
    List,
}

/// <summary>A value modifier of the language.</summary>
/// <param name="Name">The name as written after the pipe.</param>
/// <param name="Place">Where it is allowed.</param>
/// <param name="Input">What it takes, for the user.</param>
/// <param name="Effect">What it does, for the user.</param>
/// <param name="Apply">Changes one value; null for modifiers that act on the item.</param>
internal sealed record Modifier(string Name, ModifierPlace Place, string Input, string Effect, ValueModifier? Apply)
{
    /// <summary>Whether a second one changes the value again, as an encoding does.</summary>
    public bool AddsUp { get; init; }
}

/// <summary>Changes one value.</summary>
/// <param name="value">The value so far.</param>
/// <param name="site">The item, and where to report diagnostics.</param>
/// <returns>The new value; null after reporting that the value does not fit.</returns>
internal delegate Value? ValueModifier(Value value, ModifierSite site);

/// <summary>
/// The modifiers of the specification 2.1 ("Modifiers" appendix) and of its Python reference, in one table: parser,
/// <c>sigmac list modifiers</c>, suggestions and tests read it.
/// </summary>
internal static class Modifiers
{
    /// <summary>All modifiers, in the order they are listed to the user.</summary>
    public static IReadOnlyList<Modifier> All { get; } =
    [
        new("contains", ModifierPlace.Value, "text, regular expression, field reference", "the field contains the value", TextModifiers.Contains),
        new("startswith", ModifierPlace.Value, "text, regular expression, field reference", "the field starts with the value", TextModifiers.StartsWith),
        new("endswith", ModifierPlace.Value, "text, regular expression, field reference", "the field ends with the value", TextModifiers.EndsWith),
        new("all", ModifierPlace.List, "list", "all values must match instead of any", null),
        new("neq", ModifierPlace.List, "anything", "the item as a whole must not match", null),
        new("cased", ModifierPlace.Value, "text", "matches case-sensitively", TextModifiers.Cased),
        new("windash", ModifierPlace.Value, "text", "a leading dash may be any of - / – — ―", TextModifiers.WindowsDash),
        new("expand", ModifierPlace.Value, "text, regular expression", "%name% is a placeholder that a pipeline fills", TextModifiers.Expand),
        new("base64", ModifierPlace.Value, "text without wildcards", "the value, encoded as Base64", EncodingModifiers.Base64) { AddsUp = true },
        new("base64offset", ModifierPlace.Value, "text without wildcards", "the value inside Base64-encoded data, at any of the three offsets", EncodingModifiers.Base64Offset) { AddsUp = true },
        new("wide", ModifierPlace.Value, "text", "the value, encoded as UTF-16LE", EncodingModifiers.Utf16LittleEndian) { AddsUp = true },
        new("utf16le", ModifierPlace.Value, "text", "the same as wide", EncodingModifiers.Utf16LittleEndian) { AddsUp = true },
        new("utf16be", ModifierPlace.Value, "text", "the value, encoded as UTF-16BE", EncodingModifiers.Utf16BigEndian) { AddsUp = true },
        new("utf16", ModifierPlace.Value, "text", "the value, encoded as UTF-16LE with a byte order mark", EncodingModifiers.Utf16WithMark) { AddsUp = true },
        new("re", ModifierPlace.First, "text", "the value is a regular expression", TypeModifiers.RegularExpression),
        new("i", ModifierPlace.Value, "regular expression", "matches case-insensitively", TypeModifiers.IgnoreCase),
        new("ignorecase", ModifierPlace.Value, "regular expression", "the same as i", TypeModifiers.IgnoreCase),
        new("m", ModifierPlace.Value, "regular expression", "^ and $ match at the start and end of each line", TypeModifiers.Multiline),
        new("multiline", ModifierPlace.Value, "regular expression", "the same as m", TypeModifiers.Multiline),
        new("s", ModifierPlace.Value, "regular expression", ". also matches line breaks", TypeModifiers.DotAll),
        new("dotall", ModifierPlace.Value, "regular expression", "the same as s", TypeModifiers.DotAll),
        new("cidr", ModifierPlace.First, "IPv4 or IPv6 network", "the field is an address in the network", TypeModifiers.Cidr),
        new("lt", ModifierPlace.Value, "number", "the field is less than the value", TypeModifiers.Less),
        new("lte", ModifierPlace.Value, "number", "the field is less than or equal to the value", TypeModifiers.LessOrEqual),
        new("gt", ModifierPlace.Value, "number", "the field is greater than the value", TypeModifiers.Greater),
        new("gte", ModifierPlace.Value, "number", "the field is greater than or equal to the value", TypeModifiers.GreaterOrEqual),
        new("exists", ModifierPlace.First, "true or false", "the event has the field (true) or does not have it (false)", TypeModifiers.Exists),
        new("fieldref", ModifierPlace.First, "field name", "the field equals another field", TypeModifiers.FieldReference),
        new("minute", ModifierPlace.First, "number, 0 to 59", "the minute of the time in the field", TypeModifiers.Minute),
        new("hour", ModifierPlace.First, "number, 0 to 23", "the hour of the time in the field", TypeModifiers.Hour),
        new("day", ModifierPlace.First, "number, 1 to 31", "the day of the month of the date in the field", TypeModifiers.Day),
        new("week", ModifierPlace.First, "number, 1 to 53", "the week of the year of the date in the field", TypeModifiers.Week),
        new("month", ModifierPlace.First, "number, 1 to 12", "the month of the date in the field", TypeModifiers.Month),
        new("year", ModifierPlace.First, "number", "the year of the date in the field", TypeModifiers.Year),
    ];

    private static readonly FrozenDictionary<string, Modifier> ByName = All.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>Finds a modifier by its name, which is case-sensitive.</summary>
    public static Modifier? Find(string name) => ByName.GetValueOrDefault(name);
}
