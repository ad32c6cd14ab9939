using System.Net;
using System.Net.Sockets;
using Sigma.RegularExpressions;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>The modifiers that decide what kind of test a value is.</summary>
internal static class TypeModifiers
{
    public static Value? RegularExpression(Value value, ModifierSite site)
    {
        if (value is not StringValue { Text: { } text })
        {
            return site.Refuse(value, "a string");
        }

        return new RegexValue(text, RegexFlags.None, value.Span);
    }

    public static Value? IgnoreCase(Value value, ModifierSite site) => Flag(value, site, RegexFlags.IgnoreCase);

    public static Value? Multiline(Value value, ModifierSite site) => Flag(value, site, RegexFlags.Multiline);

    public static Value? DotAll(Value value, ModifierSite site) => Flag(value, site, RegexFlags.DotAll);

    public static Value? Cidr(Value value, ModifierSite site)
    {
        if (!site.RequireField(value))
        {
            return null;
        }

        if (value is not StringValue { Text.Literal: { } text })
        {
            return site.Refuse(value, "a network such as 10.0.0.0/8");
        }

        int slash = text.IndexOf('/');
        string address = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(address, out IPAddress? parsed) || parsed.ScopeIdIsSet() || !IsFullAddress(address, parsed))
        {
            return Bad("it has no address");
        }

        int bits = parsed.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        int length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out length) || length > bits))
        {
            return Bad($"its prefix length must be a number from 0 to {bits}");
        }

        // .NET 10 silently clears the bits after the prefix; they are a mistake in the rule.
        IPNetwork network = IPNetwork.Parse($"{parsed}/{length}");
        return network.BaseAddress.Equals(parsed) ? new CidrValue(network, value.Span) : Bad("bits after the prefix are set");

        Value? Bad(string why)
        {
            site.Diagnostics.Add(Diagnostic.InvalidCidr(value.Span, text, why));
            return null;
        }
    }

    public static Value? Less(Value value, ModifierSite site) => Compare(value, site, Comparison.Less);

    public static Value? LessOrEqual(Value value, ModifierSite site) => Compare(value, site, Comparison.LessOrEqual);

    public static Value? Greater(Value value, ModifierSite site) => Compare(value, site, Comparison.Greater);

    public static Value? GreaterOrEqual(Value value, ModifierSite site) => Compare(value, site, Comparison.GreaterOrEqual);

    public static Value? Exists(Value value, ModifierSite site) => !site.RequireField(value)
        ? null
        : value is BooleanValue truth ? new ExistsValue(truth.Value, value.Span) : site.Refuse(value, "true or false");

    public static Value? FieldReference(Value value, ModifierSite site) => !site.RequireField(value)
        ? null
        : value is StringValue { Text.Literal: { Length: > 0 } field }
            ? new FieldReferenceValue(field, false, false, value.Span)
            : site.Refuse(value, "a field name");

    public static Value? Minute(Value value, ModifierSite site) => Part(value, site, TimePart.Minute, 0, 59);

    public static Value? Hour(Value value, ModifierSite site) => Part(value, site, TimePart.Hour, 0, 23);

    public static Value? Day(Value value, ModifierSite site) => Part(value, site, TimePart.Day, 1, 31);

    public static Value? Week(Value value, ModifierSite site) => Part(value, site, TimePart.Week, 1, 53);

    public static Value? Month(Value value, ModifierSite site) => Part(value, site, TimePart.Month, 1, 12);

    public static Value? Year(Value value, ModifierSite site) => Part(value, site, TimePart.Year, 0, 9999);

    private static Value? Flag(Value value, ModifierSite site, RegexFlags flag) =>
        value is RegexValue regex ? regex with { Flags = regex.Flags | flag } : site.Refuse(value, "a regular expression, so put it after re");

    private static Value? Compare(Value value, ModifierSite site, Comparison comparison) => !site.RequireField(value)
        ? null
        : value switch
        {
            NumberValue number => Compared(number, site, comparison),
            TimePartValue { Comparison: Comparison.Equal } part => part with { Comparison = comparison },
            _ => site.Refuse(value, "a number"),
        };

    private static CompareValue Compared(NumberValue number, ModifierSite site, Comparison comparison)
    {
        // The greatest number of 64 bits has 20 digits.
        string whole = number.Text.TrimStart('-').Split('.')[0];
        const string Greatest = "18446744073709551615";
        if (whole.Length > Greatest.Length || (whole.Length == Greatest.Length && string.CompareOrdinal(whole, Greatest) > 0))
        {
            site.Diagnostics.Add(Diagnostic.NumberBeyondTargets(number.Span, number.Span.Characters.ToString()));
        }

        return new CompareValue(comparison, number.Text, number.Span);
    }

    private static Value? Part(Value value, ModifierSite site, TimePart part, int from, int to)
    {
        if (!site.RequireField(value))
        {
            return null;
        }

        if (value is not NumberValue number || !int.TryParse(number.Text, out int count))
        {
            return site.Refuse(value, "a whole number");
        }

        if (count < from || count > to)
        {
            site.Diagnostics.Add(Diagnostic.TimePartRange(value.Span, site.Name, from, to));
        }

        return new TimePartValue(part, Comparison.Equal, number.Text, value.Span);
    }

    private static bool ScopeIdIsSet(this IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 && address.ScopeId != 0;

    /// <summary>.NET also takes <c>10.1</c>, <c>0x0a.1</c> and <c>[::1]:80</c> for addresses; no log source and no other tool does.</summary>
    private static bool IsFullAddress(string text, IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 ? !text.StartsWith('[') : address.ToString() == text;
}
