using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Searches;
using Sigma.Engines.Tests.Engines.Splunk;

namespace Sigma.Engines.Tests.SelfTests;

/// <summary>The interpreter does what the vendor's pages say, by their own examples where they have some.</summary>
public sealed class SplunkEngineTests
{
    private static readonly EngineEvent[] Events =
    [
        EngineEvent.Of(1, "Security", 4625, ("A", "1"), ("B", "2"), ("C", "0"), ("Path", @"C:\Windows\cmd.exe")),
        EngineEvent.Of(2, "Security", 4624, ("A", "0"), ("B", "0"), ("C", "3"), ("Path", @"c:\windows\CMD.EXE"), ("Ip", "10.1.2.3")),
        EngineEvent.Of(3, "Security", 4624, ("A", "1"), ("B", "0"), ("C", "3"), ("Quote", "say \"x\" | y")),
        EngineEvent.Of(4, "Security", 1, ("A", ""), ("Note", "C:\tab")),
    ];

    [Theory]
    [InlineData("A=1 B=2 OR C=3", "1 3", "AND binds less than OR")]
    [InlineData("(A=1 AND B=2) OR C=3", "1 2 3", "brackets first")]
    [InlineData("NOT A=1", "2 4", "NOT takes what has not the field")]
    [InlineData("A!=1", "2 4", "!= takes what has another value")]
    [InlineData("Ip!=\"1\"", "2", "!= wants the field to be there")]
    [InlineData("NOT Ip=\"*\"", "1 3 4", "* stands for any value")]
    [InlineData("A=\"*\"", "1 2 3 4", "an empty value is one")]
    [InlineData("A=\"\"", "4", "the empty text")]
    [InlineData(@"Path=""c:\\windows\\cmd.exe""", "1 2", "case is disregarded, a backslash written twice")]
    [InlineData(@"Path=""*\\cmd.*""", "1 2", "wildcards")]
    [InlineData("Ip=\"10.0.0.0/8\"", "2", "networks")]
    [InlineData("Quote=\"say \\\"x\\\" | y\"", "3", "quotes and pipes in a text")]
    [InlineData("EventCode IN (4625, 1)", "1 4", "IN")]
    [InlineData("EventCode>=4625", "1", "numbers by value")]
    [InlineData("\"Windows\"", "1 2", "a word of the event")]
    [InlineData("\"Window\"", "", "no part of a word")]
    [InlineData("* | where A=\"1\" OR B=2 AND C=3", "1 3", "where: AND first")]
    [InlineData("* | where NOT Ip=\"1\"", "2", "what is missing is not true")]
    [InlineData("* | where like(Path,\"%cmd%\")", "1", "like regards case")]
    [InlineData("* | where match('Path',\"(?i)cmd\\.exe$\")", "1 2", "an expression")]
    [InlineData("* | where Note=\"C:\\tab\"", "4", "\\t is a tab in an evaluated text")]
    [InlineData("* | eval n=if(isnull(Ip),1,0) | search n=1", "1 3 4", "a flag")]
    [InlineData("* | where substr(lower(Path),1,len(\"c:\"))=\"c:\"", "1 2", "parts of texts")]
    [InlineData("* | eventstats count as n by B | search n>1", "2 3", "figures on events")]
    public void Searches_find_what_the_pages_say(string search, string found, string why) =>
        string.Join(' ', SplunkEngine.Search(search, Events)).Should().Be(found, why);

    [Theory]
    [InlineData("AND=1", "stands for an operator")]
    [InlineData("A=\"open", "is open")]
    [InlineData("(A=1", "')' is missing")]
    [InlineData("A=1)", "ends here")]
    [InlineData(@"A=""c:\windows""", "no escape")]
    [InlineData("A=1 | frobnicate", "no command")]
    [InlineData("A=1 | where match(A)", "is missing")]
    [InlineData("A=1 | where match('A',\"a\\\\b\")", "two readings")]
    [InlineData("A=1 | where len(A,B)=1", "no function")]
    [InlineData("A=1 | eval x='it's'", "ends here")]
    [InlineData("A=1 | where match(A,\"(\")", "is not an expression")]
    [InlineData("A=1 | stats nothing(A)", "no figure")]
    [InlineData("| multisearch [search A=1]", "two searches")]
    [InlineData("| multisearch [search A=1] [search B=1 | stats count]", "streaming")]
    public void What_the_pages_do_not_allow_is_an_error(string search, string words) =>
        SplunkEngine.Accepts(search).Refusal.Should().Contain(words);

