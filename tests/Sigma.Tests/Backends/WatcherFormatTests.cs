using System.Globalization;
using System.Text.Json;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>The watch of every aggregation, against the documents of Watcher (conditions compare and array_compare, interval schedules).</summary>
public class WatcherFormatTests
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        [">"] = "gt",
        [">="] = "gte",
        ["<"] = "lt",
        ["<="] = "lte",
        ["=="] = "eq",
    };

    private static readonly Dictionary<string, string?> Functions = new()
    {
        ["count()"] = null,
        ["count(f)"] = "cardinality",
        ["sum(f)"] = "sum",
        ["avg(f)"] = "avg",
        ["min(f)"] = "min",
        ["max(f)"] = "max",
    };

    public static TheoryData<string, string, string> Aggregations
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var function in Functions.Keys)
            {
                foreach (var by in new[] { "", "g" })
                {
                    foreach (var sign in Operators.Keys)
                    {
                        data.Add(function, by, sign);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Aggregations))]
    public void The_condition_compares_what_the_rule_counts(string function, string by, string sign)
    {
        var watch = Watch($"s | {function} {(by == "" ? "" : "by " + by)} {sign} 7", "5m");
        var body = At(watch, "input", "search", "request", "body");
        var condition = watch.GetProperty("condition").EnumerateObject().Single();
        var compared = condition.Value.EnumerateObject().Single();
        var metric = Functions[function];

        if (by == "")
        {
            condition.Name.Should().Be("compare");
            compared.Name.Should().Be(metric is null ? "ctx.payload.hits.total" : "ctx.payload.aggregations.agg.value");
            compared.Value.GetProperty(Operators[sign]).GetInt32().Should().Be(7);
            if (metric is not null)
            {
                At(body, "aggs", "agg", metric, "field").GetString().Should().Be(Counted(function));
            }

            return;
        }

        var terms = At(body, "aggs", "by", "terms");
        terms.GetProperty("field").GetString().Should().Be("g.keyword");
        var order = terms.GetProperty("order").EnumerateObject().Single();
        order.Name.Should().Be(metric is null ? "_count" : "agg");
        order.Value.GetString().Should().Be(sign.StartsWith('<') ? "asc" : "desc", "the bucket that decides must be among those returned");
        terms.GetProperty("size").GetInt32().Should().Be(sign == "==" ? 10000 : 10);
        if (condition.Name == "compare")
        {
            compared.Name.Should().Be("ctx.payload.aggregations.by.buckets.0.doc_count");
            compared.Value.GetProperty(Operators[sign]).GetInt32().Should().Be(7);
            metric.Should().BeNull("only the greatest count is sure to come first");
            return;
        }

        condition.Name.Should().Be("array_compare");
        compared.Name.Should().Be("ctx.payload.aggregations.by.buckets");
        compared.Value.GetProperty("path").GetString().Should().Be(metric is null ? "doc_count" : "agg.value");
        compared.Value.GetProperty(Operators[sign]).GetProperty("value").GetInt32().Should().Be(7);
        compared.Value.GetProperty(Operators[sign]).GetProperty("quantifier").GetString().Should().Be("some");
        if (metric is not null)
        {
            At(body, "aggs", "by", "aggs", "agg", metric, "field").GetString().Should().Be(Counted(function));
        }
    }

    /// <summary>Different values are told apart whole, which an analysed field has not; a figure is of a number, without a sub-field.</summary>
    private static string Counted(string function) => function == "count(f)" ? "f.keyword" : "f";

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("keyword_field=.raw", "g.raw", "f.raw")]
    [InlineData("keyword_field=", "g", "f")]
    [InlineData("keyword_base_fields=g", "g", "f.keyword")]
    [InlineData("keyword_blacklist=f", "g.keyword", "f")]
    [InlineData("keyword_blacklist=f,g", "g", "f")]
    public void What_is_counted_by_is_the_field_that_a_wildcard_is_looked_for_in(string option, string by, string counted)
    {
        var (name, value) = (option[..option.IndexOf('=')], option[(option.IndexOf('=') + 1)..]);
        foreach (var watch in new[] { Watch("s | count(f) by g > 7", "5m", (name, value)), Correlated("type: value_count, rules: r, timespan: 5m, group-by: g, condition: {field: f, gt: 7}", (name, value)) })
        {
            var body = At(watch, "input", "search", "request", "body");
            At(body, "aggs", "by", "terms", "field").GetString().Should().Be(by);
            At(body, "aggs", "by", "aggs", "agg", "cardinality", "field").GetString().Should().Be(counted);
            At(body, "query", "bool", "must")[0].GetProperty("query_string").GetProperty("query").GetString()
                .Should().ContainAll($"{by}:*", $"{counted}:a*");
        }
    }

    [Theory]
    [InlineData("30s", "30s")]
    [InlineData("15m", "15m")]
    [InlineData("24h", "24h")]
    [InlineData("7d", "7d")]
    [InlineData("2w", "2w")]
    [InlineData("1M", "2629746s")]
    public void A_schedule_knows_seconds_to_weeks(string timeframe, string interval)
    {
        var watch = Watch("s | count() > 5", timeframe);

        At(watch, "trigger", "schedule", "interval").GetString().Should().Be(interval);
        At(watch, "input", "search", "request", "body", "query", "bool", "filter", "range", "timestamp", "gte").GetString()
            .Should().StartWith("now-" + interval);
    }

    [Fact]
    public void Two_braces_in_a_title_are_no_template() =>
        At(Watch("s", null, "'a {{ctx}} b'"), "actions", "send_email", "email", "subject").GetString().Should().NotContain("{{");

    [Fact]
    public void A_saved_search_is_one_line_a_value()
    {
        var rule = "title: 'a [b] \\c\\'\ndescription: \"one\\ntwo \\\\\"\nid: 7b0c26dd-b61c-4f3f-8c36-6d0f5d0d1d4c\nlogsource: {product: test}\nfields: [a b, c]\n"
            + "detection:\n  s: {f: \"x\\ny\"}\n  condition: s\n";
        var text = new Compiler([Repository.Target("splunk", "savedsearches")]).Convert(new SourceText("r.yml", rule)).Single().Query!;
        var lines = text.TrimEnd('\n').Split('\n');

        lines[0].Should().MatchRegex(@"^\[[^\[\]]+\]$");
        lines.Skip(1).Should().AllSatisfy(line => line.Should().MatchRegex(@"^[a-z_.]+ = .*[^\\]$|^[A-Za-z_.]+ = .*[^\\]$"));
        lines.Should().Contain(line => line.EndsWith(" | table \"a b\",c"));
    }

    private static JsonElement Watch(string condition, string? timeframe, params (string Name, string Value)[] options) => Watched(condition, timeframe, "t", options);

    private static JsonElement Watch(string condition, string? timeframe, string title) => Watched(condition, timeframe, title);

    private static JsonElement Watched(string condition, string? timeframe, string title, params (string Name, string Value)[] options) => Converted(
        $"title: {title}\nlogsource: {{product: test}}\ndetection:\n  s: {{g: '*', f: 'a*'}}\n"
            + (timeframe is null ? "" : $"  timeframe: {timeframe}\n") + $"  condition: {condition}\n",
        options);

    private static JsonElement Correlated(string correlation, params (string Name, string Value)[] options) => Converted(
        "title: r\nname: r\nlogsource: {product: test}\ndetection: {s: {g: '*', f: 'a*'}, condition: s}\n---\n"
            + $"title: c\ncorrelation: {{{correlation}}}\n",
        options);

    private static JsonElement Converted(string text, (string Name, string Value)[] options)
    {
        var conversion = new Compiler([Repository.Target("xpack-watcher", "json", options)]).Convert(new SourceText("r.yml", text)).Last();
        conversion.Query.Should().NotBeNull(string.Join('\n', conversion.Diagnostics.Select(d => d.Message)));
        return JsonDocument.Parse(conversion.Query!).RootElement;
    }

    private static JsonElement At(JsonElement from, params string[] path) =>
        path.Aggregate(from, (element, name) => element.TryGetProperty(name, out var child)
            ? child
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"no {name} in {element}")));
}
