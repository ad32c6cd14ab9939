using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>No value leaves its quotes: a style is refused, or what it writes is read back as the value.</summary>
public sealed class OwnTargetQuotesTests
{
    private const string Signs = "'\"\\^/%ab ";

    [Theory]
    [InlineData("replace: {\"'\": \"''\"}", @"x\' OR 1=1 --", @"'x\'' OR 1=1 --'")]
    [InlineData("replace: {\"'\": \"''\"}", @"\\' x", @"'\\'' x'")]
    [InlineData("""replace: {'\"': '\x22', '"': '\x22', "'": "''"}""", """a\\"b""", """'a\\\x22b'""")]
    [InlineData("""replace: {'\"': '\x22', '"': '\x22', "'": "''"}""", """a\"b""", """'a\x22b'""")]
    [InlineData("replace: {\"'\": '\\x27'}", @"a\'b'c", @"'a\x27b\x27c'")]
    public void A_map_of_an_expression_sees_through_its_escapes(string map, string regex, string expected) =>
        new OwnTarget(OwnTarget.Plain + $"  regex: \"{{field}} ~ '{{regex}}'\"\nregex: {{dialect: pcre, {map}}}\n")
            .Query($"{{a|re: '{regex.Replace("'", "''")}'}}").Should().Be($"a ~ {expected}");

    [Theory]
    [InlineData("{open: \"'\", close: \"'\", replace: {\"'\": \"''\"}}", @"x\' OR 1=1 --", @"'x\'' OR 1=1 --'")]
    [InlineData("{open: \"'\", close: \"'\", escape: '\\', escaped: \"'\\\\\"}", @"x\' OR 1=1 --", @"'x\\\' OR 1=1 --'")]
    [InlineData("{open: '\"', close: '\"', escape: '\\', escaped: '\"\\', many: '*', literal_many: '\\*'}", "a.*\"\\d", "\"a.*\\\"\\\\d\"")]
    public void An_expression_is_a_text_of_the_language(string style, string regex, string expected) =>
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", "texts:\n  pattern_text: " + style + "\n") + "  regex: '{field} ~ {regex}'\nregex: {dialect: pcre, text: pattern_text}\n")
            .Query($"{{a|re: '{regex.Replace("'", "''")}'}}").Should().Be($"a ~ {expected}");

    /// <summary>Also where nothing else in the text is written otherwise than it is.</summary>
    [Theory]
    [InlineData(@"x\*y", "a = \"x[*]y\"")]
    [InlineData(@"x\?y", "a = \"x[?]y\"")]
    [InlineData("x*y?z", "a = \"x*y?z\"")]
    public void A_literal_wildcard_is_written_as_the_style_says(string value, string query) =>
        new OwnTarget(OwnTarget.Plain.Replace("quoted: {open: \"'\", close: \"'\", replace: {\"'\": \"''\"}}", "quoted: {open: '\"', close: '\"', escape: '\\', escaped: '\"\\', many: '*', one: '?', literal_many: '[*]', literal_one: '[?]'}"))
            .Query($"{{a: '{value}'}}").Should().Be(query);

    /// <summary>A text that stands for itself has no end that it could leave.</summary>
    [Theory]
    [InlineData("{replace: {'\"': '\\\"'}}", null)]
    [InlineData("{open: '\"', close: '\"', replace: {'\"': '\\\"'}}", "'\\' escapes what follows it, and is neither escaped nor replaced nor impossible itself")]
    public void Only_a_style_with_quotes_must_escape_its_escape(string style, string? why) =>
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", $"texts:\n  bare: {style}\n")).Findings().Select(finding => finding.Message)
            .Should().Equal(why is null ? [] : [$"a value in the style 'bare' can leave its quotes: {why}"]);

    /// <summary>A value of another form is an error of the whole query in some engines, also in a list and behind a wildcard.</summary>
    [Theory]
    [InlineData("1.5", "a = '1.5'")]
    [InlineData("[1, '2']", "(a = '1' OR a = '2')")]
    [InlineData("x1", null)]
    [InlineData("'1\n'", null)]
    [InlineData("[1, x]", null)]
    [InlineData("'1*'", null)]
    public void A_value_that_the_form_of_a_style_does_not_fit_is_refused(string value, string? query)
    {
        Conversion conversion = new OwnTarget(OwnTarget.Plain.Replace("replace: {\"'\": \"''\"}}", "replace: {\"'\": \"''\"}, many: '%', literal_many: '*', fits: '[0-9.]+'}")).Convert($"{{a: {value}}}");

        conversion.Query.Should().Be(query);
        conversion.Diagnostics.Where(finding => finding.Severity is Severity.Error).Select(finding => finding.Code.Id).Should().Equal(query is null ? ["SIG0601"] : []);
    }

    /// <summary>Numbers and booleans of a rule too, and what a field is compared with.</summary>
    [Theory]
    [InlineData("a: 7", "a = 7")]
    [InlineData("a: -7", null)]
    [InlineData("a: 7.5", null)]
    [InlineData("a: true", null)]
    [InlineData("a: [7, -7]", null)]
    [InlineData("a|gte: 7", "a >= 7")]
    [InlineData("a|gte: -7", null)]
    [InlineData("a|lt: 7.5", null)]
    [InlineData("b|lt: 7.5", "b < 7.5")]
    public void A_number_that_the_form_of_a_style_does_not_fit_is_refused(string item, string? query)
    {
        Conversion conversion = new OwnTarget(OwnTarget.Plain.Replace("texts:\n", "texts:\n  digits: {fits: '[0-9]+'}\n").Replace("text: '{field} = {quoted}'", "text: [{fields: a, template: '{field} = {digits}'}, '{field} = {quoted}']")
            + "  compare: [{fields: a, template: '{field} {operator} {digits}'}, '{field} {operator} {number}']\n").Convert($"{{{item}}}");

        conversion.Query.Should().Be(query);
        conversion.Diagnostics.Where(finding => finding.Severity is Severity.Error).Select(finding => finding.Code.Id).Should().Equal(query is null ? ["SIG0601"] : []);
    }

    [Theory]
    [InlineData("main.x: y", true)]
    [InlineData("an other: y", true)]
    [InlineData("main.X: y", false)]
    public void A_name_that_the_form_of_a_style_does_not_fit_is_refused(string item, bool isWritten) =>
        new OwnTarget(OwnTarget.Plain.Replace("plain: '^[A-Za-z_]+$'", "plain: '^main\\.[a-z]+$'").Replace("replace: {'`': '``'}}}", "replace: {'`': '``'}, fits: '[a-z ]+'}}"))
            .Convert($"{{{item}}}").Diagnostics.Any(d => d.Code.Id == "SIG0602" || d.Code.Id == "SIG0601").Should().Be(!isWritten);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void What_a_style_cannot_write_is_refused_in_an_expression_too() =>
        new OwnTarget(OwnTarget.Plain.Replace("texts:\n", "texts:\n  bare: {open: '<', close: '>', impossible: '>'}\n") + "  regex: '{field} ~ {regex}'\nregex: {dialect: pcre, text: bare}\n")
            .Convert("{a|re: 'x>y'}").Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601");

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void What_random_styles_write_is_read_back_as_the_value()
    {
        var random = new Random(20261128);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            Style style = Style.Any(random);
            var diagnostics = new List<Diagnostic>();
            Backend? backend = new BackendCatalog([new OwnTarget(OwnTarget.Plain.Replace("texts:\n", "texts:\n  random: " + style.Yaml + "\n"))])
                .Read("own", new Dictionary<string, string>(), diagnostics);
            if (backend is null)
            {
                diagnostics.Should().OnlyContain(d => d.Code.Id == "SIG0511" || d.Code.Id == "SIG0503", style.Yaml);
                refused++;
                continue;
            }

            accepted++;
            for (int j = 0; j < 10; j++)
            {
                string value = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Signs[random.Next(Signs.Length)]));
                var output = new System.Text.StringBuilder();
                backend.Dialect.Texts["random"].Write(output, Sigma.Rules.SigmaString.OfLiteral(value));
                if (backend.Dialect.Texts["random"].LossOn(Sigma.Rules.SigmaString.OfLiteral(value)) is not Loss.None)
                {
                    // It is refused, with the rule.
                    continue;
                }

                style.Read(output.ToString()).Should().Be(value, $"{style.Yaml} writes {output}");
            }
        }

        accepted.Should().BeGreaterThan(300);
        refused.Should().BeGreaterThan(300);
    }

    /// <summary>A language whose texts have one quote, and either an escape or doubled quotes; and a definition of it, right or wrong.</summary>
    private sealed record Style(char Quote, char? Escape, string Yaml)
    {
        public static Style Any(Random random)
        {
            char quote = "'\"/"[random.Next(3)];
            if (random.Next(2) == 0)
            {
                string doubled = random.Next(3) == 0 ? "" : $"replace: {{{Text(quote)}: {Text($"{quote}{quote}")}}}";
                return new Style(quote, null, $"{{open: {Text(quote)}, close: {Text(quote)}{(doubled.Length > 0 ? ", " : "")}{doubled}}}");
            }

            char escape = "\\^"[random.Next(2)];
            var keys = new List<string>();
            string escaped = "";
            foreach (char c in new[] { quote, escape, '%' })
            {
                switch (random.Next(3))
                {
                    case 0:
                        escaped += c;
                        break;
                    case 1:
                        keys.Add($"{Text(c)}: {Text($"{escape}{c}")}");
                        break;
                }
            }

            string escapes = escaped.Length > 0 ? $", escape: {Text(escape)}, escaped: {Text(escaped)}" : "";
            string replaces = keys.Count > 0 ? $", replace: {{{string.Join(", ", keys)}}}" : "";
            // A definition that never writes the escape is one of a language without.
            return new Style(quote, escapes.Length + replaces.Length > 0 ? escape : null, $"{{open: {Text(quote)}, close: {Text(quote)}{escapes}{replaces}}}");
        }

        /// <summary>Reads a text as the language does; null where it does not end with its last character.</summary>
        public string? Read(string written)
        {
            var value = new System.Text.StringBuilder();
            int i = 1;
            for (; i < written.Length; i++)
            {
                if (written[i] == Escape && i + 1 < written.Length && (written[i + 1] == Quote || written[i + 1] == Escape || written[i + 1] == '%'))
                {
                    value.Append(written[++i]);
                }
                else if (written[i] == Quote && Escape is null && i + 1 < written.Length && written[i + 1] == Quote)
                {
                    value.Append(written[++i]);
                }
                else if (written[i] == Quote)
                {
                    break;
                }
                else
                {
                    value.Append(written[i]);
                }
            }

            return i == written.Length - 1 && written[0] == Quote ? value.ToString() : null;
        }

        private static string Text(char c) => Text(c.ToString());

        private static string Text(string text) => "'" + text.Replace("'", "''") + "'";
    }
}
