using Sigma.Pipelines;

namespace Sigma.Cli;

/// <summary>The words of <c>--unmapped</c>, and of the setting of that name.</summary>
internal static class UnmappedWords
{
    /// <summary>The words.</summary>
    public static IReadOnlyList<string> All { get; } = ["ignore", "warn", "error"];

    /// <summary>What a word asks for; null for none of them.</summary>
    public static UnmappedNames? Read(string? word) => word switch
    {
        "ignore" => UnmappedNames.Ignore,
        "warn" => UnmappedNames.Warn,
        "error" => UnmappedNames.Refuse,
        _ => null,
    };
}
