using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>Whether a text is what a value asks for.</summary>
internal static class ValueMeaning
{
    /// <param name="value">The value.</param>
    /// <param name="text">The text.</param>
    /// <param name="folding">Which letters are the same, unless the value regards case.</param>
    /// <param name="whole">Whether the value is all of the text, not a part of it.</param>
    /// <param name="oneUnit">Whether ? is one UTF-16 unit, not one character.</param>
    public static bool Fits(Value value, string text, Folding folding, bool whole, bool oneUnit = false)
    {
        switch (value)
        {
            case StringValue wanted:
                var parts = whole ? wanted.Text.Parts : wanted.Text.WithLeadingWildcard().WithTrailingWildcard().Parts;
                var fold = wanted.Cased ? Folding.None : folding;
                return Glob([.. parts.Select(part => part with { Text = fold.Of(part.Text) })], fold.Of(text), oneUnit);
            case NumberValue number:
                return whole ? text == number.Text : text.Contains(number.Text, StringComparison.Ordinal);
            case BooleanValue boolean:
                return whole
                    ? text.Equals(boolean.Value.ToString(), StringComparison.OrdinalIgnoreCase)
                    : text.Contains(boolean.Value.ToString(), StringComparison.OrdinalIgnoreCase);
            case RegexValue regex:
                return Regex.IsMatch(text, regex.Pattern.Literal!, Options(regex));
            case CidrValue cidr:
                return System.Net.IPAddress.TryParse(text, out var address) && cidr.Network.Contains(address);
            case CompareValue compare:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var actual)
                    && Compares(actual, compare.Comparison, double.Parse(compare.Number, CultureInfo.InvariantCulture));
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    /// <summary>
    /// Literals and wildcards against a whole text: which places of the text can be reached behind each part.
    /// </summary>
    private static bool Glob(ImmutableArray<StringPart> parts, string text, bool oneUnit)
    {
        var reached = new HashSet<int> { 0 };
        foreach (var part in parts)
        {
            HashSet<int> next = part.Kind switch
            {
                PartKind.Many => [.. Enumerable.Range(reached.Min(), text.Length - reached.Min() + 1)],
                PartKind.One => [.. reached.Where(at => at < text.Length).Select(at => at + Step(text, at, oneUnit))],
                _ => [.. reached.Where(at => string.CompareOrdinal(text, at, part.Text, 0, part.Text.Length) == 0).Select(at => at + part.Text.Length)],
            };
            if (next.Count == 0)
            {
                return false;
            }

            reached = next;
        }

        return reached.Contains(text.Length);
    }

    private static int Step(string text, int at, bool oneUnit) => !oneUnit && Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;

    private static RegexOptions Options(RegexValue regex) => RegexOptions.CultureInvariant
        | (regex.Flags.HasFlag(RegexFlags.IgnoreCase) ? RegexOptions.IgnoreCase : RegexOptions.None)
        | (regex.Flags.HasFlag(RegexFlags.Multiline) ? RegexOptions.Multiline : RegexOptions.None)
        | (regex.Flags.HasFlag(RegexFlags.DotAll) ? RegexOptions.Singleline : RegexOptions.None);

    private static bool Compares(double actual, Comparison comparison, double wanted) => comparison switch
    {
        Comparison.Less => actual < wanted,
        Comparison.LessOrEqual => actual <= wanted,
        Comparison.Greater => actual > wanted,
        _ => actual >= wanted,
    };
}
