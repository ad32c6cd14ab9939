using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Events;
using Sigma.Events.Matching;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Tests.CommandLine;
using Sigma.Text;

namespace Sigma.Tests;

/// <summary>The library's front door says what is wrong, and leaves nothing out in silence.</summary>
public sealed class LibraryTests
{
    private const string Rule = "title: T\nlogsource: {category: test}\ndetection: {s: {A: b}, condition: s}\n";

    [Theory]
    [InlineData("splnk", null, null, null, "SIG0703")]
    [InlineData("splunk", "nothing", null, null, "SIG0704")]
    [InlineData("splunk", null, "nothing", null, "SIG0705")]
    [InlineData("splunk", null, null, "no_such_pipeline", "SIG0401")]
    [InlineData("es-qs", null, null, "splunk_windows", "SIG0411")]
    public void What_does_not_exist_or_fit_is_told_when_the_compiler_is_made(string target, string? format, string? option, string? pipeline, string code)
    {
        var settings = new SigmaCompilerSettings
        {
            Format = format,
            Options = option is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [option] = "x" },
            Pipelines = pipeline is null ? [] : [pipeline],
        };
        FluentActions.Invoking(() => SigmaCompiler.For(target, settings)).Should().Throw<SetupException>()
            .Which.Diagnostics.Should().ContainSingle(d => d.Severity == Severity.Error).Which.Code.Id.Should().Be(code);
    }

    [Fact]
    public void A_broken_file_is_a_failed_conversion_and_the_others_are_converted()
    {
        IReadOnlyList<Conversion> conversions = SigmaCompiler.For("splunk").Convert(new Dictionary<string, string> { ["a.yml"] = Rule, ["b.yml"] = "{", ["c.yml"] = Rule });
        conversions.Select(conversion => conversion.Status).Should().Equal(ConversionStatus.Converted, ConversionStatus.Failed, ConversionStatus.Converted);
        conversions[1].Diagnostics.Should().NotBeEmpty();
        conversions[1].Diagnostics[0].ToString().Should().StartWith("b.yml:1:").And.Contain(": error SIG0");
    }

    [Fact]
    public void A_matcher_counts_over_events_and_tells_what_it_could_not_judge()
    {
        SigmaMatcher matcher = SigmaMatcher.For($"name: r\n{Rule}---\ntitle: C\ncorrelation: {{type: event_count, rules: r, group-by: [U], timespan: 1m, condition: {{gte: 2}}}}\n---\n{Rule.Replace("A: b", "A|re: '^(?=(a+)+$)'")}");
        string Event(string a, int second) => $$"""{"A":"{{a}}","U":"u","time":"2026-01-01T00:00:0{{second}}Z"}""";

        matcher.Diagnostics.Should().NotContain(d => d.Severity == Severity.Error);
        matcher.Match(Event("b", 0)).Should().BeEmpty("the rule is counted by the correlation");
        matcher.Match(Event("b", 1)).Should().ContainSingle().Which.Correlation!.Value.Should().Be(2);
        matcher.NotJudged.Should().BeEmpty();
        matcher.Match(Event(new string('a', 5_000) + "!", 2)).Should().BeEmpty();
        matcher.NotJudged.Should().ContainSingle().Which.Metadata.Title.Should().Be("T");
        matcher.Forgotten.Should().Be(0);
        FluentActions.Invoking(() => matcher.Match("[1]")).Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData(UnmappedNames.WarnWhereMapIsComplete, ConversionStatus.Converted, null)]
    [InlineData(UnmappedNames.Ignore, ConversionStatus.Converted, null)]
    [InlineData(UnmappedNames.Warn, ConversionStatus.Converted, "SIG0430")]
    [InlineData(UnmappedNames.Refuse, ConversionStatus.Failed, "SIG0431")]
    public void Names_that_no_pipeline_maps_are_told_as_the_settings_say(UnmappedNames unmapped, ConversionStatus status, string? code)
    {
        using var folder = new TemporaryFolder();
        string pipeline = folder.With("p.yml", "name: p\ntransformations:\n  - {type: field_name_mapping, mapping: {A: a}}\n")["p.yml"];
        var settings = new SigmaCompilerSettings { Pipelines = [pipeline], Unmapped = unmapped };
        Conversion conversion = SigmaCompiler.For("sqlite", settings).Convert(Rule.Replace("A: b", "A: b, NoSuchField: c", StringComparison.Ordinal))[0];
        conversion.Status.Should().Be(status);
        conversion.Diagnostics.Where(finding => finding.Severity > Severity.Info).Select(finding => finding.Code.Id).Should().BeEquivalentTo(code is null ? (string[])[] : [code]);
    }

    [Fact]
    public void A_log_that_no_pipeline_names_is_a_warning_unless_the_settings_say_otherwise()
    {
        const string Missing = "SIG0435";
        SigmaCompiler.For("splunk").Convert(Rule)[0].Diagnostics.Should().Contain(finding => finding.Code.Id == Missing);
        SigmaCompiler.For("splunk", new SigmaCompilerSettings { Unmapped = UnmappedNames.Ignore }).Convert(Rule)[0].Diagnostics.Should().NotContain(finding => finding.Code.Id == Missing);
    }

    [Fact]
    public void Variables_fill_placeholders()
    {
        using var folder = new TemporaryFolder();
        string pipeline = folder.With("p.yml", "name: p\ntransformations:\n  - type: value_placeholders\n")["p.yml"];
        var settings = new SigmaCompilerSettings { Pipelines = [pipeline], Variables = new Dictionary<string, ImmutableArray<string>> { ["one"] = ["a"], ["two"] = ["b", "c,d"] } };
        string rule = Rule.Replace("A: b", "A|expand: '%one%', B|expand: '%two%'", StringComparison.Ordinal);
        SigmaCompiler.For("splunk", settings).Convert(rule)[0].Query.Should().Be("(A=\"a\" (B=\"b\" OR B=\"c,d\"))");
    }

    [Fact]
    public void Objects_of_two_files_have_names_of_their_own()
    {
        SigmaCompiler compiler = SigmaCompiler.For("splunk", new SigmaCompilerSettings { Format = "savedsearches" });
        IReadOnlyList<Conversion> conversions = compiler.Convert(new Dictionary<string, string> { ["a.yml"] = Rule, ["b.yml"] = Rule });
        conversions[0].Objects[0].Name.Should().NotBe(conversions[1].Objects[0].Name);
        conversions[1].Diagnostics.Should().Contain(finding => finding.Message.Contains("'T' in a.yml", StringComparison.Ordinal));
        compiler.Convert(Rule)[0].Objects[0].Name.Should().Be(conversions[0].Objects[0].Name, "each call has its own names");
    }

    public static TheoryData<Action> Nothings => new()
    {
        () => SigmaCompiler.For(null!),
        () => SigmaCompiler.For("splunk").Convert((string)null!),
        () => SigmaCompiler.For("splunk").Convert(Rule, null!),
        () => SigmaCompiler.For("splunk").Convert((IEnumerable<KeyValuePair<string, string>>)null!),
        () => SigmaCompiler.For("splunk").Convert([new("a.yml", null!)]),
        () => SigmaCompiler.For("splunk").Convert([new(null!, Rule)]),
        () => SigmaCompiler.For("splunk").Plan(null!),
        () => SigmaCompiler.For("splunk").Plan(Rule, null!),
        () => SigmaMatcher.For((string)null!),
        () => SigmaMatcher.For((IEnumerable<KeyValuePair<string, string>>)null!),
        () => SigmaMatcher.For(Rule).Match((string)null!),
        () => SigmaMatcher.For(Rule).Match((Event)null!),
        () => Event.Parse(null!),
        () => Event.Of((IEnumerable<KeyValuePair<string, string?>>)null!),
        () => _ = new SourceText("a.yml", null!),
        () => RuleReader.Read(null!),
        () => RuleSet.Link(null!),
        () => PipelineReader.Read(null!, "p", []),
        () => BackendFolder.Open(null!),
        () => new BackendCatalog().Read(null!, new Dictionary<string, string>(), []),
        () => PipelineCatalog.Resolve(null!, new BackendCatalog(), []),
        () => new Compiler([]).Convert((SourceText)null!),
        () => new Compiler([]).Convert([], null!),
        () => new Compiler([]).Plan(null!, RuleSet.Link([])),
        () => new ObjectNames().Settle(null!, "a.yml"),
    };

    [Theory]
    [MemberData(nameof(Nothings))]
    public void An_argument_that_is_null_is_said_to_be_so(Action call) => call.Should().Throw<ArgumentException>();

    [Fact]
    public void Settings_without_any_pipelines_are_settings()
    {
        SigmaCompiler.For("splunk", new SigmaCompilerSettings { Pipelines = default }).Convert(Rule)[0].Status.Should().Be(ConversionStatus.Converted);
        SigmaMatcher.For(Rule, new SigmaMatcherSettings { Pipelines = default }).Rules.Should().Be(1);
    }

    [Fact]
    public void A_folder_without_any_target_is_told()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => SigmaCompiler.For("splunk", new SigmaCompilerSettings { Backends = folder.Path })).Should().Throw<SetupException>()
            .Which.Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0512");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_an_error_at_its_place()
    {
        foreach ((string text, int column) in ((string, int)[])[("title: a\ud800b\n", 9), ("\ufefftitle: a\udc00", 9), ("title: \ud83d\ude00 \ud83d", 11)])
        {
            Conversion conversion = SigmaCompiler.For("splunk").Convert(text)[0];
            conversion.Status.Should().Be(ConversionStatus.Failed);
            Diagnostic finding = conversion.Diagnostics.Should().ContainSingle().Subject;
            finding.Code.Id.Should().Be("SIG0104");
            finding.Message.Should().Contain("surrogate");
            finding.Span!.Value.Position.Should().Be((1, column));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("\ufeff")]
    [InlineData("---\n---\n")]
    public void A_text_without_rules_is_no_conversion_or_a_failed_one(string text) =>
        SigmaCompiler.For("splunk").Convert(text).Should().OnlyContain(conversion => conversion.Status != ConversionStatus.Converted);

    [Fact]
    public void A_text_beyond_the_limit_is_a_failed_conversion()
    {
        var settings = new SigmaCompilerSettings { Limits = Limits.Default.With(Limits.FileSize, 1) };
        Conversion conversion = SigmaCompiler.For("splunk", settings).Convert(Rule + "#" + new string('x', 1024 * 1024))[0];
        conversion.Status.Should().Be(ConversionStatus.Failed);
        conversion.Diagnostics[0].Code.Id.Should().Be("SIG0102");
    }

    [Fact]
    public void Several_threads_may_use_one_compiler()
    {
        SigmaCompiler compiler = SigmaCompiler.For("splunk", new SigmaCompilerSettings { Format = "savedsearches" });
        string[] rules = [.. Enumerable.Range(0, 200).Select(i => Rule.Replace("title: T", $"title: T{i}", StringComparison.Ordinal))];
        string?[] alone = [.. rules.Select(rule => compiler.Convert(rule)[0].Query)];
        string?[] together = [.. rules.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(rule => compiler.Convert(rule)[0].Query)];
        together.Should().Equal(alone);
    }
}
