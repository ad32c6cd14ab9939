using System.Runtime.CompilerServices;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Queries;

namespace Sigma.Checks.Across;

/// <summary>
/// Tries expressions on events: thousands of events on thousands of expressions, so the tests are made once, all values of a list
/// together.
/// </summary>
internal sealed class EventTests
{
    private readonly ValueAcceptance single = new();
    private readonly Dictionary<MatchExpr, ValueTest?> lists = new(ReferenceComparer.Instance);

    /// <summary>Whether an expression selects an event.</summary>
    public bool Selects(Expr expression, PartialEvent given) => expression.Holds(match => match.Field is { } field
        ? Accepts(match, given.ValueOf(field), given)
        : given.Slots.Values.Any(slot => slot.Value.IsPresent
            && match.Values.Any(value => single.Accepts(value, slot.Value, given.ValueOf, keyword: true))));

    private bool Accepts(MatchExpr match, FieldValue value, PartialEvent given)
    {
        if (match.Values[0] is NullValue or ExistsValue or FieldReferenceValue)
        {
            return match.Values.Any(one => single.Accepts(one, value, given.ValueOf));
        }

        if (!value.IsPresent)
        {
            return false;
        }

        if (!lists.TryGetValue(match, out ValueTest? test))
        {
            var compiler = new TestCompiler(new FieldTable(), [], new RegexBudget(RegexBudget.Usual));
            lists[match] = test = compiler.Compile(match.Values, inside: false);
        }

        return test?.Fits(value.Text) is true;
    }

    /// <summary>Tests are told apart by their place; comparing them by content would take longer than the tests.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<MatchExpr>
    {
        public static ReferenceComparer Instance { get; } = new();

        public bool Equals(MatchExpr? a, MatchExpr? b) => ReferenceEquals(a, b);

        public int GetHashCode(MatchExpr match) => RuntimeHelpers.GetHashCode(match);
    }
}
