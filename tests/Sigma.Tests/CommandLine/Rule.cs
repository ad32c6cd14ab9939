namespace Sigma.Tests.CommandLine;

/// <summary>Small rules whose queries can be told apart.</summary>
internal static class Rule
{
    /// <summary>A rule that has a mistake in line 4, column 11: the modifier.</summary>
    public const string Broken = """
        title: Broken
        logsource: {product: linux}
        detection:
            s: {f|endwith: x}
            condition: s

        """;

    /// <summary>A rule whose Splunk query is <c>f="value"</c>.</summary>
    /// <param name="value">What the field is compared with.</param>
    /// <param name="more">Further attributes, a line each.</param>
    public static string For(string value, string more = "") => $$"""
        title: The rule {{value}}
        logsource: {product: linux}
        {{more}}
        detection:
            s: {f: {{value}}}
            condition: s

        """;
}
