using Sigma.Events.Samples;

namespace Sigma.Checks.Proofs;

/// <summary>Two tests that exclude each other, in words.</summary>
internal static class ConflictText
{
    /// <summary>Writes them.</summary>
    public static string? Of(Conflict? conflict)
    {
        if (conflict is not { Test.Leaf.Field: not null })
        {
            return null;
        }

        string test = Wish(conflict.Test) + SampleText.Of(conflict.Test, conflict.Field);
        return conflict.Against is not { } against ? $"no value was found for {test}"
            : $"{test} excludes {Wish(against)}{SampleText.Of(against, conflict.Field)} in line {against.Value.Span.Position.Line}"
                + (conflict.Test.Wanted && against.Wanted ? ", unless the field has several values" : "");
    }

    private static string Wish(Literal literal) => literal.Wanted ? "" : "not ";
}
