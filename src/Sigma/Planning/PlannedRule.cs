using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Planning;

/// <summary>What a rule asks for, for one target.</summary>
/// <param name="Metadata">The metadata of the rule, as far as it could be read.</param>
/// <param name="Plans">A plan per condition, or the one of a correlation; empty after an error, and for what makes no query by itself.</param>
/// <param name="Diagnostics">All findings.</param>
public sealed record PlannedRule(Metadata Metadata, IReadOnlyList<Plan> Plans, IReadOnlyList<Diagnostic> Diagnostics);
