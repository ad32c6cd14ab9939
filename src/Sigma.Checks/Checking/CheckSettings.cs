namespace Sigma.Checks.Checking;

/// <summary>What the user said about checks.</summary>
internal sealed record CheckSettings
{
    /// <summary>The day that ages are counted from.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>Namespaces of tags beside the usual ones.</summary>
    public IReadOnlyList<string> TagNamespaces { get; init; } = [];

    /// <summary>Attributes of rules beside the usual ones.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Fields that any log source may have.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Log sources beside the usual ones, as <c>product/category/service</c>; a part may be empty.</summary>
    public IReadOnlyList<string> LogSources { get; init; } = [];

    /// <summary>The authors that rules may have; none for any.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>Numbers of checks, such as the longest title, by <c>check.number</c>.</summary>
    public IReadOnlyDictionary<string, string> Numbers { get; init; } = new Dictionary<string, string>();

    /// <summary>A number of a check.</summary>
    public int Number(CheckNumber number) => Numbers.TryGetValue(number.Name, out string? text) && CheckNumber.TryRead(text, out int given) ? given : number.Usual;
}
