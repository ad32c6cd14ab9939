using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Backends;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Events.Samples;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Templates;
using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;
using Sigma.Text;

namespace Sigma.Tests.Rules;

/// <summary>Each limit of docs/limits.md: at the limit nothing is said, above it the code, with the option that raises it.</summary>
public sealed partial class LimitTests
{
    private const string Head = "title: T\nlogsource: {product: windows}\n";
    private const string Count = "  type: event_count\n  timespan: 5m\n  group-by: [U]\n  condition: {gte: 5}\n";

    public static TheoryData<string, string, int> Rows() => new()
    {
        { "yaml-depth", "SIG0108", 4 },
        { "yaml-values", "SIG0109", 40 },
        { "condition-depth", "SIG0307", 5 },
        { "value-forms", "SIG0256", 9 },
        { "placeholder-values", "SIG0426", 9 },
        { "rule-values", "SIG0248", 20 },
        { "repeated-values", "SIG0120", 20 },
        { "linked-values", "SIG0258", 20 },
        { "correlation-depth", "SIG0259", 3 },
        { "modifiers", "SIG0255", 5 },
        { "name-comparisons", "SIG0257", 20 },
        { "pipeline-work", "SIG0433", 20 },
        { "sample-tests", "SIG0805", 25 },
        { "template-text", "SIG0623", 40 },
        { "template-output", "SIG0623", 40 },
        { "template-steps", "SIG0623", 40 },
        { "template-memory", "SIG0623", 2 },
    };

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Rows))]
    public void A_limit_holds_from_its_bound_on(string name, string code, int bound)
    {
        Limit limit = Limits.Find(name)!;
        Limits limits = Limits.Default.With(limit, bound);
        int most = Enumerable.Range(1, 200).Last(size => !Findings(name, size, limits).Any(finding => finding.Code.Id == code));
        most.Should().BePositive().And.BeLessThan(200, "more of the same exceeds the limit at some size");

        Diagnostic finding = Findings(name, most + 1, limits).First(found => found.Code.Id == code);
        finding.Severity.Should().Be(name == "sample-tests" ? Severity.Warning : Severity.Error);
        finding.Message.Should().Contain(bound.ToString("N0", CultureInfo.InvariantCulture));
        finding.Hint.Should().Contain($"raise it with --limit {name}=");
        Findings(name, most + 1, Limits.Default).Select(found => found.Code.Id).Should().NotContain(code);
    }

    /// <summary>Limits that need files, a large query, an event or a clock have a test of their own.</summary>
    [Fact]
    public void Every_limit_has_a_row_here_or_a_test_of_its_own() =>
        Limits.All.Select(limit => limit.Name).Except(Rows().Select(row => (string)row[0]))
            .Should().Equal("file-size", "files", "query-length", "template-time", "regex-time", "correlation-memory");

    [Fact]
    public void The_page_has_a_row_for_each_limit_and_no_other()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "limits.md"));
        (string Name, string Default)[] rows = [.. LimitRow().Matches(page).Select(row => (row.Groups["name"].Value, row.Groups["default"].Value))];
        rows.Should().BeEquivalentTo(Limits.All.Select(limit => (limit.Name, limit.Default.ToString("N0", CultureInfo.InvariantCulture))));
        foreach (Limit limit in Limits.All)
        {
            Limits.Find(limit.Name).Should().BeSameAs(limit);
            limit.Greatest.Should().BeGreaterThan(limit.Default);
        }

        foreach (string code in CodeName().Matches(page).Select(found => found.Value))
        {
            Codes.All.Select(known => known.Id).Should().Contain(code);
        }
    }

    [Fact]
    public void A_run_takes_as_many_files_as_the_limit_says()
    {
        using TemporaryFolder folder = new TemporaryFolder().With("a.yml", "").With("b.yml", "");
        var diagnostics = new List<Diagnostic>();
        Limits limits = Limits.Default.With(Limits.Files, 2);
        RuleInputs.Find([folder.Path], new ProcessEnvironment(), [], diagnostics, limits: limits).Should().HaveCount(2);
        diagnostics.Should().BeEmpty();

        folder.With("c.yml", "");
        RuleInputs.Find([folder.Path], new ProcessEnvironment(), [], diagnostics, limits: limits);
        diagnostics.Should().ContainSingle().Which.Should().Match<Diagnostic>(found =>
            found.Code == Codes.TooManyFiles && found.Message == "the run has more than 2 rule files: 3" && found.Hint!.EndsWith("raise it with --limit files=4"));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_query_has_as_many_characters_as_the_limit_says()
    {
        Limits limits = Limits.Default.With(Limits.QueryLength, 1);
        const string Pipeline = "postprocessing: [{type: simple_template, template: '{query}'}]\n";
        Run($"A: {new string('v', 1_000_000 - "A=\"\"".Length)}", Pipeline, limits).Should().BeEmpty();
        Run($"A: {new string('v', 1_000_001 - "A=\"\"".Length)}", Pipeline, limits).Should().Equal("SIG0434");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_template_takes_as_long_as_the_limit_says()
    {
        const string Endless = "postprocessing: [{type: template, template: '{{ func f(n); ret n < 1 ? 1 : f(n - 1) + f(n - 1); end; f 60 }}'}]\n";
        Diagnostic finding = Convert("A: b", Endless, Limits.Default.With(Limits.TemplateTime, 1)).Diagnostics.Single();
        finding.Code.Should().Be(Codes.TemplateLimit);
        finding.Message.Should().EndWith(": 1 s");
        finding.Hint.Should().Be("raise it with --limit template-time=2");
        Run("A: b", Endless.Replace("60", "2"), Limits.Default.With(Limits.TemplateTime, 1)).Should().BeEmpty();
    }

    [Fact]
    public void A_template_that_sees_all_queries_may_have_more()
    {
        var one = TemplateLimits.OfOne(Limits.Default);
        var all = TemplateLimits.OfAll(Limits.Default);
        (one.Text, one.Output, one.Steps, one.Memory, one.Time.TotalSeconds).Should().Be((16_777_216, 67_108_864, 1_000_000, 512L << 20, 10));
        (all.Text, all.Output, all.Steps, all.Memory, all.Time.TotalSeconds).Should().Be((268_435_456, 536_870_912, 20_000_000, 4L << 30, 120));
        Limits greatest = Limits.All.Aggregate(Limits.Default, (limits, limit) => limits.With(limit, limit.Greatest));
        TemplateLimits.OfAll(greatest).Should().Match<TemplateLimits>(most => most.Text > 0 && most.Output > 0 && most.Steps > 0 && most.Memory > 0 && most.Time > TimeSpan.Zero);
    }

    [Fact]
    public void A_file_may_have_as_many_megabytes_as_the_limit_says()
    {
        byte[] bytes = new byte[(2 * 1024 * 1024) + 1];
        SourceText.Decode("a.yml", bytes.AsSpan(1), out Diagnostic? fits, Limits.Default.With(Limits.FileSize, 2));
        fits.Should().BeNull();
        SourceText.Decode("a.yml", bytes, out Diagnostic? larger, Limits.Default.With(Limits.FileSize, 2));
        larger!.Code.Should().Be(Codes.FileTooLarge);
        larger.Hint.Should().EndWith("raise it with --limit file-size=4");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("{A: [A, A]}")]
    [InlineData("{A: [A, B], B: [A, B]}")]
    public void Mappings_that_multiply_a_field_end_at_the_limit(string mapping)
    {
        string pipeline = "transformations:\n" + string.Concat(Enumerable.Repeat($"- {{type: field_name_mapping, mapping: {mapping}}}\n", 40));
        Run("A: b", pipeline, Limits.Default.With(Limits.RuleValues, 20_000)).Should().Equal("SIG0432");
        Run("A: b", "transformations:\n- {type: field_name_mapping, mapping: {A: [A, B]}}\n").Should().BeEmpty();
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("{type: field_name_prefix_mapping, mapping: {f: [fa, fb]}}")]
    [InlineData(@"{type: replace_string, regex: '^(.+)$', replacement: '\1\1'}")]
    [InlineData("{type: map_string, mapping: {b: [b, b]}}")]
    public void Other_steps_that_multiply_end_at_the_limit(string step) =>
        Run("fx: b", "transformations:\n" + string.Concat(Enumerable.Repeat($"- {step}\n", 40)), Limits.Default.With(Limits.RuleValues, 20_000)).Should().Equal("SIG0432");

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("{type: simple_template, template: '{query}{query}'}")]
    [InlineData(@"{type: replace, pattern: '^(.+)$', replacement: '\1\1'}")]
    public void Post_processing_that_multiplies_ends_at_the_limit(string step) =>
        Run("A: b", "postprocessing:\n" + string.Concat(Enumerable.Repeat($"- {step}\n", 40))).Should().Equal("SIG0434");

    [Theory]
    [InlineData("wide", 28)]
    [InlineData("base64", 32)]
    public void Modifiers_that_lengthen_a_text_end_at_the_limit(string modifier, int times)
    {
        Limits limits = Limits.Default.With(Limits.RuleValues, 1000);
        string text = $"{Head}detection: {{s: {{'A{string.Concat(Enumerable.Repeat("|" + modifier, times))}': {new string('a', 4000)}}}, condition: s}}\n";
        RuleReader.Read(new SourceText("a.yml", text, limits)).Single().Diagnostics.Select(d => d.Code.Id).Should().Equal("SIG0248");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_chain_of_thousands_of_correlations_or_filters_is_refused_and_ends()
    {
        string chain = $"{Head}name: c0\ndetection: {{s: {{A: b}}, condition: s}}\n"
            + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"---\ntitle: C\nname: c{i}\ncorrelation:\n  rules: c{i - 1}\n{Count}"));
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", chain));
        RuleSet set = RuleSet.Link(documents);
        set.FindingsOf(documents[16]).Should().BeEmpty();
        set.FindingsOf(documents[17]).Select(d => d.Code.Id).Should().Equal("SIG0259");
        set.FindingsOf(documents[^1]).Should().NotBeEmpty();

        string filters = $"{Head}detection: {{s: {{A: b}}, condition: s}}\n" + string.Concat(Enumerable.Repeat($"---\n{Head}filter: {{rules: any, f: {{B: c}}, condition: not f}}\n", 5000));
        new Compiler([Repository.Target("splunk")]).Convert(new SourceText("a.yml", filters)).First().Diagnostics.Select(d => d.Code.Id).Should().Contain("SIG0307");
    }

    private static IReadOnlyList<Diagnostic> Findings(string name, int size, Limits limits)
    {
        string Many(Func<int, string> each, string between = "") => string.Join(between, Enumerable.Range(0, size).Select(each));
        string text = name switch
        {
            "yaml-depth" => $"{Head}x: {new string('[', Math.Min(size, 60))}{new string(']', Math.Min(size, 60))}\n",
            "condition-depth" => Rule("s: {A: b}", Many(_ => "s", " or ")),
            "value-forms" => Rule($"s: {{'A{string.Concat(Enumerable.Repeat("|base64offset", Math.Min(size, 5)))}': whoamiwhoami}}", "s"),
            "placeholder-values" => Rule("s: {'A|expand': '%p%'}", "s"),
            "rule-values" => Rule("s: {A: b}", Many(_ => "s", " or ")),
            "repeated-values" => $"action: global\n{Head}detection: {{s: {{A: b}}, condition: s}}\n" + Many(i => $"---\nlevel: low\n"),
            "linked-values" => $"{Head}name: r\ndetection: {{s: {{A: b}}, condition: s}}\n" + Many(i => $"---\n{Head}filter: {{rules: any, f: {{B: c}}, condition: not f}}\n"),
            "correlation-depth" => $"{Head}name: c0\ndetection: {{s: {{A: b}}, condition: s}}\n" + string.Concat(Enumerable.Range(1, Math.Min(size, 15)).Select(i => $"---\ntitle: C\nname: c{i}\ncorrelation:\n  rules: c{i - 1}\n{Count}")),
            "modifiers" => Rule($"s: {{'A{string.Concat(Enumerable.Repeat("|contains", Math.Min(size, 30)))}': b}}", "s"),
            "sample-tests" => Rule($"s: {{'A|contains|all': [{Many(i => $"v{i}", ", ")}]}}", "s"),
            "template-text" or "template-output" or "template-steps" or "template-memory" => Rule("s: {A: b}", "s"),
            "name-comparisons" => Rule(Many(i => $"a{i}: {{A: b}}", ", "), "1 of a*"),
            _ => Rule($"s: {{A: [{Many(i => $"v{i}", ", ")}]}}", "s"),
        };
        var diagnostics = new List<Diagnostic>();
        Pipeline[] pipelines = name switch
        {
            "placeholder-values" => [Read($"vars: {{p: [{Many(i => $"v{i}", ", ")}]}}\ntransformations: [{{type: value_placeholders}}]\n", diagnostics)],
            "template-text" => [Read($"postprocessing: [{{type: template, template: '{{{{ \"a\" * {size} }}}}'}}]\n", diagnostics)],
            "template-output" => [Read($"postprocessing: [{{type: template, template: '{{{{ for i in 1..{size} }}}}a{{{{ end }}}}'}}]\n", diagnostics)],
            "template-steps" => [Read($"postprocessing: [{{type: template, template: '{{{{ for i in 1..{size} }}}}{{{{ end }}}}'}}]\n", diagnostics)],
            "template-memory" => [Read($"postprocessing: [{{type: template, template: '{{{{ for i in 1..{size}; x = \"a\" * 50000; end }}}}'}}]\n", diagnostics)],
            "pipeline-work" => [Read("transformations: [{type: case, method: lower}]\n", diagnostics)],
            _ => [],
        };
        Backend backend = Repository.Backend("splunk");
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", text, limits));
        var settings = new PipelineSettings { Limits = limits };
        if (name == "sample-tests")
        {
            return new RuleSampler(new SampleSettings(), [], settings).Make(documents[0], RuleSet.Link(documents)).Diagnostics;
        }

        var target = new CompilerTarget(backend, backend.Formats[0], pipelines, settings);
        return [.. new Compiler([target]).Convert(documents, RuleSet.Link(documents, limits)).SelectMany(conversion => conversion.Diagnostics)];
    }

    private static string Rule(string detections, string condition) => $"{Head}detection: {{{detections}, condition: '{condition}'}}\n";

    private static IEnumerable<string> Run(string item, string pipeline, Limits? limits = null) => Convert(item, pipeline, limits).Diagnostics.Select(d => d.Code.Id);

    private static Conversion Convert(string item, string pipeline, Limits? limits)
    {
        var diagnostics = new List<Diagnostic>();
        Backend backend = Repository.Backend("splunk");
        var target = new CompilerTarget(backend, backend.Formats[0], [Read(pipeline, diagnostics)], new PipelineSettings { Limits = limits ?? Limits.Default });
        diagnostics.Should().BeEmpty();
        return new Compiler([target]).Convert(new SourceText("a.yml", $"{Head}detection: {{s: {{{item}}}, condition: s}}\n")).Single();
    }

    [GeneratedRegex(@"\| (?<default>[0-9,]+)[^|]* \| SIG[0-9, SIG]+ \| `--limit (?<name>[a-z-]+)=N`")]
    private static partial Regex LimitRow();

    [GeneratedRegex("SIG[0-9]{4}")]
    private static partial Regex CodeName();

    private static Pipeline Read(string text, List<Diagnostic> diagnostics) => PipelineReader.Read(new SourceText("p.yml", text), "p", diagnostics)!;
}
