using System.Text.RegularExpressions;
using CsCheck;

namespace Sigma.Tests.Matching;

/// <summary>A regular expression, and a text that the whole of it fits: with and without what is optional in it, by chance.</summary>
internal sealed record RandomPattern(string Pattern, string Text)
{
    private static readonly string[] Words = ["foobar", "cmd", ".exe", "a", "b", "K", "\u017f", "\u00df", "\u00c9", "\u65e5\u672c", "x y", "10", "-enc ", "\\\\", "ab"];

    /// <summary>Any expression of some depth; only short ones look around them, for those are matched by backtracking.</summary>
    public static Gen<RandomPattern> Any { get; } = Gen.Frequency(
        (6, Sequence(2)),
        (1, Gen.Select(Sequence(0), Gen.OneOf("(?=)", "(?!zzz)", "(?<!zzz)"), Sequence(0), (a, around, b) => new RandomPattern(a.Pattern + around + b.Pattern, a.Text + b.Text))));

    private static Gen<RandomPattern> Sequence(int depth) => Item(depth).Array[1, 4].Select(items =>
        new RandomPattern(string.Concat(items.Select(item => item.Pattern)), string.Concat(items.Select(item => item.Text))));

    private static Gen<RandomPattern> Item(int depth)
    {
        Gen<RandomPattern> word = Gen.OneOf(Words).Select(text => new RandomPattern(Regex.Escape(text), text));
        Gen<RandomPattern> set = Gen.OneOf(("[a-c]", "b"), (@"\d", "7"), (".", "z"), ("[^x]", "y"), (".*", ""), (".*", "zz"), (@"\s?", " "), (@"\b", ""), ("[fF]oo", "Foo"))
            .Select(one => new RandomPattern(one.Item1, one.Item2));
        if (depth == 0)
        {
            return Gen.Frequency((4, word), (1, set));
        }

        Gen<RandomPattern> inner = Sequence(depth - 1);
        return Gen.Frequency(
            (6, word),
            (2, set),
            (3, Gen.Select(inner, Gen.OneOf(("({0})?", 0), ("({0})?", 1), ("(?:{0})??", 0), ("({0})*", 0), ("({0})*", 2), ("({0}){{0,2}}", 0), ("({0}){{0,2}}", 2)), Repeated)),
            (2, Gen.Select(inner, Gen.OneOf(("({0})", 1), ("(?:{0})+", 1), ("({0})+", 2), ("({0}){{2}}", 2), ("(?i:{0})", 1)), Repeated)),
            (2, Gen.Select(inner, inner, Gen.Bool, (a, b, first) => new RandomPattern($"({a.Pattern}|{b.Pattern})", first ? a.Text : b.Text))),
            (1, Gen.Select(inner, Gen.Bool, (a, some) => new RandomPattern($"(?:{a.Pattern}|)", some ? a.Text : ""))));
    }

    private static RandomPattern Repeated(RandomPattern inner, (string Form, int Times) how) =>
        new(string.Format(System.Globalization.CultureInfo.InvariantCulture, how.Form, inner.Pattern), string.Concat(Enumerable.Repeat(inner.Text, how.Times)));
}
