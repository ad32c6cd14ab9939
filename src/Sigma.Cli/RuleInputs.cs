using System.IO.Enumeration;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule file to read.</summary>
/// <param name="Path">The path as given plus the path below it, with slashes; <c>-</c> for standard input.</param>
/// <param name="Below">The path below what was given; the file's own name for a file.</param>
internal sealed record RuleInput(string Path, string Below)
{
    /// <summary>Reads the file's text.</summary>
    /// <param name="error">Why it could not be read; null when it could.</param>
    public SourceText Read(out Diagnostic? error)
    {
        try
        {
            if (Path == RuleInputs.StandardInput)
            {
                using Stream input = Console.OpenStandardInput();
                using var memory = new MemoryStream();
                CopyAtMost(input, memory, SourceText.MaxBytes + 1);
                return SourceText.Decode(Path, memory.GetBuffer().AsSpan(0, (int)memory.Length), out error);
            }

            var file = new FileInfo(Path);
            if (file.Length > SourceText.MaxBytes)
            {
                var empty = new SourceText(Path, "");
                error = Codes.FileTooLarge.At(new Span(empty, 0, 0), (file.Length / (1024.0 * 1024.0)).ToString("0.0"));
                return empty;
            }

            return SourceText.Decode(Path, File.ReadAllBytes(Path), out error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = Codes.CannotRead.At(null, exception.Message);
            return new SourceText(Path, "");
        }
    }

    private static void CopyAtMost(Stream from, MemoryStream to, int limit)
    {
        byte[] buffer = new byte[64 * 1024];
        int read;
        while (to.Length < limit && (read = from.Read(buffer)) > 0)
        {
            to.Write(buffer, 0, read);
        }
    }
}

/// <summary>Finds the rule files that the user means.</summary>
internal static class RuleInputs
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Lists the files.</summary>
    /// <param name="given">Files, folders that are searched with their sub-folders, or <c>-</c>.</param>
    /// <param name="diagnostics">Takes what does not exist.</param>
    /// <returns>The files sorted by path, each once.</returns>
    public static IReadOnlyList<RuleInput> Find(IReadOnlyList<string> given, List<Diagnostic> diagnostics)
    {
        var found = new Dictionary<string, RuleInput>(StringComparer.Ordinal);
        foreach (string path in given)
        {
            string shown = path.Replace('\\', Path.DirectorySeparatorChar == '\\' ? '/' : '\\');
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
                foreach (string file in Walk(path))
                {
                    string below = Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/');
                    found.TryAdd(Path.GetFullPath(file), new RuleInput(root == "/" ? root + below : $"{root}/{below}", below));
                }
            }
            else
            {
                diagnostics.Add(Codes.NoSuchInput.At(null, path));
            }
        }

        return [.. found.Values.OrderBy(input => input.Path, StringComparer.Ordinal)];
    }

    /// <summary>The rule files of a folder. Hidden folders are left out; a link to a folder is not followed, since it may lead back.</summary>
    private static FileSystemEnumerable<string> Walk(string folder) => new(
        folder,
        (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory
            && (entry.FileName.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || entry.FileName.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)),
        ShouldRecursePredicate = (ref FileSystemEntry entry) =>
            !entry.FileName.StartsWith('.') && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };
}
