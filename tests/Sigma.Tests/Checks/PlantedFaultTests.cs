using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Tests.Checks;

/// <summary>
/// Faults that are planted in rules are found with their code at the place where they are, and no others; what only looks like a
/// fault is not reported. The cases, of all groups of checks, are in <c>Planted</c>; <see cref="PlantedCases"/> has their form.
/// </summary>
public sealed class PlantedFaultTests
{
    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach ((int index, (string file, PlantedCase one)) in PlantedCases.All.Index())
            {
                data.Add($"{file} {one.Code}", one.Name, index);
            }

            return data;
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_findings_are_where_the_faults_are(string code, string name, int index)
    {
        PlantedCase planted = PlantedCases.All[index].Case;
        planted.Files.Any(file => file.Text.Contains(PlantedCases.Mark)).Should().Be(planted.IsFault, "a fault has a mark, {0}: {1}", code, name);

        string[] expected = [.. planted.Files.SelectMany(file => Places(file.Path, file.Text))];
        Found(planted).Should().Equal(expected);
    }

    [Fact]
    public void There_are_two_hundred_of_each_and_every_check_has_one()
    {
        PlantedCases.All.Count(one => one.Case.IsFault).Should().BeGreaterThanOrEqualTo(200);
        PlantedCases.All.Count(one => !one.Case.IsFault).Should().BeGreaterThanOrEqualTo(200);
        foreach (bool fault in (bool[])[true, false])
        {
            var codes = PlantedCases.All.Where(one => one.Case.IsFault == fault).Select(one => one.Case.Code).ToHashSet(StringComparer.Ordinal);
            CheckCatalog.Own.Select(check => check.Info.Code).Except(codes).Should().BeEmpty();
        }
    }

    /// <summary>The places of findings of the check, by file, line and column.</summary>
    private static string[] Found(PlantedCase planted)
    {
        var settings = new CheckSettings { Today = new DateOnly(2026, 11, 28), Authors = planted.Authors };
        var checker = new Checker(CheckSelection.Of(CheckCatalog.All, planted.Code == "SIG1801" ? ["default"] : ["all"], [], [], []), settings);
        CheckedFile[] files = [.. planted.Files.Select(file => checker.Check(new SourceText(file.Path, file.Text.Replace(PlantedCases.Mark.ToString(), ""))))];
        IEnumerable<Finding> all = files.SelectMany(file => file.Findings).Concat(checker.CheckAll([.. files.SelectMany(file => file.Rules)]));
        return [.. all.Where(finding => finding.Info.Code == planted.Code).Select(finding => $"{finding.Span.Source.Path}:{finding.Span.Position.Line}:{finding.Span.Position.Column}")];
    }

    private static IEnumerable<string> Places(string path, string text)
    {
        string[] parts = text.Split(PlantedCases.Mark);
        string before = "";
        foreach (string part in parts[..^1])
        {
            before += part;
            yield return $"{path}:{before.Count(c => c == '\n') + 1}:{before.Length - before.LastIndexOf('\n')}";
        }
    }
}
