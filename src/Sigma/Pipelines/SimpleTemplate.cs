using System.Text;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// <c>simple_template</c>: the query in a text with <c>{query}</c>, <c>{rule.title}</c>, <c>{rule.logsource.product}</c>,
/// <c>{pipeline.state[key]}</c> or <c>{pipeline.vars[key]}</c>. Braces of the text's own are written twice.
/// </summary>
internal sealed class SimpleTemplate : QueryStep
{
    private readonly IReadOnlyList<(string Literal, string[]? Path, Span Span)> parts;

    private SimpleTemplate(IReadOnlyList<(string Literal, string[]? Path, Span Span)> parts) => this.parts = parts;

    /// <summary>Reads <c>template</c>.</summary>
    public static QueryStep? Read(Parameters parameters)
    {
        if (parameters.RequiredScalar("template") is not { } scalar)
        {
            return null;
        }

        string text = scalar.Value;
        var parts = new List<(string, string[]?, Span)>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}') || (i + 1 < text.Length && text[i + 1] == text[i]))
            {
                literal.Append(text[i]);
                i += text[i] is '{' or '}' ? 1 : 0;
                continue;
            }

            int end = text[i] == '{' ? text.IndexOf('}', i) : -1;
            string name = end < 0 ? "" : text[(i + 1)..end];
            Span span = scalar.SpanOf(i, end < 0 ? 1 : end - i + 1);
            if (end < 0)
            {
                parameters.Diagnostics.Add(Diagnostic.PipelineTemplate(span, $"unmatched '{text[i]}'").WithHint("write it twice to use it literally"));
                return null;
            }

            // The conversions and widths of Python's format (!r, :>10) are none of a query's business.
            string[] path = name.Replace("]", "", StringComparison.Ordinal).Split('.', '[');
            if (path[0] is not ("query" or "rule" or "pipeline") || name.AsSpan().IndexOfAny('!', ':') >= 0)
            {
                parameters.Diagnostics.Add(Diagnostic.PipelineTemplate(span, $"unknown name '{name}'").WithHint("use {query}, {rule.…} or {pipeline.…}"));
                return null;
            }

            parts.Add((literal.ToString(), path, span));
            literal.Clear();
            i = end;
        }

        parts.Add((literal.ToString(), null, scalar.Span));
        return new SimpleTemplate(parts);
    }

    /// <inheritdoc/>
    internal override string Apply(string query, PipelineRun run, string pipeline)
    {
        YamlNode root = TemplateScope.Of(
            ("query", TemplateScope.Text(query)),
            ("rule", RuleAttributes.Of(run.Rule)),
            ("pipeline", TemplateScope.OfPipeline(pipeline, run.Settings, run.State)));
        var output = new StringBuilder();
        foreach ((string literal, string[]? path, Span span) in parts)
        {
            output.Append(literal);
            if (output.Length > run.Settings.Limits[Limits.QueryLength] * 1_000_000)
            {
                throw new PipelinePattern.TooLongException();
            }

            if (path is null)
            {
                continue;
            }

            YamlNode? node = root;
            foreach (string name in path)
            {
                node = (node as YamlMapping)?[name];
            }

            switch (node)
            {
                case YamlScalar scalar:
                    output.Append(scalar.Value);
                    break;
                case YamlSequence list:
                    output.AppendJoin(", ", list.Items.OfType<YamlScalar>().Select(item => item.Value));
                    break;
                default:
                    run.Report(Diagnostic.PipelineTemplate(span, $"the rule has no '{string.Join('.', path)}'"));
                    return query;
            }
        }

        return output.ToString();
    }
}
