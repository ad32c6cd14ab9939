using System.Text.Json.Nodes;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac backend</c>: a target to begin with, and what one makes of each kind of condition.</summary>
public sealed class BackendCommandTests : IDisposable
{
    private static readonly string Plain = Path.Combine(Repository.Root, "samples", "backends", "plainsearch");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_target_can_be_checked_and_is_never_overwritten()
    {
        Sigmac.Run(folder, "backend", "new", "mine", "--in", "targets").ExitCode.Should().Be(0);
        ProgramRun check = Sigmac.Run(folder, "backend", "check", "targets/mine");
        ProgramRun again = Sigmac.Run(folder, "backend", "new", "mine", "--in", "targets");

        check.Error.Should().Contain("missing: unknown");
        check.ExitCode.Should().Be(1, "only its author can say what a test of an absent field is");
        Row(check, "startswith").Should().Contain("Field startswith \"value\"");
        Row(check, "cidr").Should().Contain("refused: My Language cannot express").And.Contain("it knows no networks");
        again.ExitCode.Should().Be(2);
        again.Error.Should().Contain("SIG0707");
    }

    [Theory]
    [InlineData("../mine")]
    [InlineData("Mine")]
    [InlineData("")]
    [InlineData("-x")]
    public void A_name_that_is_no_plain_folder_is_wrong_use(string name)
    {
        ProgramRun run = Sigmac.Run(folder, "backend", "new", "--", name);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        Directory.GetFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void Each_kind_has_its_query_and_the_shape_that_wrote_it()
    {
        ProgramRun run = Sigmac.Run(folder, "backend", "check", Plain);

        Row(run, "text").Should().MatchRegex("^text +text +.*Field = 'value'");
        Row(run, "startswith").Should().MatchRegex("^startswith +text for wildcard +.*Field = 'value%'");
        Row(run, "cidr").Should().MatchRegex(@"^cidr +list for wildcard_list +.*Field in \('10\.%'\)");
        Row(run, "field_startswith").Should().MatchRegex("^field_startswith +field_startswith, refused +refused: ");
        Row(run, "keyword_cased").Should().Contain("[SIG0602]");
        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public void Counts_are_checked_for_names_without_quotes_and_names_that_are_lost()
    {
        string definition = File.ReadAllText(Path.Combine(Repository.Root, Plain, "backend.yml"));
        ProgramRun sound = Sigmac.Run(folder, "backend", "check", Plain);
        folder.With("raw/backend.yml", definition.Replace("{{ name | field_name }}", "{{ name }}").Replace("pipelines: [plainsearch-fields]\n", ""))
            .With("lost/backend.yml", definition.Replace("if correlation.fields.size > 1; refuse", "if false; refuse").Replace("pipelines: [plainsearch-fields]\n", ""))
            .With("raw/formats/search.scriban", "{{ query }}").With("lost/formats/search.scriban", "{{ query }}").With("raw/formats/alert.scriban", "{{ query }}").With("lost/formats/alert.scriban", "{{ query }}");

        Row(sound, "event_count, an odd name").Should().Contain("by `odd -> name` per");
        Row(sound, "value_count, fields").Should().Contain("refused: ");
        ProgramRun raw = Sigmac.Run(folder, "backend", "check", "raw");
        (raw.ExitCode, raw.Error).Should().Be((1, "the template of 'correlations' for 'event_count, an odd name' writes the name of a field without its quotes: pass each name through field_name\n"));
        ProgramRun lost = Sigmac.Run(folder, "backend", "check", "lost");
        (lost.ExitCode, lost.Error).Should().Be((1, "the template of 'correlations' for 'value_count, fields' leaves out 'FieldTwo': write it, or refuse the count\n"));
    }

    /// <summary>Without a style for other names, or with a pattern that fits only a part of it, a name of a rule would go on as a query.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("fields: {plain: '[A-Za-z]+'}\n")]
    [InlineData("fields: {plain: '[A-Za-z]+', reserved: [field]}\n")]
    public void A_name_that_nothing_quotes_is_refused(string fields)
    {
        string definition = """
            title: Mine
            description: a language
            expression: {and: ' & ', or: ' | ', not: '!{operand}', group: '[{expression}]', missing: false}
            texts: {quoted: {open: "'", close: "'", escape: '^', escaped: "'^"}}
            shapes: {text: '{field} = {quoted}'}
            """ + "\n" + fields;
        Directory.CreateDirectory(Path.Combine(folder.Path, "mine"));
        File.WriteAllText(Path.Combine(folder.Path, "mine", "backend.yml"), definition);

        ProgramRun run = Sigmac.Run(folder, "backend", "check", "mine");

        Row(run, "field, quotes").Should().Contain("refused: ").And.NotContain("'value'");
        Row(run, "text").Should().Contain(fields.Contains("reserved", StringComparison.Ordinal) ? "refused: " : "Field = 'value'");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Cases_have_the_events_that_a_query_must_find()
    {
        string file = Path.Combine(folder.Path, "cases.ndjson");
        Sigmac.Run(folder, "backend", "check", Plain, "--cases", file);

        Dictionary<string, JsonNode> cases = File.ReadLines(file).Select(line => JsonNode.Parse(line)!).ToDictionary(line => (string)line["kind"]!);

        int[] text = Expected(cases["text"]);
        string?[] values = [.. cases["text"]["events"]!.AsArray().Select(e => (string?)e!["Field"])];
        values.Index().Where(value => value.Item?.ToUpperInvariant() == "VALUE").Select(value => value.Index).Should().Equal(text);
        values.Should().Contain("VALUE").And.Contain("value");
        Expected(cases["not, text"]).Should().Contain(cases["not, text"]["events"]!.AsArray().Count - 1, "an event without the field is no such event");
        ((string)cases["text"]["query"]!).Should().Contain("Field = 'value'");
    }

    [Fact]
    public void What_is_no_target_is_wrong_use()
    {
        File.WriteAllText(Path.Combine(folder.Path, "backend.yml"), "expression: {and: 5}\n");

        ProgramRun broken = Sigmac.Run(folder, "backend", "check", ".");
        ProgramRun none = Sigmac.Run(folder, "backend", "check", "nowhere");

        broken.ExitCode.Should().Be(2);
        broken.Error.Should().Contain("SIG0502");
        none.ExitCode.Should().Be(2);
        none.Error.Should().Contain("SIG0512");
    }

    private static string Row(ProgramRun run, string kind) =>
        run.Output.Split('\n').Single(line => line.StartsWith(kind + "  ", StringComparison.Ordinal));

    private static int[] Expected(JsonNode line) => [.. line["expected"]!.AsArray().Select(index => (int)index!)];
}
