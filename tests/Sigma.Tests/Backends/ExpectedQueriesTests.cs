using System.Text;
using Sigma.Backends;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>
/// The query of each rule of the rule pack for each target is the one that lies in the target's folder under
/// <c>expected</c>. A file there was read beside its rule before it was kept: after a change, set
/// <c>SIGMAC_REWRITE_EXPECTED=1</c>, run this test, and read the difference.
/// </summary>
public class ExpectedQueriesTests
{
    private const string Rewrite = "SIGMAC_REWRITE_EXPECTED";

    public static TheoryData<string> Targets => [.. new BackendCatalog().Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Queries_of_the_rule_pack_are_the_expected_ones(string target)
    {
        var folder = Path.Combine(Repository.Root, "backends", target, "expected");
        Dictionary<string, string> actual = Repository.Rules.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file) + ".txt", file => Convert(target, file), StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var stale in Directory.GetFiles(folder))
            {
                File.Delete(stale);
            }

            foreach (var (name, text) in actual)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }

        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(actual.Keys);
        foreach (var (name, text) in actual)
        {
            text.Should().Be(File.ReadAllText(Path.Combine(folder, name)), $"that is {target}/expected/{name}");
        }
    }

    /// <summary>Each rule's query, or the codes and messages that say why there is none.</summary>
    private static string Convert(string target, string file)
    {
        var text = new StringBuilder();
        var source = SourceText.Decode(file, File.ReadAllBytes(file), out _);
        foreach (var conversion in new Compiler([Repository.Target(target)]).Convert(source))
        {
            if (conversion.Query is { } query)
            {
                text.Append(query).Append(query.EndsWith('\n') ? "" : "\n");
            }

            foreach (var finding in conversion.Diagnostics.Where(d => d.Severity is Severity.Error))
            {
                text.Append(finding.Code.Id).Append(' ').Append(finding.Message).Append('\n');
            }
        }

        return text.ToString();
    }
}
