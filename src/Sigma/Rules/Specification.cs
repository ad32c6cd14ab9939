using System.Globalization;

namespace Sigma.Rules;

/// <summary>The Sigma specification that rules are read by (github.com/SigmaHQ/sigma-specification).</summary>
public static class Specification
{
    /// <summary>Its version, of 2025-08-02. Rules of earlier versions are read too.</summary>
    public const string Version = "2.1.0";

    /// <summary>Whether rules that ask for a version (<c>sigma-version</c>) are read: those of the minor versions from 1.0 to 2.1. A third number changes no meaning.</summary>
    /// <param name="version">A version, such as <c>2</c> or <c>2.1.0</c>.</param>
    public static bool Reads(string version)
    {
        string[] parts = version.Split('.');
        int[] numbers = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return numbers.Length <= 3 && !numbers.Contains(-1) && (numbers[0] == 1 || (numbers[0] == 2 && (numbers.Length == 1 || numbers[1] <= 1)));
    }
}
