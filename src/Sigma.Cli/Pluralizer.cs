namespace Sigma.Cli;

/// <summary>Writes counts with their nouns.</summary>
internal static class Pluralizer
{
    /// <summary>Returns a number with its noun in the singular or plural: <c>1 rule</c>, <c>2 matches</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="noun">The noun in the singular.</param>
    public static string Count(long number, string noun) =>
        number == 1 ? $"1 {noun}"
        : noun.EndsWith("ch", StringComparison.Ordinal) || noun.EndsWith("ss", StringComparison.Ordinal) ? $"{number} {noun}es"
        : $"{number} {noun}s";
}
