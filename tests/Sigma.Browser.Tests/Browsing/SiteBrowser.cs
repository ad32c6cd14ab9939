using Microsoft.Playwright;
using Sigma.Tests.Documentation.Site;

namespace Sigma.Browser.Tests.Browsing;

/// <summary>One browser and one site for all tests: our rule pack, and beside it rules that are hostile.</summary>
public sealed class SiteBrowser : IAsyncLifetime
{
    private static readonly string[] Targets = ["splunk", "es-qs", "xpack-watcher", "grep"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sigmac-site-");
    private IPlaywright? playwright;
    private IBrowser? browser;
    private FileServer? server;

    /// <summary>The address of the site of our rule pack on the disk.</summary>
    public string Pack => Address("pack site");

    /// <summary>The address of the site of hostile rules on the disk.</summary>
    public string Hostile => Address("hostile");

    /// <summary>The address of the site of our rule pack on a server, below its root.</summary>
    public string Served => server!.Address + "pack%20site/";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (InstalledBrowser.Path is null)
        {
            return;
        }

        Write("pack site", SampleSite.Of(SampleSite.Pack, Targets));
        Write("hostile", SampleSite.Of(HostileRule.Files, Targets));
        server = new FileServer(folder.FullName);
        playwright = await Playwright.CreateAsync();
        // As root, in a container, the sandbox of the browser does not start; the pages are ours.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledBrowser.Path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>Opens a page in a context of its own.</summary>
    /// <param name="address">The page.</param>
    /// <param name="options">How; null for a desktop in light colours.</param>
    public async Task<WatchedPage> OpenAsync(string address, BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await browser!.NewContextAsync(options ?? new());
        return await WatchedPage.OpenAsync(context, address);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        server?.Dispose();
        folder.Delete(recursive: true);
    }

    private string Address(string site) => new Uri(Path.Combine(folder.FullName, site) + Path.DirectorySeparatorChar).AbsoluteUri;

    private void Write(string name, SortedDictionary<string, string> site)
    {
        foreach ((string path, string text) in site)
        {
            string file = Path.Combine(folder.FullName, name, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}

/// <summary>The tests that share the browser.</summary>
[CollectionDefinition(Name)]
public sealed class SiteBrowserCollection : ICollectionFixture<SiteBrowser>
{
    public const string Name = "browser";
}
