namespace Sigma.Checks.Detecting;

/// <summary>The value has an escaped wildcard.</summary>
internal sealed class WildcardEscaped : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1312", "escaped_wildcard", CheckGroup.Style, Severity.Info, "the value has an escaped wildcard")
        {
            Why = """
            A backslash before an asterisk or a question mark makes it an ordinary character. Where a path was meant, as in \*,
            the backslash is lost and nothing is found.
            """,
            Aliases = ["pysigma:escaped_wildcard"],
            IsDefault = false,
            Wrong = """
            detection:
                selection:
                    CommandLine: 'C:\*\whoami.exe'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine: 'C:\\*\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => !item.Has("re")))
        {
            foreach (YamlScalar value in item.Values.Where(value => value.Value.Contains('\\') && SigmaString.Parse(value.Value).Parts.Any(part => part.Kind is PartKind.Literal && part.Text.AsSpan().ContainsAny('*', '?'))))
            {
                report.Add(this, value.Span);
            }
        }
    }
}
