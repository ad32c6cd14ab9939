using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends.Targets;

/// <summary>
/// Writes a condition as one Perl-compatible expression over a line. A line has no fields, so a test of a field is "the
/// line contains the value"; each conjunction is a row of lookaheads from the line's start.
/// </summary>
/// <remarks>
/// A conjunction or alternative of numbers has the seed's shape, <c>^(?:.*(?=.*a)(?=.*b))</c>. That shape lets the leading
/// <c>.*</c> slide, which is wrong beside a negation, and with words it makes PCRE give up on lines of some hundred characters
/// ("exceeded PCRE's backtracking limit"); everything else is written as <c>^(?=.*a)(?!.*b)</c>.
/// </remarks>
/// <param name="backend">The target.</param>
internal sealed class GrepEmitter(Backend backend) : Emitter(backend)
{
    /// <summary>The limit of PCRE2: 64 KB of compiled code, which is about half as many characters.</summary>
    private const int MaxPattern = 30_000;

    /// <inheritdoc/>
    public override EmittedQuery Emit(Expr expr, string? variant, List<Diagnostic> diagnostics)
    {
        var context = new EmitContext(Backend.Dialect, diagnostics);
        bool ignoreCase = HasCasedText(expr);
        string? log = Backend.OptionValues.GetValueOrDefault("log");
        if (log is not ("text" or "json"))
        {
            context.Refuse(expr.Span, $"a search of a log of the form '{log}'", "the option log is text or json");
        }

        var tests = new GrepTests(Backend.Dialect, context, ignoreCase, json: log == "json");
        if (FieldTest(expr) is { } test)
        {
            context.Approximate(test.Span, Approximation.Exact, "a value is found anywhere in the line, in any field");
        }

        context.CheckContradiction(expr, "the whole line", static (_, _) => null);
        string pattern = "^" + (IsSeedShape(expr, ignoreCase) ? SeedShape(expr, tests) : FromStart(expr, tests, context));
        if (!context.Failed && pattern.Length > MaxPattern)
        {
            context.Refuse(expr.Span, "so many values", $"the expression has {pattern.Length:N0} characters, and grep -P supports about {MaxPattern:N0}");
        }

        var frame = new Dictionary<string, IReadOnlyList<string>>();
        if (ignoreCase)
        {
            frame["ignore_case"] = ["i"];
        }

        return new EmittedQuery(context.Failed ? null : pattern, frame);
    }

    /// <summary>Texts disregard case; <c>-i</c> says so as soon as there is a letter it matters for.</summary>
    private static bool HasCasedText(Expr expr) => expr.Leaves().SelectMany(match => match.Values).Any(value => value is BooleanValue
        || (value is StringValue { Cased: false } text && text.Text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.Any(IsCased))));

    /// <summary>The first test of a field for a text or number.</summary>
    private static MatchExpr? FieldTest(Expr expr) =>
        expr.Leaves().FirstOrDefault(match => match is { Field: not null, Values: [StringValue or NumberValue or BooleanValue or RegexValue, ..] });

    private static bool IsCased(char c) => char.ToUpperInvariant(c) != char.ToLowerInvariant(c);

    /// <summary>One test of plain texts or of any text, or one group of such tests without a letter.</summary>
    private static bool IsSeedShape(Expr expr, bool ignoreCase) => expr switch
    {
        AndExpr and => !ignoreCase && and.Operands.All(IsPlainTest),
        OrExpr or => !ignoreCase && or.Operands.All(IsPlainTest),
        MatchExpr { Field: null, IsList: true } => !ignoreCase && IsPlainTest(expr),
        _ => IsPlainTest(expr),
    };

    private static bool IsPlainTest(Expr expr) => expr is MatchExpr match
        && match.Values.All(value => value is NumberValue or StringValue { Cased: false, Text.HasWildcards: false, Text.IsEmpty: false }
            || GrepTests.IsAnything(value));

    private static string SeedShape(Expr expr, GrepTests tests) => expr switch
    {
        AndExpr and => "(?:.*" + string.Concat(and.Operands.Select(operand => $"(?=.*{SeedTest((MatchExpr)operand, tests)})")) + ")",
        OrExpr or => "(?:.*(?:" + string.Join('|', or.Operands.Select(operand => ".*" + SeedTest((MatchExpr)operand, tests))) + "))",
        MatchExpr { IsList: true } list => SeedTest(list, tests),
        _ => ".*" + SeedTest((MatchExpr)expr, tests),
    };

    private static string SeedTest(MatchExpr match, GrepTests tests)
    {
        string values = string.Join('|', match.Values.Select(value => (match.IsList ? ".*" : "") + tests.Text(value)));
        return !match.IsList ? values : match.Field is null ? $"(?:.*(?:{values}))" : $"(?:{values})";
    }

    /// <summary>An expression of no width, true or false at the line's start.</summary>
    private static string FromStart(Expr expr, GrepTests tests, EmitContext context)
    {
        switch (expr)
        {
            case AndExpr and:
                return string.Concat(and.Operands.Select(operand => FromStart(operand, tests, context)));
            case OrExpr or:
                return "(?:" + string.Join('|', or.Operands.Select(operand => FromStart(operand, tests, context))) + ")";
            case NotExpr { Operand: AndExpr { Operands: [MatchExpr only] } }:
                context.EnterNot();
                string absent = tests.Lookahead(only, negative: true);
                context.LeaveNot();
                return absent;
            case NotExpr not:
                context.EnterNot();
                string inner = FromStart(not.Operand, tests, context);
                context.LeaveNot();
                return $"(?!{inner})";
            case MatchExpr match:
                return tests.Lookahead(match, negative: false);
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }
    }
}
