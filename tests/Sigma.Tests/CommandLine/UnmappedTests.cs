namespace Sigma.Tests.CommandLine;

/// <summary><c>--unmapped</c>: fields that no pipeline maps.</summary>
public sealed class UnmappedTests : IDisposable
{
    private const string Mapping = """
        transformations:
            - type: field_name_mapping
              mapping: {known: known.field, same: same, group: group.field}

        """;

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("mapping.yml", Mapping)
        .With("prefix.yml", Mapping + "    - {type: field_name_prefix, prefix: data.}\n")
        .With("hashes.yml", "transformations: [{type: hashes_fields, valid_hash_algos: [MD5], field_prefix: File}]\n")
        .With("added.yml", Mapping + "    - {type: add_condition, conditions: {index: main}}\n")
        .With("a.yml", "title: A\nname: a\nlogsource: {product: x}\ndetection:\n    sel:\n        known: 1\n        same: 1\n        other: 1\n    condition: sel\n");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void By_default_nothing_is_said()
    {
        ProgramRun run = Convert("mapping.yml", "a.yml");
        run.Error.Should().BeEmpty();
        Convert("mapping.yml", "--unmapped", "ignore", "a.yml").Error.Should().BeEmpty();
    }

    [Fact]
    public void A_warning_tells_the_field_and_its_place_and_the_query_is_made()
    {
        ProgramRun run = Convert("mapping.yml", "--unmapped", "warn", "a.yml");
        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("(known.field=\"1\" same=\"1\" other=\"1\")\n");
        run.Error.Should().Contain("a.yml:8:9: warning SIG0430: no pipeline maps the field 'other' for splunk").And.NotContain("'same'").And.NotContain("'known'");
    }

    [Fact]
    public void An_error_refuses_the_rule()
    {
        ProgramRun run = Convert("mapping.yml", "--unmapped", "error", "a.yml");
        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("a.yml:8:9: error SIG0431: no pipeline maps the field 'other' for splunk");
    }

    [Theory]
    [InlineData("prefix.yml", "other")]
    [InlineData("added.yml", "index")]
    public void What_a_step_renamed_in_any_way_or_added_itself_is_no_unmapped_field(string pipeline, string field) =>
        Convert(pipeline, "--unmapped", "warn", "a.yml").Error.Should().NotContain($"'{field}'");

    [Fact]
    public void A_field_that_a_step_makes_of_a_value_has_its_name_from_the_pipeline()
    {
        folder.With("hash.yml", "title: H\nlogsource: {product: x}\ndetection:\n    sel: {Hashes: MD5=d41d8cd98f00b204e9800998ecf8427e}\n    condition: sel\n");
        ProgramRun run = Convert("hashes.yml", "--unmapped", "error", "hash.yml");
        run.Output.Should().Be("FileMD5=\"d41d8cd98f00b204e9800998ecf8427e\"\n");
        run.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Without_any_pipeline_no_field_is_mapped()
    {
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "grep", "--unmapped", "warn", "a.yml");
        run.Error.Should().Contain("'known' for grep").And.Contain("'same' for grep").And.Contain("'other' for grep");
    }

    [Fact]
    public void The_fields_of_correlations_are_looked_at_where_they_stand()
    {
        folder.With("b.yml", """
            title: B
            correlation:
                type: value_count
                rules: a
                group-by: [group, lost]
                timespan: 5m
                aliases:
                    who: {a: user}
                condition:
                    field: counted
                    gte: 3

            """);
        ProgramRun run = Convert("mapping.yml", "--unmapped", "warn", "a.yml", "b.yml");
        run.Error.Should().Contain("b.yml:5:23: warning SIG0430: no pipeline maps the field 'lost'")
            .And.Contain("b.yml:10:16: warning SIG0430: no pipeline maps the field 'counted'")
            .And.Contain("b.yml:8:18: warning SIG0430: no pipeline maps the field 'user'")
            .And.Contain("a.yml:8:9: warning SIG0430: no pipeline maps the field 'other'")
            .And.NotContain("'group'");
    }

    [Fact]
    public void The_fields_of_the_older_counts_are_looked_at_where_they_stand()
    {
        folder.With("c.yml", "title: C\nlogsource: {product: x}\ndetection:\n    sel: {known: 1}\n    timeframe: 1m\n    condition: sel | count(user) by group, host > 3\n");
        ProgramRun run = Convert("mapping.yml", "--unmapped", "warn", "c.yml");
        run.Error.Should().Contain("c.yml:6:28: warning SIG0430: no pipeline maps the field 'user'")
            .And.Contain("c.yml:6:44: warning SIG0430: no pipeline maps the field 'host'").And.NotContain("'group'");
    }

    [Fact]
    public void Another_word_is_wrong_use()
    {
        ProgramRun run = Convert("mapping.yml", "--unmapped", "warning", "a.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("--unmapped takes ignore, warn or error, not 'warning'");
    }

    private ProgramRun Convert(string pipeline, params string[] arguments) =>
        Sigmac.Run(folder, ["convert", "-t", "splunk", "-p", pipeline, .. arguments]);
}