    [Theory]
    [InlineData("stats count", "5")]
    [InlineData("stats sum(N) as n", "22")]
    [InlineData("stats avg(N) as n", "5.5")]
    [InlineData("stats dc(N) as n", "5")]
    [InlineData("stats median(N) as n", "5.5")]
    [InlineData("stats exactperc75(N) as n", "6")]
    [InlineData("stats perc99.5(N) as n", "10")]
    [InlineData("stats min(N) as n", "1")]
    [InlineData("stats max(N) as n", "x")]
    [InlineData("stats values(N) as n", "1 10 5 6 x")]
    public void Figures_are_those_of_the_pages(string command, string figure)
    {
        string[] numbers = ["1", "5", "6", "10", "x"];
        var rows = SplunkEngine.Run("* | " + command, numbers.Select((n, i) => SplunkEngine.RowOf(EngineEvent.Of(i, "Security", 1, ("N", n)))));

        string.Join(' ', rows.Single().Texts(command.EndsWith(" n", StringComparison.Ordinal) ? "n" : "count")).Should().Be(figure);
    }

    [Theory]
    [InlineData("where D.A=\"1*\" by D.A", "1 10", "a wildcard")]
    [InlineData("where D.A=\"1\" by D.A, D.B", "", "who lacks a field of by is in no group")]
    [InlineData("where NOT D.B=\"*\" by D.A", "1 10 20", "NOT takes what has not the field")]
    [InlineData("by D.B", "b", "who has the field is", "B")]
    [InlineData("where nodename=D.Child D.A=\"20\" by D.A", "20", "a child of the dataset")]
    public void A_data_model_is_searched_as_the_page_of_tstats_says(string search, string found, string because, string field = "A")
    {
        Tstats(search).Select(row => SearchRow.Text(row[field] ?? "")).Where(text => text.Length > 0).Should().Equal(found.Split(' ', StringSplitOptions.RemoveEmptyEntries), because);
    }

    [Theory]
    [InlineData("where D.A>5 by D.A")]
    [InlineData("where A=\"1\" by A")]
    [InlineData("D.A=\"1\" by D.A")]
    [InlineData("where D.A=\"1\"")]
    public void What_the_page_of_tstats_does_not_promise_is_an_error(string search) => FluentActions.Invoking(() => Tstats(search)).Should().Throw<SearchError>();

    [Fact]
    public void Groups_of_a_data_model_are_counted_and_filled()
    {
        var rows = SplunkEngine.Run(
            "| tstats summariesonly=false allow_old_summaries=false fillnull_value=\"none\" count min(_time) as firstTime max(_time) as lastTime from datamodel=M.D by D.B | eval 'D.B'=nullif('D.B',\"none\") | rename D.* as *",
            Model(("A", "1"), ("A", "2"), ("B", "x")));

        rows.Select(row => (row["B"], row["count"])).Should().BeEquivalentTo([((object?)null, (object?)2.0), ("x", 1.0)]);
    }

    private static IReadOnlyList<SearchRow> Tstats(string search) => SplunkEngine.Run(
        $"| tstats summariesonly=false allow_old_summaries=false count min(_time) as firstTime max(_time) as lastTime from datamodel=M.D {search} | rename D.* as *",
        Model(("A", "1"), ("A", "10"), ("A", "20")).Concat([new SearchRow { RecordId = 9, ["D.B"] = "b", ["A"] = "1", ["_time"] = 0.0 }]));

    private static IEnumerable<SearchRow> Model(params (string Name, string Value)[] fields) =>
        fields.Select((field, i) => new SearchRow { RecordId = i, ["D." + field.Name] = field.Value, ["_time"] = (double)i });

    [Fact]
    public void Stretches_begin_at_full_multiples()
    {
        int[] minutes = [0, 4, 5, 9, 11];
        var rows = minutes.Select(m => SplunkEngine.RowOf(EngineEvent.Of(m, "Security", 1) with { Time = EngineEvent.Noon.AddMinutes(m) }));

        SplunkEngine.Run("* | bin _time span=5m | stats count by _time", rows).Select(row => SearchRow.Text(row["count"]!)).Should().Equal("2", "2", "1");
    }
}
