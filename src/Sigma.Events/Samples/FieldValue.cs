using System.Globalization;

namespace Sigma.Events.Samples;

/// <summary>What kind of value a field of a sample has.</summary>
internal enum FieldKind
{
    /// <summary>The event does not have the field.</summary>
    Absent,

    /// <summary>The event has the field, but no value for it: <c>null</c>.</summary>
    Null,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, kept as its canonical decimal text.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}

/// <summary>The value of one field of a sample.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, the number's digits, or true and false; empty where there is no value.</param>
internal readonly record struct FieldValue(FieldKind Kind, string Text)
{
    /// <summary>The event does not have the field.</summary>
    public static FieldValue Absent { get; } = new(FieldKind.Absent, "");

    /// <summary>The event has the field without a value.</summary>
    public static FieldValue Null { get; } = new(FieldKind.Null, "");

    /// <summary>Whether there is a value that tests can look at.</summary>
    public bool IsPresent => Kind is not (FieldKind.Absent or FieldKind.Null);

    /// <summary>A text.</summary>
    public static FieldValue OfText(string text) => new(FieldKind.Text, text);

    /// <summary>A number.</summary>
    public static FieldValue OfNumber(long number) => new(FieldKind.Number, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, by its canonical decimal text.</summary>
    public static FieldValue OfNumber(string number) => new(FieldKind.Number, number);

    /// <summary>A truth value.</summary>
    public static FieldValue OfBoolean(bool value) => new(FieldKind.Boolean, value ? "true" : "false");
}
