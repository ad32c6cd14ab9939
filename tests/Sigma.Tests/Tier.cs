namespace Sigma.Tests;

/// <summary>
/// The trait that takes a test out of the first tier, <c>dotnet test tests/Sigma.Tests --filter 'Tier!=slow'</c>: it takes more than a second
/// or so, since it starts a process, grows an input, or tries thousands of them, or its class runs whole commands dozens of times.
/// docs/testing-sigmac.md has the tiers.
/// </summary>
internal static class Tier
{
    /// <summary>The trait's name.</summary>
    public const string Name = "Tier";

    /// <summary>The trait's value.</summary>
    public const string Slow = "slow";
}
