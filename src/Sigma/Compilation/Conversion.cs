using System.Text;
using Sigma.Backends;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>What became of a rule for one target.</summary>
public enum ConversionStatus
{
    /// <summary>The query is there.</summary>
    Converted,

    /// <summary>There is no query, and an error says why.</summary>
    Failed,

    /// <summary>Nothing was to be made of it.</summary>
    Skipped,
}

/// <summary>A rule written for one target.</summary>
/// <param name="Metadata">What the rule says about itself, as far as it could be read.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Queries">The queries, one per condition of the rule; empty unless converted.</param>
/// <param name="Diagnostics">All findings, sorted by place.</param>
/// <param name="Index">The rule's place in its file, from 0.</param>
public sealed record Conversion(
    Metadata Metadata, string Target, string Format, ConversionStatus Status, IReadOnlyList<string> Queries, IReadOnlyList<Diagnostic> Diagnostics, int Index)
{
    /// <summary>The ending of a file that holds the query, with its dot.</summary>
    public string Extension { get; init; } = ".txt";

    /// <summary>
    /// Gets the queries as one text, one under another; null unless converted. The text does not tell where a query ends, so
    /// whoever takes queries apart reads <see cref="Queries"/>.
    /// </summary>
    public string? Query => Queries.Count switch
    {
        0 => null,
        1 => Queries[0],
        _ => Joined(Queries),
    };

    /// <summary>Joins queries. A format that ends its text with a line end has it between two queries already.</summary>
    internal static string Joined(IReadOnlyList<string> queries)
    {
        var text = new StringBuilder(queries[0]);
        for (int i = 1; i < queries.Count; i++)
        {
            text.Append(queries[i - 1].EndsWith('\n') ? "" : "\n").Append(queries[i]);
        }

        return text.ToString();
    }

    /// <summary>The objects that the query makes in the system behind the target; <see cref="ObjectNames"/> keeps them apart.</summary>
    public IReadOnlyList<ObjectName> Objects { get; init; } = [];

    /// <summary>Converts the rule again, with this number added to those that tell objects of one name apart.</summary>
    internal Func<int, Conversion>? Renumbered { get; init; }
}
