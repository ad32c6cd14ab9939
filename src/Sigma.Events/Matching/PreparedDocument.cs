using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>What is needed of a document before its turn. For most rules that is not the document itself, so that its text need not stay in memory.</summary>
/// <param name="LogSource">Its log source, without its place; null if it has none.</param>
/// <param name="Test">Which events it selects; null if it only counts them, is not wanted, or is not ready.</param>
/// <param name="Diagnostics">What was found.</param>
/// <param name="Document">The document; null if nothing is to be made of it any more, or said of it.</param>
internal sealed record PreparedDocument(LogSource? LogSource, RuleTest? Test, List<Diagnostic> Diagnostics, ReadDocument? Document)
{
    /// <summary>Whether it is to be evaluated.</summary>
    public bool IsWanted { get; init; } = true;

    /// <summary>What is told of it when events match; null for what is made ready in its turn.</summary>
    public MatchedRule? Rule { get; init; }

    /// <summary>What it counts.</summary>
    public IReadOnlyList<CountPlan> Counts { get; init; } = [];

    /// <summary>Whether it is not evaluated, for what was found.</summary>
    public bool IsBroken { get; init; }
}
