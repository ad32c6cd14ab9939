using System.Globalization;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Kusto;
using Sigma.Engines.Tests.Engines.Sql;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// Limits that targets state, on their engines: a query just within one runs as it is; one beyond it fails in one piece; and what is written
/// instead finds the right events.
/// </summary>
public sealed class EngineLimitsTests
{
    private const int Deep = 400;
    private const int Many = 5_000;

    public static TheoryData<string> Names => [.. FidelityTargets.All.Select(target => target.Name)];

    public static TheoryData<string> Sql => ["duckdb", "sqlite", "postgres", "clickhouse"];

    [Theory]
    [MemberData(nameof(Sql))]
    public void Negations_nested_beyond_the_depth_fail_in_one_piece_and_run_otherwise(string name)
    {
        var target = Target(name);
        if (NeedsSentence.For(target.Needs) is not null)
        {
            return;
        }

        var limit = target.Target().Backend.Dialect.Limits.Depth!;
        var within = Math.Min(Deep, (limit.Most - limit.Test) / (limit.Group + limit.Operand + limit.Not));
        Query(target.Target(), Nested(within)).Should().Be(Query(Unlimited(target.Target()), Nested(within)));
        Found(target, Query(target.Target(), Nested(within)), within);

        var whole = Query(Unlimited(target.Target()), Nested(Deep));
        var search = () => target.Search([whole], Events(Deep));
        search.Should().Throw<Exception>();
        var written = Query(target.Target(), Nested(Deep));
        written.Should().NotBe(whole);
        Found(target, written, Deep);
    }

    [NeedsFact(Needs.Grep)]
    public void Brackets_beyond_250_fail_in_grep_in_one_piece_and_run_otherwise()
    {
        var target = Target("grep");
        var search = () => target.Search([Query(Unlimited(target.Target()), Nested(130))], Events(130));
        search.Should().Throw<Exception>().WithMessage("*parentheses are too deeply nested*");
        Found(target, Query(target.Target(), Nested(130)), 130);
    }

    /// <summary>Every language says it, or refuses it with a code.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Brackets_nested_400_deep_find_the_right_events_or_are_refused(string name)
    {
        var target = Target(name);
        if (NeedsSentence.For(target.Needs) is not null)
        {
            return;
        }

        var conversion = Convert(target.Target(), Nested(Deep));
        if (conversion.Query is null)
        {
            conversion.Diagnostics.Should().Contain(d => d.Severity == Severity.Error);
            name.Should().BeOneOf("grep", "powershell", "powershell eventdata");
        }
        else
        {
            Found(target, conversion.Query, Deep);
        }
    }

    [Fact]
    public void A_chain_of_5000_fails_in_one_piece_in_SQLite_and_runs_in_groups()
    {
        var target = Target("sqlite");
        var rule = Rule($"fA|contains: [{string.Join(", ", Enumerable.Range(0, Many).Select(i => $"v{i}x"))}]");
        EngineEvent[] events = [EngineEvent.Of(0, "Test", 1, ("fA", "-v4321x-")), EngineEvent.Of(1, "Test", 1, ("fA", "-v5001x-"))];

        var search = () => target.Search([Query(Unlimited(target.Target()), rule)], events);
        search.Should().Throw<Exception>().WithMessage("*Expression tree is too large (maximum depth 1000)*");
        target.Search([Query(target.Target(), rule)], events)[0].Should().Equal(0);
        var all = Rule($"fA|contains|all: [{string.Join(", ", Enumerable.Range(0, Many).Select(i => $"v{i}x"))}]");
        target.Search([Query(target.Target(), all)], [EngineEvent.Of(0, "Test", 1, ("fA", string.Join(' ', Enumerable.Range(0, Many).Select(i => $"v{i}x")))), events[0]])[0].Should().Equal(0);
    }

