using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends.Targets;

/// <summary>
/// Writes a condition as one Perl-compatible expression over a line. A line has no fields, so a test of a field is "the
/// line contains the value"; each conjunction is a row of lookaheads from the line's start.
/// </summary>
/// <param name="backend">The target.</param>
internal sealed class GrepEmitter(Backend backend) : Emitter(backend)
{
    /// <summary>The limit of PCRE2: 64 KB of compiled code, which is about half as many characters.</summary>
    private const int MaxPattern = 30_000;

    /// <inheritdoc/>
    public override EmittedQuery Emit(Expr expr, string? variant, List<Diagnostic> diagnostics)
    {
        var context = new EmitContext(Backend.Dialect, diagnostics);
        expr = ConditionLimits.Fit(Backend.Dialect, expr, context).Condition;
        bool ignoreCase = HasCasedText(expr);
        string? log = Backend.OptionValues.GetValueOrDefault("log");
        if (log is not ("text" or "json"))
        {
            context.Refuse(expr.Span, $"a search of a log of the form '{log}'", "the option log is text or json");
        }

        bool hasPublishedForm = Backend.OptionValues.GetValueOrDefault("form") is "published";
        var tests = new GrepTests(Backend.Dialect, context, ignoreCase, json: log == "json");
        if (FieldTest(expr) is { } test)
        {
            context.Approximate(test.Span, Approximation.Exact, "a value is found anywhere in the line, in any field");
        }

        context.CheckContradiction(expr, "the whole line", static (_, _) => null);
        string pattern = "^" + (hasPublishedForm && GrepPublishedForm.Fits(expr, ignoreCase) ? GrepPublishedForm.Write(expr, tests) : FromStart(expr, tests, context));
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
