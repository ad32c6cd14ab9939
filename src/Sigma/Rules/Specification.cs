using System.Globalization;

namespace Sigma.Rules;

/// <summary>The Sigma specification that rules are read by (github.com/SigmaHQ/sigma-specification).</summary>
public static class Specification
{
    /// <summary>Its version, of 2025-08-02. Rules of earlier versions are read too.</summary>
    public const string Version = "2.1.0";

    /// <summary>Whether rules that ask for a version (<c>sigma-version</c>) are read: those of the major versions 1 and 2.</summary>
    /// <param name="version">A version, such as <c>2</c> or <c>2.1.0</c>.</param>
    public static bool Reads(string version)
    {
        string[] numbers = version.Split('.');
        return numbers.Length <= 3
            && numbers.All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            && int.Parse(numbers[0], CultureInfo.InvariantCulture) is 1 or 2;
    }
}
