using System.Text;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes a rule file that was changed.</summary>
internal static class RuleFile
{
    /// <summary>Writes the file where it stands, with the byte order mark and the permissions that it had. A read-only file is left alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text now.</param>
    /// <returns>Why it was not written; null if it was.</returns>
    public static Diagnostic? WriteBack(string path, string text)
    {
        if (FileBounds.Refusal(path) is { } refusal)
        {
            return refusal;
        }

        // It may lead anywhere, and writing would put a file in its place.
        if (new FileInfo(path).LinkTarget is not null)
        {
            return Diagnostic.CannotWrite(null, path, "it is a link; name the file that it leads to");
        }

        try
        {
            if (!ReplacementFile.IsWritable(path))
            {
                return Diagnostic.CannotWrite(null, path, "it is read-only");
            }

            bool marked = File.ReadAllBytes(path) is [0xEF, 0xBB, 0xBF, ..];
            return OutputFolder.WriteFile(path, [.. marked ? (byte[])[0xEF, 0xBB, 0xBF] : [], .. Encoding.UTF8.GetBytes(text)], OutputBounds.Regular);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            return Diagnostic.CannotWrite(null, path, FileErrors.Reason(exception));
        }
    }
}
