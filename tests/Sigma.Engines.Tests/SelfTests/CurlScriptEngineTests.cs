using Sigma.Engines.Tests.Engines;
using Sigma.Tests;

namespace Sigma.Engines.Tests.SelfTests;

public sealed class CurlScriptEngineTests
{
    [NeedsFact(Needs.Bash)]
    public void The_seeds_script_stores_the_seeds_watch()
    {
        var result = CurlScriptEngine.Run(SeedTexts.Watcher);

        result.Verdict.Should().Be(Verdict.Accept);
        var call = result.Calls.Should().ContainSingle().Subject;
        call.Url.Should().Be("localhost:9200/_watcher/watch/13acf386-b8c6-4fe0-9a6e-c4756b974698");
        call.Arguments.Should().StartWith(["-s", "-XPUT", "-H", "Content-Type: application/json"]);
        var watch = call.Watch;
        watch.Queries.Should().Equal(SeedTexts.ElasticsearchQuery);
        watch.MetadataQuery.Should().Be(SeedTexts.ElasticsearchQuery);
        watch.RangeFilters.Should().Equal(new Dictionary<string, string> { ["timestamp"] = "now-30m/m" });
        watch.Aggregation.Should().BeEmpty();
        watch.Condition.Should().Be(new WatchCondition("ctx.payload.hits.total", "not_eq", "0"));
        LuceneEngine.Search(watch.Queries[0], Seed.Events, LuceneView.Elasticsearch).Should().Equal(Seed.Expected);
    }

    [NeedsFact(Needs.Bash)]
    public void Each_call_of_a_script_is_kept()
    {
        var result = CurlScriptEngine.Run("curl -d@- a <<EOF\n{}\nEOF\ncurl -X PUT b --data-binary @- <<'EOF'\n[\"\\\\\"]\nEOF\n");

        result.Verdict.Should().Be(Verdict.Accept);
        result.Calls.Select(call => (call.Url, call.Body)).Should().Equal(("a", "{}\n"), ("b", "[\"\\\\\"]\n"));
    }

    [NeedsTheory(Needs.Bash)]
    [InlineData("curl --data-binary @- a <<EOF\n{\"a\": \"\\\\d\"}\nEOF\n")]
    [InlineData("curl --data-binary @- a <<EOF\n{\n")]
    [InlineData("if\n")]
    [InlineData("no-such-program\n")]
    [InlineData("true\n")]
    public void A_script_that_stores_no_json_is_refused(string script) =>
        CurlScriptEngine.Run(script).Verdict.Refusal.Should().NotBeNullOrEmpty();

    [Fact]
    public void Reads_the_levels_of_an_aggregation_and_its_threshold()
    {
        const string Body = """
            {"input": {"search": {"request": {"body": {"aggs": {"by": {"terms": {"field": "Host", "min_doc_count": 4},
              "aggs": {"agg": {"terms": {"field": "User", "min_doc_count": 4}}}}}}}}},
             "condition": {"compare": {"ctx.payload.aggregations.by.buckets.0.agg.buckets.0.doc_count": {"gt": 3}}}}
            """;

        var watch = Watch.Read(Body);

        watch.Aggregation.Should().Equal(new WatchTerms("by", "Host", 4), new WatchTerms("agg", "User", 4));
        watch.Condition.Should().Be(
            new WatchCondition("ctx.payload.aggregations.by.buckets.0.agg.buckets.0.doc_count", "gt", "3"));
    }
}
