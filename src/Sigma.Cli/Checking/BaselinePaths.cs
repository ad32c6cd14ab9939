using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Names files by their way from the folder of a baseline, so that a finding is the same however a run spells its path.</summary>
/// <param name="baseline">The file of the baseline; it need not exist.</param>
internal sealed class BaselinePaths(string baseline)
{
    private readonly string folder = Real(Path.GetDirectoryName(Path.GetFullPath(baseline))!);
    private readonly Dictionary<string, string> folders = new(StringComparer.Ordinal);

    /// <summary>The path of a finding's file from the folder of the baseline, with slashes; standard input as it is.</summary>
    public string Of(Finding finding)
    {
        string path = finding.Span.Source.Path;
        if (path is RuleInputs.StandardInput or "stdin")
        {
            return path;
        }

        string whole = Path.GetFullPath(path);
        string above = Path.GetDirectoryName(whole) ?? whole;
        if (!folders.TryGetValue(above, out string? real))
        {
            folders[above] = real = Real(above);
        }

        return Path.GetRelativePath(folder, Path.Combine(real, Path.GetFileName(whole))).Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>What stays the same when lines move, and when the path is spelled in another way.</summary>
    public string FingerprintOf(Finding finding)
    {
        // What is found among several files names the other one as the run spells it.
        string message = finding.IsOfAll ? finding.Info.Message : finding.Diagnostic.Message;
        return Fingerprints.Of(finding.Info.Code, Of(finding), $"{message}\n{finding.Span.Characters.Trim()}");
    }

    /// <summary>A folder without links; as it is where they lead nowhere.</summary>
    private static string Real(string path)
    {
        try
        {
            return FileBounds.RealPath(path);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            return path;
        }
    }
}
