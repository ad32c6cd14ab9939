namespace Sigma.Checks.Meanings;

/// <summary>The value also fits programs whose names only end like it.</summary>
internal sealed class NameWithoutSeparator : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1723", "name_without_separator", CheckGroup.Correctness, Severity.Info, "the value also fits programs whose names only end like it")
        {
            Hint = "put a backslash in front",
            Why = "'sc.exe' at the end of a path is also the end of 'abcsc.exe'. With the backslash in front only the name itself fits. A value that begins with a dot is an ending of names, such as '.pdf.exe', and not meant.",
            Wrong = """
            detection:
                selection:
                    Image|endswith: 'whoami.exe'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.LogSource("product") != "windows")
        {
            return;
        }

        foreach (ItemText item in rule.Items.Where(item => item.Has("endswith") && item.Field is "Image" or "ParentImage" or "SourceImage" or "TargetImage"))
        {
            foreach (YamlScalar value in item.Values.Where(value => value.Value.Length > 4 && value.Value[0] != '.' && value.Value.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) && value.Value.All(c => char.IsAsciiLetterOrDigit(c) || c == '.')))
            {
                report.Add(this, value.Span, $"'{value.Value}' also fits programs whose names only end like it");
            }
        }
    }
}
