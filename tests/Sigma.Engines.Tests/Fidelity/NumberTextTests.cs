using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// Fields are texts in the SQL family, in Loki and in LogScale. What is a number in such a text is the same there as in the evaluator: a decimal number with or
/// without a sign, a point and an exponent, and nothing round it.
/// </summary>
public sealed class NumberTextTests
{
    private static readonly string[] Larger = ["6", "+6", "06", "6.", "6.0", ".6e1", "+.6e1", "6e0", "6E+0", "60e-1", "1e3", "5.01", "99999999999999999999"];

    private static readonly string[] Others =
    [
        " 6", "6 ", "\t6", "6\n", "", ".", "e", "e6", "6e", "6e+", "+", "-", "--6", "6-", "0x6", "6x", "6_0", "6,0", "1.2.3", "٦", "Infinity", "inf", "nan", "true", "6 7", "5", "+5", "05", "5.0",
        "5e0", ".5e1", "4.99", "-6", "-1e3", "0", "-0",
    ];

    [Theory]
    [InlineData("duckdb")]
    [InlineData("sqlite")]
    [InlineData("logql")]
    [InlineData("logscale")]
    public void A_text_is_a_number_or_none(string name)
    {
        var target = FidelityTargets.All.Single(t => t.Name == name);
        string[] texts = [.. Larger, .. Others];
        EngineEvent[] events = [.. texts.Select((text, i) => EngineEvent.Of(i, "Test", 1, ("n", text)))];
        string[] queries = [.. new[] { "gt", "lte" }.Select(comparison => OwnTarget.Convert(target.Target(), $"title: t\nlogsource: {{product: test}}\ndetection:\n  s:\n    n|{comparison}: 5\n  condition: s\n").Single().Query!)];

        var found = target.Search(queries, events);

        found[0].Select(i => texts[i]).Should().Equal(Larger);
        found[1].Select(i => texts[i]).Should().Equal(Others[^11..]);
    }

    [NeedsTheory(Needs.SqlEngines)]
    [InlineData("postgres")]
    [InlineData("clickhouse")]
    public void So_it_is_on_the_engines_that_Node_runs(string name) => A_text_is_a_number_or_none(name);
}
