using System.Globalization;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.LogPoint;

/// <summary>
/// Logpoint's search language as its documentation has it ("Search Query Language", docs.logpoint.com) and, for what the
/// pages leave open, as the vendor's own Sigma backend writes it (logpoint/pySigma-backend-logpoint): order of operators,
/// words that are no field names, wildcards. No Logpoint runs in these tests; nothing is shared with the emitter, and what
/// neither source promises is an error.
/// </summary>
public static class LogPointEngine
{
    public const string Version = "Search Query Language, 7.x";

    /// <summary>Where the log itself stands, which words and phrases are looked for in; no name that a query could give.</summary>
    internal const string Message = "\0";

    public static Verdict Accepts(string search)
    {
        try
        {
            LogPointPipeline.Parse(search);
            return Verdict.Accept;
        }
        catch (SearchError refusal)
        {
            return new Verdict(refusal.Message);
        }
    }

    /// <summary>The rows that are left at the end.</summary>
    /// <exception cref="SearchError">The search is not one.</exception>
    public static IReadOnlyList<SearchRow> Run(string search, IEnumerable<SearchRow> events) =>
        LogPointPipeline.Parse(search)([.. events]);

    /// <summary>The record numbers of the events a search finds, lowest first.</summary>
    public static IReadOnlyList<long> Search(string search, IEnumerable<EngineEvent> events) =>
        SearchCommands.RecordIds(Run(search, events.Select(RowOf)));

    /// <summary>A Windows event as Logpoint normalizes it: event_id, channel, who wrote it, and its data.</summary>
    public static SearchRow RowOf(EngineEvent e)
    {
        var row = new SearchRow { RecordId = e.RecordId };
        row["event_id"] = e.EventId.ToString(CultureInfo.InvariantCulture);
        row["channel"] = e.Channel;
        row["event_source"] = e.Provider ?? e.Channel;
        row["host"] = EngineEvent.Machine;
        row[Message] = e.Message;
        foreach (var (name, value) in e.Present)
        {
            row[name] = value;
        }

        return row;
    }
}
