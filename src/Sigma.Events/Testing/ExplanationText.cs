using Sigma.Events.Matching;

namespace Sigma.Events.Testing;

/// <summary>Says in a few lines which tests decide that an event matches, or does not.</summary>
internal static class ExplanationText
{
    private const int MostLines = 8;
    private const int LongestValue = 160;

    /// <summary>The tests that decide.</summary>
    /// <param name="why">The whole explanation.</param>
    public static IEnumerable<Explanation> Deciding(Explanation why)
    {
        if (why.Parts.IsEmpty)
        {
            return [why];
        }

        // Of "all of" the parts that fail decide against, all parts for; of "any of" the other way round; "not" turns it over.
        IEnumerable<Explanation> parts = why.Text == "not" ? why.Parts : why.Parts.Where(part => part.Passed == why.Passed);
        return parts.SelectMany(Deciding);
    }

    /// <summary>A line a deciding test: what is tested, where, and what the event has.</summary>
    public static IEnumerable<string> Lines(Explanation why)
    {
        Explanation[] deciding = [.. Deciding(why)];
        foreach (Explanation test in deciding.Take(MostLines))
        {
            string place = test.Span is { } span ? $"{span.Source.Path}:{span.Position.Line}: " : "";
            string seen = test.Span is null ? "" : test.Seen.IsEmpty ? "; the event has no such value" : "; the event has " + string.Join(", ", test.Seen.Take(3).Select(Show));
            yield return $"{place}{(test.Passed ? "holds" : "fails")}: {test.Text}{seen}";
        }

        if (deciding.Length > MostLines)
        {
            yield return $"and {deciding.Length - MostLines} more";
        }
    }

    private static string Show(EventValue value)
    {
        string text = value.Text.Length <= LongestValue ? value.Text : value.Text[..LongestValue] + "…";
        return value.Kind switch
        {
            EventValueKind.Null => $"{value.Name} without a value",
            EventValueKind.Object => $"{value.Name} with fields in it",
            EventValueKind.Text => $"{value.Name} '{text}'",
            _ => $"{value.Name} {text}",
        };
    }
}
