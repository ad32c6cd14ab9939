using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>A rule's expression inside a larger one: whatever it ends in, and whatever it refers to.</summary>
public sealed class ExpressionPartsTests
{
    private const string Everywhere = "grep,logpoint,powershell,powershell eventdata,splunk";

    // The interpreters of search languages run .NET's expressions; what only PCRE has is for grep, and PowerShell gets it translated.
    private const string Perl = "grep,powershell,powershell eventdata";

    // The values have no letter that the names in a line have.
    [NeedsTheory(Needs.Grep)]
    [InlineData(Everywhere, @"(?x)p #", "xpy", "xqy")]
    [InlineData(Everywhere, @"(?x) p q # r", "xpqy", "xp q")]
    [InlineData(Everywhere, @"(?x)p(?#r)#)", "xpy", "xqy")]
    [InlineData(Everywhere, @"p(?x: q )r#", "xpqr#", "xp qr")]
    [InlineData(Perl, @"\Qp.q", "xp.qy", "xpxqy")]
    [InlineData(Perl, @"r\Qp)", "rp)", "rp")]
    [InlineData(Perl, @"p\Q", "xpy", "xqy")]
    [InlineData(Perl, @"\Qp\E|\Qq|", "q|", "qx")]
    [InlineData(Perl, @"p\E", "xp", "xq")]
    [InlineData(Everywhere, @"p(?i)q|r", "xR", "xP")]
    [InlineData(Everywhere, @"(?i)p|q", "xQ", "xr")]
    [InlineData(Everywhere, @"(?i:p)q|r", "Pq", "PQ")]
    [InlineData(Everywhere, @"(p|q)x\1", "qxq", "pxq")]
    [InlineData(Everywhere, @"(p)(q)\2\1", "pqqp", "pqpq")]
    [InlineData(Everywhere, @"(p)\1{2}0", "ppp0", "pp0")]
    [InlineData(Everywhere, @"(?<n>p|q)x\k<n>", "pxp", "pxq")]
    [InlineData(Everywhere, @"(?:p|(q))(?(1)r|w)", "qr", "pr")]
    [InlineData(Perl, @"(?P<n>p|q)x(?P=n)", "pxp", "pxq")]
    [InlineData(Perl, @"(p|q)x\g{-1}", "pxp", "pxq")]
    [InlineData("grep", @"(?|(p)|(q))x\1", "qxq", "pxq")]
    [InlineData("grep", @"(?<n>p|q)x(?&n)", "pxq", "pxr")]
    [InlineData("grep", @"(p|q)x(?1)", "pxq", "pxr")]
    [InlineData("grep", @"(?<n>p)?x(?(<n>)r|w)", "pxr", "zxr")]
    [InlineData("grep", @"(?n)(p)(?<n>q)\k<n>", "pqq", "pqp")]
    [InlineData("grep", @"(*UTF)p", "xp", "xq")]
    [InlineData("grep", @"p\Kq", "pq", "q")]
    public void It_is_closed_and_its_groups_are_its_own(string targets, string expression, string fits, string fitsNot)
    {
        foreach (string target in targets.Split(','))
        {
            Finding.In(target, $"'fA|re': '{expression}'", fits, fitsNot).Should().Be("0", target);
            Finding.In(target, $"'fA|re': ['(?<n>9)\\k<n>8', '{expression}']", fits, fitsNot, "998").Should().Be("0 2", $"beside another on {target}");
        }
    }

    [NeedsTheory(Needs.Grep)]
    [InlineData("(?R)?p")]
    [InlineData("a(*COMMIT)b")]
    [InlineData("(a)(?(R)b)")]
    [InlineData("(?J)(?<n>a)|(?<n>b)\\k<n>")]
    public void What_acts_on_the_whole_search_is_refused(string expression)
    {
        foreach (string target in new[] { "grep", "logpoint" })
        {
            var conversion = OwnRules.OwnTarget.Convert(Finding.Target(target).Target(), Finding.Rule($"'fA|re': '{expression}'")).Single();
            conversion.Query.Should().BeNull();
            conversion.Diagnostics.Should().Contain(d => d.Code.Id == "SIG0604");
        }
    }

    [Theory]
    [InlineData("splunk", "fA: 'a?c'")]
    [InlineData("splunk", "fA: ['a?c', 'b\\*']")]
    [InlineData("splunk", "'fA|cased': abc")]
    [InlineData("splunk", "'fA|cased': 'a*c'")]
    [InlineData("logpoint", "'fA|cased': abc")]
    [InlineData("logpoint", "'fA|cased': 'a?c'")]
    [InlineData("powershell eventdata", "fA: abc")]
    [InlineData("powershell eventdata", "fA: [abc, 'x*']")]
    [InlineData("powershell eventdata", "'fA|cased': 'a?c'")]
    public void A_final_line_break_is_part_of_a_value(string target, string item) =>
        Finding.In(target, item, "abc", "abc\n", "abc\r\n", "abc\nx").Should().Be("0");
}
