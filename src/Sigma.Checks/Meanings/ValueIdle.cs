namespace Sigma.Checks.Meanings;

/// <summary>Another value that must match as well says this already.</summary>
internal sealed class ValueIdle : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1705", "value_idle", CheckGroup.Meaning, Severity.Info, "another value that must match as well says this already")
        {
            Why = "With 'all', what contains 'mimikatz' contains 'mimi' too, so the shorter text changes nothing.",
            Fix = FixKind.Unsafe,
            Wrong = """
            detection:
                selection:
                    CommandLine|contains|all:
                        - 'whoami /all'
                        - 'whoami'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains: 'whoami /all'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach ((Value narrow, Value wide) in Covering.Pairs(rule, all: true))
        {
            report.Add(
                this, wide.Span, $"{Covering.Shown(narrow)} in line {narrow.Span.Position.Line} says this already",
                fix: Edits.RemoveItem(wide.Span) is { } edit ? Edits.Unsafe("drop it", edit) : null);
        }
    }
}
