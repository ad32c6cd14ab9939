using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>The events that each of some queries finds, by record number.</summary>
internal delegate IReadOnlyList<IReadOnlyList<long>> Searching(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events);

/// <summary>A target on trial: what runs its queries, and how it sees an event.</summary>
/// <param name="Name">The target, with its format or option where it has several rows.</param>
/// <param name="Engine">What runs the query, with its version where the project pins it.</param>
/// <param name="View">How an event looks there, in words.</param>
/// <param name="Target">The target made ready.</param>
/// <param name="Parts">What rules and events may hold to be in the view.</param>
/// <param name="Meaning">What a rule means under the view, for the tests' own evaluator.</param>
/// <param name="Rules">The view for the product's evaluator; null where it has no words for it.</param>
/// <param name="Search">The engine.</param>
internal sealed record FidelityTarget(
    string Name,
    string Engine,
    string View,
    Func<CompilerTarget> Target,
    RuleParts Parts,
    ValueTest Meaning,
    RuleView? Rules,
    Searching Search)
{
    /// <summary>Which letters the engine takes for the same.</summary>
    public Folding Folding { get; init; } = Folding.Ordinal;

    /// <summary>The engine over events that have the names of the query already; null where that is the same.</summary>
    public Searching? SearchNames { get; init; }

    /// <summary>For queries that are scripts: what each of them gives the engine, all run in one shell. Null where a query is no script.</summary>
    public Func<IReadOnlyList<string>, IReadOnlyList<string>>? RunScripts { get; init; }

    /// <summary>The engine on what <see cref="RunScripts"/> gave; null where there are no scripts.</summary>
    public Searching? SearchGiven { get; init; }

    /// <summary>The field in which the engine shows the log that an event is in; null where queries ask for it in another way.</summary>
    public string? LogField { get; init; }

    /// <summary>What findings say that tell of the view alone; within the view such a query is exact.</summary>
    public IReadOnlyList<string> ViewNotes { get; init; } = [];

    /// <summary>Whether a finding tells of the view alone.</summary>
    public bool IsOfView(string message) => ViewNotes.Any(note => message.Contains(note, StringComparison.Ordinal));

    /// <summary>
    /// For a target whose queries disregard case: the fields whose values keep it. Samples are then also tried with every letter of the
    /// other fields in the other case. Null where they are not.
    /// </summary>
    public Func<string, bool>? KeepsCase { get; init; }

    /// <summary>Whether a field of the engine can have a value: one of a type has no other texts. Samples with others are left out.</summary>
    public Func<string, string, bool> CanHold { get; init; } = (_, _) => true;

    /// <summary>What the machine must have.</summary>
    public Needs Needs { get; init; }

    /// <summary>Whether a rule is in the view at all.</summary>
    public Func<SigmaRule, bool> Covers { get; init; } = _ => true;

    /// <summary>The engine's version on this machine, where that is not pinned.</summary>
    public Func<string>? Version { get; init; }

    public override string ToString() => Name;
}
