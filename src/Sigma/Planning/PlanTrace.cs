using Sigma.Pipelines;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Planning;

/// <summary>What became of one rule on its way to an expression.</summary>
/// <param name="Parsed">The rule as it was read.</param>
/// <param name="Filters">The filters that were put into it, in order.</param>
internal sealed record RuleTrace(SigmaRule Parsed, IReadOnlyList<AppliedFilter> Filters)
{
    /// <summary>What the pipelines did.</summary>
    public PipelineTrace Pipelines { get; } = new();

    /// <summary>The rule as it went into the pipelines: with its filters, and with the fields of the correlation that counts it.</summary>
    public SigmaRule? Started { get; private set; }

    /// <summary>The rule as the pipelines left it; null if they refused it.</summary>
    public SigmaRule? Piped { get; private set; }

    /// <summary>The fields that no pipeline mapped, each with the first place where it stands.</summary>
    public IReadOnlyList<(string Field, Span Span)> Unmapped { get; private set; } = [];

    /// <summary>The normalized expression of each condition, and of each search that its <c>near</c> asks for; one over all where the rule is counted by a correlation.</summary>
    public IList<Expr> Expressions { get; } = [];

    /// <summary>Keeps how the rule goes into the pipelines.</summary>
    internal void Begin(PipelineRun run) => Started = run.Rule;

    /// <summary>Keeps the result of the pipelines; nothing if they refused the rule, since the later steps did not run.</summary>
    internal void End(PipelineRun run)
    {
        if (run.Failed)
        {
            return;
        }

        Piped = run.Rule;
        Unmapped = [.. run.UnmappedFields().Concat(run.UnmappedCountedFields()).DistinctBy(field => field.Field)];
    }
}

/// <summary>A correlation that was written, or one that it counts.</summary>
/// <param name="Written">As it was read.</param>
/// <param name="Mapped">With the target's field names.</param>
internal sealed record CorrelationTrace(SigmaCorrelation Written, Correlation Mapped)
{
    /// <summary>What the pipelines did to the correlation itself.</summary>
    public PipelineTrace Pipelines { get; init; } = new();
}

/// <summary>A trace of how a rule, or a correlation and all that it counts, became a plan. Without one nothing is kept.</summary>
internal class PlanTrace
{
    /// <summary>The rule; for a correlation the rules that it counts, in order.</summary>
    public IList<RuleTrace> Rules { get; } = [];

    /// <summary>For a correlation, those that it counts and then itself; none for a rule.</summary>
    public IList<CorrelationTrace> Correlations { get; } = [];

    /// <summary>Begins to keep a rule.</summary>
    internal RuleTrace Add(SigmaRule rule, RuleSet rules)
    {
        var trace = new RuleTrace(rule, rules.FiltersOf(rule));
        Rules.Add(trace);
        return trace;
    }
}
