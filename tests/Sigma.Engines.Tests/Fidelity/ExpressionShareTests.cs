using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>How many queries of KQL and ES|QL have a regular expression although their rule has none. The long run writes it to docs/fidelity.md.</summary>
public sealed partial class ExpressionShareTests
{
    private const string Table = "expressions";

    /// <summary>Fewer than three queries of a hundred.</summary>
    private const double Bar = 97;

    private static readonly (string Target, string Operator)[] Operators = [("esql", " RLIKE "), ("kql", " matches regex ")];

    [LongFact(Needs.Shared)]
    public void The_long_run_writes_the_share()
    {
        string[] files = [.. OwnTarget.RulePack, .. OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq"))];
        var rows = Operators.Select(one =>
        {
            var compiler = new Compiler([OwnTarget.Of(one.Target)]);
            var queries = files.AsParallel().SelectMany(file => Queries(compiler, file)).ToList();
            var plain = queries.Where(query => !query.OfExpression).ToList();
            var with = plain.Count(query => HasOperator(query.Text, one.Operator));
            return $"| {one.Target} | {FidelityPage.Number(queries.Count)} | {FidelityPage.Number(plain.Count)} | {FidelityPage.Number(with)} | {Share(plain.Count - with, plain.Count)} |";
        });
        FidelityPage.Write(Table, "| Target | Queries | Of rules without a regular expression | With one nevertheless | Without |\n|---|---|---|---|---|\n" + string.Join('\n', rows));
    }

    [Fact]
    public void An_operator_stands_where_the_language_has_one()
    {
        var rows = FidelityPage.Rows(Table);
        rows.Select(row => row[0]).Should().Equal(Operators.Select(one => one.Target));
        rows.Should().AllSatisfy(row => double.Parse(row[4].TrimEnd(' ', '%'), CultureInfo.InvariantCulture).Should().BeGreaterThanOrEqualTo(Bar, row[0]));
    }

    [Theory]
    [InlineData("where a matches regex @\"x\"", true)]
    [InlineData("where a == \" matches regex \"", false)]
    [InlineData("where a == @\"\\\" and b matches regex @\"\"\"\"", true)]
    [InlineData("where a == \"\\\"\" and b == \" matches regex \"", false)]
    public void An_operator_is_one_outside_texts(string query, bool expected) => HasOperator(query, " matches regex ").Should().Be(expected);

    private static IEnumerable<(string Text, bool OfExpression)> Queries(Compiler compiler, string file)
    {
        var source = SourceText.Decode(file, File.ReadAllBytes(file), out _);
        var expression = OwnExpression().IsMatch(source.Text);
        return compiler.Convert(source).SelectMany(conversion => conversion.Queries).Select(query => (query, expression));
    }

    private static bool HasOperator(string query, string name) => Texts().Replace(query, "\"\"").Contains(name, StringComparison.Ordinal);

    private static string Share(int number, int of) => (Math.Floor(1000.0 * number / of) / 10).ToString("F1", CultureInfo.InvariantCulture) + " %";

    /// <summary>The modifier behind a field, in a rule as it is written.</summary>
    [GeneratedRegex(@"\|re\b")]
    private static partial Regex OwnExpression();

    /// <summary>Texts of both languages: verbatim ones, in which a quote stands twice, and others.</summary>
    [GeneratedRegex("""
        @"(?:[^"]|"")*"|"(?:[^"\\]|\\.)*"
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Texts();
}
