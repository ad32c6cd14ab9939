using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>A piece of query text that a pipeline puts in the place of a value, wherever the value stands.</summary>
public class QueryExpressionTests
{
    /// <summary>Those whose query is no text that others could be put into.</summary>
    private static readonly string[] Refusing = ["grep", "powershell"];

    public static TheoryData<string> Targets => [.. new BackendCatalog().Names.Except(Refusing)];

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Targets))]
    public void It_stands_in_the_query_as_it_is(string target)
    {
        // What is written already has no opposite in a language without NOT.
        bool denies = new BackendCatalog().Read(target, new Dictionary<string, string>(), [])!.Dialect.Not is not null;
        foreach (string condition in (string[])["sel", "sel and other", "sel or other", .. denies ? (string[])["not sel", "other and not (sel or other)"] : []])
        {
            Conversion conversion = Convert(target, condition);
            conversion.Diagnostics.Where(finding => finding.Severity is Severity.Error).Should().BeEmpty();
            conversion.Query.Should().Contain("LOOKUP(people)", condition);
        }
    }

    [Theory]
    [InlineData("grep")]
    [InlineData("powershell")]
    public void It_is_refused_where_a_query_is_no_text(string target) =>
        Convert(target, "sel or other").Diagnostics.Where(finding => finding.Severity is Severity.Error).Select(finding => finding.Code.Id).Should().Equal("SIG0601");

    [Theory]
    [InlineData("sel or other", "(LOOKUP(people) OR b=\"1\")")]
    [InlineData("sel and not other", "(LOOKUP(people) NOT (b=\"1\"))")]
    public void Splunk_links_it_like_a_test(string condition, string query) => Convert("splunk", condition).Query.Should().Be(query);

    private static Conversion Convert(string target, string condition)
    {
        var diagnostics = new List<Diagnostic>();
        // A language of tables needs one for a log source of which it knows none.
        Dictionary<string, string> options = target == "kql" ? new() { ["table"] = "Events" } : [];
        Backend backend = new BackendCatalog().Read(target, options, diagnostics)!;
        Pipeline pipeline = PipelineReader.Read(
            new SourceText("p.yml", "transformations: [{type: query_expression_placeholders, expression: 'LOOKUP({id})'}]"), "p", diagnostics)!;
        diagnostics.Should().BeEmpty();
        var source = new SourceText("a.yml", $"title: T\nlogsource: {{product: x}}\ndetection:\n  sel: {{a|expand: '%people%'}}\n  other: {{b: 1}}\n  condition: {condition}\n");
        return new Compiler([new CompilerTarget(backend, backend.Formats[0], [pipeline])]).Convert(source).Single();
    }
}
