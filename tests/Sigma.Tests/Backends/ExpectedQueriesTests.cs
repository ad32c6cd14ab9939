using System.Text;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Tests.Golden;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>
/// The query of each rule of the rule pack for each target, with its warnings, is the one that lies in the target's folder under
/// <c>expected</c>. A file there was read beside its rule before it was kept.
/// </summary>
[Trait(GoldenFiles.Trait, "yes")]
public class ExpectedQueriesTests
{
    /// <summary>A target of each family of languages, for the first tier of the tests.</summary>
    private static readonly string[] OfEachFamily = ["duckdb", "es-qs", "grep", "kql", "logql", "powershell", "secops", "splunk"];

    public static TheoryData<string> Targets => [.. new BackendCatalog().Names];

    public static TheoryData<string> FirstTargets => [.. OfEachFamily];

    public static TheoryData<string> OtherTargets => [.. new BackendCatalog().Names.Except(OfEachFamily)];

    [Theory]
    [MemberData(nameof(FirstTargets))]
    public void Queries_of_the_rule_pack_are_the_expected_ones(string target) => Check(GoldenFiles.InRepository, target);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(OtherTargets))]
    public void Queries_of_the_rule_pack_are_the_expected_ones_for_the_others_too(string target) => Check(GoldenFiles.InRepository, target);

    /// <summary>The rules with placeholders, filled by the pipelines of the samples; the wanted queries lie in a folder below.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void Queries_of_rules_with_placeholders_are_the_expected_ones(string target) => Compare(
        GoldenFiles.InRepository,
        $"backends/{target}/expected/placeholders",
        Repository.Rules.Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "placeholders"),
        file => Convert(Filled(target, "values"), file));

    [Fact]
    public void The_query_with_a_lookup_in_it_is_the_expected_one() => Compare(
        GoldenFiles.InRepository,
        "backends/splunk/expected/placeholders/lookup",
        Repository.Rules.Where(file => Path.GetFileName(file) == "proc_creation_admin_tool_by_normal_user.yml"),
        file => Convert(Filled("splunk", "lookup", "values"), file));

    /// <summary>Checks the queries of the rule pack for a target.</summary>
    internal static void Check(GoldenFiles golden, string target) =>
        Compare(golden, $"backends/{target}/expected", Repository.Rules, file => Convert(Repository.Target(target), file));

    private static CompilerTarget Filled(string target, params string[] pipelines)
    {
        var diagnostics = new List<Diagnostic>();
        var catalog = new BackendCatalog();
        Pipeline[] given = [.. pipelines.SelectMany(name =>
            PipelineCatalog.Resolve(Path.Combine(Repository.Root, "samples", "pipelines", "placeholders", name + ".yml"), catalog, diagnostics))];
        Backend backend = catalog.Read(target, new Dictionary<string, string>(), diagnostics)!;
        diagnostics.Should().BeEmpty();
        var settings = new PipelineSettings { Permissions = new PipelinePermissions(AllowFiles: true, AllowHttp: false, AllowCommands: false) };
        return new CompilerTarget(backend, backend.Formats[0], PipelineCatalog.For(backend, given, withOwn: true), settings);
    }

    private static void Compare(GoldenFiles golden, string folder, IEnumerable<string> files, Func<string, string> convert) =>
        golden.CheckFolder(folder, files.ToDictionary(file => Path.GetFileNameWithoutExtension(file) + ".txt", convert, StringComparer.Ordinal));

    /// <summary>Each rule's query, or the codes and messages that say why there is none; then the warnings.</summary>
    private static string Convert(CompilerTarget target, string file)
    {
        var text = new StringBuilder();
        var source = SourceText.Decode(file, File.ReadAllBytes(file), out _);
        foreach (var conversion in new Compiler([target]).Convert(source))
        {
            if (conversion.Query is { } query)
            {
                text.Append(query).Append(query.EndsWith('\n') ? "" : "\n");
            }

            foreach (var finding in conversion.Diagnostics.Where(d => d.Severity is not Severity.Info).OrderByDescending(d => d.Severity))
            {
                string warning = finding.Severity is Severity.Warning ? "warning " : "";
                text.Append(warning).Append(finding.Code.Id).Append(' ').Append(finding.Message).Append('\n');
            }
        }

        return text.ToString();
    }
}
