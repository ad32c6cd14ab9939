using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Rules;

/// <summary>The time of a rule grows with its size.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class ScalingTests
{
    private const string Head = "title: T\nlogsource: {product: windows}\ndetection:\n";

    [Theory]
    [InlineData("1 of them", 20_000)]
    [InlineData("all of a*", 10_000)]
    [InlineData("groups that begin alike", 10_000)]
    [InlineData("conditions", 10_000)]
    [InlineData("values", 20_000)]
    [InlineData("keywords", 20_000)]
    [InlineData("keys", 20_000)]
    [InlineData("unknown names", 10_000)]
    [InlineData("own attributes", 10_000)]
    [InlineData("filters", 4_000)]
    [InlineData("rules", 4_000)]
    [InlineData("correlated rules", 2_000)]
    [InlineData("rules in order", 2_000)]
    [InlineData("aliases", 2_000)]
    public void Time_grows_with_size(string what, int size) =>
        Scaling.ShouldBeLinear(size, each => Convert("splunk", Text(what, each)));

    [Theory]
    [InlineData("es-qs")]
    [InlineData("graylog")]
    [InlineData("grep")]
    [InlineData("logpoint")]
    [InlineData("powershell")]
    [InlineData("xpack-watcher")]
    public void Time_grows_with_size_for_every_target(string target) =>
        Scaling.ShouldBeLinear(10_000, each => Convert(target, Text("1 of them", each)));

    [Theory]
    [InlineData("1 of them")]
    [InlineData("values")]
    public void So_does_what_explains_matches_and_makes_samples(string what)
    {
        var compiler = new Compiler([Repository.Target("splunk")]);
        Scaling.ShouldBeLinear(10_000, size =>
        {
            IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", Text(what, size)));
            return ThreadTime.Of(() =>
            {
                using var text = new StringWriter();
                var writer = new ExplanationText(text, colour: false, verbose: true);
                foreach (var explanation in compiler.Explain(documents, RuleSet.Link(documents)))
                {
                    writer.Write(explanation, "a.yml", withParsed: true);
                }

                text.ToString().Length.Should().BeGreaterThan(size);
            });
        });
        var e = Event.Of(("A", "w7"), ("B", "c"));
        Scaling.ShouldBeLinear(10_000, size =>
        {
            IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", Text(what, size)));
            return ThreadTime.Of(() =>
            {
                var detector = Detector.Create(documents, RuleSet.Link(documents), new DetectorSettings(), (_, finding) => finding.Severity.Should().NotBe(Severity.Error, finding.Message));
                EventMatcher matcher = detector.NewMatcher();
                for (int i = 0; i < 10; i++)
                {
                    matcher.Match(e, i);
                }
            });
        });
        Scaling.ShouldBeLinear(10_000, size =>
        {
            IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", Text(what, size)));
            return ThreadTime.Of(() =>
            {
                RuleSamples made = new RuleSampler(new SampleSettings(), []).Make(documents[0], RuleSet.Link(documents));
                (made.Samples.Count + made.Diagnostics.Count).Should().BePositive();
            });
        });
    }

    /// <summary>What SIG1709 says of a letter is the same in all expressions, so it is found once.</summary>
    [Fact]
    public void A_check_of_expressions_takes_as_long_where_letters_have_two_cases()
    {
        Scaling.ShouldCostAsMuch(() => Check("re|i", 30), () => Check("re", 30));
        Scaling.ShouldBeLinear(3_000, size => Check("re|i", size));

        static double Check(string modifiers, int expressions)
        {
            var checker = new Checker(CheckSelection.Of(CheckCatalog.All, ["SIG1709"], [], [], []), new CheckSettings());
            string items = string.Concat(Enumerable.Range(0, expressions).Select(i => $"      - 'powershell -ks {i}'\n"));
            var text = new SourceText("a.yml", Head + $"  s:\n    A|{modifiers}:\n{items}  condition: s\n");
            return ThreadTime.Of(() => checker.Check(text).Findings.Count(finding => finding.Info.Code == "SIG1709").Should().Be(expressions));
        }
    }

    /// <summary>The measure itself, with times that are given: what is quadratic is noticed, beside as much that is linear too.</summary>
    [Fact]
    public void A_quadratic_step_is_noticed()
    {
        const int Size = 10_000;
        Action linear = () => Scaling.ShouldBeLinear(Size, size => 3.0 * size);
        Action sorted = () => Scaling.ShouldBeLinear(Size, size => size * Math.Log2(size));
        Action quadratic = () => Scaling.ShouldBeLinear(Size, size => (double)size * size);
        Action both = () => Scaling.ShouldBeLinear(Size, size => size + ((double)size * size / (Size / 4)));

        linear.Should().NotThrow();
        sorted.Should().NotThrow();
        quadratic.Should().Throw<Exception>().WithMessage("*a quadratic step makes it 1024*");
        both.Should().Throw<Exception>().WithMessage("*a quadratic step makes it 1024*");
    }

    private static double Convert(string target, string text)
    {
        var source = new SourceText("a.yml", text);
        var compiler = new Compiler([Repository.Target(target)]);
        return ThreadTime.Of(() => compiler.Convert(source).Count().Should().BePositive());
    }

    private static string Text(string what, int size)
    {
        string Many(Func<int, string> each) => string.Concat(Enumerable.Range(0, size).Select(each));
        return what switch
        {
            "1 of them" => Head + Many(i => $"  a{i}: {{A: v{i}}}\n") + "  condition: 1 of them\n",
            "all of a*" => Head + Many(i => $"  a{i}: {{A: v{i}, B: c}}\n") + "  condition: all of a*\n",
            "groups that begin alike" => Head + Many(i => $"  a{i}: {{A: b, B|contains: v{i}}}\n") + "  condition: 1 of them\n",
            "conditions" => Head + "  s: {A: b}\n  condition:\n" + Many(_ => "    - s\n"),
            "values" => Head + "  s:\n    A|contains|all:\n" + Many(i => $"      - v{i}\n") + "  condition: s\n",
            "keywords" => Head + "  s:\n" + Many(i => $"    - v{i}\n") + "  condition: s\n",
            "keys" => Head + "  s:\n" + Many(i => $"    A{i}: b\n") + "  condition: s\n",
            "unknown names" => Head + Many(i => $"  a{i}: {{A: b}}\n") + "  condition:\n" + Many(i => $"    - x{i}\n"),
            "own attributes" => Many(i => $"custom{i}: b\n") + Head + "  s: {A: b}\n  condition: s\n",
            "filters" => Head + "  s: {A: b}\n  condition: s\n" + Many(i => $"---\ntitle: F\nlogsource: {{product: p{i}}}\nfilter: {{rules: any, f: {{B: c}}, condition: not f}}\n"),
            "rules" => Rules(size),
            "rules in order" => Correlation("temporal_ordered", size),
            "aliases" => Correlation("temporal", size) + "  aliases:\n    U:\n" + Many(i => $"      r{i}: U{i}\n"),
            _ => Correlation("event_count", size) + "  condition: {gte: 5}\n",
        };
    }

    private static string Rules(int size) => string.Join("---\n", Enumerable.Range(0, size).Select(i => $"name: r{i}\n{Head}  s: {{A: v{i}}}\n  condition: s\n"));

    private static string Correlation(string type, int size) =>
        $"{Rules(size)}---\ntitle: C\ncorrelation:\n  type: {type}\n  timespan: 5m\n  group-by: [U]\n  rules:\n" + string.Concat(Enumerable.Range(0, size).Select(i => $"    - r{i}\n"));
}
