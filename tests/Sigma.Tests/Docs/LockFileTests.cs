using System.Text.Json;
using System.Xml.Linq;
using Sigma.Tests.Backends;

namespace Sigma.Tests.Docs;

/// <summary>The lock files are whole; that restores mind them is NuGet's part.</summary>
public class LockFileTests
{
    private static readonly string LockedRuntime = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.targets")).Descendants("LockedRuntimeVersion").Single().Value;

    public static TheoryData<string> Projects => [.. ProjectFiles().Select(file => Path.GetRelativePath(Repository.Root, file))];

    public static TheoryData<string> LockFiles =>
        [.. ProjectFiles().SelectMany(file => Directory.GetFiles(Path.GetDirectoryName(file)!, "*.lock.json")).Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Each_project_has_a_lock_file_with_what_it_refers_to(string project)
    {
        XDocument read = XDocument.Load(Path.Combine(Repository.Root, project));
        string[] references = [.. read.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)];
        string folder = Path.Combine(Repository.Root, Path.GetDirectoryName(project)!);

        references.Should().BeSubsetOf(Direct(Path.Combine(folder, "packages.lock.json")));
        if (read.Descendants("PublishAot").Any())
        {
            Direct(Path.Combine(folder, "packages.linux-x64.lock.json")).Should().Contain([.. references, "Microsoft.DotNet.ILCompiler"]);
        }
    }

    /// <summary>A restore on another machine has the same packages: each with its hash, none of the SDK's own version, from no named host.</summary>
    [Theory]
    [MemberData(nameof(LockFiles))]
    public void A_lock_file_fits_every_machine(string file)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file));
        text.Should().NotContain("://");
        using JsonDocument json = JsonDocument.Parse(text);
        string[] graphs = [.. json.RootElement.GetProperty("dependencies").EnumerateObject().Select(graph => graph.Name)];
        graphs.Should().BeEquivalentTo(file.Contains("linux-x64", StringComparison.Ordinal) ? ["net10.0", "net10.0/linux-x64"] : (string[])["net10.0"]);
        foreach (JsonProperty package in json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(graph => graph.Value.EnumerateObject()))
        {
            if (package.Value.GetProperty("type").GetString() is "Project")
            {
                continue;
            }

            package.Value.GetProperty("contentHash").GetString().Should().HaveLength(88, package.Name);
            if (package.Name is "Microsoft.NET.ILLink.Tasks" or "Microsoft.DotNet.ILCompiler" or "runtime.linux-x64.Microsoft.DotNet.ILCompiler")
            {
                package.Value.GetProperty("resolved").GetString().Should().Be(LockedRuntime, package.Name);
            }
        }
    }

    private static string[] Direct(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. json.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() is "Direct").Select(package => package.Name)];
    }

    private static IEnumerable<string> ProjectFiles() => new[] { "src", "tests" }
        .SelectMany(folder => Directory.GetDirectories(Path.Combine(Repository.Root, folder)))
        .SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
        .Order(StringComparer.Ordinal);
}
