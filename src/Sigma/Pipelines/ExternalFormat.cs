using System.Globalization;
using System.Text;
using System.Text.Json;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>How values are found in what comes from outside: lines, a column, or a path into JSON or YAML.</summary>
/// <param name="format">plaintext, csv, json or yaml.</param>
/// <param name="filter">Which values count; null for all.</param>
/// <param name="column">The column's name or, as a number, its index from 0.</param>
/// <param name="hasHeader">Whether the first row names the columns.</param>
/// <param name="path">The path into JSON or YAML.</param>
internal sealed class ExternalFormat(string format, PipelinePattern? filter, string column, bool hasHeader, PathExpression? path)
{
    private static readonly string[] Formats = ["plaintext", "csv", "json", "yaml"];

    /// <summary>
    /// Reads <c>format</c> (plaintext), <c>filter</c> (a pattern that counting values match somewhere), <c>csv_column</c>,
    /// <c>csv_has_header</c> (true) and <c>jq_expression</c>.
    /// </summary>
    public static ExternalFormat? Read(Parameters parameters)
    {
        int before = parameters.Diagnostics.Count;
        string format = parameters.Choice("format", Formats, "plaintext")!;
        PipelinePattern? filter = parameters.Scalar("filter") is { } pattern ? PipelinePattern.Compile(pattern, atStart: false, parameters.Diagnostics) : null;
        string? column = parameters.Text("csv_column");
        bool hasHeader = parameters.Node("csv_has_header") is null || parameters.Flag("csv_has_header");
        PathExpression? path = parameters.Scalar("jq_expression") is { } written ? PathExpression.Parse(written, parameters.Diagnostics) : null;
        if (format == "csv" && column is null)
        {
            parameters.Missing("csv_column");
        }
        else if (format == "csv" && !hasHeader && !IsIndex(column!))
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(parameters.Node("csv_column")!.Span, "csv_column", "a number from 0 if there is no header", $"'{column}'"));
        }

        if (format is "json" or "yaml" && parameters.Node("jq_expression") is null)
        {
            parameters.Missing("jq_expression");
        }

        return parameters.Diagnostics.Count > before ? null : new ExternalFormat(format, filter, column ?? "", hasHeader, path);
    }

    /// <summary>Finds the values.</summary>
    /// <exception cref="ExternalSourceException">The text is not of the format.</exception>
    public IEnumerable<string> Values(string text)
    {
        IEnumerable<string> values = format switch
        {
            "csv" => Column(text),
            "json" => path!.Select(OfJson(text)),
            "yaml" => path!.Select(OfYaml(text)),
            _ => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        };
        return filter is null ? values : values.Where(filter.IsMatch);
    }

    private static bool IsIndex(string column) => int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static YamlNode OfJson(string text)
    {
        try
        {
            return JsonText.Read(text, new Span(new SourceText("json", ""), 0, 0));
        }
        catch (JsonException exception)
        {
            throw new ExternalSourceException("the JSON is broken: " + exception.Message);
        }
    }

    private static YamlNode OfYaml(string text)
    {
        IReadOnlyList<YamlDocument> documents = YamlReader.Read(new SourceText("yaml", text));
        return documents.SelectMany(document => document.Diagnostics).FirstOrDefault(d => d.Severity is Severity.Error) is { } error
            ? throw new ExternalSourceException(error.Message)
            : documents.FirstOrDefault(document => document.Root is not null)?.Root ?? throw new ExternalSourceException("it is empty");
    }

    private IEnumerable<string> Column(string text)
    {
        IReadOnlyList<string>[] rows = [.. Rows(text)];
        int index = hasHeader && rows.Length > 0 ? rows[0].ToList().IndexOf(column) : -1;
        if (index < 0 && !(IsIndex(column) && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new ExternalSourceException($"it has no column '{column}'");
        }

        return rows.Skip(hasHeader ? 1 : 0).Where(row => index < row.Count).Select(row => row[index]).Where(value => value.Length > 0);
    }

    /// <summary>Rows of comma separated values (RFC 4180): a field in quotes may hold commas, line ends, and quotes written twice.</summary>
    private static IEnumerable<IReadOnlyList<string>> Rows(string text)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                quoted = c != '"' || (i + 1 < text.Length && text[i + 1] == '"');
                if (quoted)
                {
                    field.Append(c);
                    i += c == '"' ? 1 : 0;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == ',')
            {
                row.Add(field.ToString());
                field.Clear();
            }
            else if (c == '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                yield return row;
                row = [];
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || row.Count > 0)
        {
            row.Add(field.ToString());
            yield return row;
        }
    }
}
