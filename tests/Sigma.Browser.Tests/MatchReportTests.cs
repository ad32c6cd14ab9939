using Microsoft.Playwright;
using Sigma.Browser.Tests.Browsing;
using Sigma.Documentation.Reports;

namespace Sigma.Browser.Tests;

/// <summary>The report of matches in a browser: it is filtered by words and levels, and runs nothing that an event says.</summary>
[Collection(SiteBrowserCollection.Name)]
public sealed class MatchReportTests(SiteBrowser browser) : IDisposable
{
    private const string Attack = "</td><img src=x onerror=alert(1)>";

    private readonly string file = Path.Combine(Path.GetTempPath(), $"sigmac-report-{Guid.NewGuid():N}.html");

    public void Dispose() => File.Delete(file);

    [BrowserFact]
    public async Task Words_and_levels_filter_the_lines()
    {
        await using WatchedPage watched = await OpenAsync(1280);
        IPage page = watched.Page;
        ILocator lines = page.Locator("#matches tbody tr:visible");
        await Assertions.Expect(lines).ToHaveCountAsync(3);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("HOST2 net");
        await Assertions.Expect(lines).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#shown")).ToHaveTextAsync("1 of 3 lines");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(lines).ToHaveCountAsync(3);

        await page.ClickAsync("#levels button[value=high]");
        await Assertions.Expect(lines).ToHaveCountAsync(2);
        await page.ClickAsync("#levels button[value=high]");
        await page.ClickAsync(".pick:text-is('Net')");
        await Assertions.Expect(lines).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task A_narrow_window_shows_it_and_hostile_text_runs_nothing()
    {
        await using WatchedPage watched = await OpenAsync(320);
        await Assertions.Expect(watched.Page.Locator("main")).ToContainTextAsync(Attack);
        (await watched.Page.Locator("main img").CountAsync()).Should().Be(0);
        (await watched.ScrollsSidewaysAsync()).Should().BeFalse();
    }

    private async Task<WatchedPage> OpenAsync(int width)
    {
        var day = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var lines = new Dictionary<ReportLine, ReportCount>
        {
            [new("Whoami", "rules/whoami.yml", "high", "HOST1", "Security", "4688", "Image=C:\\whoami.exe")] = new() { Count = 3, First = day, Last = day.AddHours(1), Record = "1" },
            [new("Net", "rules/net.yml", "low", "HOST2", "Security", "4688", "Image=C:\\net.exe")] = new() { Count = 1, First = day, Last = day, Record = "2" },
            [new(Attack, "rules/a.yml", "high", Attack, Attack, Attack, Attack)] = new() { Count = 1, Record = Attack },
        };
        await File.WriteAllTextAsync(file, new MatchReport(lines, 0).Write());
        return await browser.OpenAsync("file://" + file, new() { ViewportSize = new() { Width = width, Height = 800 } });
    }
}
