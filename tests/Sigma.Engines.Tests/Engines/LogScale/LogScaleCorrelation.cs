using Sigma.Engines.Tests.Engines.Loki;

namespace Sigma.Engines.Tests.Engines.LogScale;

/// <summary>
/// <c>correlate()</c>: events, one of each query, that have fields alike, in the order of the queries if that counts, and all within a span. Of each event
/// of the first query there is one match (maxPerRoot).
/// </summary>
internal sealed class LogScaleCorrelation(LogScaleTokens tokens, Re2Values values)
{
    private sealed record Node(string Name, List<LogScaleTest> Tests, List<(string Field, string Other, string OtherField)> Links);

    private readonly List<Node> nodes = [];
    private readonly List<string> shared = [];
    private bool inOrder;
    private double? within;

    public LogScaleStage Parse()
    {
        tokens.Next();
        tokens.Need("(");
        do
        {
            Part();
        }
        while (tokens.Take(","));
        tokens.Need(")");
        if (shared.Count == 0 && nodes.Skip(1).Any(node => node.Links.Count == 0))
        {
            throw tokens.Error("a query without a link");
        }

        return rows => [.. Matching(rows, nodes[0]).Where(root => Completes(rows, [root])).Select(root => root.With(Keys(root)))];
    }

    private void Part()
    {
        var name = tokens.Need(LogScaleKind.Name);
        switch (name)
        {
            case "globalConstraints":
                tokens.Need("=");
                shared.AddRange(new LogScalePipeline(tokens, values).Names());
                break;
            case "sequence":
                tokens.Need("=");
                inOrder = tokens.Need(LogScaleKind.Name) == "true";
                break;
            case "within":
                tokens.Need("=");
                within = new LogScalePipeline(tokens, values).Seconds(tokens.Need(LogScaleKind.Number));
                break;
            default:
                tokens.Need(":", "{");
                nodes.Add(Query(name));
                tokens.Need("}");
                break;
        }
    }

    private Node Query(string name)
    {
        var node = new Node(name, [], []);
        do
        {
            if (tokens.Ahead is { Kind: LogScaleKind.Sign, Text: "<=>" })
            {
                var field = tokens.Field();
                tokens.Need("<=>");
                var other = tokens.Need(LogScaleKind.Name).Split('.', 2);
                node.Links.Add((field, other[0], other[1]));
            }
            else
            {
                node.Tests.Add(new LogScaleFilter(tokens, values).Parse());
            }
        }
        while (tokens.Take("|"));
        return node;
    }

    private static IEnumerable<LogScaleRow> Matching(IReadOnlyList<LogScaleRow> rows, Node node) => rows.Where(row => node.Tests.TrueForAll(test => test(row)));

    private bool Completes(IReadOnlyList<LogScaleRow> rows, IReadOnlyList<LogScaleRow> chosen)
    {
        if (within is { } span && chosen.Max(row => row.Time) - chosen.Min(row => row.Time) > span)
        {
            return false;
        }

        return chosen.Count == nodes.Count
            || Matching(rows, nodes[chosen.Count]).Any(row => (!inOrder || row.Time > chosen[^1].Time) && IsLinked(row, chosen) && Completes(rows, [.. chosen, row]));
    }

    private bool IsLinked(LogScaleRow row, IReadOnlyList<LogScaleRow> chosen) =>
        shared.TrueForAll(field => row[field] is { } value && value == chosen[0][field])
        && nodes[chosen.Count].Links.TrueForAll(link => row[link.Field] is { } value && value == chosen[nodes.FindIndex(node => node.Name == link.Other)][link.OtherField]);

    private IEnumerable<(string, string)> Keys(LogScaleRow root) =>
        shared.Concat(nodes.SelectMany(node => node.Links.Select(link => link.OtherField))).Distinct(StringComparer.Ordinal).Select(field => ($"{nodes[0].Name}.{field}", root[field]!));
}
