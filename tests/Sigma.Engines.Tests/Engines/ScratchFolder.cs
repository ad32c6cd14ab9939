namespace Sigma.Engines.Tests.Engines;

/// <summary>A folder of its own under the temporary path, gone when the run is over.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sigmac-engine-").FullName;

    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    public string Read(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
