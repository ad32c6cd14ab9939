namespace Sigma.Checks.Meanings;

/// <summary>Another line of the same detection says this already.</summary>
internal sealed class ItemIdle : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1713", "item_idle", CheckGroup.Meaning, Severity.Info, "another line of the same detection says this already")
        {
            Why = "All lines of a map must match. One that follows from another changes nothing.",
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                    Image|contains: 'whoami'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                    ParentImage|contains: 'whoami'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (AllOfDetection map in (rule.Detecting?.Detections ?? []).SelectMany(detection => Covering.Maps(detection.Body)).Where(map => map.Items.Length is > 1 and <= 20))
        {
            DetectionItem[] items = [.. map.Items.OfType<DetectionItem>().Where(item => item is { Field: not null, Negated: false, All: false })];
            foreach (DetectionItem idle in items)
            {
                DetectionItem? other = Array.Find(items, one => !ReferenceEquals(one, idle) && one.Field == idle.Field && Covering.Implies(one, idle) && !(Covering.Implies(idle, one) && one.Span.Start > idle.Span.Start));
                if (other is not null)
                {
                    report.Add(this, idle.Span, $"line {other.Span.Position.Line} says this already");
                }
            }
        }
    }
}
