using System.Collections.Immutable;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>The findings about a rule: what every target shares stands once, the rest stands with its target.</summary>
internal sealed class FindingsByTarget
{
    private readonly HashSet<Diagnostic> shared;

    private FindingsByTarget(ImmutableArray<Conversion> queries)
    {
        IEnumerable<Diagnostic> common = queries.IsEmpty ? [] : queries[0].Diagnostics;
        foreach (Conversion query in queries.Skip(1))
        {
            common = common.Intersect(query.Diagnostics);
        }

        Shared = [.. common.Distinct()];
        shared = [.. Shared];
        All = [.. queries.SelectMany(query => query.Diagnostics).Distinct()];
    }

    /// <summary>What every target has.</summary>
    public ImmutableArray<Diagnostic> Shared { get; }

    /// <summary>All findings, each once.</summary>
    public ImmutableArray<Diagnostic> All { get; }

    /// <summary>Sorts the findings of a rule's queries.</summary>
    public static FindingsByTarget Of(ImmutableArray<Conversion> queries) => new(queries);

    /// <summary>What a query has besides.</summary>
    public IReadOnlyList<Diagnostic> Of(Conversion query) => [.. query.Diagnostics.Where(finding => !shared.Contains(finding)).Distinct()];
}
