using System.Text;
using System.Text.RegularExpressions;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Tests.Golden;

namespace Sigma.Tests.Checks;

/// <summary>docs/checks has a page for every check, and docs/checks.md the tables of checks and of the names elsewhere.</summary>
[Trait(GoldenFiles.Trait, "yes")]
public sealed partial class CheckPageTests
{
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Every_check_has_its_page() => GoldenFiles.InRepository.CheckFolder(
        "docs/checks", CheckCatalog.Own.ToDictionary(check => check.Info.Code + ".md", check => CheckPage.Markdown(check.Info)));

    [Fact]
    public void The_page_lists_the_checks_and_the_names_elsewhere() =>
        GoldenFiles.InRepository.CheckExamples("docs/checks.md", Table(), match => match.Groups["what"].Value switch
        {
            "checks" => Checks(),
            "pysigma" => Names("pysigma", PeerNames.PySigma),
            "sigmahq" => Names("sigmahq", PeerNames.SigmaHq),
            _ => Names("rsigma", PeerNames.Rsigma),
        });

    private static string Checks()
    {
        var table = new StringBuilder("| Code | Name | Group | Weight | Fix | Message |\n|---|---|---|---|---|---|\n");
        foreach (CheckInfo info in CheckCatalog.Own.Select(check => check.Info))
        {
            string weight = info.Severity.ToString().ToLowerInvariant() + (info.IsDefault ? "" : ", if selected");
            table.Append($"| [{info.Code}](checks/{info.Code}.md) | `{info.Name}` | {info.GroupName} | {weight} | {(info.Fix is FixKind.None ? "" : info.Fix.ToString().ToLowerInvariant())} | {info.Message} |\n");
        }

        return table.ToString();
    }

    private static string Names(string tool, string[] names)
    {
        var table = new StringBuilder("| There | Here |\n|---|---|\n");
        foreach (string name in names)
        {
            string[] codes = [.. CheckCatalog.All.Select(check => check.Info).Where(info => info.Aliases.Contains($"{tool}:{name}")).Select(Link)];
            table.Append($"| `{name}` | {(codes.Length > 0 ? string.Join(", ", codes) : "no: " + Unsupported.Reasons[name])} |\n");
        }

        return table.ToString();
    }

    private static string Link(CheckInfo info) =>
        info.Code.StartsWith("SIG1", StringComparison.Ordinal) ? $"[{info.Code}](checks/{info.Code}.md)" : $"[{info.Code}](diagnostics.md#{info.Code.ToLowerInvariant()})";

    [GeneratedRegex(@"<!-- table (?<what>\w+) -->\n\n(?<output>.*?)\n<!-- end of table -->", RegexOptions.Singleline)]
    private static partial Regex Table();
}
