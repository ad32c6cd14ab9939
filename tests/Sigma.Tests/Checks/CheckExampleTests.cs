using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Checks.Fixing;
using Sigma.Text;

namespace Sigma.Tests.Checks;

/// <summary>Every check finds its own wrong example, at the place that its message means, not its right one, and corrects what it says it can.</summary>
public sealed class CheckExampleTests
{
    private static readonly CheckSettings Settings = new() { Today = new DateOnly(2026, 11, 28) };

    /// <summary>The checks that miss what a rule says about itself.</summary>
    private static readonly string[] Missing = ["id_missing", "status_missing", "description_missing", "author_missing", "date_missing", "level_missing"];

    public static TheoryData<string> Examples => [.. CheckCatalog.Own.Select(check => check.Info).Where(info => info.Wrong.Length > 0).Select(info => info.Code)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_wrong_example_is_found_and_the_right_one_is_not(string code)
    {
        CheckInfo info = CheckCatalog.Find(code)!;

        Found(info, info.Wrong, info.WrongPath).Should().NotBeEmpty();
        Found(info, info.Right, info.RightPath).Should().BeEmpty();
    }

    /// <summary>Who takes the right example over has nothing to mend, whatever runs by default.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public void The_right_example_has_no_finding_at_all(string code)
    {
        CheckInfo info = CheckCatalog.Find(code)!;

        // A whole file, as those with correlations and filters, leaves the head out that an ordinary rule has.
        bool isWhole = ExampleRule.Of(info.Right) == info.Right + "\n";
        All(new SourceText(info.RightPath, ExampleRule.Of(info.Right))).Where(finding => !isWhole || !Missing.Contains(finding.Info.Name))
            .Select(finding => finding.Diagnostic.ToString()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_wrong_example_can_be_read_and_has_no_other_mistake_of_its_kind(string code)
    {
        CheckInfo info = CheckCatalog.Find(code)!;

        foreach ((string example, string path) in ((string, string)[])[(info.Wrong, info.WrongPath), (info.Right, info.RightPath)])
        {
            // A list whose values exclude each other can never match either.
            SourceText source = new(path, ExampleRule.Of(example));
            All(source).Where(finding => finding.Severity is Severity.Error && finding.Info.Code != code && finding.Info.Name != "condition_never").Should().BeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_correction_takes_the_finding_away_and_is_proved(string code)
    {
        CheckInfo info = CheckCatalog.Find(code)!;
        SourceText source = new(info.WrongPath, ExampleRule.Of(info.Wrong));
        Checker checker = CheckerOf(code);
        IReadOnlyList<Finding> before = Of(checker, source);

        if (info.Fix is FixKind.None)
        {
            before.Where(finding => finding.Info.Code == code).Should().OnlyContain(finding => finding.Fix == null);
            return;
        }

        before.Should().Contain(finding => finding.Info.Code == code && finding.Fix != null && finding.Fix.IsSafe == (info.Fix == FixKind.Safe));
        FixedFile done = checker.Fix(source, before, withUnsafe: info.Fix is FixKind.Unsafe);
        done.Applied.Should().NotBeEmpty();
        done.Refused.Should().BeEmpty();
        checker.Check(new SourceText(info.WrongPath, done.Text)).Findings.Where(finding => finding.Info.Code == code).Should().BeEmpty();
    }

    [Fact]
    public void The_ordinary_rule_has_no_finding() =>
        All(new SourceText("rules/proc_creation_win_example_rule.yml", ExampleRule.Ordinary.ReplaceLineEndings("\n"))).Should().BeEmpty();

    private static IEnumerable<Finding> Found(CheckInfo info, string example, string path) =>
        Of(CheckerOf(info.Code), new SourceText(path, ExampleRule.Of(example))).Where(finding => finding.Info.Code == info.Code);

    private static IReadOnlyList<Finding> All(SourceText source) => Of(new Checker(CheckSelection.Of(CheckCatalog.All, [], [], [], []), Settings), source);

    /// <summary>What is found in a file, also in its documents together.</summary>
    private static IReadOnlyList<Finding> Of(Checker checker, SourceText source)
    {
        CheckedFile file = checker.Check(source);
        return [.. file.Findings, .. checker.CheckAll(file.Rules)];
    }

    /// <summary>The check alone; for a comment that suppresses nothing, with those that it may suppress.</summary>
    private static Checker CheckerOf(string code) =>
        new(CheckSelection.Of(CheckCatalog.All, code == "SIG1801" ? ["default"] : [code], [], [], []), Settings);
}
