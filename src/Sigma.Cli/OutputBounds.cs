using System.Collections.Concurrent;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>What the files that a run writes must not take the place of: the files that it reads, and what is no regular file.</summary>
internal sealed class OutputBounds
{
    /// <summary>For a file that a run both reads and writes.</summary>
    public static readonly OutputBounds Regular = new([]);

    /// <summary>Where folders lie, once every link is resolved.</summary>
    private readonly ConcurrentDictionary<string, string> folders = new(StringComparer.Ordinal);

    /// <summary>Where the files lie that are read, and the links that lead to them.</summary>
    private readonly Lazy<HashSet<string>> places;

    /// <summary>Where files lie that nobody reads now, and that are not the program's.</summary>
    private readonly Lazy<HashSet<string>> cases;

    /// <summary>Sets the bounds of a run.</summary>
    /// <param name="read">The files that the run reads.</param>
    /// <param name="cases">Files of cases that somebody may have written.</param>
    public OutputBounds(IEnumerable<string> read, IEnumerable<string>? cases = null)
    {
        places = new(() => new HashSet<string>(read.SelectMany(Places), OutputFolder.Names));
        this.cases = new(() => new HashSet<string>((cases ?? []).SelectMany(Places), OutputFolder.Names));
    }

    /// <summary>Says why a file must not be written.</summary>
    /// <param name="path">Its path; a link there is replaced itself.</param>
    /// <returns>The reason; null if it may be written, or does not exist.</returns>
    public string? Refusal(string path) =>
        Directory.Exists(path) || Path.EndsInDirectorySeparator(path) ? "it is a folder, not a file"
        : !Path.Exists(path) ? null
        : MayBeSpecial(path) && FileBounds.IsSpecial(path) ? "it is not a regular file"
        : places.Value.Contains(PlaceOf(path)) ? "it is one of the files that are read"
        : cases.Value.Contains(PlaceOf(path)) ? "it has the cases beside the rule, which may be yours; give another folder"
        : null;

    /// <summary>Checks a file that the end of a run writes, before anything is done.</summary>
    /// <param name="path">Its path; null for none.</param>
    /// <param name="diagnostics">Receives the reason why it must not be written.</param>
    public void Check(string? path, List<Diagnostic> diagnostics)
    {
        if (path is not null && (path.Length == 0 ? "the file has no name" : Refusal(path) ?? RefusalAbove(path)) is { } reason)
        {
            diagnostics.Add(Diagnostic.CannotWrite(null, path, reason));
        }
    }

    /// <summary>Folders that do not exist are made; what is there on the way must be one.</summary>
    private static string? RefusalAbove(string path)
    {
        string? above = Path.GetDirectoryName(Path.GetFullPath(path));
        while (above is not null && !Path.Exists(above))
        {
            above = Path.GetDirectoryName(above);
        }

        return above is null || Directory.Exists(above) ? null : "a folder of its path is a file";
    }

    /// <summary>Most files are told apart at a glance: pipes and devices have no length.</summary>
    private static bool MayBeSpecial(string path) => new FileInfo(path) is not { Exists: true, LinkTarget: null, Length: > 0 };

    private IEnumerable<string> Places(string path) => path.Length > 0 && File.Exists(path) ? [PlaceOf(path), FileBounds.RealPath(path)] : [];

    /// <summary>Where the name itself stands, be it that of a file or of a link.</summary>
    private string PlaceOf(string path)
    {
        string whole = Path.GetFullPath(path);
        return Path.GetDirectoryName(whole) is { } folder ? Path.Combine(folders.GetOrAdd(folder, FileBounds.RealPath), Path.GetFileName(whole)) : whole;
    }
}
