using System.Text;
using Sigma.Queries;
using Sigma.Text;

namespace Sigma.Backends.Targets;

/// <summary>
/// Writes a condition as the stages behind a stream selector of LogQL. What every line must have, or not have, anywhere in it is a
/// filter of lines, which comes before the parser; the rest is one filter of labels. A keyword within it looks into a label with the line.
/// </summary>
/// <param name="backend">The target.</param>
internal sealed class LogqlEmitter(Backend backend) : Emitter(backend)
{
    /// <summary>The label that shapes of keywords test.</summary>
    private const string Line = "sigma_line";

    /// <summary>What may stand around a keyword.</summary>
    private const string Around = "(?s:.*)";

    /// <inheritdoc/>
    public override EmittedQuery Emit(Expr expr, string? variant, List<Diagnostic> diagnostics)
    {
        var context = new EmitContext(Backend.Dialect, diagnostics);
        Expr split = ShapeSelector.Split(Backend.Dialect, expr);
        context.CheckValues(split);
        IReadOnlyList<Expr> conjuncts = [.. Conjuncts(split)];
        var output = new StringBuilder();
        foreach (Expr keyword in conjuncts.Where(IsKeyword))
        {
            // sigma_line=~`(?s:.*)x(?s:.*)` of a label is |~ `x` of the line.
            output.Append(keyword is NotExpr ? " !~ " : " |~ ").Append(Searched(Written(keyword, context)[(Line.Length + 2)..]));
        }

        Expr[] rest = [.. conjuncts.Where(conjunct => !IsKeyword(conjunct))];
        if (rest.Length > 0)
        {
            if (rest.Any(conjunct => conjunct.Leaves().Any(test => test.Field is null)))
            {
                output.Append($" | label_format {Line}=`{{{{ __line__ }}}}`");
            }

            output.Append(" | ").Append(Backend.OptionValues.GetValueOrDefault("parser")).Append(" | ");
            output.AppendJoin(" | ", rest.Select(conjunct => Written(conjunct, context)));
        }

        return new EmittedQuery(context.Failed ? null : output.ToString());
    }

    private string Written(Expr expr, EmitContext context)
    {
        var output = new StringBuilder();
        new ExprWriter(Backend.Dialect, context).Write(output, expr);
        return context.Failed && output.Length < Line.Length + 2 ? new string(' ', Line.Length + 2) : output.ToString();
    }

    private static string Searched(string pattern) =>
        pattern.StartsWith("`" + Around, StringComparison.Ordinal) && pattern.EndsWith(Around + "`", StringComparison.Ordinal) && pattern.Length > (2 * Around.Length) + 2
            ? $"`{pattern[(Around.Length + 1)..^(Around.Length + 1)]}`"
            : pattern;

    private static IEnumerable<Expr> Conjuncts(Expr expr) => expr is AndExpr and ? and.Operands.SelectMany(Conjuncts) : [expr];

    /// <summary>Whether a condition is one keyword or a list of them, or its opposite.</summary>
    private static bool IsKeyword(Expr expr) => (expr is NotExpr not ? not.Operand : expr) is MatchExpr { Field: null, Values: [not Rules.QueryExpressionValue, ..] };
}
