using Microsoft.Playwright;
using Sigma.Browser.Tests.Browsing;
using Sigma.Tests.Documentation.Site;

namespace Sigma.Browser.Tests;

/// <summary>Rules whose values are markup and scripts: they are read, and nothing runs. The watched page fails on what does.</summary>
[Collection(SiteBrowserCollection.Name)]
public sealed class HostilePageTests(SiteBrowser browser)
{
    [BrowserTheory]
    [InlineData("rules/Same-name.html")]
    [InlineData("rules/img-src-x-onerror-alert-4.html")]
    [InlineData("rules/broken.html")]
    [InlineData("index.html")]
    [InlineData("techniques/T1059.html")]
    [InlineData("rules.html")]
    [InlineData("codes/SIG1201.html")]
    public async Task A_page_shows_the_text_and_runs_nothing(string path)
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Hostile + path, new() { ViewportSize = new() { Width = 320, Height = 800 } });
        IPage page = watched.Page;
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(HostileRule.Attack);
        (await page.Locator("main img, main script, main [onload], main [onerror], main [onmouseover], main [onclick]").CountAsync()).Should().Be(0);
        (await page.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.protocol)")).Should().OnlyContain(protocol => protocol == "file:" || protocol == "https:");
        (await watched.ScrollsSidewaysAsync()).Should().BeFalse();
    }

    [BrowserFact]
    public async Task The_search_shows_hostile_titles_as_text()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Hostile + "index.html");
        await watched.Page.FillAsync("#search", "<img src=x onerror");
        await Assertions.Expect(watched.Page.Locator("#hits .rt").First).ToHaveTextAsync(HostileRule.Title);
        (await watched.Page.Locator("#hits img").CountAsync()).Should().Be(0);
        await watched.Page.Keyboard.PressAsync("ArrowDown");
        await watched.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watched.Page.Locator("h1")).ToHaveTextAsync(HostileRule.Title);
    }

    [BrowserTheory]
    [InlineData("rules.html#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&level=%3Cb%3E&product=%22%3E%3Cb%3E&status=x")]
    [InlineData("rules/Same-name.html#%3Cimg%20src=x%20onerror=alert(1)%3E")]
    public async Task A_hostile_address_does_nothing(string path)
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Hostile + path);
        await Assertions.Expect(watched.Page.Locator("h1")).ToBeVisibleAsync();
        (await watched.Page.Locator("main img, main b:has-text('>')").CountAsync()).Should().Be(0);
    }

    [BrowserFact]
    public async Task The_policy_stops_a_script_that_gets_into_a_page()
    {
        await using WatchedPage watched = await browser.OpenAsync(browser.Served + "index.html");
        string stopped = await watched.Page.EvaluateAsync<string>("""
            () => new Promise(resolve => {
                document.addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective), { once: true });
                const button = document.createElement('button');
                button.setAttribute('onclick', 'window.ran = true');
                document.body.append(button);
                button.click();
                setTimeout(() => resolve('nothing'), 3000);
            })
            """);
        stopped.Should().Be("script-src-attr");
        (await watched.Page.EvaluateAsync<bool>("window.ran === true")).Should().BeFalse();
        watched.Forgive("Executing inline event handler violates");
    }
}
