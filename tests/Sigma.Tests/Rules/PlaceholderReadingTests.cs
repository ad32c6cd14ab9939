using System.Text.RegularExpressions;
using CsCheck;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Tests.Pipelines;

namespace Sigma.Tests.Rules;

/// <summary>What <c>expand</c> reads as a placeholder, next to backslashes, percent signs, wildcards and other modifiers.</summary>
public sealed class PlaceholderReadingTests
{
    [Theory]
    [InlineData(@"C:\Users\%user%\evil.exe", @"C:\Users\|<user>|\evil.exe")]
    [InlineData(@"C:\\Users\\%user%\\evil.exe", @"C:\Users\|<user>|\evil.exe")]
    [InlineData(@"\%a%\%b%", @"\|<a>|\|<b>")]
    [InlineData(@"\\\%a%", @"\\|<a>")]
    [InlineData(@"*\%a%\*", @"Many|\|<a>|*")]
    [InlineData(@"*\%a%\\*", @"Many|\|<a>|\|Many")]
    [InlineData(@"?%a%?", "One|<a>|One")]
    [InlineData(@"100\%", "100%")]
    [InlineData(@"100\\%", @"100\%")]
    [InlineData(@"\%name\%", "%name%")]
    [InlineData(@"\%plain%name%", "%plain|<name>")]
    [InlineData(@"\\%plain%name%", "%plain|<name>")]
    [InlineData(@"\%user%-%n%.exe", @"\|<user>|-|<n>|.exe")]
    public void A_backslash_can_stand_before_a_placeholder(string written, string parts) => Parts("f|expand", written).Should().Be(parts);

    [Theory]
    [InlineData("%domain controllers%", "<domain controllers>")]
    [InlineData("%admin-hosts%", "<admin-hosts>")]
    [InlineData("%a.b%", "<a.b>")]
    [InlineData("%Server (prod)%", "<Server (prod)>")]
    [InlineData("%größe%", "<größe>")]
    [InlineData("x%a b%y%c-d%z", "x|<a b>|y|<c-d>|z")]
    [InlineData("100% sure, 50% no", "100% sure, 50% no")]
    [InlineData("100%, 50%", "100%, 50%")]
    [InlineData("%a %", "%a %")]
    [InlineData("%a*b%", "%a|Many|b%")]
    [InlineData("%%", "%%")]
    public void A_name_may_have_more_than_letters(string written, string parts) => Parts("f|expand", written).Should().Be(parts);

    [Theory]
    [InlineData("f|contains|expand")]
    [InlineData("f|expand|contains")]
    [InlineData("f|cased|expand|contains")]
    public void The_place_of_expand_does_not_matter(string key) => Parts(key, @"\%a b%").Should().Be(@"Many|\|<a b>|Many");

    [Fact]
    public void Keywords_have_placeholders_too() => Parts("|expand", @"\%a-b%").Should().Be(@"\|<a-b>");

    [Theory]
    [InlineData(@"C:\\Users\\%user%", @"C:\\Users\\|<user>")]
    [InlineData(@"^%a b%$", "^|<a b>|$")]
    [InlineData(@"50\%x%", "50%x%")]
    public void In_a_regular_expression_a_backslash_is_the_expressions_own(string written, string parts) =>
        Parts(((RegexValue)Given.Value("f|re|expand", $"'{written}'")).Pattern).Should().Be(parts);

    [Fact]
    public void A_regular_expression_with_a_placeholder_is_widened_wherever_expand_stands()
    {
        SigmaString before = ((RegexValue)Given.Value("f|re|expand|startswith", "'a%x%'")).Pattern;
        SigmaString after = ((RegexValue)Given.Value("f|re|startswith|expand", "'a%x%'")).Pattern;
        before.Should().Be(after);
        before.HasPlaceholders.Should().BeTrue();
        before.Should().NotBe(((RegexValue)Given.Value("f|re|expand", "'a%x%'")).Pattern);
    }

    [Theory]
    [InlineData("f|base64|expand", "%x%")]
    [InlineData("f|expand|base64", "a%x%")]
    [InlineData("f|base64offset|expand", "%x%")]
    [InlineData("f|wide|expand", "%x%")]
    [InlineData("f|expand|utf16", "a%x%")]
    [InlineData("f|expand|utf16be|base64", "a%x%")]
    [InlineData("f|cidr|expand", "%net%")]
    [InlineData("f|gt|expand", "%x%")]
    [InlineData("f|fieldref|expand", "%x%")]
    public void What_would_leave_the_filled_in_text_as_it_is_refuses_placeholders(string key, string value) =>
        Given.Codes(key, $"'{value}'").Should().Equal("SIG0214");

    [Theory]
    [InlineData(@"C:\Users\%user%\evil.exe")]
    [InlineData(@"C:\Users\\%user%\evil.exe")]
    [InlineData("%domain controllers%")]
    [InlineData("%a.b%")]
    public void What_stays_unfilled_is_refused(string value)
    {
        string text = Given.Head + "detection:\n  s:\n    f|expand: '" + value + "'\n  condition: s\n";
        new Compiler([Repository.Target("splunk")]).Convert(new Sigma.Text.SourceText("a.yml", text)).Single()
            .Diagnostics.Select(d => d.Code.Id).Should().Contain("SIG0605");
    }

    /// <summary>Also of an expression that is none, such as one that ends in a backslash: who reads it next says so.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void An_expression_keeps_all_but_the_backslash_of_a_percent_sign() => Gen.OneOf("\\", "\\", "%", "%a%", "b", ".", " ").Array[0, 8].Select(string.Concat).Sample(
        pattern =>
        {
            SigmaString read = Placeholders.ParseRegex(pattern);

            string.Concat(read.Parts.Select(part => part.Kind is PartKind.Placeholder ? $"%{part.Text}%" : part.Text))
                .Should().Be(Regex.Replace(pattern, @"\\(.)", escape => escape.Value is @"\%" ? "%" : escape.Value, RegexOptions.Singleline), pattern);
        },
        iter: 4_000);

    [Fact]
    public void A_filled_path_keeps_its_backslash() =>
        PipedRule.File(@"{Image|expand: 'C:\Users\%the user%\evil.exe'}", "vars: {the user: [ann, 'b*']}\ntransformations: [{type: value_placeholders}]\n").Rule
            .Should().Be(@"Image={'C:\Users\ann\evil.exe','C:\Users\b*\evil.exe'}");

    private static string Parts(string key, string written) => Parts(((StringValue)Given.Value(key, $"'{written}'")).Text);

    private static string Parts(SigmaString text) => string.Join('|', text.Parts.Select(p => p.Kind switch
    {
        PartKind.Literal => p.Text,
        PartKind.Placeholder => $"<{p.Text}>",
        _ => p.Kind.ToString(),
    }));
}
