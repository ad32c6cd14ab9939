using Lucene.Net.QueryParsers.Classic;
using Sigma.Engines.Tests.Engines;
using Sigma.Tests;

namespace Sigma.Engines.Tests.SelfTests;

public sealed class LuceneEngineTests
{
    private static readonly IReadOnlyList<EngineEvent> Events =
    [
        EngineEvent.Of(1, "Security", 4688, ("Image", @"C:\Windows\System32\cmd.exe"), ("CommandLine", "cmd /c net user"), ("Port", "80")),
        EngineEvent.Of(2, "Security", 4688, ("Image", @"C:\Temp\net.exe"), ("CommandLine", "net  USER"), ("Port", "5985")),
        EngineEvent.Of(3, "System", 7045, ("Image", null), ("CommandLine", ""), ("my field", "a")),
    ];

    [Fact]
    public void The_seeds_queries_find_the_seeds_events()
    {
        LuceneEngine.Search(SeedTexts.ElasticsearchQuery, Seed.Events, LuceneView.Elasticsearch).Should().Equal(Seed.Expected);
        LuceneEngine.Search(SeedTexts.Graylog, Seed.Events, LuceneView.Graylog).Should().Equal(Seed.Expected);
    }

    [Theory]
    [InlineData("(a:b")]
    [InlineData("a:\"b")]
    [InlineData("a:b AND")]
    [InlineData("a:[1 TO")]
    [InlineData("a:/(/")]
    [InlineData("a:b:c")]
    public void A_query_that_does_not_parse_is_refused(string query)
    {
        LuceneEngine.Accepts(query, LuceneView.Elasticsearch).Refusal.Should().NotBeNullOrEmpty();
        LuceneEngine.Accepts(query, LuceneView.Graylog).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("_exists_:Image", new long[] { 1, 2 })]
    [InlineData("NOT _exists_:Image", new long[] { 3 })]
    [InlineData("(EventID:4688 AND (NOT Image:*\\\\cmd.exe))", new long[] { 2 })]
    [InlineData("Image:*", new long[] { 1, 2 })]
    [InlineData("CommandLine:\"\"", new long[] { 3 })]
    [InlineData("Port:>80", new long[] { 2 })]
    [InlineData("Port:>=80", new long[] { 1, 2 })]
    [InlineData("Port:<5985", new long[] { 1 })]
    [InlineData("Port:[80 TO 100]", new long[] { 1 })]
    [InlineData("Port:{80 TO *}", new long[] { 2 })]
    [InlineData("Image:/.*\\\\(cmd|net)\\.exe/", new long[] { 1, 2 })]
    [InlineData("Image:/cmd/", new long[0])]
    [InlineData("my\\ field:a", new long[] { 3 })]
    [InlineData("\\*Line:*USER*", new long[] { 2 })]
    [InlineData("\\*:*cmd*", new long[] { 1 })]
    [InlineData("*Temp*", new long[] { 2 })]
    [InlineData("EventID:(4688 7045)", new long[] { 1, 2, 3 })]
    [InlineData("*:*", new long[] { 1, 2, 3 })]
    public void Graylog_reads_keywords_whole_and_by_case(string query, long[] expected) =>
        LuceneEngine.Search(query, Events, LuceneView.Graylog).Should().Equal(expected);

    [Theory]
    [InlineData("winlog.event_data.CommandLine:\"net user\"", new long[] { 1, 2 })]
    [InlineData("CommandLine.keyword:*net\\ user", new long[] { 1 })]
    [InlineData("CommandLine:*US*", new long[] { 1, 2 })]
    [InlineData("\\*.keyword:(*USER* OR *temp*)", new long[] { 2 })]
    [InlineData("winlog.channel:\"Security\" AND winlog.event_id:\"4688\"", new long[] { 1, 2 })]
    [InlineData("Image.keyword:\"C:\\\\Temp\\\\net.exe\"", new long[] { 2 })]
    public void Elasticsearch_analyses_text_and_keeps_keywords_whole(string query, long[] expected) =>
        LuceneEngine.Search(query, Events, LuceneView.Elasticsearch).Should().Equal(expected);

    [Fact]
    public void The_operator_between_bare_terms_is_the_views()
    {
        const string Query = "CommandLine:(*net* *USER*)";

        LuceneEngine.Search(Query, Events, LuceneView.Graylog).Should().Equal(1, 2);
        LuceneEngine.Search(Query, Events, LuceneView.Graylog with { DefaultOperator = Operator.AND }).Should().Equal(2);
    }

    [Fact]
    public void Five_thousand_values_are_no_matter()
    {
        var values = string.Join(" OR ", Enumerable.Range(1000, 5000));

        LuceneEngine.Search($"Port:({values})", Events, LuceneView.Graylog).Should().Equal(2);
    }
}
