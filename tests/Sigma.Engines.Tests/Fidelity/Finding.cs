using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>What a target's query of a one-line rule finds among events of one field.</summary>
internal static class Finding
{
    public static FidelityTarget Target(string name) => FidelityTargets.All.Single(target => target.Name == name);

    public static string Rule(string item) => $"title: t\nlogsource: {{product: test}}\ndetection:\n  s:\n    {item}\n  condition: s\n";

    /// <summary>The places of the values of the field fA that are found.</summary>
    public static string In(string name, string item, params string?[] values)
    {
        var target = Target(name);
        var query = OwnTarget.Query(target.Target(), Rule(item));
        return string.Join(' ', target.Search([query], [.. values.Select((value, i) => EngineEvent.Of(i, "Test", 1, ("fA", value)))])[0]);
    }
}
