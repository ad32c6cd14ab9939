namespace Sigma.Engines.Tests.Pages;

/// <summary>Finds the classes of deviation that explain a page whose query is not history's.</summary>
internal static class PageExplainer
{

    public static Explanation Explain(PageRun page)
    {
        var explanation = new Explanation(page);
        if (page.HistoryRefused)
        {
            return Refused(explanation);
        }

        return page.Target switch
        {
            "es-qs" => EsQs(explanation),
            "graylog" => Graylog(explanation),
            "xpack-watcher" => Watcher(explanation),
            "splunk" => Splunk(explanation),
            "logpoint" => LogPoint(explanation),
            "powershell" => PowerShell(explanation),
            _ => explanation,
        };
    }

    /// <summary>History printed a message instead of a query.</summary>
    private static Explanation Refused(Explanation e)
    {
        var page = e.Page;
        var regex = page.History.Contains("'re' is not supported") || page.History.Contains("SigmaRegularExpressionModifier")
            || page.History.Contains("Node type not implemented");
        return e
            .Settle("both refuse", page.AllRefused && page.Facts.Counts)
            .Settle("D10", regex && page.Facts.HasRegex && !page.SomeRefused)
            .Settle("D26", page.History.Contains("'near'") && page.Facts.Near && !page.SomeRefused)
            .Settle("D22", page.SomeRefused && !page.AllRefused && page.Facts.Counts);
    }

    private static Explanation EsQs(Explanation e) => e
        .Rewrite("D1", LuceneRewritings.EscapeLastBackslash)
        .Rewrite("D14", LuceneRewritings.TranslateRegex(".keyword"))
        .Rewrite("D15", LuceneRewritings.UnquoteLoneKeyword)
        .Rewrite("D23", LuceneRewritings.QuotePlainAmongEscaped);

    private static Explanation Graylog(Explanation e) => e
        .Rewrite("D1", LuceneRewritings.EscapeLastBackslash)
        .Rewrite("D8", LuceneRewritings.DropSubField)
        .Rewrite("D14", LuceneRewritings.TranslateRegex(""))
        .Rewrite("D15", LuceneRewritings.UnquoteLoneKeyword)
        .Rewrite("D23", LuceneRewritings.QuotePlainAmongWildcards)
        .Rewrite("D8", LuceneRewritings.EscapeBlanks);

    private static Explanation Watcher(Explanation e)
    {
        e.Rewrite("D1", WatcherRewritings.InQueries(LuceneRewritings.EscapeLastBackslash))
            .Rewrite("D14", WatcherRewritings.InQueries(LuceneRewritings.TranslateRegex(".keyword")))
            .Rewrite("D15", WatcherRewritings.InQueries(LuceneRewritings.UnquoteLoneKeyword))
            .Rewrite("D23", WatcherRewritings.InQueries(LuceneRewritings.QuotePlainAmongEscaped))
            .Rewrite("D27", WatcherRewritings.CountInSubField)
            .Rewrite("D18", WatcherRewritings.LookBackOverTimeframe)
            .Rewrite("D7", WatcherRewritings.QuoteDelimiter);
        if (e.Page.Facts.Near)
        {
            // The watches of the file's other rules stay.
            return e.Settle("D17", e.Page.SomeRefused && e.Text.Contains(e.Page.Ours, StringComparison.Ordinal));
        }

        return e.Page.Facts.CountsValues
            ? e.Settle("D18", WatcherRewritings.WithoutCounting(e.Text) == WatcherRewritings.WithoutCounting(e.Page.Ours))
            : e;
    }

    private static Explanation Splunk(Explanation e)
    {
        e.Rewrite("D1", LuceneRewritings.EscapeLastBackslash)
            .Rewrite("D29", LogRewritings.NameTheSource)
            .Rewrite("D30", LogRewritings.PrefixTheSource)
            .Rewrite("D11", SearchRewritings.BinByTimeframe);
        if (FirstOfSeveral(e))
        {
            return e;
        }

        return e.Text == e.Page.Ours ? e : e.Settle("D9", SearchRewritings.IsStaged(e.Text, e.Page));
    }

    private static Explanation LogPoint(Explanation e)
    {
        var escaped = e
            .Rewrite("D1", LuceneRewritings.EscapeLastBackslash)
            .Rewrite("D9", SearchRewritings.WidenLiteralStar).Text;
        e.Rewrite("D31", SearchRewritings.WriteBackslashesOnce)
            .Rewrite("D29", LogRewritings.NameTheChannel)
            .Rewrite("D30", LogRewritings.CorrectTheChannel);
        return e.Text == e.Page.Ours ? e : e.Settle("D31", SearchRewritings.StagesQuotes(escaped, e.Page.Ours));
    }

    private static Explanation PowerShell(Explanation e)
    {
        e.Rewrite("D6", PowerShellRewritings.EscapePatterns)
            .Rewrite("D28", PowerShellRewritings.NameListed)
            .Rewrite("D24", PowerShellRewritings.WriteAscii)
            .Rewrite("D19", PowerShellRewritings.QuoteLogName)
            .Rewrite("D21", (text, _) => PowerShellRewritings.DropCarriedLogName(text, e.Page.Ours))
            .Rewrite("D29", LogRewritings.NameTheLog);
        if (!e.Page.Facts.Counts)
        {
            return e;
        }

        var lines = e.Page.Ours.Split('\n');
        if (PowerShellRewritings.Filter(e.Text) != PowerShellRewritings.Filter(lines[0]))
        {
            return e;
        }

        if (lines.Length > 1)
        {
            e.Add("D20");
        }

        return e.Settle("D11", e.Page.Facts.HasTimeframe).Settle("D16", e.Page.Facts.CountsValues);
    }

    /// <summary>D20: history is our first query, and the rule has a condition for each of ours.</summary>
    private static bool FirstOfSeveral(Explanation e)
    {
        var lines = e.Page.Ours.Split('\n');
        var holds = lines.Length > 1 && lines[0] == e.Text && e.Page.Facts.Conditions.Count == lines.Length && e.Page.Facts.Rules.Count == 1;
        e.Settle("D20", holds);
        return holds;
    }
}
