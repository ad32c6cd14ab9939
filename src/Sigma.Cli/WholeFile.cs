using System.Runtime.InteropServices;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A file that a run writes piece by piece. It has its name when it is whole, and is not there before.</summary>
internal sealed class WholeFile : IDisposable
{
    /// <summary>Links that lead through more links than this lead in a circle.</summary>
    private const int MostLinks = 40;

    private readonly string path;
    private readonly string temporary;

    /// <summary>Whoever ends the program before it is done leaves no half of a file.</summary>
    private readonly PosixSignalRegistration[] signals;

    private WholeFile(string path, string temporary, FileStream content)
    {
        this.path = path;
        this.temporary = temporary;
        Content = content;
        signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, _ => Remove()))];
    }

    /// <summary>Where the pieces go.</summary>
    public FileStream Content { get; }

    /// <summary>Begins a file. Folders on the way are made.</summary>
    /// <param name="path">Its path. A link is replaced, not followed: it may come from a stranger's repository.</param>
    /// <param name="bounds">What must not be replaced.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The file; null after a report.</returns>
    public static WholeFile? Begin(string path, OutputBounds bounds, List<Diagnostic> diagnostics)
    {
        string? refusal = path.Length == 0 ? "the file has no name"
            : path.Contains('\0') ? "a name cannot contain this character"
            : null;
        if (refusal is null)
        {
            try
            {
                string whole = Path.GetFullPath(path);
                refusal = LeadsToStream(whole) ? "it is not a regular file"
                    : bounds.Refusal(whole);
                if (refusal is null)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
                    string temporary = $"{whole}.{Environment.ProcessId}.part";
                    return new WholeFile(whole, temporary, ReplacementFile.Create(temporary, whole));
                }
            }
            catch (Exception exception) when (FileErrors.IsOne(exception))
            {
                refusal = FileErrors.Reason(exception);
            }
        }

        diagnostics.Add(Diagnostic.CannotWrite(null, path, refusal));
        return null;
    }

    /// <summary>Whether links lead to a stream of a process, as <c>/dev/stdout</c> does, whatever it is connected with.</summary>
    private static bool LeadsToStream(string path)
    {
        for (int steps = 0; steps < MostLinks && !OperatingSystem.IsWindows(); steps++)
        {
            if (path.StartsWith("/proc/", StringComparison.Ordinal))
            {
                return true;
            }

            if (new FileInfo(path).LinkTarget is not { } target)
            {
                return false;
            }

            path = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }

        return false;
    }

    /// <summary>Ends the file: it takes the place of an earlier one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Commit()
    {
        Content.Dispose();
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Forgets what was written, unless the file was ended.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in signals)
        {
            signal.Dispose();
        }

        try
        {
            Content.Dispose();
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            // What failed before is reported.
        }

        Remove();
    }

    private void Remove()
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            // What failed before is reported.
        }
    }
}
