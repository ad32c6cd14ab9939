using System.Collections.Immutable;
using Sigma.Compilation;
using Sigma.Explanations;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes explanations for people: a heading a stage, what is in it below.</summary>
/// <param name="output">Where to.</param>
/// <param name="colour">Whether to use ANSI colours.</param>
/// <param name="verbose">Whether mappings that were passed over are shown for mapped fields too, and notes among the findings.</param>
internal sealed class ExplanationText(TextWriter output, bool colour, bool verbose)
{
    private const string Bold = "\e[1m";
    private const string Dim = "\e[2m";
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";

    /// <summary>The column at which places stand, where the lines leave room.</summary>
    private const int PlaceColumn = 60;

    private bool first = true;

    /// <summary>Writes one explanation.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="path">The rule file's path.</param>
    /// <param name="withParsed">Whether the parsed rule is shown; not again for the further targets of a rule.</param>
    public void Write(Explanation explanation, string path, bool withParsed)
    {
        if (!first)
        {
            output.WriteLine();
        }

        first = false;
        Conversion conversion = explanation.Conversion;
        string title = conversion.Metadata.Title.Length > 0 ? conversion.Metadata.Title : "(no title)";
        output.WriteLine(Tint(Bold, DiagnosticWriter.Visible($"{path}:{explanation.Document.Span.Position.Line}: {title}")));
        string pipelines = explanation.Target.Pipelines.Count == 0
            ? "no pipeline"
            : "pipelines " + string.Join(", ", explanation.Target.Pipelines.Select(pipeline => $"{Label(pipeline)} ({pipeline.Priority})"));
        output.WriteLine(DiagnosticWriter.Visible($"for {conversion.Target}, format {conversion.Format}, {pipelines}"));

        WriteDocument(explanation, withParsed);
        WriteQueries(explanation);
        WriteFindings(conversion, path);
    }

    private void WriteDocument(Explanation explanation, bool withParsed)
    {
        ConversionTrace trace = explanation.Trace;
        switch (explanation.Document.Document)
        {
            case SigmaFilter filter when withParsed:
                Heading("filter, as parsed");
                WriteLines(RuleText.Of(filter), filter.Span.Source);
                break;
            case SigmaCorrelation correlation when withParsed:
                Heading("correlation, as parsed");
                WriteLines(RuleText.Of(correlation, correlation.Correlation), correlation.Span.Source);
                break;
            case SigmaRule rule when withParsed && trace.Rules.Count == 0:
                Heading("as parsed");
                WriteLines(RuleText.Of(rule), rule.Span.Source);
                break;
        }

        foreach (RuleTrace rule in trace.Rules)
        {
            bool counted = explanation.Document.Document is SigmaCorrelation;
            WriteRule(rule, explanation.Target.Pipelines, counted, withParsed || counted);
        }

        foreach (CorrelationTrace correlation in trace.Correlations)
        {
            IReadOnlyList<TextLine> written = RuleText.Of(correlation.Written, correlation.Written.Correlation);
            if (Changes(written, RuleText.Of(correlation.Written, correlation.Mapped)) is { Count: > 0 } changes)
            {
                Heading($"correlation {Named(correlation.Written.Metadata)}, with the names of {explanation.Target.Backend.Name}");
                WriteChanges(changes, null);
            }

            WriteSteps(correlation.Pipelines, correlation.Written.Span.Source);
        }
    }

    private void WriteRule(RuleTrace rule, IReadOnlyList<Pipeline> pipelines, bool counted, bool withParsed)
    {
        SourceText source = rule.Parsed.Span.Source;
        if (withParsed)
        {
            Heading(counted ? $"rule {Named(rule.Parsed.Metadata)} ({Place(rule.Parsed.Span)}), as parsed" : "as parsed");
            WriteLines(RuleText.Of(rule.Parsed), source);
        }

        foreach (AppliedFilter applied in rule.Filters)
        {
            Heading($"filter {Named(applied.Filter.Metadata)} ({Place(applied.Filter.Span)})");
            WriteChanges(Changes(RuleText.Of(applied.Before), RuleText.Of(applied.After)), applied.Filter.Span.Source);
        }

        WriteSteps(rule.Pipelines, source);
        WriteFields(FieldHistory.Of(rule, pipelines), source);
        var origins = new Origins([rule]);
        foreach (Expr expr in rule.Expressions)
        {
            Heading("expression");
            foreach (TextLine line in ExpressionText.Of(expr))
            {
                WriteLine("  ", line, line.Span is { } span ? OriginOf(origins.Of(span), source) : null);
            }
        }
    }

    private void WriteSteps(PipelineTrace trace, SourceText source)
    {
        foreach (PipelineStep step in trace.Steps)
        {
            IReadOnlyList<TextChange> changes = Changes(RuleText.Of(step.Before), RuleText.Of(step.After));
            if (changes.Count == 0 && step.State.Count == 0 && step.Findings.Count == 0)
            {
                continue;
            }

            Heading($"{Item(step.Span, step.Place, step.Id)}: {step.Type} ({Place(step.Span)})");
            WriteChanges(changes, step.Span.Source);
            foreach ((string key, string value) in step.State)
            {
                WriteLine(Tint(Green, "+ "), Line(0, $"state {key} = {value}"), null);
            }

            foreach (Diagnostic finding in step.Findings)
            {
                string? place = finding.Span is { } span ? PlaceIn(span, source) : null;
                WriteLine(Tint(finding.Severity is Severity.Error ? Red : Yellow, "! "), Line(0, $"{finding.Code.Id}: {finding.Message}"), place);
            }
        }
    }

