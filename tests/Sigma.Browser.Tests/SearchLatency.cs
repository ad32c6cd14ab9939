using System.Globalization;
using Sigma.Browser.Tests.Browsing;
using Xunit.Abstractions;

namespace Sigma.Browser.Tests;

/// <summary>
/// Measures how long the search of a site takes, letter by letter, each the best of five: the rest is what else the machine does.
/// Not a test of speed: it runs where a site is named, and prints.
/// <code>SIGMAC_SITE=site/ dotnet test tests/Sigma.Browser.Tests --filter SearchLatency --logger "console;verbosity=detailed"</code>
/// </summary>
[Collection(SiteBrowserCollection.Name)]
public sealed class SearchLatency(SiteBrowser browser, ITestOutputHelper output)
{
    private static readonly string[] Queries =
    [
        "mimikatz", "powershell encoded command", "t1059.001", "attack.credential_access lsass", "OriginalFileName", "field:CommandLine certutil",
        "windows process_creation", "Florian Roth", "\"office child process\"", "a", "e s t", "no such rule anywhere",
    ];

    [MeasuredFact]
    public async Task Letter_by_letter()
    {
        var timings = new List<(string Query, double Search, double Shown)>();
        string address = new Uri(Path.GetFullPath(MeasuredFactAttribute.Site!) + "/").AbsoluteUri;
        await using WatchedPage watched = await browser.OpenAsync(address + "rules.html");
        await Microsoft.Playwright.Assertions.Expect(watched.Page.Locator("#finder .rows li").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        string rules = await watched.Page.Locator(".state").InnerTextAsync();
        foreach (string query in Queries)
        {
            for (int length = 1; length <= query.Length; length++)
            {
                string typed = query[..length];
                double[] both = await watched.Page.EvaluateAsync<double[]>(
                    """
                    async typed => {
                        const box = document.getElementById('search');
                        const best = [Infinity, Infinity];
                        for (let run = 0; run < 5; run++) {
                            box.value = typed;
                            const start = performance.now();
                            box.dispatchEvent(new Event('input'));
                            document.body.offsetHeight;
                            best[1] = Math.min(best[1], performance.now() - start);
                            best[0] = Math.min(best[0], performance.getEntriesByName('sigmac.search').at(-1).duration);
                        }
                        return best;
                    }
                    """,
                    typed);
                timings.Add((typed, both[0], both[1]));
            }
        }

        timings.Should().HaveCount(Queries.Sum(query => query.Length));
        output.WriteLine(rules);
        Print("search, and making the list", timings.OrderBy(timing => timing.Search).Select(timing => (timing.Query, timing.Search)).ToList());
        Print("the same with the layout of the page", timings.OrderBy(timing => timing.Shown).Select(timing => (timing.Query, timing.Shown)).ToList());
    }

    private void Print(string what, List<(string Query, double Milliseconds)> sorted) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: median {sorted[sorted.Count / 2].Milliseconds:0.0} ms, 95 % within {sorted[sorted.Count * 95 / 100].Milliseconds:0.0} ms, worst {sorted[^1].Milliseconds:0.0} ms ('{sorted[^1].Query}'), {sorted.Count} inputs"));

    private sealed class MeasuredFactAttribute : FactAttribute
    {
        public MeasuredFactAttribute() => Skip =
            InstalledBrowser.Path is null ? BrowserFactAttribute.Missing
            : Site is null ? "Skipped: a measurement; SIGMAC_SITE names the site to measure." : null;

        public static string? Site => Environment.GetEnvironmentVariable("SIGMAC_SITE");
    }
}
