using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sigma.Documentation.Site;
using Sigma.Tests.CommandLine;
using Sigma.Text;

namespace Sigma.Tests.Documentation.Site;

/// <summary>The site as files: whole, linked, the same each time, and with nothing of a rule's in it but text.</summary>
public sealed partial class DetectionSiteTests
{
    private static readonly string[] Targets = ["splunk", "grep"];
    private static readonly Lazy<SortedDictionary<string, string>> OfPack = new(() => SampleSite.Of(SampleSite.Pack, Targets));
    private static readonly Lazy<SortedDictionary<string, string>> OfHostile = new(() => SampleSite.Of(HostileRule.Files, Targets));

    public static TheoryData<string> Sites => ["pack", "hostile"];

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Sites))]
    public void Every_link_leads_somewhere_in_the_site_or_to_the_web(string name)
    {
        SortedDictionary<string, string> site = Site(name);
        var ids = site.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)).ToDictionary(file => file.Key, file => Id().Matches(file.Value).Select(match => match.Groups[1].Value).ToHashSet());
        foreach ((string path, string text) in site.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)))
        {
            ids[path].Should().HaveCount(Id().Count(text), "each id of {0} is there once", path);
            foreach (Match match in Link().Matches(text))
            {
                string address = WebUtility.HtmlDecode(match.Groups[1].Value);
                if (address.StartsWith("http://", StringComparison.Ordinal) || address.StartsWith("https://", StringComparison.Ordinal))
                {
                    continue;
                }

                var target = new Uri(new Uri("site:/" + path), address);
                target.Scheme.Should().Be("site", "{0} in {1} is none of the site's", address, path);
                string file = target.AbsolutePath.TrimStart('/');
                site.Should().ContainKey(file, "{0} in {1}", address, path);
                if (target.Fragment.Length > 1 && file is not ("rules.html" or "findings.html"))
                {
                    ids[file].Should().Contain(Uri.UnescapeDataString(target.Fragment[1..]), "{0} in {1}", address, path);
                }
            }
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_same_rules_make_the_same_bytes() => SampleSite.Of(SampleSite.Pack, Targets).Should().Equal(OfPack.Value);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Sites))]
    public void No_page_has_a_script_or_a_style_of_its_own(string name)
    {
        foreach ((string path, string text) in Site(name).Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)))
        {
            Script().Count(text).Should().Be(1, path);
            Style().IsMatch(Value().Replace(text, "\"\"")).Should().BeFalse(path);
            text.Should().Contain("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'\">");
        }
    }

    [Fact]
    public void Hostile_values_are_text()
    {
        string page = OfHostile.Value["rules/Same-name.html"];
        page.Should().Contain(HostileRule.Title.Escaped()).And.NotContain("<img").And.NotContain("<script>").And.NotContain("<svg onload");
        Link().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Should()
            .NotContain(address => Uri.UnescapeDataString(address).TrimStart().StartsWith("javascript", StringComparison.OrdinalIgnoreCase) || address.StartsWith("data"));
        page.Should().Contain("{{ 7*7 }}", "a rule's text is no template").And.NotContain(">49<");
    }

    [Fact]
    public void What_turns_the_direction_of_writing_shows_and_a_query_keeps_it()
    {
        string page = SampleSite.Page("title: \"a\u202eb\"\nlogsource: {category: test}\ndetection: {s: {f: \"x\u202ey\"}, condition: s}\n", "splunk");

        page.Should().Contain("<h1>a\\u{202e}b</h1>");
        page.Should().Contain("<code>f=&quot;x<span class=\"unseen\" data-code=\"202e\">\u202e</span>y&quot;</code>");
        page.Replace("<span class=\"unseen\" data-code=\"202e\">\u202e</span>", "").Should().NotContain("\u202e");
    }

    [Fact]
    public void Rules_whose_files_share_a_name_have_pages_of_their_own()
    {
        OfHostile.Value.Keys.Where(path => path.StartsWith("rules/", StringComparison.Ordinal)).Should().BeEquivalentTo(
            "rules/Same-name.html", "rules/broken.html", "rules/evil.html", "rules/img-src-x-onerror-alert-4.html", "rules/rule-con.html", "rules/same-name-2.html");
    }

    [Fact]
    public void Several_rules_of_a_file_have_pages_of_their_own_with_their_own_lines()
    {
        const string One = "title: One\nlogsource: {product: a}\ndetection: {s: {F: x}, condition: s}\n";
        SortedDictionary<string, string> site = SampleSite.Of([("f.yml", $"# first\n{One}---\n# second\n{One.Replace("One", "Two")}")], Targets);
        site["rules/f.html"].Should().Contain("# first").And.NotContain("# second");
        site["rules/f-2.html"].Should().Contain("data-n=\"6\"><span class=\"c\"># second").And.NotContain("# first");
    }

    [Fact]
    public void A_broken_rule_has_a_page_that_says_why()
    {
        string page = SampleSite.Page("title: Broken\nlogsource: {product: a}\ndetection:\n  s: {F|nonsense: x}\n  condition: s\n", Targets);
        page.Should().Contain("SIG0212").And.Contain("href=\"#L4\"").And.Contain("id=\"L4\"").And.Contain("broken rule");
    }

    [Fact]
    public void A_finding_of_all_targets_stands_once_and_one_of_a_target_with_it()
    {
        string page = SampleSite.Page("title: T\nlogsource: {product: a}\ndetection:\n  s: {F|gte: 5, G: []}\n  condition: s\n", "splunk", "grep");
        Regex.Count(page, ">SIG0223<").Should().Be(1);
        page[page.IndexOf("id=\"query-grep\"", StringComparison.Ordinal)..].Should().Contain("SIG0601");
        page[..page.IndexOf("id=\"query-grep\"", StringComparison.Ordinal)].Should().NotContain("SIG0601");
    }

    [Fact]
    public void Rules_that_belong_together_lead_to_each_other()
    {
        const string Tail = "logsource: {product: a}\ndetection: {s: {F: x}, condition: s}\n";
        SortedDictionary<string, string> site = SampleSite.Of(
            [
                ("new.yml", "title: New\nid: 11111111-1111-4111-8111-111111111111\nname: new\nrelated: [{id: 22222222-2222-4222-8222-222222222222, type: obsolete}, {id: 33333333-3333-4333-8333-333333333333, type: derived}]\n" + Tail),
                ("old.yml", "title: Old\nid: 22222222-2222-4222-8222-222222222222\n" + Tail),
                ("many.yml", "title: Many\ncorrelation: {type: event_count, rules: [new], group-by: [F], timespan: 5m, condition: {gte: 5}}\n"),
            ],
            Targets);
        site["rules/new.html"].Should().Contain("<dt>Replaces</dt><dd><ul><li><a href=\"old.html\">Old</a>")
            .And.Contain("<dt>Counted by</dt><dd><ul><li><a href=\"many.html\">Many</a>")
            .And.Contain("<code>33333333-3333-4333-8333-333333333333</code> (not among these rules)");
        site["rules/old.html"].Should().Contain("<dt>Replaced by</dt><dd><ul><li><a href=\"new.html\">New</a>");
        site["rules/many.html"].Should().Contain("number of events by F ≥ 5 within 5m").And.Contain("<a href=\"new.html\">New</a>");
    }

    [Fact]
    public void A_retired_technique_is_counted_where_it_went()
    {
        SortedDictionary<string, string> site = SampleSite.Of([("r.yml", "title: T\ntags: [attack.t1086]\nlogsource: {product: a}\ndetection: {s: {F: x}, condition: s}\n")], Targets);
        site["rules/r.html"].Should().Contain("T1086 PowerShell").And.Contain("techniques/T1059.html#T1059.001");
        site["techniques/T1059.html"].Should().Contain("id=\"T1059.001\"").And.Contain("../rules/r.html");
    }

    [Fact]
    public void The_index_has_every_rule_with_what_is_searched()
    {
        string index = OfHostile.Value["assets/index.js"];
        JsonNode data = JsonNode.Parse(index["window.sigmacIndex=".Length..index.LastIndexOf(';')])!;
        data["rules"]!.AsArray().Should().HaveCount(6);
        JsonArray rule = data["rules"]!.AsArray().Select(row => row!.AsArray()).First(row => (string)row[1]! == "same-name-2");
        ((string)rule[0]!).Should().Be(HostileRule.Title);
        ((int)rule[2]!).Should().Be(4, "high is the fourth level");
        ((string)data["sources"]![(int)rule[5]!]!).Should().Contain(HostileRule.Attack);
        rule[8]!.AsArray().Select(tag => (string)data["tags"]![(int)tag!]!).Should().Contain("attack.t1059 Command and Scripting Interpreter");
        rule[9]!.AsArray().Select(field => (string)data["fields"]![(int)field!]!).Should().Equal(HostileRule.Attack, "Field");
    }

    [Fact]
    public void A_theme_of_ones_own_replaces_pages_and_adds_files()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("rule.scriban", "<p>{{ rule.title }}</p>").With("site.css", "p {}").With("logo.png", [1, 2, 3]);
        var diagnostics = new List<Diagnostic>();
        SortedDictionary<string, string> site = SampleSite.Of([("r.yml", "title: <b>\nlogsource: {product: a}\ndetection: {s: {F: x}, condition: s}\n")], Targets, SiteTheme.Open(folder.Path, diagnostics));
        diagnostics.Should().BeEmpty();
        site["rules/r.html"].Should().Contain("<p>&lt;b&gt;</p>", "templates need not escape");
        site["assets/site.css"].Should().Be("p {}");
        site.Should().ContainKey("assets/logo.png").And.ContainKey("index.html");
    }

    [Theory]
    [InlineData("rule.scriban", "{{ if }}", "SIG0718")]
    [InlineData("rules.scriban", "{{ rule.nothing }}", "SIG0718")]
    [InlineData("rulez.scriban", "", "SIG0719")]
    public void A_broken_theme_is_reported_before_anything_is_written(string name, string text, string code)
    {
        using TemporaryFolder folder = new TemporaryFolder().With(name, text);
        var diagnostics = new List<Diagnostic>();
        var theme = SiteTheme.Open(folder.Path, diagnostics);
        if (diagnostics.Count == 0)
        {
            new DetectionSite(theme, Sigma.Attack.AttackCatalog.BuiltIn).Write([], 1, diagnostics).Should().BeEmpty();
        }

        diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be(code);
    }

    [Theory]
    [InlineData("https://example.org/a?b=c#d", true)]
    [InlineData("HTTP://example.org", true)]
    [InlineData(" https://example.org ", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("java\nscript:alert(1)", false)]
    [InlineData("https://a b", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("//example.org", false)]
    [InlineData("Internal Research", false)]
    public void Only_addresses_of_the_web_become_links(string reference, bool linked) =>
        (RuleValues.WebAddress(reference) is not null).Should().Be(linked);

    private static SortedDictionary<string, string> Site(string name) => name == "pack" ? OfPack.Value : OfHostile.Value;

    [GeneratedRegex(" (?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Value();

    [GeneratedRegex("<script")]
    private static partial Regex Script();

    [GeneratedRegex("<style|<[^>]* (?:style|on\\w+)=")]
    private static partial Regex Style();
}
