namespace Sigma.Cli;

/// <summary>The file that is written beside another one and takes its place when it is whole.</summary>
internal static class ReplacementFile
{
    private const UnixFileMode Permissions =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Creates it, with the permissions of the file whose place it will take before anything is in it.</summary>
    /// <param name="temporary">Its path until then.</param>
    /// <param name="path">The file whose place it takes; it need not exist.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be created.</exception>
    public static FileStream Create(string temporary, string path)
    {
        // A link is replaced itself, and has no permissions of its own.
        if (OperatingSystem.IsWindows() || new FileInfo(path) is not { Exists: true, LinkTarget: null } replaced)
        {
            return File.Create(temporary);
        }

        var stream = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            File.SetUnixFileMode(stream.SafeFileHandle, replaced.UnixFileMode & Permissions);
            return stream;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file may be changed. Putting another one in its place needs the permission of the folder only.</summary>
    /// <param name="path">A file that exists.</param>
    /// <exception cref="IOException">The file cannot be looked at.</exception>
    public static bool IsWritable(string path)
    {
        if (OperatingSystem.IsWindows() ? new FileInfo(path).IsReadOnly : (File.GetUnixFileMode(path) & AnyWrite) == UnixFileMode.None)
        {
            return false;
        }

        try
        {
            using FileStream opened = File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
