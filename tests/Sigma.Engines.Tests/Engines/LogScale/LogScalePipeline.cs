using System.Globalization;
using Sigma.Engines.Tests.Engines.Loki;

namespace Sigma.Engines.Tests.Engines.LogScale;

/// <summary>Rows in, rows out.</summary>
internal delegate IReadOnlyList<LogScaleRow> LogScaleStage(IReadOnlyList<LogScaleRow> rows);

/// <summary>Fields that a function makes of some rows.</summary>
internal delegate IReadOnlyList<(string Name, string Value)> LogScaleAggregate(IReadOnlyList<LogScaleRow> rows);

/// <summary>The stages of a query (Query Functions, 1.202 to 1.264; Sequence Query Functions).</summary>
internal sealed class LogScalePipeline(LogScaleTokens tokens, Re2Values values)
{
    private bool ordered;

    public LogScaleStage Parse()
    {
        List<LogScaleStage> stages = [Stage()];
        while (tokens.Take("|"))
        {
            stages.Add(Stage());
        }

        return rows => stages.Aggregate(rows, (left, stage) => stage(left));
    }

    private LogScaleStage Stage()
    {
        switch (tokens.SeesCall ? tokens.Current.Text : "")
        {
            case "sort":
                tokens.Next();
                tokens.Need("(", "@timestamp", ",", "type", "=", "number", ",", "order", "=", "asc", ",", "limit", "=", "max", ")");
                ordered = true;
                return rows => [.. rows.OrderBy(row => row.Time)];
            case "groupBy":
                return Groups();
            case "slidingTimeWindow":
                return Window();
            case "stats":
                tokens.Next();
                tokens.Need("(");
                var figures = Aggregate();
                tokens.Need(")");
                return rows => [new LogScaleRow(Fields(figures(rows)), null)];
            case "count":
                var count = Aggregate();
                return rows => [new LogScaleRow(Fields(count(rows)), null)];
            case "correlate":
                return new LogScaleCorrelation(tokens, values).Parse();
            default:
                var test = new LogScaleFilter(tokens, values).Parse();
                return rows => [.. rows.Where(row => test(row))];
        }
    }

    private LogScaleStage Groups()
    {
        tokens.Next();
        tokens.Need("(");
        var fields = Names();
        tokens.Need(",", "function", "=");
        LogScaleStage inner;
        if (tokens.SeesCall && tokens.Current.Text == "slidingTimeWindow")
        {
            inner = Window();
        }
        else
        {
            var figures = Aggregate();
            inner = rows => [new LogScaleRow(Fields(figures(rows).Concat(fields.Select(field => (field, rows[0][field]!)))), null)];
        }

        tokens.Need(",", "limit", "=", "max", ")");
        return rows => [.. rows.Where(row => fields.All(field => row[field] is not null))
            .GroupBy(row => string.Join('\0', fields.Select(field => row[field]))).SelectMany(group => inner([.. group]))];
    }

    /// <summary>"Sequence functions must come after an aggregator function": of each event, the events before it that are within the span, and itself.</summary>
    private LogScaleStage Window()
    {
        tokens.Next();
        tokens.Need("(");
        var figures = Aggregate();
        tokens.Need(",", "span", "=");
        var span = Seconds(tokens.Need(LogScaleKind.Number));
        tokens.Need(")");
        return !ordered ? throw tokens.Error("nothing orders the events")
            : rows => [.. rows.Select((row, i) => row.With(figures([.. rows.Take(i + 1).Where(other => other.Time >= row.Time - span)])))];
    }

    private LogScaleAggregate Aggregate()
    {
        if (tokens.Take("["))
        {
            List<LogScaleAggregate> several = [Aggregate()];
            while (tokens.Take(","))
            {
                several.Add(Aggregate());
            }

            tokens.Need("]");
            return rows => [.. several.SelectMany(one => one(rows))];
        }

        if (tokens.Take("{"))
        {
            var test = new LogScaleFilter(tokens, values).Parse();
            tokens.Need("|");
            var figure = Aggregate();
            tokens.Need("}");
            return rows => figure([.. rows.Where(row => test(row))]);
        }

        return Figure();
    }

    private LogScaleAggregate Figure()
    {
        var function = tokens.Need(LogScaleKind.Name);
        tokens.Need("(");
        var field = tokens.SeesWord("as") ? null : tokens.Field();
        double? percentile = null;
        var distinct = false;
        while (field is not null && tokens.Take(","))
        {
            if (tokens.TakeWord("percentiles"))
            {
                tokens.Need("=", "[");
                percentile = LogScaleRow.Number(tokens.Need(LogScaleKind.Number));
                tokens.Need("]");
            }
            else if (tokens.TakeWord("distinct"))
            {
                tokens.Need("=", "true");
                distinct = true;
            }
            else
            {
                break;
            }
        }

        tokens.Need("as", "=");
        var name = tokens.Need(LogScaleKind.Name) + (percentile is { } rank ? "_" + rank.ToString(CultureInfo.InvariantCulture) : "");
        tokens.Need(")");
        return rows =>
        {
            double? figure = Figured(function, field, distinct, percentile, rows);
            return figure is { } known ? [(name, known.ToString("R", CultureInfo.InvariantCulture))] : [];
        };
    }

    private double? Figured(string function, string? field, bool distinct, double? percentile, IReadOnlyList<LogScaleRow> rows)
    {
        if (function == "count")
        {
            var there = field is null ? [] : rows.Select(row => row[field]).OfType<string>().ToList();
            return field is null ? rows.Count : distinct ? there.Distinct(StringComparer.Ordinal).Count() : there.Count;
        }

        List<double> numbers = [.. rows.Select(row => LogScaleRow.Number(row[field!]) ?? throw tokens.Error("a value that is no number")).Order()];
        return numbers.Count == 0 ? null : function switch
        {
            "sum" => numbers.Sum(),
            "avg" => numbers.Average(),
            "min" => numbers[0],
            "max" => numbers[^1],
            "percentile" => numbers.First(number => numbers.Count(other => other <= number) * 100m >= (decimal)percentile! * numbers.Count),
            _ => throw tokens.Error($"'{function}' is no figure"),
        };
    }

    public List<string> Names()
    {
        tokens.Need("[");
        List<string> names = [tokens.Field()];
        while (tokens.Take(","))
        {
            names.Add(tokens.Field());
        }

        tokens.Need("]");
        return names;
    }

    public double Seconds(string span) => span.EndsWith('s') ? LogScaleRow.Number(span[..^1])!.Value : throw tokens.Error("a span in other units");

    private static Dictionary<string, string> Fields(IEnumerable<(string Name, string Value)> fields) => fields.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
}
