using Sigma.Queries;
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
        var context = new EmitContext(dialect, diagnostics);
        (Dialect fitting, Expr condition) = ConditionLimits.Fit(dialect, ShapeSelector.Split(dialect, expr), context);
        string text = new StagedWriter(fitting, context).Write(condition);
        return new EmittedQuery(context.Failed ? null : text);
    }
}
