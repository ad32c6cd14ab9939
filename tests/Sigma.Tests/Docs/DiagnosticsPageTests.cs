using System.Text.RegularExpressions;
using Sigma.Text;

namespace Sigma.Tests.Docs;

/// <summary>docs/diagnostics.md lists every code with its severity, sentence and hint, and no other.</summary>
public sealed partial class DiagnosticsPageTests
{
    public static TheoryData<string> CodeIds => [.. Codes.All.Select(code => code.Id)];

    [Theory]
    [MemberData(nameof(CodeIds))]
    public void A_code_stands_on_the_page_as_it_is(string id)
    {
        DiagnosticCode code = Codes.All.Single(c => c.Id == id);

        Rows().Should().ContainSingle(row => row.Id == id)
            .Which.Should().Be(new Row(id, code.Severity.ToString().ToLowerInvariant(), code.Message, code.Hint ?? ""));
    }

    [Fact]
    public void The_page_has_no_code_that_does_not_exist() =>
        Rows().Select(row => row.Id).Should().BeSubsetOf(Codes.All.Select(code => code.Id));

    [Fact]
    public void The_codes_stand_in_order() =>
        Rows().Select(row => row.Id).Should().BeInAscendingOrder(StringComparer.Ordinal);

    private static IReadOnlyList<Row> Rows() =>
    [
        .. File.ReadLines(Path.Combine(Repository(), "docs", "diagnostics.md"))
            .Select(line => TableRow().Match(line))
            .Where(match => match.Success)
            .Select(match => new Row(match.Groups["id"].Value, match.Groups["severity"].Value, match.Groups["message"].Value, match.Groups["hint"].Value)),
    ];

    /// <summary>The folder that has the solution in it, from the tests' own folder upwards.</summary>
    private static string Repository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sigma.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No folder above the tests has Sigma.sln in it.");
    }

    [GeneratedRegex(@"^\| (?<id>SIG\d{4}) \| (?<severity>\w+) \| `(?<message>.*?)` \| (?:`(?<hint>.*)`)? \|$")]
    private static partial Regex TableRow();

    private sealed record Row(string Id, string Severity, string Message, string Hint);
}
