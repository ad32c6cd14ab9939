using System.Text;
using Scriban.Runtime;
using Sigma.Alerts;
using Sigma.Rules;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>How a format puts the queries of a run into one text.</summary>
/// <param name="Template">The template of the whole text.</param>
/// <param name="Queries">The most queries that one statement has; null for no bound.</param>
/// <param name="Length">The most bytes that the queries of one statement have together, with their names; null for no bound.</param>
internal sealed record DocumentFormat(TemplateText Template, int? Queries, int? Length);

/// <summary>A rule that goes into one text with the other rules of the run.</summary>
/// <param name="Rule">The rule as the pipelines left it.</param>
/// <param name="Settings">What the user sets for the rule.</param>
/// <param name="State">What the pipelines' <c>set_state</c> left.</param>
/// <param name="Place">Where its condition is written, for messages.</param>
/// <param name="Alternatives">What it selects: an event that meets all conditions of one of these lists.</param>
/// <param name="Fields">The fields that the conditions read.</param>
internal sealed record DocumentQuery(
    SigmaRule Rule,
    AlertSettings Settings,
    IReadOnlyDictionary<string, string> State,
    Span Place,
    IReadOnlyList<IReadOnlyList<string>> Alternatives,
    IReadOnlyList<string> Fields);

/// <summary>
/// Sorts the rules of a run into statements. A statement has the rules of one log source, in one table: what all of them require
/// stands once, so that the engine reads the events of the log source once.
/// </summary>
/// <param name="dialect">The target's language.</param>
/// <param name="format">The format.</param>
internal sealed class QueryDocument(Dialect dialect, DocumentFormat format)
{
    /// <summary>What a rule takes in a statement besides its condition: its id, title and level, and what stands around them.</summary>
    private const int Around = 200;

    /// <summary>Makes the statements, in the order in which their log sources first come up.</summary>
    /// <param name="queries">The rules.</param>
    public ScriptArray Statements(IReadOnlyList<DocumentQuery> queries) =>
        new(queries.GroupBy(SourceOf, StringComparer.Ordinal).SelectMany(group => StatementsOf([.. group])));

    /// <summary>The log source, and what the pipelines say of it, such as its table.</summary>
    private static string SourceOf(DocumentQuery query)
    {
        LogSource source = query.Rule.LogSource;
        return string.Join('\0', new[] { source.Product, source.Category, source.Service }
            .Concat(query.State.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => new[] { entry.Key, entry.Value })));
    }

    private IEnumerable<ScriptObject> StatementsOf(IReadOnlyList<DocumentQuery> queries)
    {
        string[] common = [.. queries[0].Alternatives[0].Where(condition => queries.All(query => query.Alternatives.All(list => list.Contains(condition))))];
        var rules = new List<(DocumentQuery Query, string Text)>();
        long length = 0;
        foreach (DocumentQuery query in queries)
        {
            string text = Remainder(query, common);
            int size = Encoding.UTF8.GetByteCount(text) + Encoding.UTF8.GetByteCount(query.Rule.Metadata.Title) + Around;
            if (rules.Count > 0 && (rules.Count == format.Queries || length + size > format.Length))
            {
                yield return Statement(rules, common);
                rules.Clear();
                length = 0;
            }

            rules.Add((query, text));
            length += size;
        }

        yield return Statement(rules, common);
    }

    /// <summary>What a rule requires besides what all do.</summary>
    private string Remainder(DocumentQuery query, string[] common)
    {
        IEnumerable<string> alternatives = query.Alternatives.Select(list => Joined(list.Where(condition => !common.Contains(condition)), dialect.And)).Distinct();
        return Joined(alternatives, dialect.Or);
    }

    private string Joined(IEnumerable<string> conditions, string link)
    {
        string[] all = [.. conditions];
        return all.Length switch
        {
            0 => dialect.Everything,
            1 => all[0],
            _ => dialect.Group.With(string.Join(link, all)),
        };
    }

    private ScriptObject Statement(List<(DocumentQuery Query, string Text)> rules, string[] common)
    {
        LogSource source = rules[0].Query.Rule.LogSource;
        var state = new OpenObject();
        foreach ((string key, string value) in rules[0].Query.State)
        {
            state[key] = value;
        }

        return new ScriptObject
        {
            ["product"] = source.Product,
            ["category"] = source.Category,
            ["service"] = source.Service,
            ["state"] = state,
            ["condition"] = common.Length == 0 ? null : Joined(common, dialect.And),
            ["fields"] = new ScriptArray(rules.SelectMany(rule => rule.Query.Fields).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            ["queries"] = new ScriptArray(rules.Select(rule => new ScriptObject
            {
                ["text"] = rule.Text,
                ["rule"] = MetadataObject.Of(rule.Query.Rule.Metadata),
                ["alert"] = AlertObject.Of(rule.Query.Rule.Metadata, 1, rule.Query.Settings),
            })),
        };
    }
}
