using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Finds what is missing in a language, or wrong in it, although each part of its definition can be read.</summary>
internal static class DialectCheck
{
    /// <summary>Checks a language and its variants.</summary>
    /// <param name="dialect">The language.</param>
    /// <param name="map">Its definition.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static void Check(Dialect dialect, DefinitionMap map, List<Diagnostic> diagnostics)
    {
        CheckParts(dialect, map, diagnostics);
        CheckShapes(dialect, diagnostics);
        QuoteCheck.Check(dialect, diagnostics);
        DistinctionCheck.Check(dialect, diagnostics);
    }

    /// <summary>What one part of a definition needs of another one.</summary>
    private static void CheckParts(Dialect dialect, DefinitionMap map, List<Diagnostic> diagnostics)
    {
        DefinitionMap expression = map.Child("expression");
        bool isKnown = Emitters.Names.Contains(dialect.EmitterName);
        if (!isKnown)
        {
            diagnostics.Add(Diagnostic.UnknownEmitter(map.SpanOf("emitter"), dialect.EmitterName).WithHint("use " + string.Join(", ", Emitters.Names)));
        }

        if (dialect.EmitterName != BackendReader.TextEmitterName && isKnown && dialect.Regex is null && !map.Has("regex"))
        {
            map.Missing("regex");
        }

        if (dialect.NullSafe is null && (dialect.Unknown || dialect.ShapesByKind.Values.Any(alternatives => Array.Exists(alternatives, shape => shape.Unknown is true))))
        {
            expression.Missing("null_safe");
        }

        if (dialect.Not is null && dialect.CorrelationRuleTest is not null)
        {
            map.Missing("a 'not' of 'expression' with more than its operand");
        }

        if (dialect.And.Length > 0 && string.Equals(dialect.And.Trim(), dialect.Or.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Add(Diagnostic.BackendValue(expression.SpanOf("or"), "or", "written in another way than 'and'"));
        }
    }

    private static void CheckShapes(Dialect dialect, List<Diagnostic> diagnostics)
    {
        foreach ((ConditionKind kind, Shape shape) in dialect.AllShapes)
        {
            if (dialect.Regex is null && shape.Template is { } template && Array.Exists(template.Segments, segment => segment.Placeholder is Placeholder.Regex))
            {
                diagnostics.Add(Diagnostic.BackendMissing(shape.Span, "regex"));
            }

            if (shape.Stage is { } stage && !dialect.Stages.ContainsKey(stage))
            {
                diagnostics.Add(Diagnostic.BackendMissing(shape.Span, $"stages: {stage}"));
            }

            if (ShapeTexts.Of(dialect, shape).Any(text => !TemplateReading.AllClosed(text)))
            {
                diagnostics.Add(Diagnostic.BackendValue(shape.Span, Shapes.Of(kind)!.Name, TemplateReading.Closed));
            }
        }
    }
}
