using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sigma.Browser.Tests.Browsing;

namespace Sigma.Browser.Tests;

/// <summary>The page of findings: its filters, and the way from it to a code and on to a line of a rule.</summary>
[Collection(SiteBrowserCollection.Name)]
public sealed class FindingsPageTests(SiteBrowser browser)
{
    private const string Rows = "#findings > li:visible";

    [BrowserFact]
    public async Task Filters_leave_the_codes_that_are_wanted_and_stay_in_the_address()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Served + "findings.html");
        IPage page = watched.Page;
        int all = await page.Locator(Rows).CountAsync();
        await page.ClickAsync("[data-name=warning]");
        int warnings = await page.Locator(Rows).CountAsync();
        warnings.Should().BeInRange(1, all - 1);
        (await SeveritiesAsync()).Should().OnlyContain(severity => severity == "warning");
        await page.ReloadAsync();
        (await page.Locator(Rows).CountAsync()).Should().Be(warnings);
        await page.ClickAsync("[data-name=warning]");
        string group = (await page.Locator("#findings > li").First.GetAttributeAsync("data-group"))!;
        await page.SelectOptionAsync("#findings-filter select", group);
        (await page.Locator(Rows).EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.group)")).Should().NotBeEmpty().And.OnlyContain(name => name == group);
        await page.SelectOptionAsync("#findings-filter select", "");
        await page.FillAsync("#findings-filter input", "sig1 no such words");
        (await page.Locator(Rows).CountAsync()).Should().Be(0);
        await Assertions.Expect(page.Locator(".state")).ToContainTextAsync("No code");
        await page.FillAsync("#findings-filter input", "");
        (await page.Locator(Rows).CountAsync()).Should().Be(all);

        Task<string[]> SeveritiesAsync() => page.Locator(Rows).EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.severity)");
    }

    [BrowserFact]
    public async Task A_code_leads_to_the_line_of_a_rule_and_back()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "findings.html");
        IPage page = watched.Page;
        await page.ClickAsync("#findings > li:first-child > a:first-child");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/codes/SIG[0-9]+\\.html$"));
        string code = (await page.Locator("h1").TextContentAsync())!.Split(' ')[0];
        await page.ClickAsync("section .rows a >> nth=0");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/rules/[^/]+\\.html#L[0-9]+$"));
        (await page.Locator(".l:target").CountAsync()).Should().Be(1);
        await page.ClickAsync($".findings a:text-is('{code}') >> nth=0");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/codes/{code}\\.html$"));
    }

    [BrowserFact]
    public async Task The_count_of_a_code_leads_to_its_rules()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "findings.html");
        IPage page = watched.Page;
        ILocator tally = page.Locator("#findings .tally").First;
        string rules = Regex.Match((await tally.TextContentAsync())!, "in ([0-9]+) rule").Groups[1].Value;
        await tally.ClickAsync();
        await Assertions.Expect(page.Locator("#finder .state")).ToContainTextAsync($"{rules} of ");
    }

    [BrowserFact]
    public async Task Without_scripts_all_codes_are_there()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Pack + "findings.html", new() { JavaScriptEnabled = false });
        (await watched.Page.Locator(Rows).CountAsync()).Should().BeGreaterThan(5);
        (await watched.Page.Locator("button, select, input").CountAsync()).Should().Be(0);
    }
}
