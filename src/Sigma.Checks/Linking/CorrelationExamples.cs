namespace Sigma.Checks.Linking;

/// <summary>What the examples of checks of correlations share.</summary>
internal static class CorrelationExamples
{
    /// <summary>The rule that the correlations name, and the end of its document.</summary>
    public const string Rule = """
        title: Whoami
        name: whoami
        logsource:
            product: windows
        detection:
            selection:
                Image|endswith: '\whoami.exe'
            condition: selection
        ---

        """;

    /// <summary>The rule, and a correlation of which no check finds anything.</summary>
    public const string Often = Rule + """
        title: Whoami often
        correlation:
            type: event_count
            rules:
                - whoami
            group-by:
                - User
            timespan: 5m
            condition:
                gte: 10
        """;
}
