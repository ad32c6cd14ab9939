using System.Security.Cryptography;
using System.Text;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// The list of the files that sigmac made in an output folder, with their SHA-256, so that a later run can tell them from other
/// files. It has the form that <c>sha256sum -c</c> reads. A stranger may have written it: only regular files below the folder,
/// reached without a link, are removed, and only while their content is still what the list says.
/// </summary>
/// <param name="folder">The output folder.</param>
internal sealed class OutputManifest(string folder)
{
    /// <summary>Its name in the folder.</summary>
    public const string Name = ".sigmac-files";

    private const int HashLength = 64;

    /// <summary>As much as a list of some 100,000 files has.</summary>
    private const long LongestFile = 32 * 1024 * 1024;

    /// <summary>The files that this run makes; without a hash, one that could not be written.</summary>
    private readonly Dictionary<string, string?> made = new(OutputFolder.Names);

    private string ListPath => Path.Combine(folder, Name);

    /// <summary>Adds a file that the run makes.</summary>
    /// <param name="name">Its path below the folder, with slashes.</param>
    /// <param name="content">Its content.</param>
    /// <param name="written">Whether it was written.</param>
    public void Add(string name, ReadOnlySpan<byte> content, bool written) => made[name] = written ? Convert.ToHexStringLower(SHA256.HashData(content)) : null;

    /// <summary>Removes what an earlier run made and this one does not, and writes the list anew.</summary>
    /// <param name="prune">Whether to remove files; otherwise only a list that is there is kept up to date.</param>
    /// <param name="diagnostics">Receives what could not be done.</param>
    /// <returns>The files that were removed, and those that were kept because they have changed since.</returns>
    public (IReadOnlyList<string> Removed, IReadOnlyList<string> Kept) Finish(bool prune, List<Diagnostic> diagnostics)
    {
        var removed = new List<string>();
        var kept = new List<string>();
        if (!prune && !File.Exists(ListPath))
        {
            return (removed, kept);
        }

        var listed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach ((string name, string hash) in ReadList())
            {
                if (made.TryGetValue(name, out string? newHash))
                {
                    // One that could not be written is still what it was.
                    listed[name] = newHash ?? hash;
                }
                else if (!prune || !Remove(name, hash, removed, kept, diagnostics))
                {
                    listed[name] = hash;
                }
            }
        }
        catch (Exception exception) when (FileErrors.IsOne(exception) || exception is InvalidDataException)
        {
            diagnostics.Add(Diagnostic.UnreadableManifest(null, exception is InvalidDataException ? exception.Message : FileErrors.Reason(exception)));
            return (removed, kept);
        }

        foreach ((string name, string? hash) in made)
        {
            if (hash is not null)
            {
                listed[name] = hash;
            }
        }

        string text = string.Concat(listed.Select(file => $"{file.Value}  {file.Key}\n"));
        if (OutputFolder.WriteWhole(Path.GetFullPath(ListPath), Encoding.UTF8.GetBytes(text), OutputBounds.Regular) is { } reason)
        {
            diagnostics.Add(Diagnostic.CannotWrite(null, ListPath, reason));
        }

        return (removed, kept);
    }

    private IEnumerable<(string Name, string Hash)> ReadList()
    {
        var file = new FileInfo(ListPath);
        if (!file.Exists && file.LinkTarget is null)
        {
            return [];
        }

        if (file.LinkTarget is not null || FileBounds.Refusal(ListPath, folder) is not null || file.Length > LongestFile)
        {
            throw new InvalidDataException($"'{Name}' is not a file that sigmac wrote");
        }

        var entries = new List<(string, string)>();
        foreach (string line in File.ReadLines(ListPath))
        {
            if (line.Length <= HashLength + 2 || !line.AsSpan(HashLength, 2).SequenceEqual("  ") || line.AsSpan(0, HashLength).ContainsAnyExcept("0123456789abcdef")
                || OutputName.Safe(line[(HashLength + 2)..]) is not { } name || name != line[(HashLength + 2)..] || !IsBelow(name))
            {
                throw new InvalidDataException($"'{Name}' has a line that sigmac did not write");
            }

            entries.Add((name, line[..HashLength]));
        }

        return entries;
    }

    /// <summary>Removes a file, and the folders that are empty then.</summary>
    /// <returns>Whether it is gone.</returns>
    private bool Remove(string name, string hash, List<string> removed, List<string> kept, List<Diagnostic> diagnostics)
    {
        string path = Path.Combine(folder, name);
        try
        {
            if (HasLink(name))
            {
                kept.Add(name);
                return true;
            }

            if (!File.Exists(path))
            {
                return true;
            }

            if (FileBounds.Refusal(path, folder) is not null || HashOf(path) != hash)
            {
                kept.Add(name);
                return true;
            }

            File.Delete(path);
            removed.Add(name);
            RemoveEmptyFolders(name);
            return true;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Diagnostic.CannotWrite(null, path, FileErrors.Reason(exception)));
            return false;
        }
    }

    private void RemoveEmptyFolders(string name)
    {
        for (string? parent = Path.GetDirectoryName(name); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            string path = Path.Combine(folder, parent);
            if (Directory.EnumerateFileSystemEntries(path).Any())
            {
                return;
            }

            Directory.Delete(path);
        }
    }

    /// <summary>Whether the file, or a folder on the way to it, is a link.</summary>
    private bool HasLink(string name)
    {
        string path = folder;
        foreach (string part in name.Split('/'))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static bool IsBelow(string name) => !name.StartsWith('/') && name.Split('/').All(part => part is not ("" or "." or ".."));
}
