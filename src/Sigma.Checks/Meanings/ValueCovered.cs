namespace Sigma.Checks.Meanings;

/// <summary>Another value of the list takes in everything that this one does.</summary>
internal sealed class ValueCovered : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1704", "value_covered", CheckGroup.Meaning, Severity.Info, "another value of the list takes in everything that this one does")
        {
            Why = """
            Whatever contains 'mimikatz' contains 'mimi', so the longer text adds nothing to a list with the shorter one. Either
            it can go, or the shorter one is too broad.
            """,
            Fix = FixKind.Unsafe,
            Wrong = """
            detection:
                selection:
                    CommandLine|contains:
                        - 'whoami /all'
                        - 'whoami'
                        - 'hostname'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains:
                        - 'whoami'
                        - 'hostname'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach ((Value narrow, Value wide) in Covering.Pairs(rule, all: false))
        {
            report.Add(
                this, narrow.Span, $"{Covering.Shown(wide)} in line {wide.Span.Position.Line} takes in everything that this value does",
                fix: Edits.RemoveItem(narrow.Span) is { } edit ? Edits.Unsafe("drop it", edit) : null);
        }
    }
}
