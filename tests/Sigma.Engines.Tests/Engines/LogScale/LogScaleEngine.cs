using Sigma.Engines.Tests.Engines.Loki;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.LogScale;

/// <summary>
/// CQL as the documentation of LogScale has it. No LogScale runs in these tests, so this is written from that documentation alone; it shares nothing with the
/// emitter. What two pages of it say differently is an error, so that a query means the same by each of them. Expressions are tried by RE2.
/// </summary>
internal static class LogScaleEngine
{
    public const string Version = "CQL of Falcon LogScale, 1.202 to 1.264";

    /// <summary>The record numbers of the events that each query finds, lowest first.</summary>
    public static IReadOnlyList<IReadOnlyList<long>> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events)
    {
        LogScaleRow[] rows = [.. events.Select(LogScaleRow.Of)];
        using var values = new Re2Values(rows.SelectMany(row => row.Texts));
        return [.. queries.Select(query => (IReadOnlyList<long>)[.. Run(query, rows, values).Select(row => row.Event?.RecordId ?? throw new SearchError("a row that is no event")).Order()])];
    }

    /// <summary>The rows of one query.</summary>
    public static IReadOnlyList<LogScaleRow> Rows(string query, IReadOnlyList<EngineEvent> events)
    {
        LogScaleRow[] rows = [.. events.Select(LogScaleRow.Of)];
        using var values = new Re2Values(rows.SelectMany(row => row.Texts));
        return Run(query, rows, values);
    }

    private static IReadOnlyList<LogScaleRow> Run(string query, IReadOnlyList<LogScaleRow> rows, Re2Values values)
    {
        var tokens = new LogScaleTokens(query);
        var stage = new LogScalePipeline(tokens, values).Parse();
        return tokens.Current.Kind is LogScaleKind.End ? stage(rows) : throw tokens.Error("the query ends here");
    }
}
