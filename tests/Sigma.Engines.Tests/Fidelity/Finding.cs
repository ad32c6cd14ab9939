using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>What a target's query of a one-line rule finds among events of one field.</summary>
internal static class Finding
{
    public static FidelityTarget Target(string name) => FidelityTargets.All.Single(target => target.Name == name);

    public static string Rule(string item) => $"title: t\nlogsource: {{product: test}}\ndetection:\n  s:\n    {item}\n  condition: s\n";

    /// <summary>The places of the values of the field fA that are found.</summary>
    public static string In(string name, string item, params string?[] values) => InEach(name, [(item, values)])[0];

    /// <summary>The same for many rules, each among events of its own; where queries are scripts, one shell runs them all.</summary>
    public static IReadOnlyList<string> InEach(string name, IReadOnlyList<(string Item, string?[] Values)> cases)
    {
        var target = Target(name);
        var compilerTarget = target.Target();
        IReadOnlyList<string> queries = [.. cases.Select(one => OwnTarget.Query(compilerTarget, Rule(one.Item)))];
        queries = target.RunScripts?.Invoke(queries) ?? queries;
        var search = target.SearchGiven ?? target.Search;
        return [.. cases.Zip(queries, (one, query) => string.Join(' ', search([query], [.. one.Values.Select((value, i) => EngineEvent.Of(i, "Test", 1, ("fA", value)))])[0]))];
    }
}
