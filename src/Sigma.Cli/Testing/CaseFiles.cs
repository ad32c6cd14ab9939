using Sigma.Events.Testing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A file of cases.</summary>
/// <param name="Path">Its path, with slashes.</param>
/// <param name="IsBeside">Whether it was found beside the rules, not through <c>--data</c>.</param>
/// <param name="Root">The folder that was searched, or the file's own; its events have to lie there.</param>
internal sealed record CaseFile(string Path, bool IsBeside, string Root)
{
    /// <summary>The file's path up to <c>.tests.yml</c>; null for files of another name.</summary>
    public string? RulePath => CaseFiles.Endings.FirstOrDefault(ending => Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } found
        ? Path[..^found.Length]
        : null;
}

/// <summary>Finds the files of cases.</summary>
internal static class CaseFiles
{
    /// <summary>How such files end.</summary>
    public static readonly string[] Endings = [".tests.yml", ".tests.yaml"];

    /// <summary>Whether a file has cases, going by its name.</summary>
    public static bool IsOne(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The files of cases beside rules, as far as there are any.</summary>
    /// <param name="rules">The files of the rules.</param>
    public static IEnumerable<string> Beside(IEnumerable<string> rules) =>
        rules.SelectMany(rule => Endings.Select(ending => Path.ChangeExtension(rule, null) + ending)).Where(File.Exists);

    /// <summary>Lists the files.</summary>
    /// <param name="rules">What the user gave as rules.</param>
    /// <param name="data">What the user gave to <c>--data</c>.</param>
    /// <param name="diagnostics">Takes what does not exist, and what is left out.</param>
    /// <param name="followLinks">Whether links may lead out of the folders.</param>
    /// <returns>The files sorted by path, each once.</returns>
    public static IReadOnlyList<CaseFile> Find(IReadOnlyList<string> rules, IReadOnlyList<string> data, List<Diagnostic> diagnostics, bool followLinks = false)
    {
        var found = new Dictionary<string, CaseFile>(StringComparer.Ordinal);
        foreach (string path in rules)
        {
            if (Directory.Exists(path))
            {
                Add(Walk(path, IsOne), beside: true, path);
            }
            else if (File.Exists(path))
            {
                AddBeside(path);
            }
        }

        foreach (string path in data)
        {
            if (Directory.Exists(path))
            {
                Add(Walk(path, file => IsOne(file) || Path.GetFileName(file).Equals(RegressionInfo.FileName, StringComparison.OrdinalIgnoreCase)), beside: false, path);
            }
            else if (File.Exists(path))
            {
                if (FileBounds.Refusal(path) is { } refusal)
                {
                    diagnostics.Add(refusal);
                }
                else
                {
                    Add([path], beside: false, FolderOf(path));
                }
            }
            else
            {
                diagnostics.Add(FileErrors.Missing(path));
            }
        }

        return [.. found.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];

        void AddBeside(string rule)
        {
            foreach (string file in Beside([rule]))
            {
                if (FileBounds.LeftOut(file, FolderOf(rule), followLinks) is { } why)
                {
                    diagnostics.Add(why);
                }
                else
                {
                    Add([file], beside: true, FolderOf(rule));
                }
            }
        }

        IReadOnlyList<string> Walk(string folder, Func<string, bool> wanted) => FileBounds.Files(folder, wanted, diagnostics, hidden: false, followLinks);

        void Add(IEnumerable<string> files, bool beside, string root)
        {
            foreach (string file in files)
            {
                found.TryAdd(Path.GetFullPath(file), new CaseFile(file.Replace(Path.DirectorySeparatorChar, '/'), beside, root));
            }
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";
}
