namespace Sigma.Text;

/// <summary>The files that are built into the program: targets and pipelines, by their paths from the repository's root.</summary>
internal static class EmbeddedFiles
{
    /// <summary>The paths below a folder that end so, sorted.</summary>
    /// <param name="folder">The folder, with a slash at its end.</param>
    /// <param name="ending">The ending.</param>
    public static IEnumerable<string> In(string folder, string ending) => typeof(EmbeddedFiles).Assembly.GetManifestResourceNames()
        .Select(name => name.Replace('\\', '/'))
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The text of a file; null if there is none of this path.</summary>
    public static SourceText? Open(string path)
    {
        using Stream? stream = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(path);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return SourceText.Decode(path, bytes, out _).AsBuiltIn();
    }
}
