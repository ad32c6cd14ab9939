using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Compilation;

/// <summary>A query on its way from the expression to the output.</summary>
/// <param name="Search">The expression in the target's language.</param>
/// <param name="Formatted">In the target's format, with what is counted.</param>
internal sealed record QueryTrace(string Search, string Formatted);

/// <summary>A trace of a conversion, stage by stage. Without one nothing is kept.</summary>
internal sealed class ConversionTrace : PlanTrace
{
    /// <summary>The queries of a rule's conditions, or the one of a correlation.</summary>
    public IList<QueryTrace> Queries { get; } = [];

    /// <summary>The steps that changed them after the format.</summary>
    public IReadOnlyList<PostprocessingStep> Postprocessing =>
        [.. Correlations is [.., { } correlation] ? correlation.Pipelines.Postprocessing : Rules.SelectMany(rule => rule.Pipelines.Postprocessing)];
}

/// <summary>A conversion with all that it did.</summary>
/// <param name="Document">The document that was converted.</param>
/// <param name="Target">The target it was written for.</param>
/// <param name="Conversion">What became of it.</param>
/// <param name="Trace">What happened on the way.</param>
internal sealed record Explanation(ReadDocument Document, CompilerTarget Target, Conversion Conversion, ConversionTrace Trace);
