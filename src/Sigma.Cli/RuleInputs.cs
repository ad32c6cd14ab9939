using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule file to read.</summary>
/// <param name="Path">The path as given plus the path below it, with slashes; <c>-</c> for standard input.</param>
/// <param name="Below">The path below what was given; the file's own name for a file.</param>
internal sealed record RuleInput(string Path, string Below)
{
    private (SourceText Source, Diagnostic? Error)? held;

    /// <summary>Reads the file's text. A pipe can be read once only, so its text is held.</summary>
    /// <param name="error">Why it could not be read; null when it could.</param>
    public SourceText Read(out Diagnostic? error)
    {
        if (held is { } before)
        {
            error = before.Error;
            return before.Source;
        }

        SourceText source = ReadNow(out error, out bool once);
        held = once ? (source, error) : null;
        return source;
    }

    private SourceText ReadNow(out Diagnostic? error, out bool once)
    {
        once = false;
        try
        {
            using Stream input = Path == RuleInputs.StandardInput ? Console.OpenStandardInput() : File.OpenRead(Path);
            once = !input.CanSeek;
            if (input.CanSeek && input.Length > SourceText.MaxBytes)
            {
                return TooLarge((input.Length / (1024.0 * 1024.0)).ToString("0.0"), out error);
            }

            using var memory = new MemoryStream(input.CanSeek ? (int)input.Length : 0);
            return ReadAll(input, memory)
                ? SourceText.Decode(Path, memory.GetBuffer().AsSpan(0, (int)memory.Length), out error)
                : TooLarge("more than 16", out error);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            error = Codes.CannotRead.At(null, FileErrors.Reason(exception));
            return new SourceText(Path, "");
        }
    }

    /// <summary>Reads to the end, unless that is too far away: a pipe or a device does not tell its length.</summary>
    private static bool ReadAll(Stream from, MemoryStream to)
    {
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            to.Write(buffer, 0, read);
            if (to.Length > SourceText.MaxBytes)
            {
                return false;
            }
        }

        return true;
    }

    private SourceText TooLarge(string megabytes, out Diagnostic error)
    {
        var empty = new SourceText(Path, "");
        error = Codes.FileTooLarge.At(new Span(empty, 0, 0), megabytes);
        return empty;
    }
}

/// <summary>Finds the rule files that the user means.</summary>
internal static class RuleInputs
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] Endings = [".yml", ".yaml"];

    /// <summary>Lists the files.</summary>
    /// <param name="given">Files, folders that are searched with their sub-folders, or <c>-</c>.</param>
    /// <param name="empty">Takes the folders without a rule file.</param>
    /// <param name="diagnostics">Takes what does not exist.</param>
    /// <returns>The files sorted by path, each once.</returns>
    public static IReadOnlyList<RuleInput> Find(IReadOnlyList<string> given, List<string> empty, List<Diagnostic> diagnostics)
    {
        var found = new Dictionary<string, RuleInput>(StringComparer.Ordinal);
        foreach (string path in given)
        {
            string shown = path.Replace(Path.DirectorySeparatorChar, '/');
            if (path == StandardInput)
            {
                found.TryAdd(path, new RuleInput(path, "stdin"));
            }
            else if (File.Exists(path))
            {
                found.TryAdd(Path.GetFullPath(path), new RuleInput(shown, Path.GetFileName(path)));
            }
            else if (Directory.Exists(path))
            {
                string root = shown.Length > 1 ? shown.TrimEnd('/') : shown;
                var files = new List<string>();
                Walk(path, files);
                if (files.Count == 0)
                {
                    empty.Add(path);
                }

                foreach (string file in files)
                {
                    string below = Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/');
                    found.TryAdd(Path.GetFullPath(file), new RuleInput(below == "." ? root : root == "/" ? root + below : $"{root}/{below}", below));
                }
            }
            else
            {
                diagnostics.Add(Codes.NoSuchInput.At(null, path));
            }
        }

        return [.. found.Values.OrderBy(input => input.Path, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Adds the rule files of a folder. What is hidden is left out; a link to a folder is not followed, since it may lead back.
    /// A folder that cannot be read is added itself, so that reading it is reported where a rule of it would be.
    /// </summary>
    private static void Walk(string folder, List<string> files)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = false });
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            files.Add(folder);
            return;
        }

        foreach (FileSystemInfo entry in entries)
        {
            string path = Path.Combine(folder, entry.Name);
            if (entry is not DirectoryInfo)
            {
                if (Endings.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                {
                    files.Add(path);
                }
            }
            else if (entry.LinkTarget is null)
            {
                Walk(path, files);
            }
        }
    }
}
