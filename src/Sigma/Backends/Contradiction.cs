using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>
/// What can never be found in a text: the rule asks one field for a text and denies a part of it in another, or at another
/// place. Where all is looked for in the same text, that leaves nothing.
/// </summary>
internal static class Contradiction
{
    /// <summary>So many comparisons are made; longer lists are left alone.</summary>
    private const long MaxComparisons = 1_000_000;

    /// <summary>Finds a text that is asked for and one within it that is denied.</summary>
    /// <param name="expr">The condition.</param>
    /// <param name="placeOf">Where a value is looked for: the name of a place, or null for all of the text.</param>
    public static (Value Asked, Value Denied)? Find(Expr expr, Func<MatchExpr, Value, string?> placeOf)
    {
        var asked = new List<MatchExpr>();
        var denied = new List<(string? Place, Value Value, string Text)>();
        Collect(expr);
        if (asked.Sum(match => (long)match.Values.Length) * denied.Count > MaxComparisons)
        {
            return null;
        }

        foreach (MatchExpr match in asked)
        {
            (Value Asked, Value Denied)? found = null;
            bool never = match.Values.All(value => denied.Exists(one =>
            {
                bool within = (one.Place is null || one.Place == placeOf(match, value)) && IsWithin(one.Value, one.Text, value);
                found ??= within ? (value, one.Value) : null;
                return within;
            }));
            if (never && found is not null)
            {
                return found;
            }
        }

        return null;

        void Collect(Expr part)
        {
            switch (part)
            {
                case AndExpr and:
                    foreach (Expr operand in and.Operands)
                    {
                        Collect(operand);
                    }

                    break;
                case MatchExpr match:
                    asked.Add(match);
                    break;
                case NotExpr not:
                    Deny(not.Operand);
                    break;
            }
        }

        void Deny(Expr part)
        {
            switch (part)
            {
                case OrExpr or:
                    foreach (Expr operand in or.Operands)
                    {
                        Deny(operand);
                    }

                    break;
                case AndExpr { Operands: [var only] }:
                    Deny(only);
                    break;
                case MatchExpr match:
                    denied.AddRange(match.Values.Where(value => Whole(value) is not null).Select(value => (placeOf(match, value), value, Whole(value)!)));
                    break;
            }
        }
    }

    private static bool IsWithin(Value denied, string text, Value asked)
    {
        bool cased = denied is StringValue { Cased: true };
        return (!cased || asked is StringValue { Cased: true }) && Texts(asked).Any(one =>
            one.Contains(text, cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The literal pieces of a value.</summary>
    private static IEnumerable<string> Texts(Value value) => value switch
    {
        StringValue text => text.Text.Parts.Where(part => part.Kind is PartKind.Literal).Select(part => part.Text),
        NumberValue number => [number.Text],
        _ => [],
    };

    /// <summary>The one literal piece of a value, with wildcards only at its ends; null if it has others.</summary>
    private static string? Whole(Value value) => value switch
    {
        StringValue text => text.Text.Parts.Where(part => part.Kind is not PartKind.Many).ToArray() is [{ Kind: PartKind.Literal } only] ? only.Text : null,
        NumberValue number => number.Text,
        _ => null,
    };
}
