using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Sigma.Compilation;
using Sigma.Tests.Backends;

namespace Sigma.Tests;

/// <summary>The table "Folders of the library" in docs/architecture.md is what the compiled library does: a folder uses those that it names, all of them above it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly (string Folder, string[] Uses)[] Table =
    [
        .. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/architecture.md")).Split("## Folders of the library")[1].Split("\n## ")[0])
            .Select(row => (row.Groups["folder"].Value, row.Groups["uses"].Value is "nothing" ? [] : row.Groups["uses"].Value.Split(", "))),
    ];

    public static TheoryData<string> Folders => [.. Table.Select(row => row.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_what_the_table_says(string folder)
    {
        string[] uses = Table.Single(row => row.Folder == folder).Uses;
        foreach (string other in Table.Select(row => row.Folder).Where(other => other != folder))
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
        for (int i = 0; i < Table.Length; i++)
        {
            Table[i].Uses.Should().BeSubsetOf(Table[..i].Select(row => row.Folder), Table[i].Folder);
        }
    }

    [Fact]
    public void The_table_has_every_folder() =>
        Table.Select(row => row.Folder).Should().BeEquivalentTo(typeof(Compiler).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Sigma.", StringComparison.Ordinal) == true)
            .Select(type => type.Namespace!.Split('.')[1]).Distinct());

    private static string[] Using(string folder, string other) =>
    [
        .. Types.InAssembly(typeof(Compiler).Assembly).That().ResideInNamespace("Sigma." + folder)
            .And().HaveDependencyOnAny($"Sigma.{other}").GetTypes().Select(type => type.FullName!),
    ];

    [GeneratedRegex(@"^\| `(?<folder>\w+)` \|[^\n]*\| (?<uses>[\w, ]+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
