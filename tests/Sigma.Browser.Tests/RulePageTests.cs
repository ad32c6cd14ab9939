using Microsoft.Playwright;
using Sigma.Browser.Tests.Browsing;
using Sigma.Compilation;
using Sigma.Tests.Backends;
using Sigma.Tests.Documentation.Site;

namespace Sigma.Browser.Tests;

/// <summary>A rule's page: its tabs, and copying.</summary>
[Collection(SiteBrowserCollection.Name)]
public sealed class RulePageTests(SiteBrowser browser)
{
    private const string Page = "rules/sysmon_monitoring_interrupted.html";

    [BrowserFact]
    public async Task One_tab_shows_at_a_time_and_arrows_change_it()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + Page);
        IPage page = watched.Page;
        (await watched.TextsAsync("[role=tab]")).Should().Equal("splunk", "es-qs", "xpack-watcher", "grep");
        await VisibleAsync("splunk");
        await page.ClickAsync("[role=tab] >> text=es-qs");
        await VisibleAsync("es-qs");
        await page.Keyboard.PressAsync("ArrowLeft");
        await VisibleAsync("splunk");
        await page.Keyboard.PressAsync("ArrowLeft");
        await VisibleAsync("grep");
        await page.Keyboard.PressAsync("Home");
        await VisibleAsync("splunk");
        await page.Keyboard.PressAsync("End");
        await VisibleAsync("grep");
        await page.ReloadAsync();
        await VisibleAsync("grep");

        async Task VisibleAsync(string target)
        {
            (await page.Locator("[role=tabpanel]:visible").EvaluateAllAsync<string[]>("panels => panels.map(panel => panel.dataset.name)")).Should().Equal(target);
            (await watched.TextsAsync("[role=tab][aria-selected=true]")).Should().Equal(target);
            (await page.Locator("[role=tab][tabindex='0']").CountAsync()).Should().Be(1);
        }
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copying_takes_the_query_as_it_is(bool allowed)
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Served + Page, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        IPage page = watched.Page;
        (string path, string text) = SampleSite.Pack.Single(file => file.Path.EndsWith("/sysmon_monitoring_interrupted.yml", StringComparison.Ordinal));
        string query = new Compiler([Repository.Target("splunk")]).Convert(new Text.SourceText(path, text)).Single().Query!;
        if (!allowed)
        {
            await page.EvaluateAsync("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }");
        }

        await page.ClickAsync("#query-splunk .button");
        await Assertions.Expect(page.Locator("#query-splunk .button")).ToHaveTextAsync("Copied");
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Should().Be(query);
        await page.ClickAsync(".yaml + .button");
        await Assertions.Expect(page.Locator(".yaml + .button")).ToHaveTextAsync("Copied");
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Should().Be(text.TrimEnd() + "\n", "the numbers of the lines are none of it");
    }

    [BrowserFact]
    public async Task Without_scripts_everything_is_there()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + Page, new() { JavaScriptEnabled = false });
        (await watched.Page.Locator(".query pre:visible").CountAsync()).Should().Be(4);
        (await watched.Page.Locator("button").CountAsync()).Should().Be(0);
        await watched.Page.GotoAsync(browser.Pack + "rules.html");
        (await watched.Page.Locator("noscript a:visible, .rows a:visible").CountAsync()).Should().BeGreaterThan(90);
    }

    [BrowserFact]
    public async Task Print_shows_every_query_and_no_buttons()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + Page);
        await watched.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await watched.Page.Locator(".query pre:visible").CountAsync()).Should().Be(4);
        (await watched.Page.Locator(".query h3:visible").CountAsync()).Should().Be(4);
        (await watched.Page.Locator("button:visible, input:visible").CountAsync()).Should().Be(0);
    }
}