    private void WriteFields(IReadOnlyList<FieldHistory> fields, SourceText source)
    {
        if (fields.Count == 0)
        {
            return;
        }

        Heading("fields");
        foreach (FieldHistory field in fields)
        {
            string became = field.Steps.Count == 0
                ? field.Mapped ? " has a name that a pipeline produces" : " is not mapped by any pipeline"
                : field.Names.IsEmpty ? " is removed" : " -> " + string.Join(", ", field.Names);
            WriteLine(field.Mapped ? "  " : Tint(Yellow, "! "), Line(0, field.Field + became), PlaceIn(field.Span, source));
            foreach (PipelineStep step in field.Steps)
            {
                WriteLine("  ", Line(2, $"{Item(step.Span, step.Place, step.Id)}: {step.Type}"), Place(step.Span));
            }

            foreach (PassedMapping passed in field.Mapped && !verbose ? [] : field.Passed)
            {
                WriteLine("  ", Line(2, $"{Item(passed.Span, passed.Place, passed.Id)}: {passed.Type}, knows {passed.Field}"), Place(passed.Span));
                WriteLine("  ", Line(3, "but this condition is not met: " + passed.Reason), null);
            }

            if (field.Hint is { } hint)
            {
                WriteLine("  ", Line(2, "no mapping contains this name; " + hint), null);
            }
        }
    }

    private void WriteQueries(Explanation explanation)
    {
        foreach (QueryTrace query in explanation.Trace.Queries)
        {
            if (query.Search != query.Formatted)
            {
                Heading("search");
                WriteBlock(query.Search);
            }
        }

        foreach (QueryTrace query in explanation.Trace.Postprocessing.Count > 0 ? explanation.Trace.Queries : [])
        {
            Heading("query before the post-processing");
            WriteBlock(query.Formatted);
        }

        foreach (PostprocessingStep step in explanation.Trace.Postprocessing)
        {
            Heading($"{Path.GetFileNameWithoutExtension(step.Span.Source.Path)}, post-processing{(step.Id is null ? "" : $" '{step.Id}'")}: {step.Span.Characters} ({Place(step.Span)})");
            WriteBlock(step.After);
        }

        foreach (string written in explanation.Conversion.Queries)
        {
            Heading("query");
            WriteBlock(written);
        }
    }

    private void WriteFindings(Conversion conversion, string path)
    {
        Diagnostic[] findings = [.. conversion.Diagnostics.Where(finding => verbose || conversion.Queries.Count == 0 || finding.Severity > Severity.Info)];
        if (findings.Length > 0)
        {
            Heading(conversion.Queries.Count == 0 ? "findings; there is no query" : "findings");
            foreach (Diagnostic finding in findings)
            {
                DiagnosticWriter.Write(output, finding, colour, path);
            }
        }
    }

    private static IReadOnlyList<TextChange> Changes(IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after) => TextChanges.Between(before, after);

    private void WriteChanges(IReadOnlyList<TextChange> changes, SourceText? by)
    {
        foreach (TextChange change in changes)
        {
            string sign = change.Sign switch
            {
                '+' => Tint(Green, "+ "),
                '-' => Tint(Red, "- "),
                _ => "  ",
            };
            WriteLine(sign, change.Line, change.Sign == '+' && change.Line.Span is { } span && span.Source == by ? PlaceIn(span, by) : null);
        }
    }

    private void WriteLines(IReadOnlyList<TextLine> lines, SourceText source)
    {
        foreach (TextLine line in lines)
        {
            string? place = line.Span is { } span ? PlaceIn(span, source) : null;
            WriteLine("  ", line, line.Note is null ? place : $"{place} {line.Note}");
        }
    }

    private void WriteLine(string sign, TextLine line, string? beside)
    {
        string text = new string(' ', line.Depth * 2) + line.Text;
        output.WriteLine(sign + (string.IsNullOrEmpty(beside) ? text : text.PadRight(PlaceColumn) + "  " + Tint(Dim, DiagnosticWriter.Visible(beside))));
    }

    private void WriteBlock(string text)
    {
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            output.WriteLine("  " + DiagnosticWriter.Visible(line));
        }
    }

    private void Heading(string text)
    {
        output.WriteLine();
        output.WriteLine(Tint(Bold, DiagnosticWriter.Visible(text)));
    }

    private static string OriginOf(Origin origin, SourceText rule)
    {
        string place = PlaceIn(origin.Span, rule);
        return origin.Filter is { } filter ? $"{place}, from the filter {Named(filter.Metadata)}"
            : origin.Step is { } step ? $"{place}, from {Item(step.Span, step.Place, step.Id)}"
            : place;
    }

    /// <summary>A pipeline's item as people count, from 1; the pipeline under the name that <c>-p</c> takes.</summary>
    private static string Item(Span span, ImmutableArray<int> place, string? id) =>
        $"{Path.GetFileNameWithoutExtension(span.Source.Path)}, item {string.Join('.', place.Select(index => index + 1))}{(id is null ? "" : $" '{id}'")}";

    private static string Label(Pipeline pipeline) =>
        (pipeline.Items.FirstOrDefault()?.Span ?? pipeline.QueryItems.FirstOrDefault()?.Span) is { } span ? Path.GetFileNameWithoutExtension(span.Source.Path) : pipeline.Name;

    private static TextLine Line(int depth, string text) => new(depth, DiagnosticWriter.Visible(text));

    private static string Named(Metadata metadata) => $"'{(metadata.Title.Length > 0 ? metadata.Title : metadata.Name ?? metadata.Id)}'";

    private static string PlaceIn(Span span, SourceText source) =>
        span.Source == source ? $"{span.Position.Line}:{span.Position.Column}" : Place(span);

    private static string Place(Span span) => $"{span.Source.Path}:{span.Position.Line}";

    private string Tint(string tint, string text) => colour && text.Length > 0 ? $"{tint}{text}\e[0m" : text;
}
