namespace Sigma.Backends;

/// <summary>Finds formats by what people call them: <c>elastalert</c>, or <c>kibana</c> for <c>kibana_ndjson</c>.</summary>
internal static class FormatNames
{
    /// <summary>The options that ask for the formats of a name. No target is read for it as a whole.</summary>
    /// <param name="written">What the user wrote as the name of a target or a format.</param>
    /// <param name="catalog">The targets there are.</param>
    /// <returns>The hint; null if no format is called this, or is the default one of all.</returns>
    public static string? Hint(string written, BackendCatalog catalog)
    {
        string name = written.Replace('-', '_').ToLowerInvariant();
        string[] found =
        [
            .. catalog.Names.SelectMany(target => Of(catalog.Find(target), catalog).Where(format => IsCalled(format, name)).Select(format => $"'-t {target} -f {format}'")),
        ];
        return name.Length == 0 || found.Length == 0 ? null : $"{string.Join(" or ", found)} {(found.Length == 1 ? "is a format" : "are formats")} of this name";
    }

    /// <summary>The names of a target's formats: its own, or those of the target that it extends.</summary>
    internal static string[] Of(BackendFolder? folder, BackendCatalog catalog)
    {
        for (int left = BackendDefinition.LongestChain; folder is not null && left >= 0; left--)
        {
            if (folder.Formats.ToArray() is { Length: > 0 } own)
            {
                return own;
            }

            folder = folder.Extends is { } parent ? catalog.Find(parent) : null;
        }

        return [FormatReader.OnlyName];
    }

    private static bool IsCalled(string format, string name) =>
        format == name || (format.StartsWith(name, StringComparison.Ordinal) && format[name.Length..].StartsWith('_'));
}
