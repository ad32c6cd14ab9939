using System.Collections.Immutable;

namespace Sigma.Attack;

/// <summary>A tactic of MITRE ATT&amp;CK: why an adversary does something.</summary>
/// <param name="Id">The id, <c>TA0002</c>.</param>
/// <param name="Key">The name as a tag has it, with dashes: <c>command-and-control</c>.</param>
/// <param name="Name">The name, <c>Command and Control</c>.</param>
/// <param name="Domain">enterprise, mobile or ics.</param>
/// <param name="IsRetired">Whether the present matrix has it no more.</param>
internal sealed record Tactic(string Id, string Key, string Name, string Domain, bool IsRetired)
{
    /// <summary>The page of the public knowledge base.</summary>
    public string Url => "https://attack.mitre.org/tactics/" + Id;
}

/// <summary>A technique of MITRE ATT&amp;CK: how an adversary does something.</summary>
/// <param name="Id">The id, <c>T1059</c>, or <c>T1059.001</c> of a sub-technique.</param>
/// <param name="Name">The name, of a sub-technique without its technique's.</param>
/// <param name="Domain">enterprise, mobile or ics.</param>
/// <param name="Tactics">The keys of its tactics; empty for a retired one.</param>
/// <param name="IsRetired">Whether the present knowledge base has it no more.</param>
/// <param name="Successor">The id that a retired one became; null if it became none, and for a current one.</param>
internal sealed record Technique(string Id, string Name, string Domain, ImmutableArray<string> Tactics, bool IsRetired, string? Successor)
{
    /// <summary>The page of the public knowledge base, under the address that it has always had.</summary>
    public string Url => "https://attack.mitre.org/techniques/" + Id;

    /// <summary>The id of the technique that a sub-technique belongs to; null for a technique.</summary>
    public string? Parent => Id.IndexOf('.') is var dot and >= 0 ? Id[..dot] : null;
}
