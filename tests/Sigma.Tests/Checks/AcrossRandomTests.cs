using CsCheck;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Tests.Checks;

/// <summary>
/// Claims about random rules hold for every event of two fields with up to three letters: an independent evaluation of the few
/// operators that the rules use finds no event that refutes one.
/// </summary>
[Trait("Tier", "slow")]
public sealed class AcrossRandomTests
{
    private static readonly string[] Operators = ["", "|contains", "|startswith", "|endswith"];

    private static readonly string[] Written = ["a", "b", "ab", "bA", "bb", "A"];

    private static readonly string?[] Texts = [null, .. Words(3)];

    private static readonly Gen<Test> Tests = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 5].Select(word => Written[word]).Array[1, 2], Gen.Int[0, 3])
        .Select((field, way, values, more) => new Test("xy"[field].ToString(), Operators[way], values, more == 1 && way > 0 && values.Length > 1, more == 2));

    private static readonly Gen<RandomRule> Rules = Gen.Select(Tests.Array[1, 3], Gen.Int[0, 4]).Select((tests, shape) => new RandomRule(tests, shape));

    [Fact]
    public void No_event_refutes_a_claim()
    {
        int claims = 0;
        Gen.Select(Rules, Rules).Sample(
            (first, second) =>
            {
                var checker = new Checker(CheckSelection.Of(CheckCatalog.All, ["SIG1909", "SIG1910"], [], [], []), new CheckSettings());
                IReadOnlyList<RuleSummary> rules = [.. checker.Check(new SourceText("a.yml", first.Text)).Rules, .. checker.Check(new SourceText("b.yml", second.Text)).Rules];
                foreach (Finding finding in checker.CheckAll(rules))
                {
                    Interlocked.Increment(ref claims);
                    (RandomRule narrow, RandomRule wide) = finding.Span.Source.Path == "a.yml" ? (first, second) : (second, first);
                    bool equal = finding.Info.Name == "rule_equal";
                    foreach ((string? x, string? y) in Texts.SelectMany(x => Texts.Select(y => (x, y))))
                    {
                        if (narrow.Selects(x, y) && !wide.Selects(x, y) || (equal && wide.Selects(x, y) && !narrow.Selects(x, y)))
                        {
                            throw new InvalidOperationException($"x: {x ?? "absent"}, y: {y ?? "absent"} refutes '{finding.Diagnostic.Message}' of {finding.Span.Source.Path}:\n{first.Text}\n{second.Text}");
                        }
                    }
                }
            },
            iter: 3000, threads: 1);
        claims.Should().BeGreaterThan(100);
    }

    private static IEnumerable<string> Words(int length) => length == 0 ? [""] : Words(length - 1).Concat(Words(length - 1).Where(word => word.Length == length - 1).SelectMany(word => (string[])[word + "a", word + "b", word + "A", word + "c"]));

    private sealed record Test(string Field, string Way, string[] Values, bool All, bool Cased)
    {
        public string Text => $"{{{Field}{Way}{(Cased ? "|cased" : "")}{(All ? "|all" : "")}: [{string.Join(", ", Values)}]}}";

        private StringComparison Case => Cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

        public bool Accepts(string? x, string? y)
        {
            string? text = Field == "x" ? x : y;
            return text is not null && (All ? Values.All(Fits) : Values.Any(Fits));

            bool Fits(string value) => Way switch
            {
                "" => text.Equals(value, Case),
                "|contains" => text.Contains(value, Case),
                "|startswith" => text.StartsWith(value, Case),
                _ => text.EndsWith(value, Case),
            };
        }
    }

    private sealed record RandomRule(Test[] Tests, int Shape)
    {
        public string Text => $"title: T\nlogsource: {{product: windows}}\ndetection:\n{string.Concat(Tests.Select((test, i) => $"  t{i}: {test.Text}\n"))}  condition: {Condition}\n";

        public bool Selects(string? x, string? y)
        {
            bool[] holds = [.. Tests.Select(test => test.Accepts(x, y)), false, false];
            return Tests.Length == 1 ? holds[0] : Shape switch
            {
                0 => Tests.All(test => test.Accepts(x, y)),
                1 => Tests.Any(test => test.Accepts(x, y)),
                2 => holds[0] && !holds[1] && (Tests.Length < 3 || !holds[2]),
                3 => holds[0] && (holds[1] || (Tests.Length > 2 && holds[2])),
                _ => (holds[0] && holds[1]) || (Tests.Length > 2 && holds[2]),
            };
        }

        private string Condition => Tests.Length == 1 ? "t0" : Shape switch
        {
            0 => "all of them",
            1 => "1 of them",
            2 => Tests.Length < 3 ? "t0 and not t1" : "t0 and not (t1 or t2)",
            3 => Tests.Length < 3 ? "t0 and t1" : "t0 and (t1 or t2)",
            _ => Tests.Length < 3 ? "t0 and t1" : "t0 and t1 or t2",
        };
    }
}
