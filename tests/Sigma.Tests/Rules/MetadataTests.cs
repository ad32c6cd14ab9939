using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Rules;

/// <summary>What a rule says about itself (Sigma specification 2.1, "Schema"). Slips are warned of and never stop the query.</summary>
public sealed class MetadataTests
{
    [Fact]
    public void Every_attribute_is_read()
    {
        Metadata metadata = Read("""
            title: A title
            id: 8518ed3d-0000-4000-8000-000000000000
            name: a_name
            related:
              - {id: 8518ed3d-0000-4000-8000-000000000001, type: similar}
            taxonomy: mine
            status: stable
            description: |
              Long
              text
            license: MIT
            author: A, B
            references: [https://example.org]
            date: 2024-01-31
            modified: 2024/2/1
            fields: [f, g]
            falsepositives: [none]
            level: critical
            tags: [attack.t1059.001, tlp.red]
            scope: [server]
            custom: {x: 1}
            """).Metadata;
        metadata.Should().BeEquivalentTo(new
        {
            Title = "A title",
            Id = "8518ed3d-0000-4000-8000-000000000000",
            Name = "a_name",
            Related = new[] { new RelatedRule("8518ed3d-0000-4000-8000-000000000001", "similar") },
            Taxonomy = "mine",
            Status = RuleStatus.Stable,
            Description = "Long\ntext\n",
            License = "MIT",
            Author = "A, B",
            References = new[] { "https://example.org" },
            Date = "2024-01-31",
            Modified = "2024/2/1",
            Fields = new[] { "f", "g" },
            FalsePositives = new[] { "none" },
            Level = Level.Critical,
            Tags = new[] { "attack.t1059.001", "tlp.red" },
            Scope = new[] { "server" },
        });
        metadata.Custom.Should().ContainSingle().Which.Name.Should().Be("custom");
    }

    [Theory]
    [InlineData("level: HIGH", Level.High)]
    [InlineData("level: Informational", Level.Informational)]
    public void Level_and_status_are_read_in_any_case(string line, Level level) => Read("title: T\n" + line).Metadata.Level.Should().Be(level);

    [Theory]
    [InlineData("id: nonsense")]
    [InlineData("status: done")]
    [InlineData("level: hgih")]
    [InlineData("level: 3")]
    [InlineData("level: -1")]
    [InlineData("level: low,medium")]
    [InlineData("level: ''")]
    [InlineData("date: 31.1.2024")]
    [InlineData("date: 2024-02-30")]
    [InlineData("date: [2024-01-31]")]
    [InlineData("modified: {year: 2024}")]
    [InlineData("tags: {a: b}")]
    [InlineData("tags: [[a]]")]
    [InlineData("author: [a]")]
    [InlineData("related: x")]
    [InlineData("related: [{id: x, type: cousin}]")]
    [InlineData("related: [{id: x}]")]
    [InlineData("related: {id: x, type: similar}")]
    public void A_slip_is_a_warning_at_the_value(string line)
    {
        ReadDocument document = Read("title: T\n" + line);
        document.Document.Should().NotBeNull();
        Diagnostic diagnostic = document.Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code.Id, diagnostic.Severity).Should().Be(("SIG0208", Severity.Warning));
        diagnostic.Span!.Value.Position.Line.Should().Be(2);
    }

    /// <summary>docs/compatibility.md, difference 8: the slash form is the older one, and still in the public repository.</summary>
    [Theory]
    [InlineData("2024-01-31")]
    [InlineData("2024/01/31")]
    [InlineData("2024/1/31")]
    public void Decision_0_1_8_dates_with_slashes_are_dates(string date) => Read($"title: T\ndate: {date}").Diagnostics.Should().BeEmpty();

    /// <summary>docs/compatibility.md, differences 9, 10 and 12: what only the schema forbids is none of a compiler's business.</summary>
    [Theory]
    [InlineData("tags: [No_Dot, 'UPPER.case', a.b, a.b]")]
    [InlineData("references: [x, x]")]
    [InlineData("related: [{id: 8518ed3d-0000-4000-8000-000000000001, type: correlation}]")]
    public void Decision_0_1_9_10_12_schema_matters_are_accepted(string line) => Read("title: T\n" + line).Diagnostics.Should().BeEmpty();

    /// <summary>docs/compatibility.md, difference 11: the length of a title is checked, and only warned of.</summary>
    [Theory]
    [InlineData(256, 0)]
    [InlineData(257, 1)]
    public void Decision_0_1_11_a_title_has_at_most_256_characters(int length, int findings) =>
        Read("title: " + new string('x', length)).Diagnostics.Should().HaveCount(findings);

    [Fact]
    public void A_single_entry_may_stand_without_a_list() => Read("title: T\ntags: attack.t1").Metadata.Tags.Should().Equal("attack.t1");

    [Theory]
    [InlineData("windows", null, "security", true)]
    [InlineData("windows", null, null, true)]
    [InlineData(null, null, "security", true)]
    [InlineData("Windows", null, null, false)]
    [InlineData("windows", "process_creation", null, false)]
    public void A_log_source_contains_those_that_agree_with_all_it_says(string? product, string? category, string? service, bool contains)
    {
        LogSource rule = ((SigmaRule)Read("title: T", "logsource: {product: windows, service: security}").Document!).LogSource;
        new LogSource(category, product, service, null, rule.Span).Contains(rule).Should().Be(contains);
    }

    private static ReadDocument Read(string head, string source = "logsource: {product: windows}") =>
        Given.Document($"{head}\n{source}\ndetection:\n  sel: {{a: 1}}\n  condition: sel\n");
}
