using System.IO.Enumeration;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>--filter</c>: selects rules by their metadata. A rule must meet all conditions.</summary>
internal sealed class RuleFilter
{
    private static readonly string[] Keys = ["level", "status", "tag", "logsource", "id"];
    /// <summary>The beginnings of conditions, for completion in a shell.</summary>
    public static readonly string[] Beginnings = [.. Keys.Select(key => key + (key is "level" or "status" ? ">=" : "="))];

    private static readonly string[] Operators = [">=", "<=", "!=", "=", ">", "<"];

    private readonly List<Func<ReadDocument, bool>> conditions = [];

    /// <summary>Reads filters such as <c>level&gt;=high</c> and <c>tag=attack.t1059</c>; commas separate several.</summary>
    /// <param name="filters">What the user gave.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static RuleFilter Parse(IEnumerable<string> filters, List<Diagnostic> diagnostics)
    {
        var filter = new RuleFilter();
        foreach (string written in filters.SelectMany(f => f.Split(',', StringSplitOptions.TrimEntries)))
        {
            string? op = Operators.Where(o => written.Contains(o, StringComparison.Ordinal)).MinBy(o => written.IndexOf(o, StringComparison.Ordinal));
            int at = op is null ? -1 : written.IndexOf(op, StringComparison.Ordinal);
            string key = at < 0 ? written : written[..at].Trim();
            string value = at < 0 ? "" : written[(at + op!.Length)..].Trim();
            if (at < 0 || !Keys.Contains(key) || value.Length == 0)
            {
                string why = at < 0 ? "it has no operator" : value.Length == 0 ? "it has no value" : $"unknown key '{key}'";
                string? nearest = Keys.Contains(key) ? null : Suggestion.For(key, Keys);
                diagnostics.Add(Diagnostic.InvalidFilter(null, written, why)
                    .WithHint(nearest ?? "write level>=high, status=stable, tag=attack.t1059, logsource=windows or id=…"));
                continue;
            }

            filter.Add(written, key, op!, value, diagnostics);
        }

        return filter;
    }

    /// <summary>
    /// Returns whether a rule is selected. A broken rule is, unless the part that could be read says otherwise, so that it is not lost;
    /// a broken filter always is: it has no level, and the rules that are selected need it.
    /// </summary>
    public bool Wants(ReadDocument document) =>
        (document.Document is null && (document.IsFilter || document.Metadata is { Title: "", Id: null })) || conditions.TrueForAll(condition => condition(document));

    private void Add(string written, string key, string op, string value, List<Diagnostic> diagnostics)
    {
        switch (key)
        {
            case "level":
                AddOrdered<Level>(written, op, value, document => document.Metadata.Level, diagnostics);
                return;
            case "status":
                AddOrdered<RuleStatus>(written, op, value, document => document.Metadata.Status, diagnostics);
                return;
        }

        if (op is not ("=" or "!="))
        {
            diagnostics.Add(Diagnostic.InvalidFilter(null, written, $"'{key}' has no order").WithHint("use = or !="));
            return;
        }

        Func<ReadDocument, IEnumerable<string?>> values = key switch
        {
            "tag" => document => document.Metadata.Tags,
            "id" => document => [document.Metadata.Id],
            _ => document => document.Document is SigmaRule rule ? [rule.LogSource.Category, rule.LogSource.Product, rule.LogSource.Service] : [],
        };
        bool wanted = op == "=";
        conditions.Add(document => (key == "logsource" && document.Document is null) || values(document).Any(v => v is not null && FileSystemName.MatchesSimpleExpression(value, v)) == wanted);
    }

    private void AddOrdered<T>(string written, string op, string value, Func<ReadDocument, T?> get, List<Diagnostic> diagnostics)
        where T : struct, Enum
    {
        if (!Enum.TryParse(value, ignoreCase: true, out T bound) || !Enum.IsDefined(bound) || char.IsAsciiDigit(value[0]))
        {
            string[] known = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
            diagnostics.Add(Diagnostic.InvalidFilter(null, written, $"'{value}' is not one of {string.Join(", ", known)}").WithHint(Suggestion.For(value, known)));
            return;
        }

        conditions.Add(document =>
        {
            if (get(document) is not { } actual)
            {
                return op == "!=";
            }

            int order = Comparer<T>.Default.Compare(actual, bound);
            return op switch
            {
                "=" => order == 0,
                "!=" => order != 0,
                ">" => order > 0,
                ">=" => order >= 0,
                "<" => order < 0,
                _ => order <= 0,
            };
        });
    }
}
