using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>The built-in pipelines that belong to no target.</summary>
internal static class SharedPipelines
{
    private const string Folder = "backends/pipelines/";

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. EmbeddedFiles.In(Folder, ".yml").Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>The text of one; null if there is none of this name.</summary>
    public static SourceText? Open(string name) => EmbeddedFiles.Open(Folder + name + ".yml");

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidOperationException">It is broken, which the tests would have seen.</exception>
    public static Pipeline Read(string name)
    {
        var diagnostics = new List<Diagnostic>();
        return PipelineReader.Read(Open(name)!, name, diagnostics) is { } pipeline && diagnostics.Count == 0
            ? pipeline
            : throw new InvalidOperationException($"the built-in pipeline {name} is broken");
    }
}
