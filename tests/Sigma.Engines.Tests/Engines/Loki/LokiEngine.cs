namespace Sigma.Engines.Tests.Engines.Loki;

/// <summary>
/// LogQL as the documentation of Grafana Loki 3 has it. No Loki runs in these tests, so this is written from that documentation and, where it
/// is silent, from the source it names; it shares nothing with the emitter. Expressions are tried by RE2 itself.
/// </summary>
internal static class LokiEngine
{
    public const string Version = "LogQL of Grafana Loki 3";

    /// <summary>The record numbers of the lines that each query keeps, lowest first.</summary>
    public static IReadOnlyList<IReadOnlyList<long>> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events)
    {
        LokiLine[] lines = [.. events.Select(e => new LokiLine(e))];
        using var values = new Re2Values(lines.SelectMany(line => line.Texts));
        return [.. queries.Select(query => Search(query, lines, values))];
    }

    /// <summary>The series of a metric query at each of some times.</summary>
    public static IReadOnlyList<IReadOnlyList<LokiSeries>> At(string query, IReadOnlyList<EngineEvent> events, IEnumerable<DateTime> times)
    {
        LokiLine[] lines = [.. events.Select(e => new LokiLine(e))];
        using var values = new Re2Values(lines.SelectMany(line => line.Texts));
        return [.. times.Select(time => LokiMetric.Evaluate(query, lines, values, time))];
    }

    private static IReadOnlyList<long> Search(string query, LokiLine[] lines, Re2Values values)
    {
        var scanner = new LokiScanner(query);
        var pipeline = new LokiPipeline(scanner, values).Parse();
        return scanner.Current.Kind is not LokiKind.End ? throw scanner.Error("the query ends here")
            : [.. lines.Where(line => pipeline(line.Fresh())).Select(line => line.Event.RecordId).Order()];
    }
}
