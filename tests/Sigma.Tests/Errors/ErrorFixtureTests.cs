using Sigma.Backends;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Events.Samples;
using Sigma.Events.Testing;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Tests.Golden;
using Sigma.Text;

namespace Sigma.Tests.Errors;

/// <summary>
/// Every code has a file beside this one that shows it, and the text that a user then reads. SIG04xx files are pipelines,
/// SIG05xx files are backends, SIG09xx files are configurations, SIG081x files are files of cases, of SIG080x files samples are
/// made, files that name a target, and perhaps a format, in their first line are converted for it; all others are rule files that are only read.
/// </summary>
[Trait(GoldenFiles.Trait, "yes")]
public sealed class ErrorFixtureTests
{
    /// <summary>Codes that need a command line, several files, a conversion, a file system that fails, or a low limit, to be shown.</summary>
    private static readonly string[] NotYet =
    [
        "SIG0101", "SIG0102", "SIG0115", "SIG0116", "SIG0117", "SIG0118", "SIG0119", "SIG0120", "SIG0241", "SIG0248", "SIG0257",
        "SIG0258", "SIG0401", "SIG0411", "SIG0430", "SIG0431", "SIG0432", "SIG0433", "SIG0434", "SIG0435", "SIG0436", "SIG0437", "SIG0438", "SIG0512", "SIG0607", "SIG0610",
        "SIG0611", "SIG0612", "SIG0617", "SIG0618", "SIG0623", "SIG0624",
        "SIG0701", "SIG0702", "SIG0703", "SIG0704", "SIG0705", "SIG0706", "SIG0707", "SIG0708", "SIG0709", "SIG0710", "SIG0711",
        "SIG0712", "SIG0713", "SIG0714", "SIG0718", "SIG0719", "SIG0720", "SIG0731", "SIG0732", "SIG0733", "SIG0734", "SIG0805", "SIG0815", "SIG0816", "SIG0817", "SIG0841", "SIG0842",
        "SIG0843", "SIG0844", "SIG0845", "SIG0846", "SIG0847", "SIG0848", "SIG0849", "SIG0850", "SIG0851", "SIG0852", "SIG0853", "SIG0854", "SIG0855", "SIG0856",
        "SIG0902", "SIG0906", "SIG0907", "SIG0908", "SIG0909", "SIG0910", "SIG0911",
    ];

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Sigma.Tests", "Errors");

    public static TheoryData<string> Fixtures() => [.. Files()];

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Folder, "SIG*.yml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_fixture_reads_as_expected(string fixture) => Check(GoldenFiles.InRepository, fixture);

    /// <summary>Checks the text of a fixture.</summary>
    internal static void Check(GoldenFiles golden, string fixture)
    {
        string code = fixture[..7];
        List<Diagnostic> diagnostics = Diagnose(fixture);
        diagnostics.Should().Contain(d => d.Code.Id == code);
        var output = new StringWriter { NewLine = "\n" };
        foreach (Diagnostic diagnostic in diagnostics)
        {
            DiagnosticWriter.Write(output, diagnostic, colour: false, fixture);
        }

        golden.Check("tests/Sigma.Tests/Errors/" + Path.ChangeExtension(fixture, ".expected"), output.ToString());
    }

    [Fact]
    public void Every_code_has_a_fixture()
    {
        IEnumerable<string> shown = Files().Select(name => name[..7]);
        Codes.All.Select(c => c.Id).Except(shown).Except(NotYet).Should().BeEmpty();
        NotYet.Intersect(shown).Should().BeEmpty();
    }

    private static List<Diagnostic> Diagnose(string fixture)
    {
        SourceText source = SourceText.Decode(fixture, File.ReadAllBytes(Path.Combine(Folder, fixture)), out Diagnostic? error);
        if (error is not null)
        {
            return [error];
        }

        const string Target = "# target: ";
        if (source.Line(1).StartsWith(Target))
        {
            string[] named = source.Line(1)[Target.Length..].ToString().Split(' ');
            CompilerTarget target = Repository.Target(named[0], named.ElementAtOrDefault(1));
            return [.. new Compiler([target]).Convert(source).SelectMany(conversion => conversion.Diagnostics)];
        }

        return fixture[..5] switch
        {
            "SIG04" => RunPipeline(source),
            "SIG05" => ReadBackend(source),
            "SIG09" => ReadConfiguration(source),
            "SIG08" when fixture[5] == '1' => ReadCases(source),
            "SIG08" => Sample(source),
            _ => ReadRules(source),
        };
    }

    private static List<Diagnostic> ReadRules(SourceText source)
    {
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(source);
        RuleSet rules = RuleSet.Link(documents);
        return [.. documents.SelectMany(document => document.Diagnostics.Concat(rules.FindingsOf(document)))];
    }

    private static List<Diagnostic> ReadCases(SourceText source)
    {
        var diagnostics = new List<Diagnostic>();
        CaseReader.Read(source, diagnostics);
        return diagnostics;
    }

    private static List<Diagnostic> Sample(SourceText source) =>
        [.. RuleReader.Read(source).SelectMany(document => new RuleSampler(new SampleSettings(), []).Make((SigmaRule)document.Document!).Diagnostics)];

    private static List<Diagnostic> RunPipeline(SourceText source)
    {
        var diagnostics = new List<Diagnostic>();
        var rule = (SigmaRule)Given.Document(Given.Head + "detection:\n  sel: {User: root}\n  condition: sel | count(User) by Host > 5\n").Document!;
        if (PipelineReader.Read(source, "p", diagnostics) is { } pipeline)
        {
            var run = new PipelineRun(rule, diagnostics, new PipelineSettings { Permissions = new PipelinePermissions(true, false, false) }.For([pipeline], "splunk", "default", new Dictionary<string, string>()));
            run.Apply([pipeline]);
            Sigma.Queries.Normalizer.Normalize(run.Rule, run.Rule.Conditions[0].Search, diagnostics);
        }

        return diagnostics;
    }

    private static List<Diagnostic> ReadConfiguration(SourceText source)
    {
        var diagnostics = new List<Diagnostic>();
        new ConfigurationReader("", contained: false, diagnostics).Read(source, "convert");
        return diagnostics;
    }

    private static List<Diagnostic> ReadBackend(SourceText source)
    {
        var diagnostics = new List<Diagnostic>();
        var folder = new OneFile(source);
        BackendReader.Read(folder, new KnownFolders(name => name == folder.Name ? folder : null, [folder.Name]), new Dictionary<string, string>(), diagnostics);
        return diagnostics;
    }

    private sealed class OneFile(SourceText source) : BackendFolder
    {
        public override string Name => "mine";

        public override IReadOnlyList<string> Pipelines => [];

        public override SourceText? Read(string path, out Diagnostic? error)
        {
            error = null;
            return path == "backend.yml" ? source : null;
        }
    }
}
