using System.Text.Json.Nodes;

namespace Sigma.Engines.Tests.Engines.Kusto;

/// <summary>The aggregation functions; all of them pass over null.</summary>
internal static class KustoAggregates
{
    public static Func<IReadOnlyList<KustoScope>, object?> Parse(KustoReader reader)
    {
        var name = reader.Word();
        reader.Need("(");
        if (name == "count")
        {
            reader.Need(")");
            return rows => (long)rows.Count;
        }

        var value = KustoExpression.Parse(reader);
        KustoValue? condition = null;
        double percentile = 0;
        if (name == "count_distinctif")
        {
            reader.Need(",");
            condition = KustoExpression.Parse(reader);
        }

        if (name == "percentile")
        {
            reader.Need(",");
            percentile = Convert.ToDouble(reader.Step().Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        reader.Need(")");
        return name switch
        {
            "countif" => rows => (long)rows.Count(row => KustoLogic.Truth(value(row)) is true),
            "count_distinct" => rows => (long)Values(rows, value).Distinct().Count(),
            "count_distinctif" => rows => (long)Values([.. rows.Where(row => KustoLogic.Truth(condition!(row)) is true)], value).Distinct().Count(),
            "make_set" => rows => new JsonArray([.. Values(rows, value).Distinct().Select(one => (JsonNode?)JsonValue.Create((string)one))]),
            "sum" => rows => Numbers(rows, value).Sum(),
            "avg" => rows => Numbers(rows, value) is { Count: > 0 } numbers ? numbers.Average() : null,
            "min" => rows => Values(rows, value).Min(),
            "max" => rows => Values(rows, value).Max(),
            "take_any" => rows => rows.Select(row => value(row)).FirstOrDefault(),
            "percentile" => rows => Numbers(rows, value) is { Count: > 0 } numbers ? numbers.Order().First(one => numbers.Count(other => other <= one) * 100m >= (decimal)percentile * numbers.Count) : null,
            _ => throw reader.Error($"no aggregation {name}()"),
        };
    }

    private static IEnumerable<object> Values(IReadOnlyList<KustoScope> rows, KustoValue value) => rows.Select(row => value(row)).OfType<object>();

    private static List<double> Numbers(IReadOnlyList<KustoScope> rows, KustoValue value) => [.. Values(rows, value).Select(one => KustoFunctions.AsDouble(one)!.Value)];
}
