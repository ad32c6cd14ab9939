using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>A value of 8,000 characters and a list of 5,000 values, on every engine: found as they are, or refused with a code.</summary>
public sealed class GiantTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("ab\\c (1)\"$'", 730));
    private static readonly string[] Many = [.. Enumerable.Range(0, 5_000).Select(i => $"v{i} \\x.exe")];

    // Each wildcard takes Lucene milliseconds: fewer of them, still more than the 1,024 alternatives that it takes unless told, and once, with es-qs.
    private const int WildcardsOfLucene = 1_200;
    private static readonly string[] LuceneTwins = ["xpack-watcher", "graylog"];

    // Not those that spell every letter in both cases: an automaton of such a value takes minutes to be judged too large.
    public static TheoryData<string> Names => [.. FidelityTargets.All.Select(target => target.Name).Where(name => !name.EndsWith("insensitive", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_long_value_is_found_whole_and_inside(string name)
    {
        Long.Length.Should().BeGreaterThan(8_000);

        // Another word: to an analysed field, a longer text would have all of the value's words.
        Finds(name, "fA", $"'{Escaped(Long)}'", Long, Long[..^11] + "zz" + Long[^9..]).Should().BeTrue();
        if (!FidelityTargets.All.Single(target => target.Name == name).Engine.Contains("Lucene", StringComparison.Ordinal))
        {
            // Lucene's automaton of such a wildcard takes minutes.
            Finds(name, "fA|contains", $"'{Escaped(Long)}'", "x" + Long + "y", Long[..^12] + "x").Should().BeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_value_of_a_long_list_is_found(string name)
    {
        static string ListOf(IEnumerable<string> values) => "[" + string.Join(", ", values.Select(value => $"'{value}'")) + "]";

        // An expression of grep takes about 30,000 characters.
        Finds(name, "fA", ListOf(Many), Many[4_321], "v5001 \\x.exe").Should().Be(name != "grep");
        if (!LuceneTwins.Contains(name))
        {
            Finds(name, "fA|endswith", ListOf(Many.Take(name == "es-qs" ? WildcardsOfLucene : Many.Length)), "x" + Many[77], "x v5001 \\x.exe").Should().Be(name != "grep");
        }
    }

    /// <summary>Whether there is a query; it finds the first value and not the second.</summary>
    private static bool Finds(string name, string field, string value, string fits, string other)
    {
        var target = FidelityTargets.All.Single(t => t.Name == name);
        if (NeedsSentence.For(target.Needs) is not null)
        {
            return name != "grep";
        }

        var conversion = OwnTarget.Convert(target.Target(), $"title: t\nlogsource: {{product: test}}\ndetection:\n  s:\n    {field}: {value}\n  condition: s\n").Single();
        if (conversion.Query is null)
        {
            conversion.Diagnostics.Should().Contain(d => d.Severity == Severity.Error);
            return false;
        }

        EngineEvent[] events = [EngineEvent.Of(1, "Test", 1, ("fA", fits)), EngineEvent.Of(2, "Test", 1, ("fA", other)), EngineEvent.Of(3, "Test", 1)];
        target.Search([conversion.Query], events)[0].Should().Equal([1], name);
        return true;
    }

    private static string Escaped(string text) => text.Replace("'", "''");
}
