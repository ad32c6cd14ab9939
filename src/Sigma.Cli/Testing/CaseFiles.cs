using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A file of cases.</summary>
/// <param name="Path">Its path, with slashes.</param>
/// <param name="IsBeside">Whether it was found beside the rules, not through <c>--data</c>.</param>
internal sealed record CaseFile(string Path, bool IsBeside)
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

    private const string RegressionInfo = "info.yml";

    /// <summary>Whether a file has cases, going by its name.</summary>
    public static bool IsOne(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Lists the files.</summary>
    /// <param name="rules">What the user gave as rules.</param>
    /// <param name="data">What the user gave to <c>--data</c>.</param>
    /// <param name="diagnostics">Takes what does not exist.</param>
    /// <returns>The files sorted by path, each once.</returns>
    public static IReadOnlyList<CaseFile> Find(IReadOnlyList<string> rules, IReadOnlyList<string> data, List<Diagnostic> diagnostics)
    {
        var found = new Dictionary<string, CaseFile>(StringComparer.Ordinal);
        foreach (string path in rules)
        {
            if (Directory.Exists(path))
            {
                Add(Walk(path).Where(IsOne), beside: true);
            }
            else if (File.Exists(path))
            {
                Add(Endings.Select(ending => Path.ChangeExtension(path, null) + ending).Where(File.Exists), beside: true);
            }
        }

        foreach (string path in data)
        {
            if (Directory.Exists(path))
            {
                Add(Walk(path).Where(file => IsOne(file) || Path.GetFileName(file).Equals(RegressionInfo, StringComparison.OrdinalIgnoreCase)), beside: false);
            }
            else if (File.Exists(path))
            {
                Add([path], beside: false);
            }
            else
            {
                diagnostics.Add(Codes.NoSuchInput.At(null, path));
            }
        }

        return [.. found.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];

        void Add(IEnumerable<string> files, bool beside)
        {
            foreach (string file in files)
            {
                found.TryAdd(Path.GetFullPath(file), new CaseFile(file.Replace(Path.DirectorySeparatorChar, '/'), beside));
            }
        }
    }

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(
        folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint });
}
