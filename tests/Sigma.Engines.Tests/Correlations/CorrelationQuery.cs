using Sigma.Compilation;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>Correlations over the rules of <see cref="EventSeries"/>, written for a target.</summary>
internal static class CorrelationQuery
{
    /// <summary>Types with conditions that every language of counts has: each operator, and each figure but medians and percentiles.</summary>
    public static TheoryData<string, string> Conditions => new()
    {
        { "event_count", "gte: 3" },
        { "event_count", "gt: 1, lte: 3" },
        { "event_count", "eq: 2" },
        { "event_count", "neq: 2" },
        { "value_count", "field: Host, gte: 2" },
        { "value_count", "field: Host, lt: 2" },
        { "value_sum", "field: Size, gte: 50" },
        { "value_avg", "field: Size, gt: 20" },
        { "value_avg", "field: Size, lt: 12.5" },
    };

    /// <summary>Converts a correlation, given as the inside of its YAML map.</summary>
    public static Conversion Convert(string target, string correlation) => Convert(OwnTarget.Of(target), correlation);

    /// <summary>The same for a target that is made ready.</summary>
    public static Conversion Convert(CompilerTarget target, string correlation)
    {
        var rules = string.Concat(EventSeries.Rules.Select(rule => $$"""
            title: {{rule.Name}}
            name: {{rule.Name}}
            logsource: {product: windows, service: security}
            detection: {selection: {EventID: {{rule.EventId}}}, condition: selection}
            ---

            """));
        var documents = RuleReader.Read(new SourceText("rule.yml", $"{rules}title: Counted\ncorrelation: {{{correlation}}}\n"));
        return new Compiler([target]).Convert(documents, RuleSet.Link(documents)).Last();
    }

    public static string Of(string target, string correlation)
    {
        var conversion = Convert(target, correlation);
        return conversion.Query ?? throw new InvalidOperationException(string.Join('\n', conversion.Diagnostics.Select(d => d.Message)));
    }

    /// <summary>A count or figure over one rule and over two, by account and over all; each as a query of a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="type">The type of the correlation.</param>
    /// <param name="condition">The inside of its condition.</param>
    /// <param name="minutes">Its timespan in minutes.</param>
    public static IEnumerable<(bool ByAccount, string[] Rules, string Query)> Figures(string target, string type, string condition, int minutes = 10)
    {
        foreach (var (byAccount, rules) in new[] { (true, new[] { "failed" }), (false, ["failed"]), (true, ["failed", "logon"]) })
        {
            var group = byAccount ? "group-by: Account, " : "";
            yield return (byAccount, rules, Of(target, $"type: {type}, rules: [{string.Join(", ", rules)}], {group}timespan: {minutes}m, condition: {{{condition}}}"));
        }
    }
}
