namespace Sigma.Text;

/// <summary>"Did you mean": the nearest of the known names.</summary>
internal static class Suggestion
{
    /// <summary>So many names are looked at: a rule may have 100,000, and as many mistakes.</summary>
    private const int MostKnown = 5000;

    /// <summary>Finds the known name that a mistyped one most probably stands for.</summary>
    /// <param name="written">What the user wrote.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>A hint sentence, or null if nothing is near enough.</returns>
    public static string? For(string written, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = Math.Max(1, written.Length / 3) + 1;
        foreach (string name in known.Take(MostKnown))
        {
            int distance = Distance(written, name, bestDistance);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best is null ? null : $"did you mean '{best}'?";
    }

    /// <summary>
    /// Finds the known name that differs from another so little that it is a slip: in the case of letters, by one edit, or by two
    /// in a long name. Where any name is allowed, only such a mistake is reported.
    /// </summary>
    /// <param name="written">What the user wrote.</param>
    /// <param name="known">The names there are.</param>
    public static string? Near(string written, IEnumerable<string> known)
    {
        int most = written.Length < 5 ? 0 : written.Length < 8 ? 1 : 2;
        string? best = null;
        foreach (string name in known)
        {
            int distance = Distance(written, name, most + 1);
            if (distance <= most)
            {
                (best, most) = (name, distance - 1);
            }
        }

        return best;
    }

    /// <summary>Returns whether a name differs from another by so few edits at most, ignoring case.</summary>
    /// <param name="written">The name.</param>
    /// <param name="name">The other one.</param>
    /// <param name="edits">The most edits.</param>
    public static bool IsNear(string written, string name, int edits) => Distance(written, name, edits + 1) <= edits;

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two names, ignoring case.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit || a.Length > 64 || b.Length > 64)
        {
            return limit;
        }

        Span<int> beforePrevious = stackalloc int[b.Length + 1];
        Span<int> previous = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + replace);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            var spare = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = spare;
        }

        return previous[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
