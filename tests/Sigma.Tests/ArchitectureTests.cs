using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetArchTest.Rules;
using Sigma.Checks;
using Sigma.Documentation;
using Sigma.Events;
using Sigma.Tests.Backends;

namespace Sigma.Tests;

/// <summary>
/// The tables "Projects" and "Folders of the libraries" in docs/architecture.md are what the projects and the compiled libraries do:
/// each refers to and uses those that it names, all of them above it.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>How many public types the libraries may have together: what is public has to be kept.</summary>
    private const int MostPublicTypes = 110;

    private static readonly Assembly[] Libraries =
        [typeof(SigmaCompiler).Assembly, typeof(SigmaMatcher).Assembly, typeof(RulePage).Assembly, typeof(Checker).Assembly];

    /// <summary>The libraries as they are compiled, read once, and who uses each folder of them.</summary>
    private static readonly Types[] Compiled = [.. Libraries.Select(library => Types.InAssembly(library))];

    private static readonly ConcurrentDictionary<string, HashSet<string>> Users = new(StringComparer.Ordinal);

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/architecture.md")).ReplaceLineEndings("\n");

    private static readonly (string Name, string[] Uses)[] ProjectTable = [.. RowsOf(Section("Projects"))];

    private static readonly (string Project, string Name, string[] Uses)[] FolderTable =
    [
        .. Section("Folders of the libraries").Split("\n### `src/").Skip(1)
            .SelectMany(part => RowsOf(part).Select(row => (part[..part.IndexOf('`')], row.Name, row.Uses))),
    ];

    public static TheoryData<string> Projects => [.. ProjectTable.Select(row => row.Name)];

    public static TheoryData<string> Folders => [.. FolderTable.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_what_the_table_says(string project)
    {
        string[] uses = ProjectTable.Single(row => row.Name == project).Uses;
        ProjectFile(project).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value.Split('\\')[1]).Should().Equal(uses);
        if (Libraries.SingleOrDefault(library => library.GetName().Name == project) is { } compiled)
        {
            compiled.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => name.StartsWith("Sigma", StringComparison.Ordinal)).Should().BeEquivalentTo(uses);
        }
    }

    [Fact]
    public void A_project_refers_only_to_those_above_it()
    {
        for (int i = 0; i < ProjectTable.Length; i++)
        {
            ProjectTable[i].Uses.Should().BeSubsetOf(ProjectTable[..i].Select(row => row.Name), ProjectTable[i].Name);
        }
    }

    [Fact]
    public void The_table_has_every_project()
    {
        ProjectTable.Select(row => row.Name).Should().BeEquivalentTo(
            Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension));
        FolderTable.Select(row => row.Project).Distinct().Should().Equal(Libraries.Select(library => library.GetName().Name));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_what_the_table_says(string folder)
    {
        string[] uses = FolderTable.Single(row => row.Name == folder).Uses;
        foreach (string other in FolderTable.Select(row => row.Name).Where(other => other != folder))
        {
            string[] using_ = Using(folder, other);
            if (uses.Contains(other))
            {
                using_.Should().NotBeEmpty($"the table says that {folder} uses {other}");
            }
            else
            {
                using_.Should().BeEmpty($"{folder} may not use {other}");
            }
        }
    }

    [Fact]
    public void A_folder_uses_only_those_above_it()
    {
        for (int i = 0; i < FolderTable.Length; i++)
        {
            FolderTable[i].Uses.Should().BeSubsetOf(FolderTable[..i].Select(row => row.Name), FolderTable[i].Name);
        }
    }

    [Fact]
    public void The_table_has_every_folder() =>
        FolderTable.Select(row => (row.Project, row.Name)).Should().BeEquivalentTo(Libraries.SelectMany(TypesIn).Select(type => (type.Assembly.GetName().Name!, FolderOf(type))).Distinct());

    [Fact]
    public void A_namespace_is_the_project_and_the_folder()
    {
        // The codes of diagnostics are parts of the same classes.
        string[] one = ["Sigma/Text/Codes"];
        string sources = Path.Combine(Repository.Root, "src");
        foreach (string file in Libraries.SelectMany(library => Directory.GetFiles(Path.Combine(sources, library.GetName().Name!), "*.cs", SearchOption.AllDirectories)))
        {
            string folder = Path.GetRelativePath(sources, Path.GetDirectoryName(file)!).Replace('\\', '/');
            if (!folder.Split('/').Any(name => name is "bin" or "obj") && !one.Contains(folder))
            {
                Namespace().Match(File.ReadAllText(file)).Groups["name"].Value.Should().Be(folder.Replace('/', '.'), file);
            }
        }
    }

    [Fact]
    public void Little_is_public() => Libraries.Sum(library => library.GetExportedTypes().Length).Should().BeLessThanOrEqualTo(MostPublicTypes);

    [Fact]
    public void A_library_with_something_public_is_a_package()
    {
        foreach (Assembly library in Libraries)
        {
            bool packed = ProjectFile(library.GetName().Name!).Descendants("IsPackable").All(element => element.Value == "true");
            packed.Should().Be(library.GetExportedTypes().Length > 0, library.GetName().Name);
        }
    }

    private static string Section(string heading) => Page.Split($"\n## {heading}\n")[1].Split("\n## ")[0];

    private static IEnumerable<(string Name, string[] Uses)> RowsOf(string section) =>
        Row().Matches(section).Select(row => (row.Groups["name"].Value, row.Groups["uses"].Value is "nothing" ? [] : row.Groups["uses"].Value.Split(", ")));

    private static XDocument ProjectFile(string project) => XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));

    private static IEnumerable<Type> TypesIn(Assembly library) => library.GetTypes().Where(type => type.Namespace?.Split('.')[0] == "Sigma");

    /// <summary>The folder of a type; at the root of a project, the project.</summary>
    private static string FolderOf(Type type)
    {
        string project = type.Assembly.GetName().Name!;
        return type.Namespace == project ? project
            : type.Namespace!.StartsWith(project + ".", StringComparison.Ordinal) ? type.Namespace[(project.Length + 1)..].Split('.')[0]
            : type.Namespace;
    }

    private static string[] Using(string folder, string other) =>
        [.. Users.GetOrAdd(other, UsersOf).Intersect(TypesOf(folder).Select(type => type.FullName!))];

    /// <summary>The types of all libraries that use a folder.</summary>
    private static HashSet<string> UsersOf(string folder)
    {
        // What is at the root of a project has no namespace for itself, so its types are named one by one.
        string[] used = LibraryOf(folder).GetName().Name == folder
            ? [.. TypesOf(folder).Where(type => !type.IsNested).Select(type => type.FullName!)]
            : [NamespaceOf(folder)];
        return [.. Compiled.SelectMany(library => library.That().HaveDependencyOnAny(used).GetTypes()).Select(type => type.FullName!)];
    }

    private static string NamespaceOf(string folder)
    {
        string project = LibraryOf(folder).GetName().Name!;
        return folder == project ? project : $"{project}.{folder}";
    }

    private static Assembly LibraryOf(string folder) => Libraries.Single(library => library.GetName().Name == FolderTable.Single(row => row.Name == folder).Project);

    private static IEnumerable<Type> TypesOf(string folder) => TypesIn(LibraryOf(folder)).Where(type => FolderOf(type) == folder);

    [GeneratedRegex(@"^\| `(?<name>[\w.]+)` \|[^\n]*\| (?<uses>[\w., ]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
