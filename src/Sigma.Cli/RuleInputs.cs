using System.IO.Enumeration;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Finds the rule files that the user means.</summary>
internal static class RuleInputs
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    /// <summary>Lists the files.</summary>
    /// <param name="given">Files, folders that are searched with their sub-folders, or <c>-</c>.</param>
    /// <param name="empty">Takes the folders without a rule file.</param>
    /// <param name="diagnostics">Takes what does not exist.</param>
    /// <returns>The files sorted by path, each once.</returns>
    public static IReadOnlyList<RuleInput> Find(IReadOnlyList<string> given, List<string> empty, List<Diagnostic> diagnostics)
    {
        var found = new List<RuleInput>();
        foreach (string path in given)
        {
            string shown = path.Replace(Path.DirectorySeparatorChar, '/');
            if (path == StandardInput)
            {
                found.Add(new RuleInput(path, "stdin"));
            }
            else if (File.Exists(path))
            {
                found.Add(new RuleInput(shown, Path.GetFileName(path)));
            }
            else if (Directory.Exists(path))
            {
                string root = shown.Length > 1 ? shown.TrimEnd('/') : shown;
                int before = found.Count;
                Walk(path, root, root.Length + (root == "/" ? 0 : 1), found);
                if (found.Count == before)
                {
                    empty.Add(path);
                }
            }
            else
            {
                diagnostics.Add(Codes.NoSuchInput.At(null, path));
            }
        }

        // One folder has no file twice.
        IEnumerable<RuleInput> each = given.Count == 1 ? found : found.DistinctBy(input => input.Path == StandardInput ? input.Path : Path.GetFullPath(input.Path));
        return [.. each.OrderBy(input => input.Path, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Adds the rule files of a folder. What is hidden is left out, and so are files of cases; a link to a folder is not followed, since it may lead back.
    /// A folder that cannot be read is added itself, so that reading it is reported where a rule of it would be.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shown">The folder as it is shown, with slashes.</param>
    /// <param name="root">The length of what is shown in front of the paths below what was given.</param>
    /// <param name="found">Takes the files.</param>
    private static void Walk(string folder, string shown, int root, List<RuleInput> found)
    {
        List<(string Name, FileAttributes Kind)> entries;
        try
        {
            entries = [.. new FileSystemEnumerable<(string, FileAttributes)>(folder, (ref entry) => (entry.FileName.ToString(), KindOf(entry)), Visible)
            {
                ShouldIncludePredicate = (ref entry) => entry.IsDirectory
                    || entry.FileName.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || entry.FileName.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase),
            }];
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            found.Add(new RuleInput(shown, shown.Length > root ? shown[root..] : "."));
            return;
        }

        foreach ((string name, FileAttributes kind) in entries)
        {
            string path = shown.EndsWith('/') ? shown + name : $"{shown}/{name}";
            string file = Path.Combine(folder, name);
            if (!kind.HasFlag(FileAttributes.Directory))
            {
                if (!CaseFiles.IsOne(name))
                {
                    found.Add(new RuleInput(path, path[root..]));
                }
            }
            else if (!kind.HasFlag(FileAttributes.ReparsePoint) || new DirectoryInfo(file).LinkTarget is null)
            {
                Walk(file, path, root, found);
            }
        }
    }

    /// <summary>Only of folders it is asked whether they are links, since it costs a call of the system.</summary>
    private static FileAttributes KindOf(in FileSystemEntry entry) =>
        entry.IsDirectory ? FileAttributes.Directory | (entry.Attributes & FileAttributes.ReparsePoint) : FileAttributes.Normal;
}
