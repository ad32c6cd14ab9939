using System.IO.Enumeration;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Finds the rule files in a folder that the user gave.</summary>
/// <param name="given">The folder.</param>
/// <param name="root">The length of what is shown in front of the paths below it.</param>
/// <param name="followLinks">Whether links may lead out of it.</param>
/// <param name="found">Takes the files.</param>
/// <param name="skipped">Takes what is left out.</param>
internal sealed class FolderWalk(string given, int root, bool followLinks, List<RuleInput> found, List<Diagnostic> skipped)
{
    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    /// <summary>The folders seen so far, where links are followed: one may lead back.</summary>
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>
    /// Adds the rule files of a folder. What is hidden is left out, and so are files of cases. A link to a folder is followed
    /// only where the user wants that. A folder that cannot be read is added itself, so that reading it is reported where a
    /// rule of it would be.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shown">The folder as it is shown, with slashes.</param>
    public void Walk(string folder, string shown)
    {
        List<(string Name, Kind Kind)> entries;
        try
        {
            if (followLinks && !seen.Add(FileBounds.RealPath(folder)))
            {
                return;
            }

            entries = [.. new FileSystemEnumerable<(string, Kind)>(folder, (ref entry) => (entry.FileName.ToString(), KindOf(ref entry)), Visible)
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

        foreach ((string name, Kind kind) in entries)
        {
            string path = shown.EndsWith('/') ? shown + name : $"{shown}/{name}";
            string file = Path.Combine(folder, name);
            if (kind is Kind.Folder || (kind is Kind.LinkedFolder && followLinks))
            {
                Walk(file, path);
            }
            else if (kind is Kind.LinkedFolder && new DirectoryInfo(file).LinkTarget is null)
            {
                // Windows has other things than links that it calls so.
                Walk(file, path);
            }
            else if (kind is not Kind.LinkedFolder && !CaseFiles.IsOne(name))
            {
                Add(path, file, kind);
            }
        }
    }

    private void Add(string path, string file, Kind kind)
    {
        if (kind is Kind.Unusual && FileBounds.LeftOut(file, given, followLinks) is { } why)
        {
            skipped.Add(why);
            return;
        }

        found.Add(new RuleInput(path, path[root..]));
    }

    /// <summary>Only what is a link, or has no content, can be anything but a file. The entry is passed by reference, since each copy of it would ask the system again.</summary>
    private static Kind KindOf(ref FileSystemEntry entry)
    {
        bool linked = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
        return entry.IsDirectory ? (linked ? Kind.LinkedFolder : Kind.Folder)
            : linked || entry.Length == 0 ? Kind.Unusual
            : Kind.File;
    }

    private enum Kind
    {
        File,
        Unusual,
        Folder,
        LinkedFolder,
    }
}
