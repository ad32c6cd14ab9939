using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Whether a query is short enough for the system that takes it.</summary>
internal static class QueryLength
{
    /// <summary>Checks the length of a query.</summary>
    /// <param name="query">The query as the system gets it.</param>
    /// <param name="backend">The target.</param>
    /// <param name="format">The format, which may have a limit of its own.</param>
    /// <param name="place">The place of the rule.</param>
    /// <param name="diagnostics">Receives a warning where a setting of the system allows more, else an error.</param>
    public static void Check(string query, Backend backend, QueryFormat format, Span place, List<Diagnostic> diagnostics)
    {
        LengthLimit? limit = format.LongestQuery is { } longest ? new LengthLimit(longest, null) : backend.Dialect.Limits.Length;
        if (limit is null || limit.Most.Holds(query))
        {
            return;
        }

        string has = limit.Most.Said(limit.Most.Of(query));
        string most = limit.Most.Said(limit.Most.Most);
        diagnostics.Add(limit.Setting is { } setting
            ? Diagnostic.AboveSetting(place, backend.Title, has, setting, most)
            : Diagnostic.AboveLimit(place, backend.Title, has, most));
    }
}
