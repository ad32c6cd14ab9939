using Sigma.Events.Samples;

namespace Sigma.Checks.Proofs;

/// <summary>Two tests that exclude each other, in words.</summary>
internal static class ConflictText
{
    /// <summary>What is said where a proof is about events only whose fields have one value.</summary>
    public const string UnlessSeveral = "unless a field has several values";

    /// <summary>Writes why there is no event.</summary>
    /// <param name="solution">The proof.</param>
    public static string? Of(Solution solution)
    {
        string? exception = Exception(solution);
        if (solution.Conflict is not { Test.Leaf.Field: not null } conflict)
        {
            return exception;
        }

        string text = Of(conflict);
        return exception is null ? text : text + (conflict.IsCertainOfLists ? ", " + exception : ", unless the field has several values");
    }

    /// <summary>The events that a proof is not about; null for none.</summary>
    public static string? Exception(Solution solution) => solution.IsImpossibleForLists ? null : UnlessSeveral;

    private static string Of(Conflict conflict)
    {
        string test = Wish(conflict.Test) + SampleText.Of(conflict.Test, conflict.Field);
        return conflict.Against is not { } against ? $"no value was found for {test}"
            : $"{test} excludes {Wish(against)}{SampleText.Of(against, conflict.Field)} in line {against.Value.Span.Position.Line}";
    }

    private static string Wish(Literal literal) => literal.Wanted ? "" : "not ";
}
