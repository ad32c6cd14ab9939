using Microsoft.Playwright;

namespace Sigma.Browser.Tests.Browsing;

/// <summary>
/// A page that must behave: a dialog, an error, a violation of the content security policy, a file that is not there, or a
/// request that leaves the site fails the test that opened it.
/// </summary>
public sealed class WatchedPage : IAsyncDisposable
{
    /// <summary>Only a page that hangs takes longer, however busy the machine is.</summary>
    private const int PatienceMilliseconds = 60_000;

    private readonly IBrowserContext context;
    private readonly List<string> offences = [];

    private WatchedPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens a page.</summary>
    internal static async Task<WatchedPage> OpenAsync(IBrowserContext context, string address)
    {
        context.SetDefaultTimeout(PatienceMilliseconds);
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        var watched = new WatchedPage(context, await context.NewPageAsync());
        watched.Watch(address);
        await watched.Page.GotoAsync(address);
        return watched;
    }

    /// <summary>The texts of all elements that a selector finds.</summary>
    public Task<IReadOnlyList<string>> TextsAsync(string selector) => Page.Locator(selector).AllInnerTextsAsync();

    /// <summary>Whether the page is wider than the window.</summary>
    public Task<bool> ScrollsSidewaysAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    /// <summary>Takes an offence as meant by the test; it is an error if there was none.</summary>
    public void Forgive(string part) => offences.RemoveAll(offence => offence.Contains(part, StringComparison.Ordinal)).Should().BePositive();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        offences.Should().BeEmpty();
    }

    private void Watch(string address)
    {
        var start = new Uri(address);
        string site = start.GetLeftPart(UriPartial.Authority);
        Page.Dialog += async (_, dialog) =>
        {
            offences.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        Page.PageError += (_, error) => offences.Add($"error: {error}");
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                offences.Add($"console: {message.Text}");
            }
        };
        Page.RequestFailed += (_, request) => offences.Add($"failed: {request.Url}");
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site, StringComparison.Ordinal))
            {
                offences.Add($"leaves the site: {request.Url}");
            }
        };
        Page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                offences.Add($"{response.Status}: {response.Url}");
            }
        };
    }
}
