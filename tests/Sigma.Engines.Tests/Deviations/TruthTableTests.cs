using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Deviations;

/// <summary>D13, proved over every combination of its conditions.</summary>
public sealed class TruthTableTests
{
    private static readonly IReadOnlyList<(bool A, bool B, bool C)> Rows =
        [.. from i in Enumerable.Range(0, 8) select ((i & 1) != 0, (i & 2) != 0, (i & 4) != 0)];

    private static readonly IReadOnlyList<EngineEvent> Events =
        [.. Rows.Select((row, i) => EngineEvent.Of(i, "Security", 1, Item("a", row.A), Item("b", row.B), Item("c", row.C)))];

    [Fact]
    public void D13_an_emptied_child_that_is_dropped_requires_what_the_rule_does_not()
    {
        var rule = Numbers(row => (row.A && row.B) || (row.A && row.B && row.C));

        Find("((a:\"1\" AND b:\"1\") OR (a:\"1\" AND b:\"1\" AND c:\"1\"))").Should().Equal(rule);
        Find("(a:\"1\" AND b:\"1\" AND c:\"1\")").Should().NotEqual(rule, "this is what is left when the emptied child goes");
        Find("(a:\"1\" AND b:\"1\")").Should().Equal(rule, "an emptied child is always true, so the whole OR is");
    }

    [Fact]
    public void Pulling_common_conditions_in_front_is_otherwise_sound()
    {
        var rule = Numbers(row => (row.A && row.B) || (row.A && row.C));

        Find("(a:\"1\" AND (b:\"1\" OR c:\"1\"))").Should().Equal(rule);
    }

    private static (string, string?) Item(string name, bool on) => (name, on ? "1" : "0");

    private static IEnumerable<long> Numbers(Func<(bool A, bool B, bool C), bool> rule) =>
        from i in Enumerable.Range(0, Rows.Count) where rule(Rows[i]) select (long)i;

    private static IReadOnlyList<long> Find(string query) => LuceneEngine.Search(query, Events, LuceneView.Graylog);
}
