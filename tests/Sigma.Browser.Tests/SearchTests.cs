using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sigma.Browser.Tests.Browsing;
using Sigma.Tests.Documentation.Site;

namespace Sigma.Browser.Tests;

/// <summary>Finding rules, with the keyboard alone.</summary>
[Collection(SiteBrowserCollection.Name)]
public sealed class SearchTests(SiteBrowser browser)
{
    [BrowserFact]
    public async Task A_slash_leads_to_the_box_and_enter_opens_what_is_chosen()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "index.html");
        IPage page = watched.Page;
        await page.Keyboard.PressAsync("/");
        (await page.EvaluateAsync<string>("document.activeElement.id")).Should().Be("search");
        await page.Keyboard.TypeAsync("sysmon");
        await Assertions.Expect(page.Locator("#hits [role=option]").First).ToBeVisibleAsync();
        string first = (await page.Locator("#hits .rt").First.InnerTextAsync()).Trim();
        first.Should().ContainEquivalentOf("sysmon", "a word of the title counts for most");
        await page.Keyboard.PressAsync("ArrowDown");
        (await page.GetAttributeAsync("#search", "aria-activedescendant")).Should().Be("hit-0");
        (await page.GetAttributeAsync("#hit-0", "aria-selected")).Should().Be("true");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/rules/[^/]+\\.html$"));
        (await page.Locator("h1").InnerTextAsync()).Should().Be(first);
    }

    [BrowserFact]
    public async Task Escape_closes_and_arrows_go_around()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "rules/sysmon_monitoring_interrupted.html");
        IPage page = watched.Page;
        await page.FocusAsync("#search");
        await page.Keyboard.TypeAsync("windows");
        await Assertions.Expect(page.Locator("#hits")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        (await page.Locator("#hits [aria-selected=true]").InnerTextAsync()).Should().StartWith("All ");
        await page.Keyboard.PressAsync("ArrowDown");
        (await page.Locator("#hits [aria-selected=true]").CountAsync()).Should().Be(0);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#hits")).ToBeHiddenAsync();
        (await page.GetAttributeAsync("#search", "aria-expanded")).Should().Be("false");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/rules\\.html#q=windows$"));
        await Assertions.Expect(page.Locator("#search")).ToHaveValueAsync("windows");
    }

    [BrowserFact]
    public async Task A_rule_is_found_by_whatever_it_says()
    {
        const string Found = "#finder a[href='rules/sysmon_monitoring_interrupted.html']";
        (string path, string text) = SampleSite.Pack.Single(file => file.Path.EndsWith("/sysmon_monitoring_interrupted.yml", StringComparison.Ordinal));
        Rules.Metadata metadata = Rules.RuleReader.Read(new Text.SourceText(path, text))[0].Metadata;
        string[] queries =
        [
            metadata.Title, $"id:{metadata.Id}", $"tag:{metadata.Tags[^1]}", "field:State", "source:\"windows · sysmon\"", "author:project title:trouble",
            "sysmon_monitoring_interrupted", "defense-evasion RECONF",
        ];
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "rules.html#q=nothing%20has%20this");
        foreach (string query in queries)
        {
            await watched.Page.FillAsync("#search", query);
            await Assertions.Expect(watched.Page.Locator(Found + " .rt")).ToHaveTextAsync(metadata.Title);
            (await watched.Page.Locator("#finder .rows li").CountAsync()).Should().BeLessThan(20, query);
            await watched.Page.FillAsync("#search", query + " andthis");
            await Assertions.Expect(watched.Page.Locator(Found)).ToBeHiddenAsync();
        }
    }

    [BrowserFact]
    public async Task Filters_count_right_and_stand_in_the_address()
    {
        int high = SampleSite.Pack.Select(file => Rules.RuleReader.Read(new Text.SourceText(file.Path, file.Text)))
            .SelectMany(documents => documents).Count(document => document.Metadata.Level is Rules.Level.High);
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "rules.html");
        IPage page = watched.Page;
        await page.ClickAsync("button[data-level=high]");
        await Assertions.Expect(page.Locator(".state")).ToHaveTextAsync(new Regex($"^{high} of \\d+ rules$"));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/rules\\.html#level=high$"));
        await page.SelectOptionAsync("select[data-name=product]", "windows");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/rules\\.html#level=high&product=windows$"));
        IReadOnlyList<string> badges = await watched.TextsAsync("#finder .rows .badge");
        badges.Should().NotBeEmpty().And.AllBe("high");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("button[data-level=high]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator("#finder .rows li")).ToHaveCountAsync(badges.Count);
        await page.FillAsync("#search", "no rule has this word");
        await Assertions.Expect(page.Locator(".state")).ToHaveTextAsync("No rule has all of this. Take a word or a filter away.");
    }

    [BrowserFact]
    public async Task Arrows_go_through_the_results()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "rules.html");
        IPage page = watched.Page;
        await Assertions.Expect(page.Locator("#finder .rows li").First).ToBeVisibleAsync();
        await page.FocusAsync("#search");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        (await page.EvaluateAsync<int>("[...document.querySelectorAll('#finder a')].indexOf(document.activeElement)")).Should().Be(1);
        await page.Keyboard.PressAsync("Escape");
        (await page.EvaluateAsync<string>("document.activeElement.id")).Should().Be("search");
    }

    [BrowserFact]
    public async Task It_works_on_a_server_below_the_root_too()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Served + "index.html");
        await watched.Page.FillAsync("#search", "sysmon");
        await Assertions.Expect(watched.Page.Locator("#hits .rt").First).ToContainTextAsync("Sysmon");
        await watched.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watched.Page).ToHaveURLAsync(new Regex("/pack%20site/rules\\.html#q=sysmon$"));
    }
}
