using System.Globalization;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Loki;

/// <summary>One series of a vector.</summary>
internal sealed record LokiSeries(IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Key => string.Join(',', Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}

/// <summary>
/// A metric query at one time (docs/sources/query/metric_queries): range aggregations of lines and of unwrapped labels, vector
/// aggregations, comparisons with a number, which keep the series for which they hold, and <c>and on</c>.
/// </summary>
internal sealed class LokiMetric
{
    private static readonly string[] Aggregations = ["sum", "count"];
    private static readonly string[] Comparisons = ["==", "!=", ">=", "<=", ">", "<"];

    private readonly LokiScanner scanner;
    private readonly LokiLine[] lines;
    private readonly Re2Values values;
    private readonly DateTime time;

    private LokiMetric(string query, LokiLine[] lines, Re2Values values, DateTime time) =>
        (scanner, this.lines, this.values, this.time) = (new LokiScanner(query), lines, values, time);

    public static IReadOnlyList<LokiSeries> Evaluate(string query, LokiLine[] lines, Re2Values values, DateTime time)
    {
        var metric = new LokiMetric(query, lines, values, time);
        var vector = metric.And();
        return metric.scanner.Current.Kind is LokiKind.End ? vector : throw metric.scanner.Error("the query ends here");
    }

    private IReadOnlyList<LokiSeries> And()
    {
        var left = Compared();
        while (scanner.TakeWord("and"))
        {
            if (!scanner.TakeWord("on"))
            {
                throw scanner.Error("'on' is missing");
            }

            var on = Names();
            var right = Compared().Select(series => Kept(series, on).Key).ToHashSet();
            left = [.. left.Where(series => right.Contains(Kept(series, on).Key))];
        }

        return left;
    }

    private IReadOnlyList<LokiSeries> Compared()
    {
        var vector = Primary();
        while (Array.Find(Comparisons, scanner.Take) is { } sign)
        {
            var number = double.Parse(scanner.Need(LokiKind.Number), CultureInfo.InvariantCulture);
            vector = [.. vector.Where(series => sign switch
            {
                "==" => series.Value == number,
                "!=" => series.Value != number,
                ">=" => series.Value >= number,
                "<=" => series.Value <= number,
                ">" => series.Value > number,
                _ => series.Value < number,
            })];
        }

        while (scanner.Sees("*") || scanner.Sees("+"))
        {
            var times = scanner.Take("*");
            scanner.Take("+");
            var number = double.Parse(scanner.Need(LokiKind.Number), CultureInfo.InvariantCulture);
            vector = [.. vector.Select(series => series with { Value = times ? series.Value * number : series.Value + number })];
        }

        return vector;
    }

    private IReadOnlyList<LokiSeries> Primary()
    {
        if (scanner.Take("("))
        {
            var inner = And();
            scanner.Need(")");
            return inner;
        }

        var function = scanner.Need(LokiKind.Name);
        if (!Aggregations.Contains(function))
        {
            return Range(function);
        }

        // "by … is only used to group": without it, all are one series without labels.
        var by = By() ?? [];
        scanner.Need("(");
        var vector = And();
        scanner.Need(")");
        return [.. vector.GroupBy(series => Kept(series, by).Key).Select(group => Kept(group.First(), by) with { Value = function == "sum" ? group.Sum(series => series.Value) : group.Count() })];
    }

    private IReadOnlyList<LokiSeries> Range(string function)
    {
        scanner.Need("(");
        var quantile = 0.0;
        if (function == "quantile_over_time")
        {
            quantile = double.Parse(scanner.Need(LokiKind.Number), CultureInfo.InvariantCulture);
            scanner.Need(",");
        }

        var pipeline = new LokiPipeline(scanner, values).Parse();
        string? unwrap = null;
        if (scanner.Take("|"))
        {
            scanner.TakeWord("unwrap");
            unwrap = scanner.Need(LokiKind.Name);
        }

        var span = Span(scanner.Need(LokiKind.Range));
        scanner.Need(")");
        if (unwrap is null != function is "count_over_time")
        {
            throw scanner.Error($"{function} of {(unwrap is null ? "lines" : "values")}");
        }

        // "Except for sum_over_time … unwrapped range aggregations support grouping."
        var by = unwrap is not null && function != "sum_over_time" ? By() : null;
        var samples = new List<(LokiSeries Series, double Value)>();
        foreach (var line in lines.Where(line => line.Event.Time <= time && line.Event.Time > time - span && pipeline(line.Fresh())))
        {
            if (line.HasError)
            {
                throw new SearchError("a line with an error in a metric query");
            }

            var value = unwrap is null ? 1 : double.Parse(line[unwrap], NumberStyles.Float, CultureInfo.InvariantCulture);
            var all = new LokiSeries(line.Labels.Where(label => label.Key != unwrap && label.Value.Length > 0).ToDictionary(StringComparer.Ordinal), 0);
            samples.Add((by is null ? all : Kept(all, by), value));
        }

        return [.. samples.GroupBy(sample => sample.Series.Key).Select(group => group.First().Series with { Value = Figure(function, quantile, [.. group.Select(sample => sample.Value).Order()]) })];
    }

    private static double Figure(string function, double quantile, double[] values) => function switch
    {
        "count_over_time" => values.Length,
        "sum_over_time" => values.Sum(),
        "avg_over_time" => values.Average(),
        "min_over_time" => values[0],
        "max_over_time" => values[^1],
        "quantile_over_time" => Between(values, quantile * (values.Length - 1)),
        _ => throw new SearchError($"no function {function}"),
    };

    /// <summary>As in Prometheus: between the two values on both sides of a rank.</summary>
    private static double Between(double[] values, double rank)
    {
        var (low, high) = ((int)Math.Floor(rank), (int)Math.Ceiling(rank));
        return values[low] + ((values[high] - values[low]) * (rank - low));
    }

    private string[]? By() => scanner.TakeWord("by") ? Names() : null;

    private string[] Names()
    {
        scanner.Need("(");
        var names = new List<string>();
        while (!scanner.Take(")"))
        {
            names.Add(scanner.Need(LokiKind.Name));
            scanner.Take(",");
        }

        return [.. names];
    }

    private static LokiSeries Kept(LokiSeries series, string[] by) =>
        series with { Labels = series.Labels.Where(label => by.Contains(label.Key)).ToDictionary(StringComparer.Ordinal) };

    private static TimeSpan Span(string text) => text[^1] switch
    {
        's' => TimeSpan.FromSeconds(int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture)),
        'm' => TimeSpan.FromMinutes(int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture)),
        'h' => TimeSpan.FromHours(int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture)),
        'd' => TimeSpan.FromDays(int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture)),
        _ => throw new SearchError($"no span {text}"),
    };
}
