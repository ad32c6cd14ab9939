using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>
/// Commands in a row ("Anatomy of a search", Search Manual): a pipe outside quotes and brackets ends each; the first, where it
/// has no pipe in front, is the search command without its name.
/// </summary>
internal static class SplunkPipeline
{
    public static SearchCommand Parse(string search)
    {
        var parts = SearchPipe.Split(search);
        var commands = new List<SearchCommand>();
        if (parts[0].Trim().Length > 0)
        {
            commands.Add(parts[0].TrimStart().StartsWith("search ", StringComparison.Ordinal) ? Command(parts[0]) : SearchCommands.Where(SplunkSearch.Parse(parts[0])));
        }

        commands.AddRange(parts.Skip(1).Select((part, i) => Command(part, generates: commands.Count == 0 && i == 0)));
        return commands.Count == 0
            ? throw new SearchError("nothing is searched for")
            : SearchCommands.InTurn(commands);
    }

    private static SearchCommand Command(string text, bool generates = false)
    {
        var scanner = new SearchScanner(text);
        var name = scanner.While(char.IsAsciiLetter);
        var rest = text[scanner.At..];
        if (generates != name is "multisearch" or "union" or "tstats")
        {
            throw scanner.Error(generates ? "a search begins with events" : $"{name} begins a search");
        }

        return name switch
        {
            "search" => SearchCommands.Where(SplunkSearch.Parse(rest)),
            "where" => SearchCommands.Where(SplunkExpression.ParseCondition(rest)),
            "eval" => SplunkCommands.Eval(scanner),
            "rename" => SplunkCommands.Rename(scanner),
            "table" => SplunkCommands.Table(scanner),
            "bin" => SplunkCommands.Bin(scanner),
            "stats" => SplunkStats.Parse(scanner, keepsEvents: false),
            "eventstats" => SplunkStats.Parse(scanner, keepsEvents: true),
            "tstats" => SplunkTstats.Parse(rest),
            "multisearch" => Searches(scanner, streaming: true),
            "union" => Searches(scanner, streaming: false),
            _ => throw scanner.Error($"there is no command {name} here"),
        };
    }

    /// <summary>
    /// "multisearch": two searches or more, of streaming commands only, which begin with search. "union": the same, of any.
    /// </summary>
    private static SearchCommand Searches(SearchScanner scanner, bool streaming)
    {
        var searches = new List<SearchCommand>();
        for (scanner.SkipBlanks(); !scanner.End; scanner.SkipBlanks())
        {
            var inner = scanner.Bracketed();
            if (streaming && SearchPipe.Split(inner).Skip(1).Any(part => part.TrimStart().Split(' ')[0] is "stats" or "eventstats" or "table" or "union" or "multisearch"))
            {
                throw scanner.Error("multisearch takes streaming commands only");
            }

            searches.Add(inner.TrimStart().StartsWith("search ", StringComparison.Ordinal) || inner.TrimStart().StartsWith('|')
                ? Parse(inner)
                : throw scanner.Error("a search in brackets begins with search or a pipe"));
        }

        return searches.Count < 2
            ? throw scanner.Error("two searches at least")
            : rows => [.. searches.SelectMany(search => search([.. rows.Select(row => row.Copy())]))];
    }
}