    [Fact]
    public void A_pattern_of_LIKE_beyond_50000_bytes_fails_in_SQLite_and_is_refused()
    {
        var target = Target("sqlite");
        var most = new string('a', 49_998);
        target.Search([Query(target.Target(), Rule($"fA|contains: {most[..^4]}"))], [EngineEvent.Of(0, "Test", 1, ("fA", "x" + most)), EngineEvent.Of(1, "Test", 1, ("fA", "x"))])[0].Should().Equal(0);

        var search = () => SqliteEngine.Search([$"SELECT * FROM events WHERE `fA` LIKE '%{most}aa%'"], [EngineEvent.Of(0, "Test", 1, ("fA", "x"))]);
        search.Should().Throw<Exception>().WithMessage("*pattern too complex*");
        foreach (var item in (string[])[$"fA|contains: {most}aa", $"fA|contains|cased: {most}aa"])
        {
            var conversion = OwnTarget.Convert(target.Target(), Rule(item)).Single();
            conversion.Query.Should().BeNull();
            conversion.Diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0601").Which.Message.Should().Contain("so long a string");
        }
    }

    [Fact]
    public void A_text_of_60000_bytes_is_found_whole_in_SQLite() =>
        Target("sqlite").Search([Query(Target("sqlite").Target(), Rule($"fA: {new string('a', 60_000)}"))], [EngineEvent.Of(0, "Test", 1, ("fA", new string('A', 60_000)))])[0].Should().Equal(0);

    [NeedsFact(Needs.SqlEngines)]
    public void A_statement_beyond_max_query_size_fails_in_ClickHouse_until_the_setting_is_raised_and_is_warned_of()
    {
        static string ListOf(int count) => Rule($"fA: [{string.Join(", ", Enumerable.Range(0, count).Select(i => $"value-number-{i}"))}]");

        var target = Target("clickhouse");
        EngineEvent[] events = [EngineEvent.Of(0, "Test", 1, ("fA", "VALUE-number-77")), EngineEvent.Of(1, "Test", 1, ("fA", "value-number-x"))];
        IReadOnlyList<long> Search(string query) => NodeSqlEngine.ClickHouse.Search(query, events, "SET max_query_size = 262144", "SET max_query_size = 10000000");

        var within = OwnTarget.Convert(target.Target(), ListOf(7_000)).Single();
        within.Diagnostics.Where(d => d.Severity >= Severity.Warning).Should().BeEmpty();
        Search(within.Query!).Should().Equal(0);

        var beyond = OwnTarget.Convert(target.Target(), ListOf(12_000)).Single();
        beyond.Diagnostics.Should().ContainSingle(d => d.Code.Id == "SIG0617").Which.Message.Should().Contain("max_query_size allows 262,144 bytes");
        var search = () => Search(beyond.Query!);
        search.Should().Throw<Exception>().WithMessage("*Max query size exceeded*");
        target.Search([beyond.Query!], events)[0].Should().Equal(0);
    }

    [Theory]
    [MemberData(nameof(Sql))]
    public void An_expression_of_5000_characters_runs(string name)
    {
        var target = Target(name);
        if (NeedsSentence.For(target.Needs) is not null)
        {
            return;
        }

        var expression = string.Concat(Enumerable.Repeat("ab?", 1_700));
        expression.Length.Should().BeGreaterThan(Many);
        EngineEvent[] events = [EngineEvent.Of(0, "Test", 1, ("fA", string.Concat(Enumerable.Repeat("aba", 850)))), EngineEvent.Of(1, "Test", 1, ("fA", new string('a', 1_699)))];
        target.Search([Query(target.Target(), Rule($"fA|re: '{expression}'"))], events)[0].Should().Equal(0);
    }

    [Theory]
    [InlineData("esql")]
    [InlineData("eql")]
    [InlineData("lucene")]
    [InlineData("es-qs")]
    [InlineData("xpack-watcher")]
    [InlineData("graylog")]
    public void An_expression_of_5000_characters_is_refused_where_the_index_takes_1000(string name) =>
        OwnTarget.Convert(OwnTarget.With(name, []), Rule($"fA|re: '{string.Concat(Enumerable.Repeat("ab?", 1_700))}'")).Single().Diagnostics
            .Should().ContainSingle(d => d.Code.Id == "SIG0604").Which.Message.Should().Contain("more than 1000 characters");

