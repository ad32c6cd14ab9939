using Lucene.Net.QueryParsers.Classic;

namespace Sigma.Engines.Tests.Engines;

/// <summary>Lucene's own query parser and index, as Elasticsearch and Graylog use them.</summary>
public static class LuceneEngine
{
    public static Verdict Accepts(string query, LuceneView view)
    {
        try
        {
            new QueryStringParser(view, knownFields: null).Parse(query);
            return Verdict.Accept;
        }
        catch (Exception refusal) when (refusal is ParseException or ArgumentException)
        {
            return new Verdict(refusal.Message);
        }
    }

    /// <summary>The record numbers of the events a query finds, lowest first.</summary>
    public static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events, LuceneView view)
    {
        using var index = new LuceneIndex(view, events);
        return index.Search(query);
    }
}
