namespace Sigma.Backends;

/// <summary>Finds formats by what people call them: <c>elastalert</c>, or <c>kibana</c> for <c>kibana_ndjson</c>.</summary>
internal static class FormatNames
{
    /// <summary>The options that ask for the formats of a name.</summary>
    /// <param name="written">What the user wrote as the name of a target or a format.</param>
    /// <param name="catalog">The targets there are.</param>
    /// <returns>The hint; null if no format is called this, or is the default one of all.</returns>
    public static string? Hint(string written, BackendCatalog catalog)
    {
        string name = written.Replace('-', '_').ToLowerInvariant();
        string[] found =
        [
            .. catalog.Names
                .Select(target => catalog.Read(target, new Dictionary<string, string>(), []))
                .OfType<Backend>()
                .SelectMany(backend => backend.Formats.Where(format => IsCalled(format, name)).Select(format => $"'-t {backend.Name} -f {format.Name}'")),
        ];
        return name.Length == 0 || found.Length == 0 ? null : $"{string.Join(" or ", found)} {(found.Length == 1 ? "is a format" : "are formats")} of this name";
    }

    private static bool IsCalled(QueryFormat format, string name) =>
        format.Name == name || (format.Name.StartsWith(name, StringComparison.Ordinal) && format.Name[name.Length..].StartsWith('_'));
}
