namespace Sigma.Checks.Facts;

/// <summary>What the categories of Windows events imply.</summary>
internal static class WindowsCategories
{
    private static readonly Lazy<ILookup<(string, string), string>> Rows = new(() => EmbeddedTable.Read(typeof(WindowsCategories).Assembly, "windows_categories.tsv", 3).ToLookup(row => (row[0], row[1]), row => row[2]));

    private static readonly Lazy<HashSet<string>> Implying = new(() => [.. Rows.Value[("implies-event", "category")].SelectMany(text => text.Split(' '))]);

    /// <summary>Whether a category names its events, so that a rule need not.</summary>
    public static bool ImpliesEvent(string category) => Implying.Value.Contains(category);

    /// <summary>Whether all events of a category are of a provider.</summary>
    public static bool HasProvider(string category, string provider) => Rows.Value[("provider", category)].Any(text => text.Split(" | ").Contains(provider));

    /// <summary>The category of an event; null if it has none.</summary>
    /// <param name="service">sysmon or security.</param>
    /// <param name="id">The event's number.</param>
    public static string? OfEvent(string service, string id) => Rows.Value[(service, id)].FirstOrDefault();
}
