using System.Text.Json;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>Texts that a careless program would let out of their quotes, and rules with one of them in every place there is.</summary>
internal static class HostileTexts
{
    public static readonly string[] All =
    [
        "$(touch F)", "`touch F`", "'; touch F; #", "\"; touch F; \"", "a\nEOF\ntouch F\n", "a\r\ntouch F", "x & touch F", "| touch F",
        "-K/etc/passwd", "{a,b}", "[1-3]", ".", "..", "../../x", "a?b#c", "%2e%2e", "EOF", "\\", "a\\", "a'b", "\"", "$x", "${x}", "!!",
        "{{/ctx.payload.hits.hits}}", "x}}{{#toJson}}ctx{{/toJson}}{{y", "{{{", "}}}", "{{=<% %>=}}", "default", "[default]", "]\nx = y", "#x", ";x",
        "A,;x=$(Write-Output marker);y=", "';Write-Output marker;'", "\u2018;Write-Output marker;\u2019", "\u201c;Write-Output marker;\u201d", "\u2011x", "`", "$(1)",
        "a\u0085b", "a\u2028b", "a\u0000b", "a\u007fb", "a\u001bb", "x\nindex=_audit | delete\ny", "a\tb", "a\u00e9\u65e5\U0001F600", "a /* b", "*/", "--",
    ];

    /// <summary>A YAML text: JSON's strings are YAML's.</summary>
    public static string Yaml(string text) => JsonSerializer.Serialize(text);

    /// <summary>A rule with the text in one place; every other place has something harmless.</summary>
    public static string Rule(string place, string text)
    {
        string At(string here, string plain) => Yaml(here == place ? text : plain);
        return $$"""
            title: {{At("title", "T")}}
            id: {{At("id", "0b5a0c4e-7a3e-4c57-9b1f-3a8f2f5d4111")}}
            name: {{At("name", "n")}}
            description: {{At("description", "d")}}
            author: {{At("author", "a")}}
            references: [{{At("references", "r")}}]
            tags: [{{At("tags", "attack.t1059")}}]
            fields: [{{At("fields", "f")}}]
            logsource: {category: test, product: {{At("product", "p")}}}
            detection:
              s:
                {{At("field", "F")}}: {{At("value", "v")}}
                G|contains: {{At("contained", "c")}}
                H: [{{At("listed", "one")}}, two]
                LogName: {{At("log", "Security")}}
              condition: s
            """;
    }

    public static readonly string[] Places =
        ["title", "id", "name", "description", "author", "references", "tags", "fields", "product", "field", "value", "contained", "listed", "log"];
}
