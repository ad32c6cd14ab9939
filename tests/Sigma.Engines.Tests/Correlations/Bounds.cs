using System.Globalization;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>The bounds of a correlation's condition, as it is written: <c>gt: 1, lte: 3</c>.</summary>
internal sealed class Bounds
{
    private readonly Dictionary<string, double> bounds;

    public Bounds(string condition) => bounds = condition.Split(", ").Select(part => part.Split(": "))
        .Where(part => part[0] != "field").ToDictionary(part => part[0], part => double.Parse(part[1], CultureInfo.InvariantCulture));

    /// <summary>Which percentile is meant; 0 where none is.</summary>
    public double Percentile => bounds.GetValueOrDefault("percentile");

    /// <summary>Whether a figure is within; none at all is not.</summary>
    public bool Hold(double? figure) => figure is { } value && bounds.All(bound => bound.Key switch
    {
        "gt" => value > bound.Value,
        "gte" => value >= bound.Value,
        "lt" => value < bound.Value,
        "lte" => value <= bound.Value,
        "eq" => value == bound.Value,
        "neq" => value != bound.Value,
        _ => true,
    });
}
