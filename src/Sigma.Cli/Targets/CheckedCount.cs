using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A count, and what the templates of a target have made of it.</summary>
/// <param name="Title">The name of the row.</param>
/// <param name="Query">The query; null if it is refused.</param>
/// <param name="Findings">What the conversion says of it.</param>
/// <param name="Fault">What the templates do wrong; null for nothing.</param>
internal sealed record CheckedCount(string Title, string? Query, IReadOnlyList<Diagnostic> Findings, string? Fault)
{
    /// <summary>A name that no language takes as it is.</summary>
    private const string OddName = "odd -> name";

    private const string Quotes = "\"'`";

    private static readonly string[] PlainNames = ["GroupOne", "GroupTwo", "FieldOne", "FieldTwo"];

    /// <summary>The query, or why there is none.</summary>
    public string Shown => Query ?? "refused: " + string.Join("; ", Findings.Where(finding => finding.Severity is Severity.Error).Select(finding => finding.Message));

    /// <summary>Converts each count.</summary>
    public static IReadOnlyList<CheckedCount> All(CompilerTarget target)
    {
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("counts.yml", BackendTexts.Read("counts.yml")));
        return
        [
            .. new Compiler([target]).Convert(documents, RuleSet.Link(documents))
                .Select(conversion => (documents[conversion.Index].Document, conversion))
                .Where(pair => pair.Document is SigmaCorrelation)
                .Select(pair => Of((SigmaCorrelation)pair.Document!, pair.conversion, target.Backend.Dialect)),
        ];
    }

    private static CheckedCount Of(SigmaCorrelation rule, Conversion conversion, Dialect dialect) =>
        new(rule.Metadata.Title ?? "", conversion.Query, conversion.Diagnostics, conversion.Query is { } query ? FaultOf(rule, query, dialect) : null);

    private static string? FaultOf(SigmaCorrelation rule, string query, Dialect dialect)
    {
        string[] opens = [.. new[] { dialect.FieldStyle, dialect.FieldExpressionStyle }.OfType<TextStyle>().Select(style => style.Open).Where(open => open.Length > 0)];
        for (int at = query.IndexOf(OddName, StringComparison.Ordinal); at >= 0; at = query.IndexOf(OddName, at + 1, StringComparison.Ordinal))
        {
            // A name may also be a text of the language, such as JSON.
            if (at == 0 || (!Quotes.Contains(query[at - 1]) && !opens.Any(open => query.AsSpan(0, at).EndsWith(open, StringComparison.Ordinal))))
            {
                return "writes the name of a field without its quotes: pass each name through field_name";
            }
        }

        string[] lost = [.. PlainNames.Where(name => (rule.Correlation.GroupBy.Contains(name) || rule.Correlation.Fields.Contains(name)) && !query.Contains(name, StringComparison.OrdinalIgnoreCase))];
        return lost.Length == 0 ? null : $"leaves out {string.Join(" and ", lost.Select(name => $"'{name}'"))}: write it, or refuse the count";
    }
}
