namespace Sigma.Checks.Conditions;

/// <summary>An operator of the condition is written in capital letters.</summary>
internal sealed partial class OperatorCase : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1407", "operator_case", CheckGroup.Style, Severity.Info, "an operator of the condition is written in capital letters")
        {
            Hint = "write and, or, not, of in small letters",
            Why = "The public rules write operators in small letters, and some tools read nothing else.",
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    User: root
                condition: selection AND NOT filter
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    User: root
                condition: selection and not filter
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar condition in rule.Conditions.Where(condition => condition.Style is not ScalarStyle.Block && !condition.Span.Characters.Contains('\n')))
        {
            string better = Operator().Replace(condition.Value, match => rule.Detections?.Find(match.Value) is null ? match.Value.ToLowerInvariant() : match.Value);
            if (better != condition.Value)
            {
                report.Add(this, condition.Span, fix: Edits.Safe("write small letters", Edits.Value(condition, better)));
            }
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<![\w*-])(AND|OR|NOT|And|Or|Not|OF|Of|THEM|ALL|ANY)(?![\w*-])")]
    private static partial System.Text.RegularExpressions.Regex Operator();
}
