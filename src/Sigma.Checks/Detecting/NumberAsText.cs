namespace Sigma.Checks.Detecting;

/// <summary>The number is written as a text.</summary>
internal sealed class NumberAsText : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1309", "number_as_text", CheckGroup.Style, Severity.Info, "the number is written as a text")
        {
            Why = """
            Without quotes the value is a number, which some targets compare faster. Not every text of digits is a number: 007 is
            not 7, so this is only a hint. A part of a text, as with contains, is no number.
            """,
            Aliases = ["pysigma:number_as_string"],
            IsDefault = false,
            Wrong = """
            logsource:
                product: windows
                service: security
            detection:
                selection:
                    EventID: '4624'
                condition: selection
            """,
            Right = """
            logsource:
                product: windows
                service: security
            detection:
                selection:
                    EventID: 4624
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && item.Modifiers.All(KeepsNumber)))
        {
            foreach (YamlScalar value in item.Values.Where(value => value.Style is not ScalarStyle.Plain && IsNumber(value.Value)))
            {
                report.Add(this, value.Span);
            }
        }
    }

    /// <summary>Whether a value with this modifier is still the whole of what the field has.</summary>
    private static bool KeepsNumber(string modifier) => modifier is "all" or "cased" or "expand" or "neq";

    private static bool IsNumber(string text)
    {
        string digits = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        return digits.Length > 0 && digits.Replace("_", "", StringComparison.Ordinal).All(char.IsAsciiDigit) && digits[0] != '_' && digits[^1] != '_';
    }
}
