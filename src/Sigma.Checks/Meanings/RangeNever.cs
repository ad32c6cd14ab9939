using Sigma.Checks.Linking;

namespace Sigma.Checks.Meanings;

/// <summary>No number is in the range.</summary>
internal sealed class RangeNever : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1714", "range_never", CheckGroup.Meaning, Severity.Error, "no number is in the range")
    {
        Why = """
            A number that is above the lower bound is not below the upper one, so the detection never matches. Often the two were
            exchanged.
            """,
        Wrong = """
            logsource:
                product: windows
                category: network_connection
            detection:
                selection:
                    DestinationPort|gt: 1000
                    DestinationPort|lt: 500
                condition: selection
            """,
        Right = """
            logsource:
                product: windows
                category: network_connection
            detection:
                selection:
                    DestinationPort|gt: 500
                    DestinationPort|lt: 1000
                condition: selection
            """,
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (AllOfDetection map in (rule.Detecting?.Detections ?? []).SelectMany(detection => Covering.Maps(detection.Body)))
        {
            foreach (IGrouping<string, DetectionItem> field in map.Items.OfType<DetectionItem>().Where(item => item is { Field: not null, Negated: false, Values: [CompareValue] }).GroupBy(item => item.Field!))
            {
                CompareValue[] bounds = [.. field.Select(item => (CompareValue)item.Values[0])];
                if (bounds.Length > 1 && Bounds.AreContradictory(bounds.Select(bound => (bound.Comparison, bound.Number))))
                {
                    report.Add(this, bounds[^1].Span, $"no number is in the range of '{field.Key}'", "unless the field has several values");
                }
            }
        }
    }
}
