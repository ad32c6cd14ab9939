using System.Collections.Immutable;
using Sigma.Events.Matching;

namespace Sigma.Events.Samples;

/// <summary>
/// How a number may be written in an event. With an exponent there are endless ways (5, 0.5e1, 500e-2), so that no pattern has exactly the texts
/// of one number: <see cref="AllOf"/> has some others too, and <see cref="SomeOf"/> lacks those with an exponent.
/// </summary>
internal static class NumberTexts
{
    private const string Digits = "0123456789";

    /// <summary>Longer numbers are taken for any number.</summary>
    private const int MostDigits = 100;

    private static readonly PatternStep Zeros = PatternStep.OneOf("0", StepCount.Any);

    private static readonly PatternStep[] Exponent = [PatternStep.OneOf("eE"), PatternStep.OneOf("+-", StepCount.OneOrNone), PatternStep.OneOf(Digits), PatternStep.OneOf(Digits, StepCount.Any)];

    /// <summary>All texts of all numbers, and no others.</summary>
    public static TextPattern Any { get; } = new([.. WithAndWithoutExponent(
        [PatternStep.OneOf("+-", StepCount.OneOrNone), PatternStep.OneOf(Digits), PatternStep.OneOf(Digits, StepCount.Any), PatternStep.OneOf(".", StepCount.OneOrNone), PatternStep.OneOf(Digits, StepCount.Any)],
        [PatternStep.OneOf("+-", StepCount.OneOrNone), PatternStep.OneOf("."), PatternStep.OneOf(Digits), PatternStep.OneOf(Digits, StepCount.Any)])]);

    /// <summary>A pattern that has all texts of a number, and perhaps others.</summary>
    public static TextPattern AllOf(Number number)
    {
        (int sign, string digits, long exponent) = number.Parts;
        if (SomeOf(number) is not { } some)
        {
            return Any;
        }

        if (sign == 0)
        {
            return some;
        }

        // Where the point stands, and how many zeros there are, depends on the exponent: all are taken.
        PatternStep around = PatternStep.OneOf("0.", StepCount.Any);
        PatternStep[] steps = [Sign(sign), around, .. digits.SelectMany(digit => (PatternStep[])[PatternStep.OneOf(digit.ToString()), PatternStep.OneOf(".", StepCount.OneOrNone)]), around, .. Exponent];
        return new TextPattern([.. some.Rows, [.. steps]]);
    }

    /// <summary>A pattern that has texts of a number and no others, all those without an exponent among them; null where they are too long.</summary>
    public static TextPattern? SomeOf(Number number)
    {
        (int sign, string digits, long exponent) = number.Parts;
        if (sign == 0)
        {
            PatternStep either = PatternStep.OneOf("+-", StepCount.OneOrNone);
            return new TextPattern([.. WithAndWithoutExponent(
                [either, PatternStep.OneOf("0"), Zeros, PatternStep.OneOf(".", StepCount.OneOrNone), Zeros], [either, PatternStep.OneOf("."), PatternStep.OneOf("0"), Zeros])]);
        }

        if (Math.Abs(exponent) > MostDigits || digits.Length > MostDigits)
        {
            return null;
        }

        int whole = (int)Math.Max(exponent + 1, 0);
        string padded = digits.PadRight(whole, '0');
        string fraction = exponent < 0 ? new string('0', (int)(-exponent - 1)) + digits : padded[whole..];
        PatternStep[] start = [Sign(sign), Zeros, .. Each(padded[..whole])];
        PatternStep[] end = [PatternStep.OneOf("."), .. Each(fraction), Zeros];
        return new TextPattern(fraction.Length > 0 ? [[.. start, .. end]] : [[.. start], [.. start, .. end]]);
    }

    private static PatternStep Sign(int sign) => sign < 0 ? PatternStep.OneOf("-") : PatternStep.OneOf("+", StepCount.OneOrNone);

    private static IEnumerable<PatternStep> Each(string digits) => digits.Select(digit => PatternStep.OneOf(digit.ToString()));

    private static IEnumerable<ImmutableArray<PatternStep>> WithAndWithoutExponent(params PatternStep[][] rows) =>
        rows.SelectMany(row => (ImmutableArray<PatternStep>[])[[.. row], [.. row, .. Exponent]]);
}
