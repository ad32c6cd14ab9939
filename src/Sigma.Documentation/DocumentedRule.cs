using System.Collections.Immutable;
using Sigma.Attack;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>A rule with all that its documentation tells: what a page is made of.</summary>
internal sealed record DocumentedRule
{
    /// <summary>The document as it was read; its rule is null if it has errors.</summary>
    public required ReadDocument Document { get; init; }

    /// <summary>The rule's place in its file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The tactics that its tags name, in the order of the tags.</summary>
    public ImmutableArray<Tactic> Tactics { get; init; } = [];

    /// <summary>The techniques that its tags name, in the order of the tags, retired ones as they are.</summary>
    public ImmutableArray<Technique> Techniques { get; init; } = [];

    /// <summary>The kinds of events it needs, sorted by name.</summary>
    public ImmutableArray<EventType> DataNeeded { get; init; } = [];

    /// <summary>What has to be added to events before it can match (the attribute <c>enrichment</c>), in order.</summary>
    public ImmutableArray<string> Enrichments { get; init; } = [];

    /// <summary>Those of its techniques for which there is a public test that triggers it.</summary>
    public ImmutableArray<Technique> Triggers { get; init; } = [];

    /// <summary>The tags that are neither tactics nor techniques, in order.</summary>
    public ImmutableArray<string> OtherTags { get; init; } = [];

    /// <summary>The queries, one a target, in the order of the targets; failed ones have no text but diagnostics.</summary>
    public ImmutableArray<Conversion> Queries { get; init; } = [];

    /// <summary>What checks have found in it, by place.</summary>
    public ImmutableArray<Diagnostic> Findings { get; init; } = [];

    /// <summary>The metadata of the rule.</summary>
    public Metadata Metadata => Document.Metadata;

    /// <summary>What data the rule speaks about; null for a correlation, a filter and a broken rule.</summary>
    public LogSource? LogSource => (Document.Document as SigmaRule)?.LogSource;
}

/// <summary>A rule file with its rules documented.</summary>
/// <param name="Source">The file's text, as it stands, under the path that messages show.</param>
/// <param name="Rules">Its rules in order; at least one.</param>
internal sealed record DocumentedFile(SourceText Source, ImmutableArray<DocumentedRule> Rules)
{
    /// <summary>Adds what checks have found: to the rule that it is in, and what is before the first rule to that one.</summary>
    /// <param name="findings">The findings of the file, by place.</param>
    public DocumentedFile With(IReadOnlyList<Diagnostic> findings)
    {
        if (findings.Count == 0 || Rules.IsEmpty)
        {
            return this;
        }

        ILookup<int, Diagnostic> byRule = findings.ToLookup(finding =>
        {
            int start = finding.Span?.Start ?? 0;
            int place = 0;
            while (place + 1 < Rules.Length && Rules[place + 1].Document.Span.Start <= start)
            {
                place++;
            }

            return place;
        });
        return this with { Rules = [.. Rules.Select((rule, place) => rule with { Findings = [.. byRule[place]] })] };
    }
}
