using System.Collections.Immutable;
using System.Text;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>
/// The modifiers that encode a text. In between, a text may stand for bytes (<see cref="StringValue.IsBytes"/>): each
/// character is one byte, so that <c>wide|base64</c> encodes the bytes of UTF-16 and not their rendering as text.
/// </summary>
internal static class EncodingModifiers
{
    private const string Needs = "a string";
    private const string NeedsKnown = "a string without placeholders, because their values would not be encoded";
    private const string NeedsPlain = "a string without wildcards";

    public static Value? Utf16LittleEndian(Value value, ModifierSite site) =>
        Encode(value, site, Encoding.Unicode);

    public static Value? Utf16BigEndian(Value value, ModifierSite site) =>
        Encode(value, site, Encoding.BigEndianUnicode);

    /// <summary>The specification puts the mark FF FE in front, as bytes.</summary>
    public static Value? Utf16WithMark(Value value, ModifierSite site) => Encode(value, site, Encoding.Unicode) is not { } encoded ? null
        : site.EachText(encoded, Needs, text => text with { Text = SigmaString.Of(text.Text.Parts.Insert(0, new StringPart(PartKind.Literal, "\u00ff\u00fe"))) });

    public static Value? Base64(Value value, ModifierSite site) => site.EachText(value, NeedsPlain, text =>
        Bytes(text) is { } bytes ? WithText(text, Convert.ToBase64String(bytes)) : site.Refuse(text, NeedsPlain));

    /// <summary>
    /// What of the value's Base64 form is the same wherever the value stands in the encoded text: for each of the three
    /// offsets, the characters that neighbours cannot change.
    /// </summary>
    public static Value? Base64Offset(Value value, ModifierSite site) => site.EachText(value, NeedsPlain, text =>
    {
        if (Bytes(text) is not { } bytes)
        {
            return site.Refuse(text, NeedsPlain);
        }

        var forms = ImmutableArray.CreateBuilder<Value>(3);
        for (int offset = 0; offset < 3; offset++)
        {
            string encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            int from = offset switch { 0 => 0, 1 => 2, _ => 3 };
            int cut = ((bytes.Length + offset) % 3) switch { 0 => 0, 1 => 3, _ => 2 };
            if (encoded.Length - cut <= from)
            {
                site.Diagnostics.Add(Diagnostic.TooShortForBase64Offset(text.Span));
                return null;
            }

            forms.Add(WithText(text, encoded[from..^cut]));
        }

        return new ExpansionValue(forms.DrainToImmutable(), text.Span);
    });

    private static StringValue WithText(StringValue text, string literal) =>
        text with { Text = SigmaString.OfLiteral(literal), IsBytes = false };

    private static StringValue Encode(StringValue text, Encoding encoding)
    {
        var parts = text.Text.Parts.Select(part => part.Kind is PartKind.Literal
            ? part with { Text = Encoding.Latin1.GetString(encoding.GetBytes(part.Text)) }
            : part);
        return text with { Text = SigmaString.Of(parts), IsBytes = true };
    }

    private static Value? Encode(Value value, ModifierSite site, Encoding encoding) =>
        site.EachText(value, Needs, text => text.Text.HasPlaceholders ? site.Refuse(text, NeedsKnown) : Encode(text, encoding));

    private static byte[]? Bytes(StringValue text) => text.Text.Literal is not { } literal
        ? null
        : text.IsBytes ? Encoding.Latin1.GetBytes(literal) : Encoding.UTF8.GetBytes(literal);
}
