using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.LogPoint;
using Sigma.Engines.Tests.Engines.Splunk;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>
/// S3: no control character of a rule is ever written into a query. Its own escape, a regular expression, or a class of all of them
/// stands there, so that the query is one line and selects what the rule selects, or the rule is refused.
/// </summary>
public sealed class OneLineTests
{
    private static readonly string[] Characters = ["\n", "\r", "\t", "\0", "\u0001", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029"];

    private static readonly (string Target, string Format)[] Formats =
        [("es-qs", "default"), ("graylog", "default"), ("splunk", "default"), ("logpoint", "default"), ("grep", "default"), ("grep", "pattern"), ("powershell", "default"), ("powershell", "eventdata")];

    private static readonly string[] Tests =
    [
        "F: {0}", "F|contains: {0}", "F|startswith: {0}", "F|cased: {0}", "F|contains|cased: {0}", "F: [{0}, b]", "F|contains: [{0}, b]", "F|re: {0}", "F|re|i: {0}",
        "{0}: v", "{0}|contains: v", "{0}: null", "{0}|exists: true", "{0}|re: v", "{0}|gt: 5", "{0}: [a, b]", "F|fieldref: {0}",
    ];

    public static TheoryData<string, string> AllFormats
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (target, format) in Formats)
            {
                data.Add(target, format);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void A_query_is_one_line(string target, string format)
    {
        var compiled = OwnTarget.Of(target, format);
        foreach (var c in Characters)
        {
            foreach (var test in Tests.Append("k"))
            {
                foreach (var condition in new[] { "s", "not s", "s or t" })
                {
                    var text = HostileTexts.Yaml($"a{c}b");
                    var detection = test == "k" ? $"[{text}, other]" : $"{{{string.Format(System.Globalization.CultureInfo.InvariantCulture, test, text)}}}";
                    var rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s: {detection}\n  t: {{G: w}}\n  condition: {condition}\n";
                    var conversion = OwnTarget.Convert(compiled, rule).Single();
                    if (conversion.Query is { } query)
                    {
                        query.Any(x => char.IsControl(x) || x is '\u2028' or '\u2029').Should().BeFalse($"{target}: {rule}{query}");
                    }
                    else
                    {
                        conversion.Diagnostics.Should().Contain(d => d.Severity == Severity.Error, rule);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("F: {0}", "a{0}b", "a b")]
    [InlineData("F|contains: {0}", "xa{0}by", "xaby")]
    [InlineData("F: [{0}, c]", "a{0}b", "ab")]
    [InlineData("F|re: {0}", "xa{0}by", "xaxby")]
    public void The_query_finds_what_the_rule_finds(string test, string value, string other)
    {
        // Those that the XML of an event can hold.
        foreach (var c in new[] { "\n", "\t", "\u007f", "\u0085" })
        {
            var rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s: {{{string.Format(System.Globalization.CultureInfo.InvariantCulture, test, HostileTexts.Yaml($"a{c}b"))}}}\n  condition: s\n";
            EngineEvent[] events =
            [
                EngineEvent.Of(1, "Security", 1, ("F", string.Format(System.Globalization.CultureInfo.InvariantCulture, value, c))),
                EngineEvent.Of(2, "Security", 1, ("F", other)),
            ];
            LuceneEngine.Search(OwnTarget.Query(OwnTarget.Of("graylog"), rule), events, LuceneView.GraylogNames).Should().Contain(1, rule);
            SplunkEngine.Search(OwnTarget.Query(OwnTarget.Of("splunk"), rule), events).Should().Equal([1], rule);
            PowerShellEngine.Run(OwnTarget.Query(OwnTarget.Of("powershell", "eventdata"), rule), events).RecordIds.Should().Equal([1], rule);
            if (!test.Contains("contains", StringComparison.Ordinal))
            {
                LogPointEngine.Search(OwnTarget.Query(OwnTarget.Of("logpoint"), rule), events).Should().Equal([1], rule);
            }
        }
    }

    /// <summary>A term with a wildcard has no escapes in a query string; the character becomes a wildcard for one, which is said.</summary>
    [Theory]
    [InlineData("s", "SIG0602")]
    [InlineData("not s", "SIG0603")]
    public void What_is_widened_is_said(string condition, string code)
    {
        foreach (var test in new[] { "F|contains: \"a\\tb\"", "F|re: \"a\\tb\"", "F|contains: [\"a\\tb\", c]" })
        {
            var rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s: {{{test}}}\n  condition: {condition}\n";
            OwnTarget.Convert(OwnTarget.Of("es-qs"), rule).Single().Diagnostics.Select(d => d.Code.Id).Should().Contain(code, rule);
        }
    }

    [Theory]
    [InlineData("(?x) a # c\n b")]
    [InlineData("(?x)\\x61 #\n\tb")]
    [InlineData("(?#\n)ab")]
    [InlineData("(?m)^ab")]
    public void The_line_breaks_of_an_expression_go(string expression)
    {
        var rule = $"title: T\nlogsource: {{category: test}}\ndetection:\n  s: {{F|re: {HostileTexts.Yaml(expression)}}}\n  condition: s\n";
        EngineEvent[] events = [EngineEvent.Of(1, "Security", 1, ("F", "ab")), EngineEvent.Of(2, "Security", 1, ("F", "ac"))];

        SplunkEngine.Search(OwnTarget.Query(OwnTarget.Of("splunk"), rule), events).Should().Equal(1);
        PowerShellEngine.Run(OwnTarget.Query(OwnTarget.Of("powershell", "eventdata"), rule), events).RecordIds.Should().Equal(1);
        LuceneEngine.Search(OwnTarget.Query(OwnTarget.Of("graylog"), rule), events, LuceneView.GraylogNames).Should().Equal(1);
        foreach (var (target, format) in Formats)
        {
            OwnTarget.Query(OwnTarget.Of(target, format), rule).Any(char.IsControl).Should().BeFalse(target);
        }
    }
}
