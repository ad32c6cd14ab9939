using System.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>A folder of one test, taken away with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("sigmac-").FullName;

    /// <summary>The path of something in it.</summary>
    public string this[string path] => System.IO.Path.Combine(Path, path);

    /// <summary>Puts a file into it.</summary>
    public TemporaryFolder With(string path, string text) => With(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Puts a file into it.</summary>
    public TemporaryFolder With(string path, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllBytes(this[path], content);
        return this;
    }

    /// <summary>Reads a file of it.</summary>
    public string Read(string path) => File.ReadAllText(this[path]);

    /// <summary>Moves one of its folders into another temporary folder.</summary>
    /// <returns>The other folder.</returns>
    public TemporaryFolder MovedTo(TemporaryFolder other, string path)
    {
        Directory.Move(this[path], other[path]);
        return other;
    }

    /// <summary>The files in one of its folders, sorted, as paths below that.</summary>
    public string[] Files(string folder) =>
    [
        .. Directory.GetFiles(this[folder], "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(this[folder], file))
            .Order(StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
