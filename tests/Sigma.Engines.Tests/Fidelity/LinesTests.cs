using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>Values in lines: as JSON encoders write them, and where a denied one may stand in another field.</summary>
public sealed class LinesTests
{
    private static readonly string[] Values =
    [
        @"C:\Windows\System32\cmd.exe", @"\\server\share$", "say \"yes\"", "a/b", "http://x/y?z=1", "tab\there", "line\nbreak", "a<b>c&d'e+f`g", "\u00e9t\u00e9", "\u6f22\u5b57", "\ud83d\ude00!", "bell\u0007", "x\u007f",
    ];

    private static readonly (string Name, Func<string, string> Write)[] Encoders =
    [
        ("System.Text.Json", text => JsonSerializer.Serialize(text)),
        ("relaxed", text => JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })),
        ("Unicode kept", text => JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) })),
        ("slashes escaped", text => JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("/", "\\/")),
        ("codes in lower case", text => "\"" + string.Concat(JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })[1..^1].Select(c => c < 0x7f ? c.ToString() : $"\\u{(int)c:x4}")) + "\""),
    ];

    [NeedsFact(Needs.Grep)]
    public void With_log_json_a_value_is_found_however_it_is_encoded()
    {
        var target = OwnTarget.Of("grep", null, ("log", "json"));
        foreach (string value in Values)
        {
            string yaml = JsonSerializer.Serialize(value, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            string literal = yaml.Replace(@"\\", @"\\\\").Replace("?", "\\\\?");
            string pattern = JsonSerializer.Serialize(System.Text.RegularExpressions.Regex.Escape(value).Replace("\\ ", " "));
            string other = value.Replace(value[1], 'Q');
            string[] lines = [.. Encoders.Select(encoder => $"{{\"fA\":{encoder.Write(value)},\"n\":1}}"), $"{{\"fA\":{Encoders[0].Write(other)}}}"];
            foreach (string item in new[] { $"fA: {literal}", $"'fA|cased': {literal}", $"'fA|contains': {literal}", $"fA: [{literal}, QQQQ]", $"'fA|re': {pattern}" })
            {
                GrepEngine.Run(OwnTarget.Query(target, Finding.Rule(item)), lines).MatchingLines.Should().Equal(lines[..^1], item);
            }
        }
    }

    [NeedsTheory(Needs.Grep)]
    [InlineData(@"C:\\[^\\]+\\a", @"C:\b\a", @"C:\b\c\x")]
    [InlineData("^.{3}$", "a\"b", "")]
    [InlineData("[^a]\"", "\\\"", "a\"")]
    [InlineData("\\Qa\\b", @"a\b", "a/b")]
    [InlineData("a\\sb", "a\tb", "a-b")]
    [InlineData("a\\Wb", "a\"b", "axb")]
    [InlineData("[<>]x", "<x", "-x")]
    [InlineData("[\u00e9\u00e8]x", "\u00e9x", "ex")]
    public void With_log_json_an_expression_reads_the_value(string expression, string fits, string fitsNot)
    {
        string query = OwnTarget.Query(OwnTarget.Of("grep", null, ("log", "json")), Finding.Rule($"'fA|re': '{expression}'"));
        foreach (var (name, write) in Encoders)
        {
            string[] lines = [$"{{\"f\":{write(fits)}}}", .. fitsNot.Length == 0 ? [] : new[] { $"{{\"f\":{write(fitsNot)}}}" }];
            GrepEngine.Run(query, lines).MatchingLines.Should().Equal(lines[..1], name);
        }
    }

    [NeedsFact(Needs.Grep)]
    public void Without_it_lines_of_text_are_searched_as_before()
    {
        string query = OwnTarget.Query(OwnTarget.Of("grep"), Finding.Rule(@"fA: 'C:\Windows\cmd.exe'"));
        GrepEngine.Run(query, [@"fA=C:\Windows\cmd.exe", @"{""fA"":""C:\\Windows\\cmd.exe""}"]).MatchingLines.Should().Equal(@"fA=C:\Windows\cmd.exe");
    }

    [Theory]
    [InlineData("grep", "s and not f", "IpPort: 0", true)]
    [InlineData("grep", "s and not f", "'Image|endswith': '\\cmd.exe'", true)]
    [InlineData("grep", "s and not f", "'Image|re': 'a+'", true)]
    [InlineData("grep", "s and not f", "Image: [a, b]", true)]
    [InlineData("grep", "s and f", "IpPort: 0", false)]
    [InlineData("grep", "s and not (s and not f)", "IpPort: 0", true)]
    [InlineData("powershell", "s and not f", "'Image|endswith': '\\cmd.exe'", true)]
    [InlineData("powershell", "s and not f", "IpPort: 0", true)]
    [InlineData("powershell", "s and f", "IpPort: 0", false)]
    [InlineData("powershell", "s and not f", "EventID: 5", false)]
    [InlineData("powershell eventdata", "s and not f", "IpPort: 0", false)]
    public void A_denied_value_that_is_looked_for_anywhere_is_said_to_leave_events_out(string name, string condition, string item, bool fewer)
    {
        var text = $"title: t\nlogsource: {{product: test}}\ndetection:\n  s: {{fB: x}}\n  f:\n    {item}\n  condition: {condition}\n";
        var warnings = OwnTarget.Convert(Finding.Target(name).Target(), text).Single().Diagnostics.Where(d => d.Code.Id == "SIG0603");
        warnings.Count().Should().Be(fewer ? 1 : 0, "once for a rule, however many values there are");
    }

    [Theory]
    [InlineData("grep", "s: {Pipe|contains: '\\pipe\\'}\n  f: {Pipe|startswith: '\\pipe\\'}", "s and not f", true)]
    [InlineData("grep", "s: {Pipe|contains: ['\\pipe\\', '\\pipe\\a']}\n  f: {Pipe|contains: '\\c'}\n  f2: {Pipe|startswith: '\\PIPE'}", "s and not 1 of f*", true)]
    [InlineData("grep", "s: {Port: 10}\n  f: {Other: 0}", "s and not f", true)]
    [InlineData("grep", "s: {Pipe: [a1, b]}\n  f: {Other: a}", "s and not f", false)]
    [InlineData("grep", "s: {Pipe: ab}\n  f: {Other: 'a?'}", "s and not f", false)]
    [InlineData("grep", "s: {Pipe: ab}\n  f: {Other|cased: A}", "s and not f", false)]
    [InlineData("grep", "s: {Pipe: ab}\n  f: {Other: a, More: c}", "s and not f", false)]
    [InlineData("powershell", "s: {Pipe|contains: '\\pipe\\'}\n  f: {Pipe|startswith: '\\pipe\\'}", "s and not f", true)]
    [InlineData("powershell", "s: {Pipe: '\\pipe\\'}\n  f: {Other: '\\pipe\\'}", "s and not f", false)]
    [InlineData("powershell", "s: {EventID: 10}\n  f: {EventID: 1}", "s and not f", false)]
    public void What_can_never_match_is_said(string name, string detections, string condition, bool never) =>
        OwnTarget.Convert(Finding.Target(name).Target(), $"title: t\nlogsource: {{product: test}}\ndetection:\n  {detections}\n  condition: {condition}\n").Single()
            .Diagnostics.Any(d => d.Code.Id == "SIG0616").Should().Be(never);
}
