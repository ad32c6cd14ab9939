using Sigma.Tests.CommandLine;

namespace Sigma.Tests.Documentation.Site;

/// <summary><c>sigmac doc -f html</c> as a user runs it.</summary>
public sealed class SiteCommandTests
{
    private const string Rule = "title: A rule\nid: 11111111-1111-4111-8111-111111111111\nlogsource: {product: windows}\ndetection:\n  s: {F: x}\n  condition: s\n";

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_site_is_written_and_the_number_of_jobs_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        foreach (int number in Enumerable.Range(1, 70))
        {
            folder.With($"rules/r{number}.yml", Rule.Replace("A rule", $"Rule {number}"));
        }

        ProgramRun run = Sigmac.Run(folder, "doc", "rules", "-f", "html", "-t", "splunk", "-o", "one", "-j", "1");
        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().BeEmpty();
        Sigmac.Run(folder, "doc", "rules", "-f", "html", "-t", "splunk", "-o", "four", "-j", "4").ExitCode.Should().Be(0);
        folder.Files("one").Should().HaveCount(70 + 3 + 4).And.Contain(["index.html", "coverage.html", "rules.html", "rules/r70.html", "assets/index.js", "assets/site.css", "assets/site.js", "assets/icon.svg"]);
        folder.Files("four").Should().Equal(folder.Files("one"));
        folder.Files("one").Should().AllSatisfy(file => folder.Read("four/" + file).Should().Be(folder.Read("one/" + file)));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("rule.scriban", "{{ if }}", 2)]
    [InlineData("rule.scriban", "{{ nothing.here }}", 1)]
    [InlineData("other.scriban", "", 2)]
    public void A_broken_theme_is_reported_and_nothing_is_written(string name, string text, int exitCode)
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rules/r.yml", Rule).With("theme/" + name, text);
        ProgramRun run = Sigmac.Run(folder, "doc", "rules", "-f", "html", "-t", "splunk", "-o", "site", "--template", "theme");
        run.ExitCode.Should().Be(exitCode, run.Error);
        run.Error.Should().Contain(name).And.MatchRegex("SIG071[89]");
        folder.Files(".").Should().NotContain(file => file.StartsWith("site/"));
    }
}
