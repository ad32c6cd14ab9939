using Sigma.Text;

namespace Sigma.Cli;

/// <summary>What is done about fields and log sources that no pipeline maps.</summary>
/// <param name="Severity">How they are reported; null for not at all.</param>
/// <param name="OnlyIfComplete">Whether fields are reported only where a pipeline says that its map is complete.</param>
internal sealed record UnmappedNames(Severity? Severity, bool OnlyIfComplete)
{
    /// <summary>The words that <c>--unmapped</c> takes.</summary>
    public static IReadOnlyList<string> Words { get; } = ["ignore", "warn", "error"];

    /// <summary>What is done where the user does not say.</summary>
    public static UnmappedNames ByDefault { get; } = new(Text.Severity.Warning, OnlyIfComplete: true);

    /// <summary>What a word asks for; null for none of the <see cref="Words"/>.</summary>
    public static UnmappedNames? Of(string? word) => word switch
    {
        "ignore" => new(null, OnlyIfComplete: false),
        "warn" => new(Text.Severity.Warning, OnlyIfComplete: false),
        "error" => new(Text.Severity.Error, OnlyIfComplete: false),
        _ => null,
    };
}
