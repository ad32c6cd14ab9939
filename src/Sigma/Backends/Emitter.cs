using Sigma.Queries;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>What an emitter made of an expression.</summary>
/// <param name="Text">The query's expression; null if it could not be made, which is reported.</param>
/// <param name="Frame">
/// What was taken out of the expression for the format to place, such as the names of Windows logs. Nothing of it is quoted: the
/// format's template does that, once for each.
/// </param>
internal sealed record EmittedQuery(string? Text, IReadOnlyDictionary<string, IReadOnlyList<string>> Frame)
{
    /// <summary>A query with nothing taken out of it.</summary>
    public EmittedQuery(string? text)
        : this(text, new Dictionary<string, IReadOnlyList<string>>())
    {
    }
}

/// <summary>Writes normalized expressions in a target's language.</summary>
/// <param name="backend">The target.</param>
internal abstract class Emitter(Backend backend)
{
    /// <summary>The target.</summary>
    protected Backend Backend { get; } = backend;

    /// <summary>Writes an expression.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="variant">The variant that the format asks for; null for the ordinary query.</param>
    /// <param name="diagnostics">Takes what the language cannot say, or says only nearly.</param>
    public abstract EmittedQuery Emit(Expr expr, string? variant, List<Diagnostic> diagnostics);

    /// <summary>Writes an expression over a table, for languages that know the columns of tables.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="variant">The variant that the format asks for; null for the ordinary query.</param>
    /// <param name="dialect">The target's language over the table.</param>
    /// <param name="diagnostics">Takes what the language cannot say, or says only nearly.</param>
    public virtual EmittedQuery Emit(Expr expr, string? variant, Dialect dialect, List<Diagnostic> diagnostics) => Emit(expr, variant, diagnostics);
}
