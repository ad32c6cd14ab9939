using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Knows which targets there are, built in and the user's own, and reads each once it is asked for.</summary>
public sealed class BackendCatalog
{
    private readonly Dictionary<string, BackendFolder> folders = new(StringComparer.Ordinal);

    /// <summary>Creates a catalogue.</summary>
    /// <param name="own">The user's own targets; they take the place of built-in ones of the same name.</param>
    public BackendCatalog(IEnumerable<BackendFolder>? own = null)
    {
        foreach (BackendFolder folder in BackendFolder.BuiltIn.Concat(own ?? []))
        {
            folders[folder.Name] = folder;
        }
    }

    /// <summary>The names of the targets, sorted.</summary>
    public IReadOnlyList<string> Names => [.. folders.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Finds a target's folder, or null.</summary>
    public BackendFolder? Find(string name) => folders.GetValueOrDefault(name);

    /// <summary>Reads a target.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">The user's options for it.</param>
    /// <param name="diagnostics">Receives diagnostics about the target or the options.</param>
    /// <returns>The target; null after a report.</returns>
    public Backend? Read(string name, IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics)
    {
        if (Find(name) is not { } folder)
        {
            diagnostics.Add(Diagnostic.UnknownTarget(null, name).WithHint(
                KnownSystems.Hint(name, this) ?? Suggestion.For(name, Names) ?? "use one of " + string.Join(", ", Names)));
            return null;
        }

        return BackendReader.Read(folder, Find, options, diagnostics);
    }
}
