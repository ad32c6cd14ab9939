using DuckDB.NET.Data;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Loki;

/// <summary>Texts that expressions are tried on by RE2 itself, which DuckDB has; Go's expressions are RE2's.</summary>
internal sealed class Re2Values : IDisposable
{
    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly Dictionary<(string, bool), HashSet<string>> known = [];

    public Re2Values(IEnumerable<string> values)
    {
        connection.Open();
        using (var create = connection.CreateCommand())
        {
            create.CommandText = "CREATE TABLE t (v VARCHAR)";
            create.ExecuteNonQuery();
        }

        using var appender = connection.CreateAppender("t");
        foreach (var value in values.Append("").Distinct(StringComparer.Ordinal))
        {
            appender.CreateRow().AppendValue(value).EndRow();
        }
    }

    /// <summary>The texts that an expression fits as a whole, or somewhere.</summary>
    /// <exception cref="SearchError">RE2 does not read the expression.</exception>
    public HashSet<string> Matching(string pattern, bool whole)
    {
        if (known.TryGetValue((pattern, whole), out var found))
        {
            return found;
        }

        found = new HashSet<string>(StringComparer.Ordinal);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT v FROM t WHERE {(whole ? "regexp_full_match" : "regexp_matches")}(v, ?)";
        command.Parameters.Add(new DuckDBParameter(pattern));
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                found.Add(reader.GetString(0));
            }
        }
        catch (DuckDBException refusal)
        {
            throw new SearchError($"'{pattern}': {refusal.Message}");
        }

        return known[(pattern, whole)] = found;
    }

    public void Dispose() => connection.Dispose();
}
