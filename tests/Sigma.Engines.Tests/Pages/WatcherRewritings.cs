using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Pages;

/// <summary>The same for the watch and the shell script around it.</summary>
internal static partial class WatcherRewritings
{
    private static readonly JsonSerializerOptions Loose = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>D7: the delimiter is quoted where a shell would read the body.</summary>
    public static string QuoteDelimiter(string text, RuleFacts facts) => Script().Replace(text, script =>
        script.Value.Contains(@"\\", StringComparison.Ordinal) || script.Value.AsSpan().IndexOfAny('$', '`') >= 0
            ? script.Value.Replace("<<EOF\n", "<<'EOF'\n")
            : script.Value);

    /// <summary>A rewriting of the query, in both of the places where a watch has it.</summary>
    public static Func<string, RuleFacts, string> InQueries(Func<string, RuleFacts, string> rewriting) => (text, facts) =>
        Query().Replace(text, found =>
        {
            var query = JsonSerializer.Deserialize<string>(found.Groups[1].Value)!;
            var json = JsonSerializer.Serialize(rewriting(query, facts), Loose);
            return $"\"query\": {string.Concat(json.Select(c => c <= '~' ? c.ToString() : $"\\u{(int)c:x4}"))}";
        });

    /// <summary>D18: a count looks back over its timeframe, and its mail finds the buckets.</summary>
    public static string LookBackOverTimeframe(string text, RuleFacts facts) => facts.Rules.FirstOrDefault(r => r.Timeframe is not null) is not { } rule || facts.Near ? text
        : text.Replace("\"now-30m/m\"", $"\"now-{rule.Timeframe}/m\"")
            .Replace("{{#aggregations.by.buckets}}", "{{#ctx.payload.aggregations.by.buckets}}")
            .Replace("{{/aggregations.by.buckets}}", "{{/ctx.payload.aggregations.by.buckets}}");

    /// <summary>D27: what is counted by is the sub-field with the whole value.</summary>
    public static string CountInSubField(string text, RuleFacts facts) => AggregatedField().Replace(text, "$1.keyword\"");

    /// <summary>A script without what makes its watch count: the aggregations, the condition and the mail's text.</summary>
    public static string WithoutCounting(string text) => Counting().Replace(text, "");

    [GeneratedRegex(@"curl [^\n]* <<EOF\n.*?\nEOF(?=\n|$)", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"(""field"": ""[^""]*)""")]
    private static partial Regex AggregatedField();

    [GeneratedRegex(@"""query"": (""(?:[^""\\]|\\.)*"")")]
    private static partial Regex Query();

    [GeneratedRegex(@",\n          ""aggs"": \{\n.*?(?=\n        \},\n        ""indices"")|  ""condition"": \{\n.*?(?=\n  ""actions"")|        ""body"": ""[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Counting();
}
