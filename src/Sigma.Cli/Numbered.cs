namespace Sigma.Cli;

/// <summary>Numbers of things, in words.</summary>
internal static class Numbered
{
    /// <summary>A number with its noun: <c>1 rule</c>, <c>2 matches</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="what">The noun of one.</param>
    public static string Of(long number, string what) =>
        number == 1 ? $"1 {what}"
        : what.EndsWith("ch", StringComparison.Ordinal) || what.EndsWith("ss", StringComparison.Ordinal) ? $"{number} {what}es"
        : $"{number} {what}s";
}
