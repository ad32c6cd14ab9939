using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Writes expressions in any plain text dialect; all it knows of the language is what the backend says.</summary>
/// <param name="backend">The target.</param>
internal sealed class TextEmitter(Backend backend) : Emitter(backend)
{
    /// <inheritdoc/>
    public override EmittedQuery Emit(Expr expr, string? variant, List<Diagnostic> diagnostics) => Emit(expr, variant, Backend.Dialect, diagnostics);

    /// <inheritdoc/>
    public override EmittedQuery Emit(Expr expr, string? variant, Dialect dialect, List<Diagnostic> diagnostics)
    {
        dialect = variant is not null && dialect.Variants.TryGetValue(variant, out Dialect? other) ? other : dialect;
        var context = new EmitContext(dialect, diagnostics);
        (Dialect fitting, Expr condition) = ConditionLimits.Fit(dialect, ShapeSelector.Split(dialect, expr), context);
        var writer = new StagedWriter(fitting, context);
        string text = writer.Write(condition);
        return context.Failed ? new EmittedQuery(null)
            : dialect.Stages.Count == 0 ? new EmittedQuery(text)
            : new EmittedQuery(text, Parts(text, writer.SearchLength, condition));
    }

    /// <summary>The search, its later stages, and the fields that they test, for formats that put something between.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Parts(string text, int length, Expr condition) => new()
    {
        ["search"] = [text[..length]],
        ["stages"] = [text[length..]],
        ["fields"] = [.. condition.Leaves().SelectMany(AskedFields).Distinct(StringComparer.Ordinal)],
    };

    private static IEnumerable<string> AskedFields(MatchExpr match) =>
        (match.Field is null ? [] : (string[])[match.Field]).Concat(match.Values.OfType<FieldReferenceValue>().Select(value => value.Field));
}
