using System.Formats.Tar;

namespace Sigma.Text;

/// <summary>
/// Decides which files may be opened on the word of a folder or of a file, which a stranger may have made: regular files that
/// lie in the folder they were found in once every link is resolved. What the command line names is opened as it is.
/// </summary>
internal static class FileBounds
{
    /// <summary>As many links as the system itself follows.</summary>
    private const int MaxLinks = 40;

    /// <summary>What a link is that leads back to itself, directly or through others.</summary>
    private const string CircularLink = "a link that leads in a circle";

    /// <summary>Where the header of an archive says what kind of file an entry is.</summary>
    private const int TarKind = 156;

    /// <summary>Resolves every link of a path, the way the system does when it opens it.</summary>
    /// <param name="path">The path; what does not exist stands for itself.</param>
    /// <returns>The path without links.</returns>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string RealPath(string path)
    {
        string whole = Path.Combine(Directory.GetCurrentDirectory(), path);
        string at = Path.GetPathRoot(whole)!;
        var pending = new Stack<string>(Segments(whole).Reverse());
        int links = 0;
        while (pending.TryPop(out string? segment))
        {
            if (segment == "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }

            string next = Path.Combine(at, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException("too many links");
            }

            at = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : at;
            foreach (string part in Segments(target).Reverse())
            {
                pending.Push(part);
            }
        }

        return at;
    }

    /// <summary>Whether a path lies in a folder, segment by segment, once every link is resolved; git's own folder counts as outside.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The path.</param>
    /// <param name="followLinks">Whether links may lead out of it; the path itself may not.</param>
    public static bool LiesIn(string folder, string path, bool followLinks = false)
    {
        try
        {
            string[] inside = [.. Segments(followLinks ? Path.GetFullPath(folder) : RealPath(folder))];
            string[] whole = [.. Segments(followLinks ? Path.GetFullPath(path) : RealPath(path))];
            return whole.Length > inside.Length && whole.AsSpan(0, inside.Length).SequenceEqual(inside)
                && !whole.AsSpan(inside.Length).Contains(".git");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Says why a file that another file names must not be opened.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">The folder it has to lie in.</param>
    /// <param name="place">Where it is named; null for the file as a whole.</param>
    /// <param name="followLinks">Whether links may lead out of the folder.</param>
    /// <returns>The finding; null if it may be opened, or does not exist.</returns>
    public static Diagnostic? Refusal(string path, string folder, Span? place = null, bool followLinks = false) =>
        !LiesIn(folder, path, followLinks) ? Diagnostic.OutsideFolder(place, path, folder)
            : KindOf(path) is { } kind ? Diagnostic.NoRegularFile(place, path, kind)
            : null;

    /// <summary>
    /// Says why a file that the command line names must not be opened: a pipe may never have a writer. What lies in the folders
    /// of the system's devices was meant: standard input, and what a shell substitutes for a process. Not so what lies in
    /// <c>/dev/shm</c>, a folder of ordinary files in memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The finding; null if it may be opened, or does not exist.</returns>
    public static Diagnostic? Refusal(string path)
    {
        string whole = Path.GetFullPath(path);
        return !IsBelow("/dev/shm/") && (IsBelow("/dev/") || IsBelow("/proc/")) || KindOf(path) is not { } kind
            ? null
            : Diagnostic.NoRegularFile(null, path, kind);

        bool IsBelow(string folder) => whole.StartsWith(folder, StringComparison.Ordinal);
    }

    /// <summary>Says why what the command line names cannot be read as a file: it has no name, is a folder, or a pipe that may never have a writer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Receives the reason.</param>
    /// <returns>Whether it may be read, or does not exist.</returns>
    public static bool IsFile(string path, List<Diagnostic> diagnostics)
    {
        Diagnostic? refusal = path.Length == 0 ? Diagnostic.NoSuchInput(null, path)
            : Directory.Exists(path) ? Diagnostic.CannotRead(null, $"{path}: it is a folder, not a file")
            : Refusal(path);
        if (refusal is not null)
        {
            diagnostics.Add(refusal);
        }

        return refusal is null;
    }

    /// <summary>Returns whether a path is a pipe, a device or a socket, which a file must not take the place of.</summary>
    /// <param name="path">The path; it need not exist.</param>
    public static bool IsSpecial(string path) => Path.Exists(path) && KindOf(path) is not null;

    /// <summary>Says why a file that was found in a folder is left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">The folder that is searched.</param>
    /// <param name="followLinks">Whether links may lead out of it.</param>
    /// <returns>The finding; null if it may be opened.</returns>
    public static Diagnostic? LeftOut(string path, string folder, bool followLinks = false)
    {
        try
        {
            bool isLink = new FileInfo(path).LinkTarget is not null;
            return isLink && LeadsInACircle(path) ? Diagnostic.SpecialLeftOut(null, path, CircularLink)
                : !followLinks && isLink && !LiesIn(folder, path) ? Diagnostic.LinkLeftOut(null, path, folder)
                : KindOf(path) is { } kind ? Diagnostic.SpecialLeftOut(null, path, kind)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reading it says why.
            return null;
        }
    }

    /// <summary>Lists the files in a folder and its sub-folders.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">Whether a file is wanted, by its path.</param>
    /// <param name="skipped">Takes what is left out.</param>
    /// <param name="hidden">Whether hidden files and folders are looked at.</param>
    /// <param name="followLinks">Whether links may lead out of the folder.</param>
    /// <returns>The files sorted by path.</returns>
    public static IReadOnlyList<string> Files(string folder, Func<string, bool> wanted, List<Diagnostic> skipped, bool hidden = true, bool followLinks = false)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var options = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = hidden ? FileAttributes.None : FileAttributes.Hidden };
        Walk(folder);
        return [.. found.Order(StringComparer.Ordinal)];

        void Walk(string at)
        {
            // A link may lead back to a folder above.
            if (!seen.Add(RealPath(at)))
            {
                return;
            }

            foreach (FileSystemInfo entry in new DirectoryInfo(at).EnumerateFileSystemInfos("*", options))
            {
                string path = Path.Combine(at, entry.Name);
                if (entry is DirectoryInfo)
                {
                    if (followLinks || entry.LinkTarget is null || LiesIn(folder, path))
                    {
                        Walk(path);
                    }
                    else
                    {
                        skipped.Add(Diagnostic.LinkLeftOut(null, path, folder));
                    }
                }
                else if (wanted(path))
                {
                    if (LeftOut(path, folder, followLinks) is { } why)
                    {
                        skipped.Add(why);
                    }
                    else
                    {
                        found.Add(path);
                    }
                }
            }
        }
    }

    /// <summary>
    /// What a path is that is not a regular file, which must not be opened to find out: opening a pipe waits for its writer. Of
    /// what the runtime offers, only the writer of archives looks at the kind without opening it.
    /// </summary>
    private static string? KindOf(string path)
    {
        if (LeadsInACircle(path))
        {
            return CircularLink;
        }

        try
        {
            string real = RealPath(path);
            if (OperatingSystem.IsWindows() || !(new FileInfo(real) is { Exists: true, Length: 0 }))
            {
                return null;
            }

            using var archive = new MemoryStream();
            using (var tar = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
            {
                tar.WriteEntry(real, "a");
            }

            return (TarEntryType)archive.GetBuffer()[TarKind] switch
            {
                TarEntryType.Fifo => "a pipe",
                TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "a device",
                _ => null,
            };
        }
        catch (IOException)
        {
            return "a socket";
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool LeadsInACircle(string path)
    {
        try
        {
            RealPath(path);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is IOException and not PathTooLongException;
        }
    }

    private static IEnumerable<string> Segments(string path) => path
        .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
        .Where(segment => segment != ".");
}
