using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Kusto;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>
/// Queries of kql by Microsoft's own parser and binder: none is refused, no column is unknown, and no text is compared with a number. The
/// schema is the target's own table of columns, and the public one where it is there.
/// </summary>
public sealed class KustoBindingTests(ITestOutputHelper log)
{
    /// <summary>So many rules of the collection; the long run takes all.</summary>
    private const int Share = 20;

    private static readonly string[][] Pipelines = [["defender_xdr", "sentinel"], ["sentinel"], ["sysmon", "defender_xdr", "sentinel"], ["windows-audit", "sentinel"]];

    [NeedsFact(Needs.KustoBinder)]
    public void Every_query_of_the_rule_pack_binds_to_our_tables()
    {
        var queries = Pipelines.SelectMany(pipelines => Queries(OwnTarget.RulePack, pipelines)).Distinct().ToList();

        log.WriteLine($"{queries.Count} queries");
        queries.Should().HaveCountGreaterThan(100);
        KustoBinder.Bind(queries, KustoBinder.OurTables()).Should().BeEmpty();
    }

    [SharedFact(Needs.KustoBinder)]
    public void Queries_of_public_rules_bind_to_the_public_schema()
    {
        var every = Fidelity.LongFactAttribute.Cases > 0 ? 1 : Share;
        var files = OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq")).Where((_, i) => i % every == 0).ToList();
        var queries = Pipelines.SelectMany(pipelines => Queries(files, pipelines)).Distinct().ToList();

        log.WriteLine($"{queries.Count} queries of {files.Count} rules");
        queries.Should().HaveCountGreaterThan(files.Count);
        var tables = KustoBinder.PublicTables();
        foreach (var (name, columns) in KustoBinder.OurTables().Where(table => IsCustom(table.Key)))
        {
            tables.Add(name, columns);
        }

        KustoBinder.Bind(queries, tables).Should().BeEmpty();
    }

    [SharedFact]
    public void Our_columns_are_those_of_the_public_schema()
    {
        var known = KustoBinder.PublicTables();

        var ours = KustoBinder.OurTables();
        ours.Should().HaveCountGreaterThan(20);
        ours.Where(table => !IsCustom(table.Key)).SelectMany(table => table.Value.Select(column => (table.Key, column.Key, column.Value)))
            .Where(column => known[column.Item1].GetValueOrDefault(column.Item2) != column.Item3).Should().BeEmpty();
    }

    [NeedsFact(Needs.KustoBinder)]
    public void The_binder_finds_what_is_wrong()
    {
        KustoBinder.Bind(["T | where a =~ \"x\"", "T | where b =~ \"x\"", "T | where n =~ \"x\"", "T | where a =~ \"x"], new() { ["T"] = new() { ["a"] = "string", ["n"] = "long" } })
            .Select(finding => finding[..5]).Should().Equal("KS142", "KS106", "KS001");
    }

    /// <summary>A table that a connector makes: the reference of Azure has none of these, and <c>tables.tsv</c> names where its columns are from.</summary>
    private static bool IsCustom(string table) => table.EndsWith("_CL", StringComparison.Ordinal);

    private static IEnumerable<string> Queries(IReadOnlyList<string> files, string[] pipelines) =>
        OwnTarget.Convert(OwnTarget.With("kql", pipelines), files).SelectMany(conversion => conversion.Queries);
}
