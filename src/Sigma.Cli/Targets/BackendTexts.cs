namespace Sigma.Cli;

/// <summary>The texts that the program has for targets in the making.</summary>
internal static class BackendTexts
{
    /// <summary>Reads one: <c>kinds.yml</c> or <c>new.yml</c>.</summary>
    public static string Read(string name)
    {
        using Stream text = typeof(BackendTexts).Assembly.GetManifestResourceStream("backend/" + name)!;
        using var reader = new StreamReader(text);
        return reader.ReadToEnd();
    }
}
