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
        Expr split = ShapeSelector.Split(dialect, expr);
        string text = new StagedWriter(dialect, context).Write(split);
        return new EmittedQuery(context.Failed ? null : text);
    }
}
