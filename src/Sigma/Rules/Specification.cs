namespace Sigma.Rules;

/// <summary>The Sigma specification that rules are read by (github.com/SigmaHQ/sigma-specification).</summary>
public static class Specification
{
    /// <summary>Its version, of 2025-08-02. Rules of earlier versions are read too.</summary>
    public const string Version = "2.1.0";
}
