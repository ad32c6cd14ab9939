namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>A search that its language's documentation does not allow, with what is wrong with it.</summary>
public sealed class SearchError(string message) : Exception(message);

/// <summary>Whether a row is selected.</summary>
internal delegate bool SearchTest(SearchRow row);

/// <summary>One command: rows in, rows out.</summary>
internal delegate IReadOnlyList<SearchRow> SearchCommand(IReadOnlyList<SearchRow> rows);

/// <summary>What a search made of events.</summary>
internal static class SearchCommands
{
    /// <summary>The commands one after another.</summary>
    public static SearchCommand InTurn(IReadOnlyList<SearchCommand> commands) =>
        rows => commands.Aggregate(rows, (left, command) => command(left));

    /// <summary>The rows for which a test holds.</summary>
    public static SearchCommand Where(SearchTest test) => rows => [.. rows.Where(row => test(row))];

    /// <summary>Each row after a change; the rows themselves stay as they are.</summary>
    public static SearchCommand Each(Action<SearchRow> change) => rows => [.. rows.Select(row =>
    {
        var copy = row.Copy();
        change(copy);
        return copy;
    })];

    /// <summary>The record numbers of the events that are left, lowest first.</summary>
    public static IReadOnlyList<long> RecordIds(IEnumerable<SearchRow> rows) =>
        [.. rows.Select(row => row.RecordId ?? throw new SearchError("a row that is no event")).Order()];
}
