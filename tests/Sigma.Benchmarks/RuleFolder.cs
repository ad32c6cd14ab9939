using System.Runtime.CompilerServices;
using Sigma.Text;

namespace Sigma.Benchmarks;

/// <summary>The rules that are measured: the folder in SIGMAC_BENCHMARK_RULES, or our own rule pack.</summary>
internal static class RuleFolder
{
    /// <summary>Reads the bytes of every rule file.</summary>
    public static IReadOnlyList<(string Path, byte[] Bytes)> Read()
    {
        string folder = Environment.GetEnvironmentVariable("SIGMAC_BENCHMARK_RULES") ?? Path.Combine(Root(), "rules");
        return [.. Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllBytes(file)))];
    }

    /// <summary>Decodes every rule file.</summary>
    public static IReadOnlyList<SourceText> Decode() => [.. Read().Select(file => SourceText.Decode(file.Path, file.Bytes, out _))];

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
