namespace Sigma.Engines.Tests.Engines;

/// <summary>
/// The read-only folder of published pages and public rules that may lie beside the project. Nothing here may need it:
/// tests that read it skip where it is missing.
/// </summary>
public static class SharedFolder
{
    public const string Variable = "SIGMAC_SHARED";

    /// <summary>The repository's root: the folder with Sigma.sln, above the test assembly.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>The shared folder, or null where there is none.</summary>
    public static string? Path { get; } = Find();

    public static string Missing => $"the shared folder is not there: looked beside {Root ?? "the repository"} and in {Variable}";

    public static string In(params string[] parts) =>
        System.IO.Path.Combine([Path ?? throw new InvalidOperationException(Missing), .. parts]);

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Sigma.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var candidate = !string.IsNullOrEmpty(named) ? named
            : Root is null ? null
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, "..", "shared"));
        return Directory.Exists(candidate) ? candidate : null;
    }
}
