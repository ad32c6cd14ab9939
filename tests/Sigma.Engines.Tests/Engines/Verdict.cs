namespace Sigma.Engines.Tests.Engines;

/// <summary>Whether an engine takes a query; if not, the engine's own words.</summary>
public sealed record Verdict(string? Refusal)
{
    public static readonly Verdict Accept = new((string?)null);

    public bool Accepted => Refusal is null;

    public override string ToString() => Refusal ?? "accepted";
}
