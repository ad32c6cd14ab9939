namespace Sigma.Checks.Tagging;

/// <summary>The colours of the traffic light protocol.</summary>
internal static class TrafficLight
{
    private const string Prefix = "tlp.";

    /// <summary>The colours of version 1.</summary>
    public static IReadOnlyList<string> First { get; } = ["white", "green", "amber", "red"];

    /// <summary>The colours of version 2.</summary>
    public static IReadOnlyList<string> Second { get; } = ["clear", "green", "amber", "amber-strict", "amber+strict", "red"];

    /// <summary>The tags of a rule.</summary>
    public static IReadOnlyList<YamlScalar> Of(RuleText rule) => [.. rule.Texts("tags").Where(tag => tag.Value.StartsWith(Prefix, StringComparison.Ordinal))];

    /// <summary>The colour of a tag.</summary>
    public static string Name(YamlScalar tag) => tag.Value[Prefix.Length..];
}
