using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>
/// Whether one value of a rule accepts one value of an event, by the matcher's own tests of values, for the many values that
/// are tried while a sample is made.
/// </summary>
internal sealed class ValueAcceptance
{
    private readonly Dictionary<(Value Value, bool Keyword), ValueTest?> tests = new(ValueComparer.Instance);

    /// <summary>Tries a value.</summary>
    /// <param name="value">The rule's value.</param>
    /// <param name="given">The event's value.</param>
    /// <param name="other">Gives the event's values of other fields, for references.</param>
    /// <param name="keyword">Whether the rule's value may stand anywhere in the text.</param>
    public bool Accepts(Value value, FieldValue given, Func<string, FieldValue> other, bool keyword = false) => value switch
    {
        NullValue => !given.IsPresent,
        ExistsValue exists => exists.Exists == given.Kind is not FieldKind.Absent,
        _ when !given.IsPresent => false,
        FieldReferenceValue reference => other(reference.Field) is { IsPresent: true } wanted && Refers(reference, given.Text, wanted.Text),
        _ => TestOf(value, keyword)?.Fits(given.Text) is true,
    };

    /// <summary>Whether the matcher has a test for a value at all; it has none for an expression that it cannot read.</summary>
    /// <param name="value">The rule's value; neither null, a presence nor a reference.</param>
    /// <param name="keyword">Whether it may stand anywhere in the text.</param>
    public bool CanTest(Value value, bool keyword) => TestOf(value, keyword) is not null;

    private ValueTest? TestOf(Value value, bool keyword)
    {
        if (!tests.TryGetValue((value, keyword), out ValueTest? test))
        {
            tests[(value, keyword)] = test = new TestCompiler(new FieldTable(), [], new RegexBudget(RegexBudget.Usual)).Compile([value], keyword);
        }

        return test;
    }

    private static bool Refers(FieldReferenceValue reference, string text, string wanted) => reference switch
    {
        { StartsWith: true, EndsWith: true } => text.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        { StartsWith: true } => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        { EndsWith: true } => text.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
        _ => text.Equals(wanted, StringComparison.OrdinalIgnoreCase) || Number.AreEqual(text, wanted),
    };

    /// <summary>Values are told apart by their place; comparing thousands of them by content would take longer than the tests.</summary>
    private sealed class ValueComparer : IEqualityComparer<(Value Value, bool Keyword)>
    {
        public static ValueComparer Instance { get; } = new();

        public bool Equals((Value Value, bool Keyword) a, (Value Value, bool Keyword) b) => ReferenceEquals(a.Value, b.Value) && a.Keyword == b.Keyword;

        public int GetHashCode((Value Value, bool Keyword) key) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Value) ^ (key.Keyword ? 1 : 0);
    }
}
