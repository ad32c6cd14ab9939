using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scriban.Runtime;
using Sigma.Cli;
using Sigma.Documentation;
using Sigma.Documentation.Site;
using Sigma.Tests.CommandLine;

namespace Sigma.Tests.Documentation.Site;

/// <summary><c>sigmac doc -f html</c> as a user runs it.</summary>
public sealed partial class SiteCommandTests
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
        folder.Files("one").Should().HaveCount(70 + 4 + 4 + 9, "the rules lack nine things that checks look for, each of which has a page").And.Contain(["index.html", "coverage.html", "rules.html", "rules/r70.html", "assets/index.js", "assets/site.css", "assets/site.js", "assets/icon.svg"]);
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

    /// <summary>The findings on the pages are those of <c>sigmac check</c>, with one configuration: its selection, ignored paths, weights and comments.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_findings_are_those_of_check()
    {
        const string Wrong = "title: A rule.\nid: 11111111-1111-4111-8111-11111111111{0}\nlogsource: {{product: windows}}\ndetection:\n  one: {{F: [x, x]}}\n  condition: 1 of one\n";
        using TemporaryFolder folder = new TemporaryFolder()
            .With("rules/a.yml", string.Format(Wrong, 1))
            .With("rules/b.yml", "# sigmac: ignore SIG1301 -- meant\n" + string.Format(Wrong, 2))
            .With("rules/old/c.yml", string.Format(Wrong, 3))
            .With(".sigmac.yml", """
                check:
                  select: [default, title_end, own_check]
                  ignore: [status_missing]
                  per-path-ignores: {'rules/old/**': meaning}
                  severities: {title_twice: error}
                  custom-checks:
                    own_check:
                      message: 'a title has no <b>dot</b>'
                      detection: {s: {title|endswith: '.'}, condition: s}
                """);
        JsonNode checkedRules = JsonNode.Parse(Sigmac.Run(folder, "check", "rules", "-f", "json").Output)!;
        string[] expected = [.. checkedRules["findings"]!.AsArray().Select(finding => $"{Path.GetFileNameWithoutExtension((string)finding!["path"]!)} {finding["severity"]} {finding["code"]} {finding["message"]}")];
        expected.Should().Contain(line => line.StartsWith("a error SIG19")).And.Contain(line => line.Contains("own_check")).And.HaveCountGreaterThan(9);
        expected.Select(line => line.Split(' ')[0]).Distinct().Should().Equal("a", "b", "c");

        ProgramRun run = Sigmac.Run(folder, "doc", "rules", "-f", "html", "-t", "splunk", "-o", "site");
        run.ExitCode.Should().Be(0, run.Error);
        IEnumerable<string> shown = folder.Files("site").Where(file => file.StartsWith("rules/", StringComparison.Ordinal)).SelectMany(file => Finding().Matches(folder.Read("site/" + file))
            .Select(match => $"{Path.GetFileNameWithoutExtension(file)} {match.Groups[1].Value} {match.Groups[2].Value} {WebUtility.HtmlDecode(match.Groups[3].Value)}"));
        shown.Should().BeEquivalentTo(expected);
        folder.Read("site/codes/own_check.html").Should().Contain("a title has no &lt;b&gt;dot&lt;/b&gt;").And.NotContain("<b>dot");

        // A baseline that knows them all, and no findings at all.
        Sigmac.Run(folder, "check", "rules", "--baseline", "known.json", "--write-baseline").ExitCode.Should().Be(0);
        folder.With(".sigmac.yml", folder.Read(".sigmac.yml") + "\n  baseline: known.json\n");
        Sigmac.Run(folder, "doc", "rules", "-f", "html", "-t", "splunk", "-o", "known").ExitCode.Should().Be(0);
        folder.Read("known/findings.html").Should().Contain("The checks have found nothing in 3 rules.");
        Sigmac.Run(folder, "doc", "rules", "-f", "html", "-t", "splunk", "-o", "hidden", "--findings", "hide").ExitCode.Should().Be(0);
        folder.Files("hidden").Should().NotContain("findings.html");
        folder.Read("hidden/index.html").Should().NotContain("findings.html");
    }

    [Fact]
    public void A_check_that_does_not_exist_is_wrong_use()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rules/r.yml", Rule).With(".sigmac.yml", "check: {ignore: [no_such_check]}\n");
        ProgramRun run = Sigmac.Run(folder, "doc", "rules", "-f", "html", "-t", "splunk", "-o", "site");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("no_such_check");
    }

    /// <summary>The page of a code says what <c>sigmac explain</c> says.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("SIG1207")]
    [InlineData("SIG1821")]
    [InlineData("SIG0603")]
    [InlineData("SIG0811")]
    public void The_page_of_a_code_is_what_explain_prints(string code)
    {
        CodePage page = SampleSite.Codes(code)!;
        using var folder = new TemporaryFolder();
        var findings = new SiteFindings([], _ => page, areShown: true);
        string html = SiteTheme.Open(null, []).Render("code", Shared(findings.Code(page)), out _)!;
        string shown = Blanks().Replace(WebUtility.HtmlDecode(Tag().Replace(html.Replace("</dt>", ": "), " ")), " ");
        string explained = Sigmac.Run(folder, "explain", code).Output;
        string[] parts = explained.Replace($"\n\nSee {KnownCodes.PathOf(code)}\n", "").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        parts.Should().HaveCountGreaterThan(1);
        foreach (string part in parts.SelectMany(part => part.Contains("\nName: ") ? part.Split('\n') : [part]))
        {
            if (part.StartsWith("    ", StringComparison.Ordinal))
            {
                // Colours stand between the words of an example.
                Blanks().Replace(shown, "").Should().Contain(Blanks().Replace(part, ""));
                continue;
            }

            string text = Heading().Replace(Blanks().Replace(part, " ").Trim().TrimEnd(':'), "$2");
            shown.Should().Contain(text.StartsWith("error SIG", StringComparison.Ordinal) || text.StartsWith("warning SIG", StringComparison.Ordinal) || text.StartsWith("info SIG", StringComparison.Ordinal) ? page.Code.Message : text);
        }

        static ScriptObject Shared(ScriptObject values)
        {
            (values["checked"], values["root"], values["page"], values["count"]) = (true, "../", "findings", 1);
            return values;
        }
    }

    [GeneratedRegex("<li class=\"(?:error|warning|info)\"><b>(error|warning|info) <a href=\"\\.\\./codes/[^\"]*\">([^<]*)</a></b> ((?:(?! <em>| <a href=\"#L|</li>).)*)", RegexOptions.Singleline)]
    private static partial Regex Finding();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(Wrong|Right) \((.*)\)\z")]
    private static partial Regex Heading();
}
