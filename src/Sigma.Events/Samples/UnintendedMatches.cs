using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>The tests of a rule that a filler might pass without being meant to, so that the event would match through something else than it shows.</summary>
internal sealed class UnintendedMatches
{
    private readonly Dictionary<string, List<MatchExpr>> byField = new(StringComparer.Ordinal);
    private readonly List<MatchExpr> keywords = [];
    private readonly ValueAcceptance acceptance = new();

    /// <summary>Gathers the tests of an expression.</summary>
    public UnintendedMatches(Expr expr)
    {
        foreach (MatchExpr match in expr.RequiredLeaves())
        {
            if (match.Field is null)
            {
                keywords.Add(match);
            }
            else if (byField.TryGetValue(match.Field, out List<MatchExpr>? tests))
            {
                tests.Add(match);
            }
            else
            {
                byField[match.Field] = [match];
            }
        }
    }

    /// <summary>Whether a value of a field passes one of the tests that ask for a value.</summary>
    public bool Passes(string field, FieldValue value) =>
        (byField.TryGetValue(field, out List<MatchExpr>? tests) && tests.Exists(test => Passes(test, value, keyword: false)))
        || keywords.Exists(test => Passes(test, value, keyword: true));

    private bool Passes(MatchExpr test, FieldValue value, bool keyword)
    {
        foreach (Value one in test.Values)
        {
            // Whether a field is there at all is asked to be so, or not, by the search itself.
            if (one is not ExistsValue && acceptance.Accepts(one, value, _ => FieldValue.Absent, keyword))
            {
                return true;
            }
        }

        return false;
    }
}
