using System.Text.RegularExpressions;

namespace Sigma.Backends;

/// <summary>
/// Parts of a text that a product takes for parameters of its own. It replaces them in the whole query, or refuses a query that has one
/// which nobody has declared, whatever quotes stand around.
/// </summary>
internal static class ProductParameters
{
    /// <summary>Where each of them ends: the places of their last characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameters">What they look like.</param>
    public static int[] Ends(string text, Regex parameters)
    {
        List<int>? ends = null;
        Match match = parameters.Match(text);
        while (match is { Success: true, Length: > 1 })
        {
            int end = match.Index + match.Length - 1;
            (ends ??= []).Add(end);

            // What ends one begins another: $a$b$ has two.
            match = parameters.Match(text, end);
        }

        return ends is null ? [] : [.. ends];
    }
}
