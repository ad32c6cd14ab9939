using System.Globalization;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>
/// Splunk's search language as its documentation has it, for the commands that searches here use. No Splunk runs in these
/// tests, so this is written from the Search Manual and Search Reference alone (each part names its page) and shares nothing
/// with the emitter. It is stricter than the product: what the documentation does not promise is an error.
/// </summary>
public static class SplunkEngine
{
    public const string Version = "Search Reference 9.4";

    public const string Raw = "_raw";

    private const string Time = "_time";

    public static Verdict Accepts(string search)
    {
        try
        {
            SplunkPipeline.Parse(search);
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
        SplunkPipeline.Parse(search)([.. events]);

    /// <summary>The record numbers of the events a search finds, lowest first.</summary>
    public static IReadOnlyList<long> Search(string search, IEnumerable<EngineEvent> events) =>
        SearchCommands.RecordIds(Run(search, events.Select(RowOf)));

    /// <summary>A Windows event as the universal forwarder sends it: EventCode, source, ComputerName, and its data.</summary>
    public static SearchRow RowOf(EngineEvent e)
    {
        var row = new SearchRow { RecordId = e.RecordId };
        row["EventCode"] = e.EventId.ToString(CultureInfo.InvariantCulture);
        row["source"] = "WinEventLog:" + e.Channel;
        row["host"] = EngineEvent.Machine;
        row["ComputerName"] = EngineEvent.Machine;
        row[Time] = (e.Time - DateTime.UnixEpoch).TotalSeconds;
        row[Raw] = e.Message;
        foreach (var (name, value) in e.Present)
        {
            row[name] = value;
        }

        return row;
    }
}
