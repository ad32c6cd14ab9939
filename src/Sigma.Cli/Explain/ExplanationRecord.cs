using System.Collections.Immutable;
using System.Text.Json;
using Sigma.Compilation;
using Sigma.Explanations;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes explanations as JSON objects, one a line. The schema is docs/explanation.schema.json.</summary>
internal static class ExplanationRecord
{
    /// <summary>Writes one object and a line end.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="path">The rule file's path.</param>
    /// <param name="explanation">The explanation.</param>
    public static void Write(Stream output, string path, Explanation explanation)
    {
        using (var buffer = new JsonBuffer(output))
        using (var json = new Utf8JsonWriter(buffer, ConversionRecord.Options))
        {
            Conversion conversion = explanation.Conversion;
            ConversionTrace trace = explanation.Trace;
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteNumber("line", explanation.Document.Span.Position.Line);
            json.WriteString("id", conversion.Metadata.Id);
            json.WriteString("title", conversion.Metadata.Title.Length > 0 ? conversion.Metadata.Title : null);
            json.WriteString("kind", explanation.Document.Document switch
            {
                SigmaRule => "rule",
                SigmaCorrelation => "correlation",
                SigmaFilter => "filter",
                _ => null,
            });
            json.WriteString("target", conversion.Target);
            json.WriteString("format", conversion.Format);
            WriteArray(json, "pipelines", explanation.Target.Pipelines, pipeline => WritePipeline(json, pipeline));
            json.WriteString("status", conversion.Status.ToString().ToLowerInvariant());
            WriteArray(json, "parsed", Parsed(explanation.Document.Document), line => WriteLine(json, line));
            WriteArray(json, "rules", trace.Rules, rule => WriteRule(json, rule, explanation.Target.Pipelines));
            WriteArray(json, "correlations", trace.Correlations, correlation => WriteCorrelation(json, correlation));
            WriteArray(json, "queries", trace.Queries, query => WriteQuery(json, query));
            WriteArray(json, "postprocessing", trace.Postprocessing, step => WritePostprocessing(json, step));
            json.WriteString("query", conversion.Query);
            WriteArray(json, "diagnostics", conversion.Diagnostics, finding => ConversionRecord.Write(json, path, finding));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static IReadOnlyList<TextLine> Parsed(SigmaDocument? document) => document switch
    {
        SigmaRule rule => RuleText.Of(rule),
        SigmaCorrelation correlation => RuleText.Of(correlation, correlation.Correlation),
        SigmaFilter filter => RuleText.Of(filter),
        _ => [],
    };

    private static void WritePipeline(Utf8JsonWriter json, Pipeline pipeline)
    {
        json.WriteStartObject();
        json.WriteString("name", pipeline.Name);
        json.WriteNumber("priority", pipeline.Priority);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleTrace rule, IReadOnlyList<Pipeline> pipelines)
    {
        var origins = new Origins([rule]);
        json.WriteStartObject();
        WriteDocument(json, rule.Parsed);
        WriteArray(json, "parsed", RuleText.Of(rule.Parsed), line => WriteLine(json, line));
        WriteArray(json, "filters", rule.Filters, applied =>
        {
            json.WriteStartObject();
            WriteDocument(json, applied.Filter);
            WriteChanges(json, RuleText.Of(applied.Before), RuleText.Of(applied.After));
            json.WriteEndObject();
        });
        WriteArray(json, "steps", rule.Pipelines.Steps, step => WriteStep(json, step));
        WriteArray(json, "fields", FieldHistory.Of(rule, pipelines), field => WriteField(json, field));
        WriteArray(json, "expressions", rule.Expressions, expr => WriteExpression(json, expr, origins));
        json.WriteEndObject();
    }

    private static void WriteCorrelation(Utf8JsonWriter json, CorrelationTrace correlation)
    {
        json.WriteStartObject();
        WriteDocument(json, correlation.Written);
        WriteChanges(
            json, RuleText.Of(correlation.Written, correlation.Written.Correlation), RuleText.Of(correlation.Written, correlation.Mapped));
        WriteArray(json, "steps", correlation.Pipelines.Steps, step => WriteStep(json, step));
        json.WriteEndObject();
    }

    private static void WriteDocument(Utf8JsonWriter json, SigmaDocument document)
    {
        json.WriteString("title", document.Metadata.Title.Length > 0 ? document.Metadata.Title : null);
        json.WriteString("id", document.Metadata.Id);
        WritePlace(json, document.Span);
    }

    private static void WriteStep(Utf8JsonWriter json, PipelineStep step)
    {
        json.WriteStartObject();
        WriteItem(json, step.Pipeline, step.Place, step.Id, step.Type, step.Span);
        WriteChanges(json, RuleText.Of(step.Before), RuleText.Of(step.After));
        json.WriteStartObject("state");
        foreach ((string key, string value) in step.State)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        WriteArray(json, "codes", step.Findings, finding => json.WriteStringValue(finding.Code.Id));
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, FieldHistory field)
    {
        json.WriteStartObject();
        json.WriteString("field", field.Field);
        WritePlace(json, field.Span);
        json.WriteBoolean("mapped", field.Mapped);
        WriteArray(json, "names", field.Names, json.WriteStringValue);
        WriteArray(json, "steps", field.Steps, step =>
        {
            json.WriteStartObject();
            WriteItem(json, step.Pipeline, step.Place, step.Id, step.Type, step.Span);
            json.WriteEndObject();
        });
        WriteArray(json, "passed", field.Passed, passed =>
        {
            json.WriteStartObject();
            WriteItem(json, passed.Pipeline, passed.Place, passed.Id, passed.Type, passed.Span);
            json.WriteString("field", passed.Field);
            json.WriteString("reason", passed.Reason);
            json.WriteEndObject();
        });
        json.WriteString("hint", field.Hint);
        json.WriteEndObject();
    }

    private static void WriteExpression(Utf8JsonWriter json, Expr expr, Origins origins)
    {
        json.WriteStartObject();
        switch (expr)
        {
            case AndExpr and:
                json.WriteString("kind", "and");
                WriteArray(json, "operands", and.Operands, operand => WriteExpression(json, operand, origins));
                break;
            case OrExpr or:
                json.WriteString("kind", "or");
                WriteArray(json, "operands", or.Operands, operand => WriteExpression(json, operand, origins));
                break;
            case NotExpr not:
                json.WriteString("kind", "not");
                WriteArray(json, "operands", [not.Operand], operand => WriteExpression(json, operand, origins));
                break;
            case MatchExpr match:
                json.WriteString("kind", "match");
                json.WriteString("field", match.Field);
                WriteArray(json, "tests", ExpressionText.Tests(match), json.WriteStringValue);
                WritePlace(json, match.Span);
                Origin origin = origins.Of(match.Span);
                json.WriteString("origin", origin.Filter is not null ? "filter" : origin.Step is not null ? "pipeline" : "rule");
                break;
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }

        json.WriteEndObject();
    }

    private static void WriteQuery(Utf8JsonWriter json, QueryTrace query)
    {
        json.WriteStartObject();
        json.WriteString("search", query.Search);
        json.WriteString("formatted", query.Formatted);
        json.WriteEndObject();
    }

    private static void WritePostprocessing(Utf8JsonWriter json, PostprocessingStep step)
    {
        json.WriteStartObject();
        json.WriteString("pipeline", step.Pipeline);
        json.WriteString("id", step.Id);
        json.WriteString("type", step.Span.Characters);
        WritePlace(json, step.Span);
        json.WriteString("after", step.After);
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, string pipeline, ImmutableArray<int> place, string? id, string type, Span span)
    {
        json.WriteString("pipeline", pipeline);
        WriteArray(json, "item", place, json.WriteNumberValue);
        json.WriteString("id", id);
        json.WriteString("type", type);
        WritePlace(json, span);
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after) =>
        WriteArray(json, "changes", TextChanges.Between(before, after), change =>
        {
            json.WriteStartObject();
            json.WriteString("change", change.Sign switch { '+' => "added", '-' => "removed", _ => "around" });
            json.WriteNumber("depth", change.Line.Depth);
            json.WriteString("text", change.Line.Text);
            json.WriteEndObject();
        });

    private static void WriteLine(Utf8JsonWriter json, TextLine line)
    {
        json.WriteStartObject();
        json.WriteNumber("depth", line.Depth);
        json.WriteString("text", line.Text);
        json.WriteString("written", line.Note);
        if (line.Span is { } span)
        {
            WritePlace(json, span);
        }
        else
        {
            json.WriteNull("path");
            json.WriteNull("line");
            json.WriteNull("column");
        }

        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, Span span)
    {
        (int line, int column) = span.Position;
        json.WriteString("path", span.Source.Path);
        json.WriteNumber("line", line);
        json.WriteNumber("column", column);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
