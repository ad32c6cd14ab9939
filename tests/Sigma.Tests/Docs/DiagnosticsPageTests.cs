using System.Text;
using System.Text.RegularExpressions;
using Sigma.Tests.Golden;
using Sigma.Text;

namespace Sigma.Tests.Docs;

/// <summary>docs/diagnostics.md has a table and a section for every code, made from its entry, between markers that name a group.</summary>
[Trait(GoldenFiles.Trait, "yes")]
public sealed partial class DiagnosticsPageTests
{
    private const string Page = "docs/diagnostics.md";

    [Fact]
    public void The_codes_of_the_page_are_made_from_their_entries() =>
        GoldenFiles.InRepository.CheckExamples(Page, Group(), match => Sections(match.Groups["prefix"].Value));

    [Fact]
    public void Every_code_is_in_exactly_one_group_of_the_page()
    {
        string[] prefixes = [.. Group().Matches(File.ReadAllText(Path.Combine(Backends.Repository.Root, Page))).Select(match => match.Groups["prefix"].Value)];

        Codes.All.Should().OnlyContain(code => prefixes.Count(prefix => code.Id.StartsWith(prefix)) == 1);
        prefixes.Should().OnlyContain(prefix => Codes.All.Any(code => code.Id.StartsWith(prefix)));
    }

    [Theory]
    [InlineData(Page, @"prints (?<codes>[^:]*) as warnings")]
    [InlineData("docs/convert.md", @"a pipeline made for the target refuses it \((?<codes>[^)]*)\)")]
    [InlineData("docs/records.md", @"if the only errors are (?<codes>[^:]*):")]
    public void The_codes_of_rules_that_a_target_cannot_express_are_named(string page, string sentence)
    {
        string text = File.ReadAllText(Path.Combine(Backends.Repository.Root, page));

        string codes = Regex.Match(text, sentence, RegexOptions.Singleline).Groups["codes"].Value;

        Code().Matches(codes).Select(match => match.Value).Should().Equal(Codes.All.Where(code => code.IsRefusal).Select(code => code.Id));
    }

    private static string Sections(string prefix)
    {
        DiagnosticCode[] codes = [.. Codes.All.Where(code => code.Id.StartsWith(prefix, StringComparison.Ordinal))];
        var page = new StringBuilder("| Code | Severity | Message |\n|---|---|---|\n");
        foreach (DiagnosticCode code in codes)
        {
            code.Message.Should().NotContainAny("|", "`");
            page.Append($"| [{code.Id}](#{code.Id.ToLowerInvariant()}) | {Severity(code)} | `{code.Message}` |\n");
        }

        foreach (DiagnosticCode code in codes)
        {
            page.Append($"\n#### {code.Id}\n\n**{Severity(code)}:** `{code.Message}`");
            page.Append(code.FixedHint is { } hint ? $"\\\n**hint:** `{hint}`" : "");
            page.Append($"\n\n{code.Explanation.ReplaceLineEndings("\n")}\n");
        }

        return page.ToString();
    }

    private static string Severity(DiagnosticCode code) => code.Severity.ToString().ToLowerInvariant();

    [GeneratedRegex(@"SIG\d{4}")]
    private static partial Regex Code();

    [GeneratedRegex(@"<!-- codes (?<prefix>SIG\d+) -->\n\n(?<output>.*?)\n<!-- end of codes -->", RegexOptions.Singleline)]
    private static partial Regex Group();
}
