using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Sigma.Engines.Tests.Engines;

/// <summary>Events indexed in memory as one view sees them, for any number of queries.</summary>
public sealed class LuceneIndex : IDisposable
{
    private readonly LuceneView view;
    private readonly IReadOnlyList<long> recordIds;
    private readonly HashSet<string> fields = [];
    private readonly RAMDirectory directory = new();
    private readonly DirectoryReader reader;

    public LuceneIndex(LuceneView view, IEnumerable<EngineEvent> events)
    {
        this.view = view;
        var all = events.ToList();
        recordIds = [.. all.Select(e => e.RecordId)];
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, QueryStringParser.AnalyzerOf(view))))
        {
            all.ForEach(e => writer.AddDocument(Index(e)));
        }

        reader = DirectoryReader.Open(directory);
    }

    /// <summary>The record numbers of the events a query finds, lowest first.</summary>
    public IReadOnlyList<long> Search(string query)
    {
        var parsed = new QueryStringParser(view, fields).Parse(query);
        var found = new IndexSearcher(reader).Search(parsed, Math.Max(1, recordIds.Count));
        return [.. found.ScoreDocs.Select(hit => recordIds[hit.Doc]).Order()];
    }

    public void Dispose()
    {
        reader.Dispose();
        directory.Dispose();
    }

    private Document Index(EngineEvent e)
    {
        var document = new Document();
        foreach (var (field, value) in view.Fields(e))
        {
            fields.Add(field);
            document.Add(new StringField(QueryStringParser.ExistsField, field, Field.Store.NO));
            document.Add(view.IsText(field) ? new TextField(field, value, Field.Store.NO) : new StringField(field, value, Field.Store.NO));
            if (view.IsAddress(field) && QueryStringParser.AddressTerm(value) is { } address)
            {
                document.Add(new StringField(QueryStringParser.AddressField(field), address, Field.Store.NO));
            }

            if (QueryStringParser.IsNumber(value, out var number))
            {
                document.Add(new DoubleField(QueryStringParser.NumberField(field), number, Field.Store.NO));
            }
        }

        return document;
    }
}
