using Microsoft.Data.Sqlite;
using Sigma.Compilation;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>What an engine would take for something else: a name that is no column, and a character that no text has.</summary>
public sealed class SqlNamesAndTextsTests
{
    [Theory]
    [InlineData("nosuch|contains: suc")]
    [InlineData("nosuch|exists: true")]
    [InlineData("nosuch: null")]
    [InlineData("nosuch|fieldref: here")]
    public void SQLite_takes_a_field_that_is_no_column_for_an_error_not_for_a_text(string item)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE events (here TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = Query("sqlite", item);

        var search = () => command.ExecuteReader();

        search.Should().Throw<SqliteException>().WithMessage("*no such column: nosuch*");
    }

    [Theory]
    [InlineData("""A: "a\0b" """)]
    [InlineData("""A|contains: "a\0b" """)]
    [InlineData("""A|cased: "a\0b" """)]
    public void A_text_of_PostgreSQL_has_no_character_of_the_code_0(string item)
    {
        var conversion = Convert("postgres", item);

        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(d => d.Code.Id == "SIG0601");
    }

    private static string Query(string target, string item) => Convert(target, item).Query!;

    private static Conversion Convert(string target, string item) =>
        OwnTarget.Convert(FidelityTargets.All.Single(t => t.Name == target).Target(), $"title: t\nlogsource: {{product: test}}\ndetection:\n  s:\n    {item}\n  condition: s\n").Single();
}
