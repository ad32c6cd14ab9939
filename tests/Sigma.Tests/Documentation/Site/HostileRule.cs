namespace Sigma.Tests.Documentation.Site;

/// <summary>Rules whose every value tries to be more than a value.</summary>
internal static class HostileRule
{
    /// <summary>What must never become an element, an attribute, or a script that runs.</summary>
    public const string Attack = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script></pre></title>{{ 7*7 }}&lt;${alert(3)}";

    /// <summary>The rule's title as it must be read on the page.</summary>
    public static string Title => "Title " + Attack;

    /// <summary>Files with hostile names and values, two of them with one name, and one that is not a rule.</summary>
    public static IReadOnlyList<(string Path, string Text)> Files { get; } =
    [
        ("a/<img src=x onerror=alert(4)>.yml", Text("one")),
        ("a/Same name.yml", Text("two")),
        ("b/same name.yml", Text("three")),
        ("b/..\\..\\evil\".yml", Text("four")),
        ("b/con.yml", Text("five")),
        ("b/broken.yml", "title: '" + Attack.Replace("'", "''") + "'\nlogsource: {product: \"</script><b>\"}\ndetection: [1, '<b>']\n"),
    ];

    private static string Text(string id)
    {
        string quoted = "'" + Attack.Replace("'", "''") + "'";
        return $"""
            # {Attack}
            title: {"'Title " + Attack.Replace("'", "''") + "'"}
            id: {quoted}
            name: {id}
            status: test
            level: high
            description: |
                {Attack}
                {new string('x', 400)}
            author: {quoted}
            license: {quoted}
            date: 2024-01-01
            tags: [attack.t1059, attack.execution, {quoted}, 'x" onmouseover="alert(5)']
            references:
                - javascript:alert(6)
                - ' javascript:alert(6)'
                - data:text/html,<script>alert(7)</script>
                - 'https://example.org/"onclick="alert(8)'
                - https://example.org/{new string('y', 300)}
                - {quoted}
            falsepositives: [{quoted}]
            fields: [{quoted}]
            related:
                - id: {quoted}
                  type: similar
            logsource:
                product: {quoted}
                category: {quoted}
                service: {quoted}
                definition: {quoted}
            detection:
                '<svg onload=alert(9)>':
                    {quoted}: {quoted}
                    Field|contains:
                        - '</text><script>alert(10)</script>'
                        - '{new string('z', 500)}'
                words:
                    - {quoted}
                condition: 1 of *
            """;
    }
}
