using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>The folders of the repository that tests read, and its targets made ready.</summary>
internal static class Repository
{
    /// <summary>The folder with Sigma.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files of the rule pack, in order.</summary>
    public static IReadOnlyList<string> Rules { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "rules"), "*.yml", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A built-in target as it is without options of the user's.</summary>
    public static Backend Backend(string name) => Read(name, []);

    /// <summary>A built-in target with its default pipelines.</summary>
    public static CompilerTarget Target(string name, string? format = null, params (string Name, string Value)[] options)
    {
        Backend backend = Read(name, options);
        QueryFormat chosen = format is null ? backend.Formats[0] : backend.Formats.First(f => f.Name == format);
        return new CompilerTarget(backend, chosen, PipelineCatalog.For(backend, [], withOwn: true, chosen));
    }

    private static Backend Read(string name, (string Name, string Value)[] options)
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = new BackendCatalog().Read(name, options.ToDictionary(o => o.Name, o => o.Value), diagnostics);
        diagnostics.Should().BeEmpty();
        return backend!;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sigma.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no Sigma.sln above the tests");
        }

        return folder.FullName;
    }
}
