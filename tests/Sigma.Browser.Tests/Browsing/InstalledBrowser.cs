namespace Sigma.Browser.Tests.Browsing;

/// <summary>The Chromium of the machine. None is downloaded.</summary>
internal static class InstalledBrowser
{
    /// <summary>Names another browser of the Chromium family.</summary>
    public const string Variable = "SIGMAC_BROWSER";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"];

    /// <summary>The program; null where there is none.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : null;
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

/// <summary>A test in a browser; it is skipped where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    internal const string Missing = $"Skipped: no Chromium on this machine, neither on the PATH nor in {InstalledBrowser.Variable}.";

    public BrowserFactAttribute() => Skip = InstalledBrowser.Path is null ? Missing : null;
}

/// <summary>A theory in a browser.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = InstalledBrowser.Path is null ? BrowserFactAttribute.Missing : null;
}
