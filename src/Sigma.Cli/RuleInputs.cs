using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Finds the rule files that the user means.</summary>
internal static class RuleInputs
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Lists the files.</summary>
    /// <param name="given">Files, folders that are searched with their sub-folders, or <c>-</c>.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <param name="empty">Takes the folders without a rule file.</param>
    /// <param name="diagnostics">Takes what does not exist, and what is left out.</param>
    /// <param name="followLinks">Whether links may lead out of the folders.</param>
    /// <param name="limits">How many files there may be, and what reading them may cost; null for the default.</param>
    /// <returns>The files sorted by path, each once.</returns>
    public static IReadOnlyList<RuleInput> Find(IReadOnlyList<string> given, CommandEnvironment environment, List<string> empty, List<Diagnostic> diagnostics, bool followLinks = false, Limits? limits = null)
    {
        limits ??= Limits.Default;
        var found = new List<RuleInput>();
        foreach (string path in given)
        {
            string shown = path.Replace(Path.DirectorySeparatorChar, '/');
            if (path == StandardInput)
            {
                found.Add(new RuleInput(path, "stdin") { OpenPipe = environment.OpenInput });
            }
            else if (File.Exists(path))
            {
                if (FileBounds.Refusal(path) is { } refusal)
                {
                    diagnostics.Add(refusal);
                    continue;
                }

                found.Add(new RuleInput(shown, Path.GetFileName(path)) { IsNamed = true });
            }
            else if (Directory.Exists(path))
            {
                string root = shown.Length > 1 ? shown.TrimEnd('/') : shown;
                int before = found.Count;
                new FolderWalk(path, root.Length + (root == "/" ? 0 : 1), followLinks, found, diagnostics).Walk(path, root);
                if (found.Count == before)
                {
                    empty.Add(path);
                }
            }
            else
            {
                diagnostics.Add(FileErrors.Missing(path));
            }
        }

        // One folder has no file twice.
        IEnumerable<RuleInput> each = given.Count == 1 ? found : found.DistinctBy(input => input.Path == StandardInput ? input.Path : Path.GetFullPath(input.Path));
        RuleInput[] sorted = [.. each.OrderBy(input => input.Path, StringComparer.Ordinal).Select(input => input with { Limits = limits })];
        if (sorted.Length > limits[Limits.Files])
        {
            diagnostics.Add(limits.Exceeded(Limits.Files, Diagnostic.TooManyFiles, null, (long)sorted.Length));
        }

        return sorted;
    }
}
