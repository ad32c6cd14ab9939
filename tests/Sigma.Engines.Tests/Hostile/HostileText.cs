using System.Text;
using CsCheck;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>
/// Texts that try to be more than text in some language: pieces of break-outs, alone, in a row, and spliced into each other at
/// random places, so that one sits within the quotes another opens.
/// </summary>
internal static class HostileText
{
    private static readonly string[] Fragments =
    [
        // Quotes, and what PowerShell takes for quotes as well.
        "'", "\"", "`", "''", "\"\"", "'\"'\"'", "\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u201d", "\u201e", "\u00b4", "\\'", "\\\"", "@'", "\n'@\n", "@\"",
        // Backslashes, at the end too.
        "\\", "\\\\", "\\\\\\", "x\\", "\\n", "\\r\\n", "\\u0022", "\\x27", "\\*", "\\?", "\\E", "\\Q", "%5c",
        // Line breaks of all kinds, and other controls.
        "\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f", "\t", "\0", "\u0001", "\u001a", "\u007f", "\u009b31m", "\u200b", "\ufeff", "\u00a0",
        "\u001b[2J", "\u001b]0;owned\u0007", "\u001b]8;;http://x\u001b\\", "\u202e", "\u2066", "\u200f", "\u061c", "\ud83d", "\udc00", "\ud83d\ude00",
        // Shells.
        "$(marker)", "`marker`", "${marker}", "$marker", "$'\\n'", ";marker;", "|marker", "||marker", "&marker&", "&&marker", ">marker", "<marker", "<(marker)", ">>marker",
        "\nmarker\n", "\nEOF\nmarker\n", "EOF", "<<EOF", "'EOF'", "#", " # ", "!", "!!", "~", "*", "?", "{a,b}", "--output=marker", "-K marker", "@/marker", "$IFS", "\\\nmarker", "(marker)", "\nbody\n",
        // PowerShell.
        "',;$x=$(marker);'", "\"; marker; \"", "} | marker | where {", "$(marker)", "@(marker)", "&{marker}", "`n", "`0", "--%", "-or 1 -eq 1 -or ", "'+(marker)+'", "[System.IO.File]::ReadAllText('x')",
        // Search languages.
        "\" OR 1=1 OR \"", " OR ", " AND ", " NOT ", "NOT", "OR", " | delete", "| outputlookup x.csv", "\" | outputlookup x.csv | eval y=\"", "] | delete [", "[search index=*]", "[ | inputlookup x ]", "`macro`", "$token$",
        "index=_audit", "*) OR (*:*", "*:*", "_exists_:x", "/.*/", "[* TO *]", "{* TO *}", "a:b", "F:(", ")", "(", "))", "((", "^2", "~2", "+a", "-a", "&&", "||", "\" process eval(\"x\") \"", "| chart count() by x", ">=5", "<5",
        // Regular expressions.
        "(?x)a #", "(?i", "(?#", "(?=", "(?!", "[", "]", "[^", "a{2}", "{1", "|", ".*", "^", "$", "(?P<x>a)", "\\1", "|.*",
        "\\Qx\\", "(?x)x#\\", "x\\c\\", "x\\c\"", "(?#\\)x", "(?#\")x", "\\Qx\"", "(*MARK:\")x", "(*:\\)x",
        // Addresses.
        "%0a", "%0d%0a", "%2e%2e%2f", "../", "..", ".", "/", "//", "../../x", "..\\", "?pretty", "&x=1", "http://x/", "@host", "user:pw@host", ":9200", "C:\\x", "file:///x", "con", "nul",
        // Templates.
        "{{", "}}", "{{ 7*7 }}", "{{{x}}}", "{{#toJson}}ctx{{/toJson}}", "{{/ctx.payload.hits.hits}}", "{{ctx.metadata}}", "{{=<% %>=}}", "{{!", "{{>x}}", "{%", "{%{", "}%}", "${x}", "#{x}", "{0}", "{query}", "{field}", "{1:x}", "%s", "%n", "{{ include \"x\" }}",
        // Configuration files.
        "[default]", "default", "[x]", "\n[x]\nsearch = *\n", "\nsearch = | delete", "\nenableSched = 0\n", "\\\nsearch = x", "=", " = ", "; x", "key = value",
        // JSON and YAML.
        "\",\"x\":\"", "\"}", "{\"a\":1}", "[1]", "\"}]}", "null", "true", "//x", "/*", "*/", "\n---\n", ": ", "- x", "!!str", "&a", "*a",
        // Pages.
        "<script>marker()</script>", "</script>", "</pre>", "</textarea>", "</title>", "-->", "<!--", "<![CDATA[", "]]>", "<img src=x onerror=marker()>", "<b>", "&lt;b&gt;", "&#60;b&#62;", "&amp;", "\" onmouseover=\"marker()", "' style='x",
        "javascript:marker()", "JaVaScRiPt:marker()", "&#106;avascript:marker()", "&#x6a;avascript:marker()", "java\tscript:marker()", "java\nscript:marker()", "&Tab;javascript:marker()", "\u0001javascript:marker()", "data:text/html,x", "vbscript:x",
        "jav&#x0A;ascript:marker()", "javascript&colon;marker()", "[x](javascript:marker())", "![x](x)", "[x]: javascript:marker()", "<javascript:marker()>", "http://x/?a=<b>&c=\"d\"", "https://x.example/a_b_c?d=(e)", "https://x/ (y)", "http://x\"onclick=marker()",
        "](javascript:marker())", "| a | b |", "\n| x |\n|--|\n", "```", "~~~", "\n```\n", "# x", "\n# x\n", "\n\n    x", "**x**", "_x_", "~~x~~", "<br>", "</ul>", "</li>", "<https://x>", "\n===\n", "\n---\n",
        // Spreadsheets.
        "=cmd|' /C marker'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\"=1\"", ",=1,", "\",\"",
        // Log sources and numbers.
        "A,B", ",", ",,", "Security", "Microsoft-Windows-Sysmon/Operational", "0", "-1", "1e999", "0x10", "007", "10.0.0.0/8", "fe80::/64", "%user%", "%a.b%", "a|b", "a|contains", "ä", "ſ", "İ", "\u0131", "ﬁ", "日本",
    ];

    private static readonly string[] Words = ["alpha", "beta gamma", "x", "evil.exe", "A1", ""];

    /// <summary>A text.</summary>
    public static string Next(PCG random)
    {
        switch (random.Next(40))
        {
            case 0:
                return "";
            case 1:
                return new string(" \t\u00a0"[(int)random.Next(3)], 1 + (int)random.Next(3));
            case 2:
                // Longer than any line or buffer that somebody thought was enough.
                return string.Concat(Enumerable.Repeat(One(random) + "a", 1 + (int)random.Next(600)));
        }

        var text = new StringBuilder(Pick(random, Words));
        for (var n = 1 + (int)random.Next(4); n > 0; n--)
        {
            var at = random.Next(3) == 0 ? text.Length : (int)random.Next((uint)text.Length + 1);
            text.Insert(at, One(random));
        }

        return random.Next(3) == 0 ? text.Append(Pick(random, Words)).ToString() : text.ToString();
    }

    /// <summary>Picks one.</summary>
    public static T Pick<T>(PCG random, IReadOnlyList<T> from) => from[(int)random.Next((uint)from.Count)];

    private static string One(PCG random) => random.Next(12) == 0
        ? ((char)random.Next(random.Next(2) == 0 ? 0x100u : 0xffffu)).ToString()
        : Pick(random, Fragments);
}
