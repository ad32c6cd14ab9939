using System.Collections.Concurrent;
using System.IO.Compression;
using System.Reflection;

namespace Sigma.Text;

/// <summary>The files that are built into the program's libraries. The build compresses them (Directory.Build.targets).</summary>
internal static class EmbeddedFiles
{
    /// <summary>
    /// A switch of the runtime, which asks for it once, where something is unpacked for the first time. Without it a log that is cut
    /// short would end as if it were whole.
    /// </summary>
    public const string StrictCompression = "System.IO.Compression.UseStrictValidation";

    /// <summary>The paths of each library's files. The runtime compares a path with all of them, one by one, each time that it is asked for a file.</summary>
    private static readonly ConcurrentDictionary<Assembly, HashSet<string>> PathsOf = new();

    static EmbeddedFiles() => AppContext.SetSwitch(StrictCompression, true);

    /// <summary>The paths below a folder that end so, sorted.</summary>
    /// <param name="library">The library that has them.</param>
    /// <param name="folder">The folder, with a slash at its end.</param>
    /// <param name="ending">The ending.</param>
    public static IEnumerable<string> In(Assembly library, string folder, string ending) => Paths(library)
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The paths of files of this library.</summary>
    /// <param name="folder">The folder, with a slash at its end.</param>
    /// <param name="ending">The ending.</param>
    public static IEnumerable<string> In(string folder, string ending) => In(typeof(EmbeddedFiles).Assembly, folder, ending);

    /// <summary>The bytes of a file; null if there is none of this path.</summary>
    /// <param name="library">The library that has it.</param>
    /// <param name="path">Its path.</param>
    public static byte[]? Bytes(Assembly library, string path)
    {
        if (!Paths(library).Contains(path))
        {
            return null;
        }

        using Stream stream = library.GetManifestResourceStream(path)!;
        using var content = new GZipStream(stream, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>The text of a file, as it is in the repository; null if there is none of this path.</summary>
    /// <param name="library">The library that has it.</param>
    /// <param name="path">Its path.</param>
    public static SourceText? Open(Assembly library, string path) => Bytes(library, path) is { } bytes ? SourceText.Decode(path, bytes, out _).AsBuiltIn() : null;

    /// <summary>A file of this library: of a target or a pipeline, by its path from the repository's root.</summary>
    /// <param name="path">The path.</param>
    public static SourceText? Open(string path) => Open(typeof(EmbeddedFiles).Assembly, path);

    /// <summary>The text of a file that is there.</summary>
    /// <param name="library">The library that has it.</param>
    /// <param name="path">Its path.</param>
    public static string Text(Assembly library, string path) => Open(library, path)?.Text ?? throw new FileNotFoundException(path);

    private static HashSet<string> Paths(Assembly library) => PathsOf.GetOrAdd(library, static from => new HashSet<string>(from.GetManifestResourceNames(), StringComparer.Ordinal));
}
