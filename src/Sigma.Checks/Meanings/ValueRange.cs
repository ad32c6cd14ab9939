namespace Sigma.Checks.Meanings;

/// <summary>The field cannot have this value.</summary>
internal sealed class ValueRange : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1720", "value_type", CheckGroup.Correctness, Severity.Warning, "the field cannot have this value")
        {
            Why = """
            Some fields are numbers in every log: the number of an event, a port, a process. A text or a number outside their
            range matches nothing.
            """,
            Wrong = """
            logsource:
                product: windows
                category: network_connection
            detection:
                selection:
                    DestinationPort: 70000
                condition: selection
            """,
            Right = """
            logsource:
                product: windows
                category: network_connection
            detection:
                selection:
                    DestinationPort: 7000
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Modifiers.Count == 0 && Most(item.Field) is not null))
        {
            foreach (YamlScalar value in item.Values.Where(value => ScalarType.Of(value) is ScalarType.Number or ScalarType.String && !value.Value.AsSpan().ContainsAny('*', '?')))
            {
                if (!long.TryParse(value.Value, out long number) ? !value.Value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) : number < 0 || number > Most(item.Field))
                {
                    report.Add(this, value.Span, $"'{item.Field}' cannot be '{value.Value}'");
                }
            }
        }
    }

    private static long? Most(string field) => field switch
    {
        "EventID" => 65535,
        "DestinationPort" or "SourcePort" => 65535,
        "ProcessId" or "ParentProcessId" => uint.MaxValue,
        _ => null,
    };
}
