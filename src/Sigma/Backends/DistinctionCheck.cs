using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Finds what means something else in a rule and is written alike: a query would silently ask for the other.</summary>
internal static class DistinctionCheck
{
    /// <summary>The kinds of condition no two of which are asked for alike. A text with wildcards may be written as one without.</summary>
    private static readonly ConditionKind[][] Distinct =
    [
        [ConditionKind.Text, ConditionKind.StartsWith, ConditionKind.EndsWith, ConditionKind.Contains],
        [ConditionKind.Wildcard, ConditionKind.StartsWith, ConditionKind.EndsWith, ConditionKind.Contains],
        [ConditionKind.Cased, ConditionKind.CasedStartsWith, ConditionKind.CasedEndsWith, ConditionKind.CasedContains],
        [ConditionKind.CasedWildcard, ConditionKind.CasedStartsWith, ConditionKind.CasedEndsWith, ConditionKind.CasedContains],
        [ConditionKind.FieldEquals, ConditionKind.FieldStartsWith, ConditionKind.FieldEndsWith, ConditionKind.FieldContains],
        [ConditionKind.Exists, ConditionKind.NotExists],
        [ConditionKind.Exists, ConditionKind.Null],
    ];

    /// <summary>Checks the shapes of a language and of its variants.</summary>
    /// <param name="dialect">The language.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static void Check(Dialect dialect, List<Diagnostic> diagnostics)
    {
        foreach ((ConditionKind kind, Shape shape) in dialect.AllShapes)
        {
            if (shape is { Template: { } template, Negated: { } negated } && AreAlike(template, negated))
            {
                diagnostics.Add(Diagnostic.BackendValue(shape.Span, "negated", $"another test than the template of '{Shapes.Of(kind)!.Name}', which it denies"));
            }
        }

        foreach (Dialect language in dialect.Variants.Values.Prepend(dialect))
        {
            var reported = new HashSet<ConditionKind>();
            // Certain fields may have values without letters, and a note may tell what the language does.
            Shape? anyCase = FindAlike(language, ConditionKind.Text, ConditionKind.Cased, text => text is { Fields: null, Types: null, RegardsCase: null, Note: null });
            if (anyCase is not null)
            {
                reported.Add(ConditionKind.Cased);
                diagnostics.Add(Diagnostic.BackendValue(anyCase.Span, "cased", "written in another way than 'text', or 'text' has 'regards_case'"));
            }

            foreach ((ConditionKind first, ConditionKind second) in Distinct.SelectMany(Pairs))
            {
                if (FindAlike(language, first, second, _ => true) is { } shape && reported.Add(second) && !diagnostics.Exists(d => d.Span == shape.Span))
                {
                    diagnostics.Add(Diagnostic.BackendValue(shape.Span, Shapes.Of(second)!.Name, $"written in another way than '{Shapes.Of(first)!.Name}'"));
                }
            }
        }
    }

    /// <summary>Checks that no two values of a map are alike.</summary>
    /// <param name="map">The map as it is written.</param>
    /// <param name="values">What its keys have, with the defaults of those that it does not have.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static void Check(DefinitionMap map, IReadOnlyDictionary<string, string> values, List<Diagnostic> diagnostics)
    {
        string[] written = [.. map.Names.Where(values.ContainsKey)];
        for (int at = 0; at < written.Length; at++)
        {
            string value = values[written[at]].Trim();
            IEnumerable<string> others = values.Keys.Except(written.Skip(at));
            if (value.Length > 0 && others.FirstOrDefault(other => values[other].Trim() == value) is { } same)
            {
                diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(written[at]), written[at], $"written in another way than '{same}'"));
            }
        }
    }

    private static IEnumerable<(ConditionKind First, ConditionKind Second)> Pairs(ConditionKind[] kinds) =>
        kinds.SelectMany((first, at) => kinds.Skip(at + 1).Select(second => (first, second)));

    private static Shape? FindAlike(Dialect language, ConditionKind first, ConditionKind second, Func<Shape, bool> isMeant) =>
        language.ShapesByKind.TryGetValue(first, out Shape[]? shapes) && language.ShapesByKind.TryGetValue(second, out Shape[]? others)
            ? Array.Find(others, other => Array.Exists(shapes, shape => isMeant(shape) && AreAlike(shape, other)))
            : null;

    /// <summary>Whether two shapes are for the same fields and write the same. One that says of itself what it does is understood.</summary>
    private static bool AreAlike(Shape first, Shape second) =>
        first is { Template: { } template, Approximation: Approximation.Exact } && second is { Template: { } other, Approximation: Approximation.Exact }
        && first.Stage == second.Stage && first.Plain == second.Plain
        && AreSame(first.Fields, second.Fields) && AreSame(first.NotFields, second.NotFields) && AreSame(first.Types, second.Types)
        && AreAlike(template, other);

    private static bool AreAlike(Template first, Template second) => first.Segments.SequenceEqual(second.Segments);

    private static bool AreSame(IEnumerable<string>? first, IEnumerable<string>? second) => (first ?? []).SequenceEqual(second ?? [], StringComparer.Ordinal);
}
