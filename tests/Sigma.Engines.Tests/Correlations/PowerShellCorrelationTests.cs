using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>Correlations run in PowerShell over events, and fire for the groups and stretches of time that they are about.</summary>
public sealed class PowerShellCorrelationTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 100];

    [Theory]
    [InlineData("default")]
    [InlineData("eventdata")]
    public void Events_are_counted_by_fields_and_stretches_of_time(string format)
    {
        var events = new List<EngineEvent>();
        events.AddRange(Enumerable.Range(0, 3).Select(i => Event(i, minutes: i, ("User", "burst"))));
        events.AddRange(Enumerable.Range(0, 3).Select(i => Event(i, minutes: 6 * i, ("User", "slow"))));
        events.AddRange(Enumerable.Range(0, 3).Select(i => Event(i, minutes: i, ("Other", "no user"))));
        Run("type: event_count, group-by: User, timespan: 5m, condition: {gte: 3}", events, format).Should().Equal("burst 3");
    }

    [Fact]
    public void A_range_has_both_of_its_bounds()
    {
        var events = new[] { 1, 2, 3, 4 }.SelectMany(n => Enumerable.Range(0, n).Select(i => Event(i, 0, ("User", "u" + n))));
        Run("type: event_count, group-by: User, timespan: 5m, condition: {gt: 1, lte: 3}", events).Should().BeEquivalentTo("u2 2", "u3 3");
    }

    [Fact]
    public void Values_are_counted_once_each_and_several_fields_by_their_combinations()
    {
        EngineEvent[] events = [Event(1, 0, ("A", "x"), ("B", "1")), Event(2, 0, ("A", "X"), ("B", "2")), Event(3, 0, ("A", "y"), ("B", "2")), Event(4, 0, ("B", "3"))];
        Run("type: value_count, timespan: 5m, condition: {field: A, gte: 0}", events).Should().Equal(" 2");
        Run("type: value_count, timespan: 5m, condition: {field: [A, B], gte: 0}", events).Should().Equal(" 3");
    }

    [Theory]
    [InlineData("value_sum", "", "110")]
    [InlineData("value_avg", "", "22")]
    [InlineData("value_median", "", "3")]
    [InlineData("value_percentile", ", percentile: 50", "3")]
    [InlineData("value_percentile", ", percentile: 60", "3")]
    [InlineData("value_percentile", ", percentile: 60.1", "4")]
    [InlineData("value_percentile", ", percentile: 0", "1")]
    [InlineData("value_percentile", ", percentile: 100", "100")]
    public void Numbers_are_aggregated_and_what_is_none_is_left_out(string type, string percentile, string figure)
    {
        var events = Sizes.Select((size, i) => Event(i, 0, ("Size", size.ToString()))).Append(Event(9, 0, ("Size", "none"))).Append(Event(10, 0));
        Run($"type: {type}, timespan: 5m, condition: {{field: Size, gt: 0{percentile}}}", events).Should().Equal(" " + figure);
    }

    [Fact]
    public void A_median_between_two_values_is_the_middle_of_them() =>
        Run("type: value_median, timespan: 5m, condition: {field: Size, eq: 2.5}", [Event(1, 0, ("Size", "4")), Event(2, 0, ("Size", "1"))]).Should().Equal(" 2.5");

    [Fact]
    public void Where_no_value_is_a_number_nothing_fires() =>
        Run("type: value_avg, timespan: 5m, condition: {field: Size, lt: 100}", [Event(1, 0, ("Size", "none"))]).Should().BeEmpty();

    private static EngineEvent Event(long id, int minutes, params (string Name, string? Value)[] data) =>
        EngineEvent.Of(id, "Security", 4625, data) with { Time = EngineEvent.Noon.AddMinutes(minutes) };

    /// <summary>The group and the figure of each row.</summary>
    private static IEnumerable<string> Run(string correlation, IEnumerable<EngineEvent> events, string format = "eventdata")
    {
        var documents = RuleReader.Read(new SourceText("rule.yml", $$"""
            title: Failed
            name: failed
            logsource: {product: windows, service: security}
            detection: {selection: {EventID: 4625}, condition: selection}
            ---
            title: Counted
            correlation: {rules: failed, {{correlation}}}
            """));
        var backend = new BackendCatalog().Read("powershell", new Dictionary<string, string>(), [])!;
        var target = new CompilerTarget(backend, backend.Formats.First(f => f.Name == format), backend.Pipelines);
        var command = new Compiler([target]).Convert(documents, RuleSet.Link(documents)).Last().Query!;
        PowerShellEngine.Accepts(command).Should().Be(Verdict.Accept);
        var run = PowerShellEngine.Run(command, events);
        run.Verdict.Should().Be(Verdict.Accept, command);
        return run.Rows.Select(row => $"{row.GetValueOrDefault("User")} {row.First(cell => cell.Key.Contains('_')).Value}");
    }
}
