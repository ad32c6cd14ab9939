namespace Sigma.Checks.Meanings;

/// <summary>The field has a name without a path.</summary>
internal sealed class NameWithPath : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1722", "name_with_path", CheckGroup.Correctness, Severity.Warning, "the field has a name without a path")
        {
            Hint = "write the name only",
            Why = "OriginalFileName is the name that is stored in a program. It has no folders.",
            Wrong = """
            detection:
                selection:
                    OriginalFileName: 'C:\Windows\whoami.exe'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    OriginalFileName: 'whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field == "OriginalFileName" && !item.Has("re")))
        {
            foreach (YamlScalar value in item.Values.Where(value => value.Value.Contains(":\\") || value.Value.StartsWith('\\')))
            {
                report.Add(this, value.Span);
            }
        }
    }
}
