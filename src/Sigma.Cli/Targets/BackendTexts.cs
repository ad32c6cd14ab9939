using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The texts that the program has for targets in the making.</summary>
internal static class BackendTexts
{
    /// <summary>Reads one: <c>kinds.yml</c> or <c>new.yml</c>.</summary>
    public static string Read(string name) => EmbeddedFiles.Text(typeof(BackendTexts).Assembly, "backend/" + name);
}
