namespace Sigma.Checks.Meanings;

/// <summary>The field never ends in a backslash.</summary>
internal sealed class PathEnd : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1721", "path_end", CheckGroup.Correctness, Severity.Warning, "the field never ends in a backslash")
        {
            Hint = "use 'contains' for a folder",
            Why = "The path of a program or file ends in its name. A folder stands in the middle of it.",
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\tools\'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Image|contains: '\tools\'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Has("endswith") && item.Field is "Image" or "ParentImage" or "ImageLoaded" or "SourceImage" or "TargetImage"))
        {
            foreach (YamlScalar value in item.Values.Where(value => value.Value.EndsWith('\\')))
            {
                report.Add(this, value.Span, $"'{item.Field}' never ends in a backslash");
            }
        }
    }
}
