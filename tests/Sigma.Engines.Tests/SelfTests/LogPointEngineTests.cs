using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.LogPoint;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.SelfTests;

/// <summary>The interpreter does what the vendor's pages and backend say.</summary>
public sealed class LogPointEngineTests
{
    private static readonly EngineEvent[] Events =
    [
        EngineEvent.Of(1, "Security", 4625, ("a", "1"), ("b", "2"), ("path", @"C:\Windows\cmd.exe")),
        EngineEvent.Of(2, "Security", 4624, ("a", "0"), ("c", "3"), ("path", @"c:\windows\CMD.EXE")),
        EngineEvent.Of(3, "Security", 1, ("a", "1"), ("c", "3"), ("odd name", "x"), ("said", "\"x y\"")),
    ];

    [Theory]
    [InlineData("a=1 b=2 OR c=3", "1 3", "AND binds less than OR")]
    [InlineData("(a=1 and b=2) or c=3", "1 2 3", "words have no case")]
    [InlineData("-a=1", "2", "a - denies")]
    [InlineData("NOT c=*", "1", "NOT denies")]
    [InlineData("c!=3", "1", "!= takes what has not the field")]
    [InlineData(@"path=""*\cmd.exe""", "1 2", "case is disregarded, a backslash is one")]
    [InlineData(@"path=""*\\cmd.exe""", "", "two backslashes are two")]
    [InlineData(@"path=""c:\windows\*""", "1 2", "a backslash escapes no wildcard")]
    [InlineData(@"path=""c:\windows\cm?.exe""", "1 2", "? stands for one character")]
    [InlineData("c=3 said='\"x*'", "3", "single quotes around a double one")]
    [InlineData("a IN [\"0\", \"x*\"]", "2", "a list")]
    [InlineData("event_id>=4624", "1 2", "numbers by value")]
    [InlineData("\"odd name\"=\"X\"", "3", "a name in quotes")]
    [InlineData("\"windows\"", "1 2", "a phrase of the log")]
    [InlineData("* | process regex(\"(?P<f>cmd)\", path) | search f=*", "1", "a field from an expression")]
    [InlineData("* | process regex(\"cmd\", path, \"filter=true\")", "1", "a filter by an expression")]
    public void Searches_find_what_the_pages_say(string search, string found, string why) =>
        string.Join(' ', LogPointEngine.Search(search, Events)).Should().Be(found, why);

    [Theory]
    [InlineData("not=1", "is missing")]
    [InlineData("in=1", "a word of the language")]
    [InlineData("a=\"open", "is open")]
    [InlineData("(a=1", "')' is missing")]
    [InlineData("a=\"x\\\" y\"", "is open")]
    [InlineData("'h\"i'=1", "is no field")]
    [InlineData("a=1 | frobnicate", "no command")]
    [InlineData("a=1 | process regex(\"a\", b)", "makes no field")]
    [InlineData("a=1 | process regex(\"(?P<f>(\", b)", "is not an expression")]
    [InlineData("a=1 | chart count(a)", "with a field, or without")]
    [InlineData("a>\"x\"", "is no number")]
    public void What_they_do_not_allow_is_an_error(string search, string words) =>
        LogPointEngine.Accepts(search).Refusal.Should().Contain(words);

    [Fact]
    public void A_chart_counts_by_fields()
    {
        var rows = LogPointEngine.Run("* | chart count() as n by a | search n > 1", Events.Select(LogPointEngine.RowOf));

        rows.Select(row => $"{row["a"]} {SearchRow.Text(row["n"]!)}").Should().Equal("1 2");
    }
}
