using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// <c>--since</c>: the files that changed since a git reference, those included that git does not track yet. If the reference is on
/// another branch, its last common commit with the current one counts, so that what others changed there is left out.
/// </summary>
internal static class GitChanges
{
    /// <summary>git runs without a shell, asks no questions, and starts neither a monitor of files nor a pager; its output has one form.</summary>
    private static readonly string[] Careful = ["-c", "core.fsmonitor=false", "-c", "diff.relative=false", "-c", "core.quotePath=false", "--no-pager"];

    /// <summary>Selects the files that changed.</summary>
    /// <param name="inputs">The rule files.</param>
    /// <param name="given">The files and folders that they were found in; each may belong to another repository.</param>
    /// <param name="reference">The reference: a branch, a tag, a commit.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <param name="diagnostics">Receives an error if that cannot be told.</param>
    public static IReadOnlyList<RuleInput> Among(
        IReadOnlyList<RuleInput> inputs, IReadOnlyList<string> given, string reference, CommandEnvironment environment, List<Diagnostic> diagnostics)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var roots = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            string git = FindProgram(environment) ?? throw new GitException("the program 'git' is not on this machine, or not in a folder of PATH");
            foreach (string path in given.Where(Path.Exists))
            {
                string root = RootOf(path) ?? throw new GitException($"'{path}' is not in a git repository");
                if (roots.Add(root))
                {
                    AddChanges(git, root, reference, changed);
                }
            }
        }
        catch (GitException failure)
        {
            diagnostics.Add(Diagnostic.ChangesUnknown(null, reference, failure.Message).WithHint(failure.Hint));
            return [];
        }

        return [.. inputs.Where(input => changed.Contains(Path.GetFullPath(input.Path)))];
    }

    private static void AddChanges(string git, string root, string reference, HashSet<string> changed)
    {
        if (reference.Length == 0 || reference[0] == '-' || reference.Contains('\0'))
        {
            throw new GitException("this is not the name of a branch, tag or commit");
        }

        string? commit = Run(git, root, out string reason, "rev-parse", "--verify", "--quiet", reference + "^{commit}")?.Trim();
        if (commit is null)
        {
            throw new GitException(reason.Length > 0 ? reason : "git does not know it", "a CI system often fetches one commit only; fetch the whole history, or the reference");
        }

        string[] withoutFilters = WithoutFilters(git, root);

        // A history that was fetched in part may have no common commit.
        string start = Run(git, root, out _, "merge-base", commit, "HEAD")?.Trim() ?? commit;
        foreach (string[] command in (string[][])
            [["diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", "--no-ext-diff", "--ignore-submodules", start, "--"], ["ls-files", "--others", "--exclude-standard", "-z"]])
        {
            string output = Run(git, root, out reason, [.. withoutFilters, .. command]) ?? throw new GitException(reason);
            foreach (string name in output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                changed.Add(Path.GetFullPath(Path.Combine(root, name)));
            }
        }
    }

    /// <summary>
    /// The options that turn off each filter of the configuration. git compares files through them, and a repository's own configuration
    /// may name any program.
    /// </summary>
    private static string[] WithoutFilters(string git, string root)
    {
        string names = Run(git, root, out _, "config", "-z", "--name-only", "--get-regexp", @"^filter\..*\.(clean|smudge|process|required)$") ?? "";
        string[] keys = [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        if (Array.Exists(keys, key => key.Contains('=')))
        {
            throw new GitException("the git configuration has a filter with '=' in its name");
        }

        return [.. keys.SelectMany(key => (string[])["-c", key + (key.EndsWith(".required", StringComparison.Ordinal) ? "=false" : "=")])];
    }

    /// <summary>Runs git.</summary>
    /// <returns>What it writes; null if it fails.</returns>
    private static string? Run(string git, string folder, out string reason, params string[] arguments)
    {
        var start = new ProcessStartInfo(git, [.. Careful, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            reason = error.GetAwaiter().GetResult().Split('\n')[0].Trim();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception failure)
        {
            throw new GitException($"git cannot be run: {failure.Message}");
        }
    }

    /// <summary>
    /// The nearest folder with a repository, a file's or folder's own or one above. It is found without git, so that the paths that git
    /// gives can be compared with those of the rules, whatever links lead there.
    /// </summary>
    private static string? RootOf(string path)
    {
        for (string? folder = Path.GetFullPath(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folder;
            }
        }

        return null;
    }

    /// <summary>
    /// Finds git in the folders of PATH. Starting it by its name alone would also look in the current folder, and the rules there may
    /// come from anybody.
    /// </summary>
    private static string? FindProgram(CommandEnvironment environment)
    {
        string name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        return (environment.Variable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Why it cannot be told what changed.</summary>
    private sealed class GitException(string message, string? hint = null) : Exception(message)
    {
        public string? Hint => hint;
    }
}
