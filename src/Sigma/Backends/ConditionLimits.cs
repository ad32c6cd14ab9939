using System.Globalization;
using Sigma.Queries;

namespace Sigma.Backends;

/// <summary>Makes a condition one that the target's engine takes, without changing what it means.</summary>
internal static class ConditionLimits
{
    /// <summary>The operands of a group where chains must be as flat as they can be.</summary>
    private const int ShortChain = 8;

    /// <summary>Fits a condition into the limits of the engine.</summary>
    /// <param name="dialect">The target's language.</param>
    /// <param name="expr">The condition, split into tests that the language has.</param>
    /// <param name="context">Takes what cannot be fitted.</param>
    /// <returns>The condition, and how it is to be written.</returns>
    public static (Dialect Dialect, Expr Condition) Fit(Dialect dialect, Expr expr, EmitContext context)
    {
        context.CheckValues(expr);
        if (dialect.Limits.Depth is not { } limit || new ConditionDepth(dialect, limit).Of(expr) <= limit.Most)
        {
            return (dialect, expr);
        }

        if (limit.Operand > 0)
        {
            dialect = dialect with { Limits = dialect.Limits with { Chain = ShortChain } };
        }

        if (new DepthReducer(dialect, limit).Reduce(expr) is { } reduced)
        {
            return (dialect, reduced);
        }

        context.Exceed(expr.Span, Levels(new ConditionDepth(dialect, limit).Of(expr)), Levels(limit.Most), limit.Setting);
        return (dialect, expr);
    }

    private static string Levels(int number) => number.ToString("N0", CultureInfo.InvariantCulture) + " levels";
}
