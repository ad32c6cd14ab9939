using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Which shapes write a condition, for somebody who writes a target.</summary>
internal static class ShapeNames
{
    /// <summary>The names of the shapes, in the order of the tests; one that stands in for another has its name behind it.</summary>
    public static IEnumerable<string> Of(Dialect dialect, Expr expr) => ShapeSelector.Split(dialect, expr).Leaves().SelectMany(match => OfTest(dialect, match));

    private static IEnumerable<string> OfTest(Dialect dialect, MatchExpr match)
    {
        if (match.Values is [QueryExpressionValue])
        {
            return [];
        }

        return match.IsList && ShapeSelector.ListShape(dialect, match) is not null
            ? [Named(dialect, ShapeSelector.ListKind(match), match.Field)]
            : match.Values.Select(value => TemplateResolver.Resolve(dialect, ShapeSelector.KindOf(dialect, value, match.Field is null), match.Field, value) is { Shape: not null } resolved
                ? Named(dialect, resolved.Kind, match.Field)
                : "nothing");
    }

    private static string Named(Dialect dialect, ConditionKind kind, string? field)
    {
        Shape? shape = dialect.ShapeFor(kind, field);
        for (ConditionKind? current = kind; current is { } known; current = Shapes.Of(known)?.Fallback)
        {
            if (dialect.ShapesByKind.ContainsKey(known))
            {
                string name = Shapes.Of(known)!.Name + (shape is { Expand: true } ? ", expanded" : shape?.Template is null ? ", refused" : "");
                return known == kind ? name : $"{name} for {Shapes.Of(kind)!.Name}";
            }
        }

        return "nothing";
    }
}
