namespace Sigma.Checks.Checking;

/// <summary>Finds what stands twice.</summary>
internal static class Repeated
{
    /// <summary>The later ones of equal texts.</summary>
    /// <param name="texts">The texts.</param>
    public static IEnumerable<YamlScalar> Among(IReadOnlyList<YamlScalar> texts)
    {
        if (texts.Count < 2)
        {
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. texts.Where(text => !seen.Add(text.Value))];
    }
}
