using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends.Targets;

/// <summary>
/// The form that the published queries have: <c>^.*a</c> for one test, and <c>^(?:.*(?=.*a)(?=.*b))</c> for a group of numbers. It lets
/// the leading <c>.*</c> slide, which is wrong beside a negation, and with words it makes PCRE give up on lines of some hundred
/// characters ("exceeded PCRE's backtracking limit"). So it is for single tests and groups without a letter only.
/// </summary>
internal static class GrepPublishedForm
{
    /// <summary>Whether an expression is one test of plain texts or of any text, or one group of such tests without a letter.</summary>
    /// <param name="expr">The whole expression.</param>
    /// <param name="ignoreCase">Whether it has a letter whose case is disregarded.</param>
    public static bool Fits(Expr expr, bool ignoreCase) => expr switch
    {
        AndExpr and => !ignoreCase && and.Operands.All(IsPlainTest),
        OrExpr or => !ignoreCase && or.Operands.All(IsPlainTest),
        MatchExpr { Field: null, IsList: true } => !ignoreCase && IsPlainTest(expr),
        _ => IsPlainTest(expr),
    };

    /// <summary>Writes an expression that fits.</summary>
    /// <param name="expr">The whole expression.</param>
    /// <param name="tests">Writes the values.</param>
    /// <returns>The pattern, without its <c>^</c>.</returns>
    public static string Write(Expr expr, GrepTests tests) => expr switch
    {
        AndExpr and => "(?:.*" + string.Concat(and.Operands.Select(operand => $"(?=.*{Test((MatchExpr)operand, tests)})")) + ")",
        OrExpr or => "(?:.*(?:" + string.Join('|', or.Operands.Select(operand => ".*" + Test((MatchExpr)operand, tests))) + "))",
        MatchExpr { IsList: true } list => Test(list, tests),
        _ => ".*" + Test((MatchExpr)expr, tests),
    };

    private static bool IsPlainTest(Expr expr) => expr is MatchExpr match
        && match.Values.All(value => value is NumberValue or StringValue { Cased: false, Text.HasWildcards: false, Text.IsEmpty: false }
            || GrepTests.IsAnything(value));

    private static string Test(MatchExpr match, GrepTests tests)
    {
        string values = string.Join('|', match.Values.Select(value => (match.IsList ? ".*" : "") + tests.Text(value)));
        return !match.IsList ? values : match.Field is null ? $"(?:.*(?:{values}))" : $"(?:{values})";
    }
}
