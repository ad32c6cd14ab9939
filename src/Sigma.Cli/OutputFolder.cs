using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// A folder that a run writes files into. A file is written whole or not at all, none twice, and none outside the folder; names
/// are made safe by <see cref="OutputName"/>.
/// </summary>
internal sealed class OutputFolder
{
    /// <summary>File systems of other systems than Linux mostly ignore the case of names.</summary>
    public static readonly StringComparer Names = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private readonly string folder;
    private readonly OutputBounds bounds;
    private readonly OutputManifest manifest;
    private readonly Dictionary<string, string> written = new(Names);

    private OutputFolder(string folder, OutputBounds bounds)
    {
        this.folder = folder;
        this.bounds = bounds;
        manifest = new OutputManifest(folder);
        written[Path.GetFullPath(Path.Combine(folder, OutputManifest.Name))] = "the list of the files that sigmac made";
    }

    /// <summary>Opens a folder; it is made when it does not exist. Files of earlier runs in it are left alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="bounds">What must not be replaced.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The folder; null after a report.</returns>
    public static OutputFolder? Open(string folder, OutputBounds bounds, List<Diagnostic> diagnostics)
    {
        if (folder.Length == 0)
        {
            diagnostics.Add(Diagnostic.CannotWrite(null, folder, "the folder has no name"));
            return null;
        }

        if (File.Exists(folder))
        {
            diagnostics.Add(Diagnostic.CannotWrite(null, folder, "it is a file, not a folder"));
            return null;
        }

        try
        {
            Directory.CreateDirectory(folder);
            return new OutputFolder(folder, bounds);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Diagnostic.CannotWrite(null, folder, FileErrors.Reason(exception)));
            return null;
        }
    }

    /// <summary>Writes one file.</summary>
    /// <param name="name">Its path below the folder, with slashes.</param>
    /// <param name="owner">What it is written for, to be named when a second one claims the same name.</param>
    /// <param name="content">The content.</param>
    /// <returns>Why it was not written; null if it was.</returns>
    public Diagnostic? Write(string name, string owner, ReadOnlySpan<byte> content)
    {
        if (name.Contains('\0'))
        {
            return Diagnostic.CannotWrite(null, name, "a name cannot contain this character");
        }

        name = OutputName.Safe(name);
        string path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Diagnostic.OutputOutside(null, name);
        }

        if (!written.TryAdd(path, owner))
        {
            return Diagnostic.OutputCollision(null, name, owner);
        }

        string? reason = WriteWhole(path, content, bounds);
        manifest.Add(name, content, reason is null);
        return reason is null ? null : Diagnostic.CannotWrite(null, Path.Combine(folder, name), reason);
    }

    /// <summary>
    /// Ends a run: removes what an earlier run made and this one does not, where the user wants that, and keeps the list of files
    /// for the next time.
    /// </summary>
    /// <param name="prune">Whether to remove files. Without that, a list that is there is kept up to date, and none is made.</param>
    /// <param name="diagnostics">Receives what could not be done.</param>
    /// <returns>The files that were removed and those that were kept because they have changed since, below the folder.</returns>
    public (IReadOnlyList<string> Removed, IReadOnlyList<string> Kept) Finish(bool prune, List<Diagnostic> diagnostics) => manifest.Finish(prune, diagnostics);

    /// <summary>Writes one file that is in no folder of a run's own.</summary>
    /// <param name="path">Its path; folders on the way are made.</param>
    /// <param name="content">The content.</param>
    /// <param name="bounds">What must not be replaced.</param>
    /// <returns>Why it was not written; null if it was.</returns>
    public static Diagnostic? WriteFile(string path, ReadOnlySpan<byte> content, OutputBounds bounds) =>
        path.Length == 0 ? Diagnostic.CannotWrite(null, path, "the file has no name")
        : WriteWhole(Path.GetFullPath(path), content, bounds) is { } reason ? Diagnostic.CannotWrite(null, path, reason) : null;

    /// <summary>Writes beside the file, then puts the finished text in its place, with the permissions that it had.</summary>
    /// <returns>Why that was not possible; null if it was.</returns>
    internal static string? WriteWhole(string path, ReadOnlySpan<byte> content, OutputBounds bounds)
    {
        string temporary = $"{path}.{Environment.ProcessId}.part";
        try
        {
            if (bounds.Refusal(path) is { } refusal)
            {
                return refusal;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (FileStream stream = ReplacementFile.Create(temporary, path))
            {
                stream.Write(content);
            }

            File.Move(temporary, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            TryDelete(temporary);
            return FileErrors.Reason(exception);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            // The write has failed already, and that is reported.
        }
    }
}
