using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Rules;

/// <summary>
/// Twice the rule takes about twice the time. Sizes are such that a quadratic step is plain; the best of several runs is compared,
/// and the bound leaves room for a busy machine.
/// </summary>
public sealed class ScalingTests
{
    private const double Most = 3;
    private const string Head = "title: T\nlogsource: {product: windows}\ndetection:\n";

    [Theory]
    [InlineData("1 of them")]
    [InlineData("all of a*")]
    [InlineData("groups that begin alike")]
    [InlineData("conditions")]
    [InlineData("values")]
    [InlineData("keys")]
    [InlineData("unknown names")]
    [InlineData("own attributes")]
    [InlineData("filters")]
    [InlineData("correlated rules")]
    public void Time_grows_with_size(string what)
    {
        Measure(what, 20_000);
        double one = double.MaxValue;
        double two = double.MaxValue;

        // In turns, so that what else the machine does meets both; a round that shows the ratio is enough.
        for (int round = 0; round < 6 && (round == 0 || two / one >= Most); round++)
        {
            one = Math.Min(one, Measure(what, 20_000));
            two = Math.Min(two, Measure(what, 40_000));
        }

        (two / one).Should().BeLessThan(Most, "a quadratic step makes it 4");
    }

    private static double Measure(string what, int size)
    {
        var source = new SourceText("a.yml", Text(what, size));
        var compiler = new Compiler([Repository.Target("splunk")]);
        return ThreadTime.Of(() => compiler.Convert(source).Count().Should().BePositive());
    }

    private static string Text(string what, int size)
    {
        string many(Func<int, string> each) => string.Concat(Enumerable.Range(0, size).Select(each));
        return what switch
        {
            "1 of them" => Head + many(i => $"  a{i}: {{A: v{i}}}\n") + "  condition: 1 of them\n",
            "all of a*" => Head + many(i => $"  a{i}: {{A: v{i}, B: c}}\n") + "  condition: all of a*\n",
            "groups that begin alike" => Head + many(i => $"  a{i}: {{A: b, B|contains: v{i}}}\n") + "  condition: 1 of them\n",
            "conditions" => Head + "  s: {A: b}\n  condition:\n" + many(_ => "    - s\n"),
            "values" => Head + "  s:\n    A|contains|all:\n" + many(i => $"      - v{i}\n") + "  condition: s\n",
            "keys" => Head + "  s:\n" + many(i => $"    A{i}: b\n") + "  condition: s\n",
            "unknown names" => Head + many(i => $"  a{i}: {{A: b}}\n") + "  condition:\n" + many(i => $"    - x{i}\n"),
            "own attributes" => many(i => $"custom{i}: b\n") + Head + "  s: {A: b}\n  condition: s\n",
            "filters" => Head + "  s: {A: b}\n  condition: s\n" + many(i => $"---\ntitle: F\nlogsource: {{product: p{i}}}\nfilter: {{rules: any, f: {{B: c}}, condition: not f}}\n"),
            _ => string.Join("---\n", Enumerable.Range(0, size / 8).Select(i => $"name: r{i}\n{Head}  s: {{A: v{i}}}\n  condition: s\n"))
                + "---\ntitle: C\ncorrelation:\n  type: event_count\n  timespan: 5m\n  group-by: [U]\n  condition: {gte: 5}\n  rules:\n" + string.Concat(Enumerable.Range(0, size / 8).Select(i => $"    - r{i}\n")),
        };
    }
}