    [NeedsFact(Needs.KustoBinder)]
    public void What_Microsofts_analyzer_refuses_in_one_piece_binds_otherwise()
    {
        var target = OwnTarget.With("kql", [], null, ("table", "T"));
        Dictionary<string, Dictionary<string, string>> tables = new() { ["T"] = new() { ["fA"] = "string", ["TimeGenerated"] = "datetime" } };
        string Finding(string rule, bool limited) => KustoBinder.Bind([Query(limited ? target : Unlimited(target), rule)], tables).FirstOrDefault("")[..5];

        var limit = target.Backend.Dialect.Limits.Depth!;
        var within = (limit.Most - limit.Test) / (limit.Group + limit.Operand + limit.Not);
        KustoBinder.Bind([Query(target, Nested(within))], tables).Should().BeEmpty();
        Query(target, Nested(within)).Should().Be(Query(Unlimited(target), Nested(within)));

        Finding(Nested(Deep), limited: false).Should().Be("KS245");
        KustoBinder.Bind([Query(target, Nested(Deep))], tables).Should().BeEmpty();

        var chain = Rule($"fA|contains: [{string.Join(", ", Enumerable.Range(0, Many).Select(i => $"v{i}x"))}]");
        Finding(chain, limited: false).Should().Be("KS245");
        KustoBinder.Bind([Query(target, chain)], tables).Should().BeEmpty();

        var list = Rule($"fA: [{string.Join(", ", Enumerable.Range(0, 33_000).Select(i => $"v{i}"))}]");
        Finding(list, limited: false).Should().Be("KS120");
        KustoBinder.Bind([Query(target, list)], tables).Should().BeEmpty();
    }

    private static FidelityTarget Target(string name) => FidelityTargets.All.Single(target => target.Name == name);

    private static CompilerTarget Unlimited(CompilerTarget target)
    {
        var backend = target.Backend;
        var unlimited = new Backend(backend.Dialect with { Limits = EngineLimits.None })
        {
            Name = backend.Name,
            Title = backend.Title,
            Description = backend.Description,
            Aliases = backend.Aliases,
            Options = backend.Options,
            OptionValues = backend.OptionValues,
            Formats = backend.Formats,
            Pipelines = backend.Pipelines,
        };
        return new CompilerTarget(unlimited, target.Format, target.Pipelines);
    }

    private static Conversion Convert(CompilerTarget target, string rule) =>
        new Compiler([target]).Convert(new SourceText("rule.yml", rule, Limits.Default.With(Limits.ConditionDepth, 4_000))).Single();

    private static string Query(CompilerTarget target, string rule)
    {
        var conversion = Convert(target, rule);
        return conversion.Query ?? throw new InvalidOperationException(string.Join('\n', conversion.Diagnostics.Select(d => d.Message)));
    }

    private static string Rule(string item) => $"title: t\nlogsource: {{product: test}}\ndetection:\n  s:\n    {item}\n  condition: s\n";

    /// <summary>not (d1 or not (d2 or … not (dN or core))), where each asks for another value of one field.</summary>
    private static string Nested(int levels)
    {
        var detections = string.Concat(Enumerable.Range(1, levels).Select(i => string.Create(CultureInfo.InvariantCulture, $"  d{i}: {{fA: z{i:d3}}}\n")));
        var condition = string.Concat(Enumerable.Range(1, levels).Select(i => string.Create(CultureInfo.InvariantCulture, $"not (d{i} or "))) + "core" + new string(')', levels);
        return $"title: t\nlogsource: {{product: test}}\ndetection:\n{detections}  core: {{fA: core}}\n  condition: {condition}\n";
    }

    private static EngineEvent[] Events(int levels) =>
    [
        EngineEvent.Of(0, "Test", 1, ("fA", "core")),
        EngineEvent.Of(1, "Test", 1, ("fA", "other")),
        EngineEvent.Of(2, "Test", 1, ("fB", "x")),
        .. Enumerable.Range(1, 8).Select(i => EngineEvent.Of(2 + i, "Test", 1, ("fA", string.Create(CultureInfo.InvariantCulture, $"z{levels * i / 8:d3}")))),
    ];

    private static void Found(FidelityTarget target, string query, int levels) =>
        target.Search([query], Events(levels))[0].Should().Equal(
            Events(levels).Where(e => Matches(e.Present.FirstOrDefault(p => p.Name == "fA").Value, levels)).Select(e => e.RecordId), target.Name);

    private static bool Matches(string? value, int levels)
    {
        var held = value == "core";
        for (var i = levels; i > 0; i--)
        {
            held = !(value == string.Create(CultureInfo.InvariantCulture, $"z{i:d3}") || held);
        }

        return held;
    }
}
