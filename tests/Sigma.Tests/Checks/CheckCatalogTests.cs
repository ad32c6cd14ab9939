using System.Text.RegularExpressions;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Checks.Custom;
using Sigma.Text;

namespace Sigma.Tests.Checks;

/// <summary>The list of checks is complete, and knows the names of other tools' checks.</summary>
public sealed class CheckCatalogTests
{
    public static TheoryData<string> Own => [.. CheckCatalog.Own.Select(check => check.Info.Code)];

    [Fact]
    public void Every_check_is_in_the_list_once()
    {
        Type[] classes = [.. typeof(Check).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Check)) && !type.IsAbstract && type != typeof(ReadingCheck) && type != typeof(CustomCheck))];

        CheckCatalog.Own.Select(check => check.GetType()).Should().BeEquivalentTo(classes);
        CheckCatalog.All.Select(check => check.Info.Code).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
        CheckCatalog.All.Select(check => check.Info.Name).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Codes_of_checks_and_of_diagnostics_are_different() =>
        CheckCatalog.Own.Select(check => check.Info.Code).Should().NotIntersectWith(Codes.All.Select(code => code.Id)).And.OnlyContain(code => Regex.IsMatch(code, @"^SIG1\d{3}\z"));

    [Fact]
    public void Every_code_of_reading_is_a_check_with_the_name_of_its_entry()
    {
        string[] reading = [.. Codes.All.Select(code => code.Id).Where(code => string.CompareOrdinal(code, "SIG04") < 0)];

        CheckCatalog.All.Select(check => check.Info.Code).Should().Contain(reading.Except(ReadingCheck.Notes)).And.NotIntersectWith(ReadingCheck.Notes);
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void A_check_is_explained_in_the_house_style(string code)
    {
        CheckInfo info = CheckCatalog.Find(code)!;

        Regex.Count(info.Why, @"[.:?](?=\s|$)").Should().BeInRange(1, 6);
        foreach (string text in (string[])[info.Message, info.Hint ?? ""])
        {
            text.Should().NotEndWith(".");
            (text.Length > 0 && char.IsUpper(text[0]) && !text.StartsWith("ATT&CK", StringComparison.Ordinal) && !text.StartsWith("D3FEND", StringComparison.Ordinal)).Should().BeFalse();
        }

        info.Message.Should().NotContainAny("|", "`");
    }

    [Fact]
    public void Every_check_of_other_tools_is_covered_or_refused_with_a_reason()
    {
        var known = CheckCatalog.All.SelectMany(check => check.Info.Aliases).ToHashSet();
        foreach ((string tool, string[] names) in ((string, string[])[])[("pysigma", PeerNames.PySigma), ("sigmahq", PeerNames.SigmaHq), ("rsigma", PeerNames.Rsigma)])
        {
            names.Where(name => !known.Contains($"{tool}:{name}") && !Unsupported.Has(name)).Should().BeEmpty(tool);
        }

        known.Should().BeSubsetOf([
            .. PeerNames.PySigma.Select(name => "pysigma:" + name), .. PeerNames.SigmaHq.Select(name => "sigmahq:" + name), .. PeerNames.Rsigma.Select(name => "rsigma:" + name)]);
    }

    [Fact]
    public void At_least_forty_checks_have_a_safe_correction() =>
        CheckCatalog.Own.Count(check => check.Info.Fix is FixKind.Safe).Should().BeGreaterThanOrEqualTo(40);

    [Theory]
    [InlineData("SIG1005", "title_blanks")]
    [InlineData("sig10", "title_blanks")]
    [InlineData("pysigma", "duplicate_tag")]
    [InlineData("sigmahq:sigmahq_title_end", "title_end")]
    [InlineData("sigmahq_title_end", "title_end")]
    [InlineData("log-source", "redundant_field")]
    [InlineData("logsource", "redundant_field")]
    [InlineData("all", "tlpv1_tag")]
    public void A_word_means_checks(string word, string name)
    {
        CheckInfo info = CheckCatalog.All.Select(check => check.Info).Single(info => info.Name == name);

        CheckSelection.Means(word, info).Should().BeTrue();
    }

    [Fact]
    public void What_is_not_a_check_is_told()
    {
        var unknown = new List<string>();
        CheckSelection.Of(CheckCatalog.All, ["tags", "nope"], ["ads_missing_goal", "SIG99"], ["title_end=grave", "title_end=error"], unknown);

        unknown.Should().Equal("nope", "SIG99", "title_end=grave");
    }
}
