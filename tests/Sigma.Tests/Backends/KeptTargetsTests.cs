using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>A process reads a built-in target or pipeline once. What it keeps is answered only where reading would give the same.</summary>
public class KeptTargetsTests
{
    private static readonly IReadOnlyDictionary<string, string> NoOptions = ImmutableDictionary<string, string>.Empty;

    public static TheoryData<string> Targets => [.. new BackendCatalog().Names];

    [Fact]
    public void A_built_in_target_is_read_once() => Read(new BackendCatalog(), "duckdb").Should().BeSameAs(Read(new BackendCatalog(), "duckdb"));

    /// <summary>Rules of the pack by a target that another test may have used for thousands, and by one that was read this moment.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_kept_writes_what_is_read_anew(string target)
    {
        var catalog = new BackendCatalog();
        Backend kept = Read(catalog, target);
        Backend anew = BackendReader.Read(catalog.Find(target)!, new KnownFolders(catalog.Find, catalog.Names), NoOptions, [])!;
        anew.Should().NotBeSameAs(kept);
        string[] files = [.. Repository.Rules.Where((_, i) => i % 20 == 0)];
        string[] parallel = new string[files.Length];
        Parallel.For(0, files.Length, i => parallel[i] = Convert(kept, files[i]));
        parallel.Should().Equal(files.Select(file => Convert(anew, file)));
        parallel.Should().Contain(query => query.Length > 0);
    }

    [Fact]
    public void A_target_with_options_is_read_for_itself()
    {
        Read(new BackendCatalog(), "duckdb").OptionValues["table"].Should().Be("events");
        new BackendCatalog().Read("duckdb", new Dictionary<string, string> { ["table"] = "logs" }, [])!.OptionValues["table"].Should().Be("logs");
        Read(new BackendCatalog(), "duckdb").OptionValues["table"].Should().Be("events");
    }

    [Fact]
    public void A_target_of_the_users_own_takes_the_place_of_a_built_in_one_that_was_read()
    {
        Read(new BackendCatalog(), "splunk").Title.Should().Be("Splunk");
        Read(new BackendCatalog([new OwnTarget("title: Mine\n" + OwnTarget.Plain).Named("splunk")]), "splunk").Title.Should().Be("Mine");
        Read(new BackendCatalog(), "splunk").Title.Should().Be("Splunk");
    }

    [Theory]
    [InlineData("trino", "sql", false)]
    [InlineData("spark", "sql", true)]
    [InlineData("graylog", "es-qs", false)]
    [InlineData("xpack-watcher", "elastic", true)]
    public void A_built_in_target_is_read_for_itself_where_the_user_replaces_what_it_extends(string target, string extended, bool builtInFirst)
    {
        BackendFolder built = new BackendCatalog().Find(extended)!;
        if (builtInFirst)
        {
            Read(new BackendCatalog(), target).Folders.Should().Contain(built);
        }

        var own = new Copy(built);
        Read(new BackendCatalog([own]), target).Folders.Should().Contain(own).And.NotContain(built);
        Read(new BackendCatalog(), target).Folders.Should().Contain(built).And.NotContain(own);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nobody_can_change_what_others_get(string target)
    {
        Backend backend = Read(new BackendCatalog(), target);
        backend.OptionValues.Should().BeAssignableTo<IDictionary<string, string>>().Which.IsReadOnly.Should().BeTrue();
        backend.Formats.Should().AllSatisfy(format => format.Correlations.Should().BeAssignableTo<IDictionary<string, string>>().Which.IsReadOnly.Should().BeTrue());
    }

    /// <summary>What a language remembers of the names in rules lasts as long as the process, so it is bounded.</summary>
    [Fact]
    public void Long_names_of_fields_are_not_remembered()
    {
        Dialect dialect = Read(new BackendCatalog(), "duckdb").Dialect;
        string usual = "a name with blanks";
        string longer = new('x', 300);
        dialect.FieldText(usual).Should().BeSameAs(dialect.FieldText(usual));
        dialect.FieldText(longer + " ").Should().NotBeSameAs(dialect.FieldText(longer + " ")).And.Be(dialect.FieldText(longer + " "));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Names_are_found_in_a_part_of_the_definition_as_in_the_whole(string target)
    {
        var catalog = new BackendCatalog();
        catalog.Find(target)!.Aliases.Should().Equal(Read(catalog, target).Aliases);
        FormatNames.Of(catalog.Find(target), catalog).Should().Equal(Read(catalog, target).Formats.Select(format => format.Name));
    }

    [Fact]
    public void The_only_format_of_a_target_that_names_none_has_its_name()
    {
        var catalog = new BackendCatalog([new OwnTarget(OwnTarget.Plain)]);
        FormatNames.Of(catalog.Find("own"), catalog).Should().Equal(Read(catalog, "own").Formats.Select(format => format.Name));
    }

    [Fact]
    public void A_built_in_pipeline_is_read_once_and_a_file_of_its_name_for_itself()
    {
        var catalog = new BackendCatalog();
        BuiltInPipeline entry = PipelineCatalog.BuiltIn(catalog).Single(pipeline => pipeline.Name == "sysmon");
        Pipeline kept = PipelineReader.Read(entry.Open(), entry.Name, [])!;
        PipelineCatalog.Resolve("sysmon", catalog, []).Should().ContainSingle().Which.Should().BeSameAs(kept);
        PipelineReader.Read(new SourceText(entry.Open().Path, "name: mine\ntransformations: []\n"), "sysmon", [])!.Name.Should().Be("mine");
    }

    private static Backend Read(BackendCatalog catalog, string target)
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = catalog.Read(target, NoOptions, diagnostics);
        diagnostics.Should().BeEmpty();
        return backend!;
    }

    private static string Convert(Backend backend, string file) =>
        new Compiler([new CompilerTarget(backend, backend.Formats[0], PipelineCatalog.For(backend, [], withOwn: true))])
            .Convert(new SourceText(file, File.ReadAllText(file))).Select(conversion => conversion.Query).Last() ?? "";

    /// <summary>A folder of the user's that has what a built-in one has.</summary>
    private sealed class Copy(BackendFolder built) : BackendFolder
    {
        public override string Name => built.Name;

        public override IReadOnlyList<string> Pipelines => built.Pipelines;

        public override SourceText? Read(string path, out Diagnostic? error) => built.Read(path, out error);
    }
}
