using CsCheck;
using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Tests.Matching;

/// <summary>Many values of another field are compared at once as they are one by one.</summary>
public sealed class ReferencedValuesTests
{
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Many_values_are_compared_like_each_of_them(bool startsWith, bool endsWith)
    {
        var reference = new FieldReferenceValue("B", startsWith, endsWith, default);
        Gen<string> text = Gen.Char["aAbBß\u00e4\u00c4\u0131I0.1xX"].Array[0, 6]
            // An event has no half of a pair.
            .Select(chars => new string(chars).Replace("x", "\U00010428").Replace("X", "\U00010400"));
        Gen.Select(text.List[0, 12], text.Array[1, 12]).Sample(
            (values, texts) =>
            {
                var ready = ReferencedValues.Of(reference, values);
                foreach (string one in texts)
                {
                    ready.Fit(one).Should().Be(values.Exists(value => Fits(one, value, startsWith, endsWith)), "{0} and {1}", one, string.Join('|', values));
                }
            },
            iter: 5_000);
    }

    private static bool Fits(string text, string value, bool startsWith, bool endsWith) => (startsWith, endsWith) switch
    {
        (true, true) => text.Contains(value, StringComparison.OrdinalIgnoreCase),
        (true, false) => text.StartsWith(value, StringComparison.OrdinalIgnoreCase),
        (false, true) => text.EndsWith(value, StringComparison.OrdinalIgnoreCase),
        _ => text.Equals(value, StringComparison.OrdinalIgnoreCase) || Number.AreEqual(text, value),
    };
}
