using System.Reflection;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Sigma.Browser.Tests.Browsing;

namespace Sigma.Browser.Tests;

/// <summary>How pages look and can be used: in light and dark, on a phone, by people who do not see them or do not use a mouse.</summary>
[Collection(SiteBrowserCollection.Name)]
public sealed class LookTests(SiteBrowser browser)
{
    private const string Rule = "rules/sysmon_monitoring_interrupted.html";
    private const string Code = "codes/SIG1404.html";

    /// <summary>The script of axe-core. Its .NET bindings open a page of their own for each run, and load style sheets a second time.</summary>
    private static readonly Lazy<string> Axe = new(() =>
    {
        Assembly bindings = typeof(AxeResult).Assembly;
        using Stream stream = bindings.GetManifestResourceStream(bindings.GetManifestResourceNames().Single(name => name.EndsWith("axe.min.js", StringComparison.Ordinal)))!;
        return new StreamReader(stream).ReadToEnd();
    });

    public static TheoryData<string> Pages => ["index.html", "coverage.html", "rules.html", Rule, "techniques/T1059.html", "findings.html", Code];

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_phone_has_no_need_to_scroll_sideways(string path)
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + path, new() { ViewportSize = new() { Width = 320, Height = 640 }, HasTouch = true });
        await Assertions.Expect(watched.Page.Locator("#search")).ToBeVisibleAsync();
        (await watched.ScrollsSidewaysAsync()).Should().BeFalse();
    }

    [BrowserTheory]
    [InlineData("index.html", ColorScheme.Light, "html")]
    [InlineData("coverage.html", ColorScheme.Light, "html")]
    [InlineData("coverage.html", ColorScheme.Dark, ".tactic:nth-of-type(-n+4)")]
    [InlineData("rules.html", ColorScheme.Dark, "html")]
    [InlineData("findings.html", ColorScheme.Light, "html")]
    [InlineData("findings.html", ColorScheme.Dark, "html")]
    [InlineData(Code, ColorScheme.Light, "html")]
    [InlineData(Code, ColorScheme.Dark, "html")]
    [InlineData(Rule, ColorScheme.Light, "html")]
    [InlineData(Rule, ColorScheme.Dark, "html")]
    public async Task Axe_finds_nothing(string path, ColorScheme scheme, string scope)
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + path, new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        if (path == "rules.html")
        {
            await Assertions.Expect(watched.Page.Locator("#finder .rows li").First).ToBeVisibleAsync();
        }

        (await ViolationsAsync(watched.Page, scope)).Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Axe_would_find_what_is_wrong()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "rules.html");
        await watched.Page.EvaluateAsync("document.querySelector('h1').append(document.createElement('button'))");
        (await ViolationsAsync(watched.Page, "h1")).Should().ContainSingle().Which.Should().StartWith("button-name");
    }

    private static async Task<string[]> ViolationsAsync(IPage page, string scope)
    {
        await page.EvaluateAsync(Axe.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async scope => {
                const result = await axe.run(scope, { resultTypes: ['violations'], preload: false, iframes: false });
                return result.violations.map(violation => `${violation.id}: ${violation.nodes[0].html}`);
            }
            """,
            scope);
    }

    [BrowserFact]
    public async Task The_colours_follow_the_system_until_one_is_chosen()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Served + "index.html", new() { ColorScheme = ColorScheme.Dark });
        IPage page = watched.Page;
        string dark = await GroundAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        string light = await GroundAsync();
        light.Should().NotBe(dark);
        await page.ClickAsync(".theme");
        await Assertions.Expect(page.Locator(".theme")).ToHaveAttributeAsync("aria-label", "Theme: light");
        await page.ClickAsync(".theme");
        (await GroundAsync()).Should().Be(dark);
        await page.GotoAsync(browser.Served + Rule);
        (await GroundAsync()).Should().Be(dark, "a choice is kept");

        Task<string> GroundAsync() => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    [BrowserFact]
    public async Task The_first_key_leads_to_the_content_and_the_focus_is_seen()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + Rule);
        IPage page = watched.Page;
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).Should().Be("Skip to the content");
        (await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle")).Should().Be("solid");
        await page.Keyboard.PressAsync("Enter");
        (await page.EvaluateAsync<string>("document.activeElement.id")).Should().Be("main");
    }

    [BrowserFact]
    public async Task Nothing_moves_for_those_who_do_not_want_it()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "index.html", new() { ReducedMotion = ReducedMotion.Reduce });
        (await watched.Page.EvaluateAsync<int>("document.getAnimations().length")).Should().Be(0);
        (await watched.Page.EvaluateAsync<bool>("[...document.querySelectorAll('*')].every(element => getComputedStyle(element).transitionDuration === '0s')")).Should().BeTrue();
    }

    [BrowserFact]
    public async Task The_matrix_hides_what_has_no_rules_and_leads_to_the_rules()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "coverage.html");
        IPage page = watched.Page;
        int before = await page.Locator(".tactic > ul > li:visible").CountAsync();
        await page.ClickAsync("text=Only with rules");
        int after = await page.Locator(".tactic > ul > li:visible").CountAsync();
        after.Should().BeInRange(1, before - 1);
        (await page.Locator(".tactic > ul > li.h0:visible").CountAsync()).Should().Be(0);
        await page.ClickAsync(".matrix a[href^='techniques/T1059.html'] >> nth=0");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/techniques/T1059\\.html$"));
        await page.ClickAsync("main .rows a >> nth=0");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/rules/[^/]+\\.html$"));
    }
}
