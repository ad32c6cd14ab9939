namespace Sigma.Tests.CommandLine;

/// <summary>Fields that no pipeline maps: what <c>complete</c> of a pipeline and <c>--unmapped</c> say about them.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class UnmappedTests : IDisposable
{
    private const string Mapping = """
        transformations:
            - type: field_name_mapping
              mapping: {known: known.field, same: same, group: group.field}

        """;

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("mapping.yml", Mapping)
        .With("complete.yml", "complete: fields\n" + Mapping)
        .With("windows.yml", "complete: [fields]\n" + Mapping + "      rule_conditions: [{type: logsource, product: windows}]\n")
        .With("own-names.yml", "complete: []\n" + Mapping)
        .With("prefix.yml", Mapping + "    - {type: field_name_prefix, prefix: data.}\n")
        .With("hashes.yml", "transformations: [{type: hashes_fields, valid_hash_algos: [MD5], field_prefix: File}]\n")
        .With("added.yml", Mapping + "    - {type: add_condition, conditions: {index: main}}\n")
        .With("a.yml", "title: A\nname: a\nlogsource: {product: x}\ndetection:\n    sel:\n        known: 1\n        same: 1\n        other: 1\n    condition: sel\n");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void By_default_only_a_pipeline_whose_map_is_complete_leads_to_a_warning()
    {
        Convert("mapping.yml", "a.yml").Error.Should().BeEmpty();
        Convert("own-names.yml", "a.yml").Error.Should().BeEmpty();

        ProgramRun run = Convert("complete.yml", "a.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be("(known.field=\"1\" same=\"1\" other=\"1\")\n");
        run.Error.Should().Contain("a.yml:8:9: warning SIG0430: no pipeline maps the field 'other' for splunk").And.NotContain("'same'").And.NotContain("'known'");
        Convert("complete.yml", "--unmapped", "ignore", "a.yml").Error.Should().BeEmpty();
    }

    /// <summary>One step may have all names of some events, in a pipeline that says nothing about others.</summary>
    [Fact]
    public void A_complete_step_speaks_for_the_rules_that_it_acts_on()
    {
        folder.With("step.yml", "complete: []\n" + Mapping + "      complete: true\n      rule_conditions: [{type: logsource, product: x}]\n");

        Convert("step.yml", "a.yml").Error.Should().Contain("a.yml:8:9: warning SIG0430: no pipeline maps the field 'other' for splunk").And.NotContain("'same'");
        folder.With("b.yml", "title: B\nlogsource: {product: y}\ndetection: {sel: {other: 1}, condition: sel}\n");
        Convert("step.yml", "b.yml").Error.Should().BeEmpty();
    }

    /// <summary>Event 4688 has neither hashes nor the name in a program's file, and 4657 no name of an operation as Sysmon writes it.</summary>
    [Theory]
    [InlineData("category: process_creation", "Hashes")]
    [InlineData("category: process_creation", "OriginalFileName")]
    [InlineData("category: process_creation", "User")]
    [InlineData("category: registry_set", "EventType")]
    [InlineData("category: process_creation", null)]
    [InlineData("category: registry_set", null)]
    [InlineData("service: security", null)]
    public void What_the_audit_log_does_not_have_is_said(string source, string? missing)
    {
        folder.With("w.yml", $"title: W\nlogsource: {{product: windows, {source}}}\ndetection:\n    sel:\n        Image: a.exe\n        {missing ?? "LogonId"}: b\n    condition: sel\n");

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-p", "windows-audit", "w.yml");

        run.ExitCode.Should().Be(0);
        run.Error.Should().Be(missing is null ? "" : $"w.yml:6:9: warning SIG0430: no pipeline maps the field '{missing}' for splunk\n  |\n6 |         {missing}: b\n  |         {new string('^', missing.Length)} map it with field_name_mapping, to its own name if that is right\n");
    }

    /// <summary>Who leaves out the pipelines of the target and asks for names that none maps gets them; a target without pipelines has the rule's names.</summary>
    [Theory]
    [InlineData("es-qs", "error", 1, "error SIG0431: no pipeline maps the field 'other'")]
    [InlineData("es-qs", "warn", 0, "warning SIG0430: no pipeline maps the field 'other'")]
    [InlineData("es-qs", "ignore", 0, null)]
    [InlineData("grep", "error", 0, null)]
    public void Without_pipelines_nothing_is_mapped(string target, string unmapped, int exitCode, string? message)
    {
        folder.With("one.yml", "title: A\nlogsource: {category: c}\ndetection:\n    sel:\n        other: 1\n    condition: sel\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", target, "--without-pipeline", "--unmapped", unmapped, "one.yml");
        run.ExitCode.Should().Be(exitCode);
        if (message is null)
        {
            run.Error.Should().BeEmpty();
        }
        else
        {
            run.Error.Should().Contain(message).And.Contain("no pipeline says which log holds 'c'");
        }

        Sigmac.Run(folder, "convert", "-t", target, "--without-pipeline", "one.yml").Error.Should().BeEmpty("nobody has asked");
    }

    /// <summary>A condition that is made from the service of a rule names its log; a pipeline that looks for other rules in its own product's logs is no advice.</summary>
    [Fact]
    public void The_pipelines_for_Zeek_name_the_logs_of_Zeek_and_are_no_advice_for_proxies()
    {
        const string Text = "title: A\nlogsource: {0}\ndetection:\n    sel:\n        c-uri: x\n        cs-cookie: y\n    condition: sel\n";
        folder.With("zeek.yml", string.Format(Text, "{product: zeek, service: http}")).With("proxy.yml", string.Format(Text, "{category: proxy}")).With("web.yml", string.Format(Text, "{category: webserver}"));
        ProgramRun zeek = Sigmac.Run(folder, "convert", "-t", "es-qs", "-p", "ecs_zeek_beats", "zeek.yml");
        zeek.Output.Should().Contain("event.dataset:\"zeek.http\"");
        zeek.Error.Should().NotContain("which log holds");
        foreach (string file in (string[])["proxy.yml", "web.yml"])
        {
            Sigmac.Run(folder, "convert", "-v", "-t", "es-qs", file).Error.Should().Contain("SIG0430").And.Contain("SIG0435").And.NotContain("zeek");
        }
    }

    [Fact]
    public void A_map_that_does_not_apply_to_a_rule_says_nothing_about_its_fields()
    {
        folder.With("w.yml", "title: W\nlogsource: {product: windows}\ndetection: {sel: {other: 1}, condition: sel}\n");

        Convert("windows.yml", "a.yml").Error.Should().BeEmpty();
        Convert("windows.yml", "w.yml").Error.Should().Contain("w.yml:3:19: warning SIG0430: no pipeline maps the field 'other'");
    }

    [Fact]
    public void A_pipeline_in_a_pipeline_speaks_for_the_one_around_it()
    {
        folder.With("nested.yml", "complete: fields\ntransformations:\n    - type: nest\n      items: [{type: field_name_mapping, mapping: {known: known.field, same: same}}]\n");

        Convert("nested.yml", "a.yml").Error.Should().Contain("SIG0430: no pipeline maps the field 'other'");
    }

    [Fact]
    public void Whoever_asks_gets_warnings_for_a_pipeline_that_says_nothing_about_other_fields()
    {
        Convert("mapping.yml", "--unmapped", "warn", "a.yml").Error.Should().Contain("a.yml:8:9: warning SIG0430: no pipeline maps the field 'other' for splunk");
        Convert("own-names.yml", "--unmapped", "warn", "a.yml").Error.Should().BeEmpty("all pipelines, Splunk's too, say that other fields keep their names");
    }

    [Fact]
    public void An_error_refuses_the_rule()
    {
        ProgramRun run = Convert("mapping.yml", "--unmapped", "error", "a.yml");
        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("a.yml:8:9: error SIG0431: no pipeline maps the field 'other' for splunk");
    }

    [Fact]
    public void When_strict_the_warning_fails_the_rule_and_is_said_in_its_place()
    {
        ProgramRun run = Convert("complete.yml", "--strict", "a.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("a.yml:8:9: warning SIG0430");
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
    public void A_target_without_a_pipeline_takes_the_names_of_the_rule()
    {
        foreach (string target in (string[])["grep", "graylog"])
        {
            ProgramRun run = Sigmac.Run(folder, "convert", "-t", target, "--unmapped", "error", "a.yml");
            (run.ExitCode, run.Error).Should().Be((0, ""), target);
        }
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
        ProgramRun run = Convert("mapping.yml", "--unmapped", "warn", "-v", "a.yml", "b.yml");
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
    public void The_hint_names_the_built_in_pipeline_that_maps_the_field_of_this_log_source()
    {
        folder.With("w.yml", "title: W\nlogsource: {product: windows}\ndetection: {sel: {OriginalFileName: x}, condition: sel}\n")
            .With("k.yml", "title: K\nlogsource: {product: kubernetes, service: audit}\ndetection: {sel: {verb: x}, condition: sel}\n")
            .With("n.yml", "title: N\nlogsource: {product: nobody}\ndetection: {sel: {verb: x}, condition: sel}\n");

        Sigmac.Run(folder, "convert", "-t", "es-qs", "w.yml").Error.Should().Contain("'-p ecs_windows' maps it");
        Sigmac.Run(folder, "convert", "-t", "es-qs", "k.yml").Error.Should().Contain("^^^^ '-p ecs_kubernetes' maps it");
        Sigmac.Run(folder, "convert", "-t", "es-qs", "n.yml").Error.Should().Contain("^^^^ map it with field_name_mapping").And.NotContain("-p ecs");
    }

    [Theory]
    [InlineData("powershell", SeedTexts.PowerShell)]
    [InlineData("es-qs", SeedTexts.ElasticsearchQuery)]
    [InlineData("xpack-watcher", SeedTexts.Watcher)]
    [InlineData("graylog", SeedTexts.Graylog)]
    [InlineData("splunk", SeedTexts.Splunk)]
    [InlineData("logpoint", SeedTexts.LogPoint)]
    [InlineData("grep", SeedTexts.Grep)]
    public void The_specifications_query_is_written_whatever_is_warned_of(string target, string query)
    {
        folder.With("seed.yml", SeedTexts.Rule);

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", target, "seed.yml");

        (run.ExitCode, run.Output).Should().Be((0, query + "\n"));
        run.Error.Should().NotContain("error");
    }

    [Fact]
    public void A_configuration_file_can_choose_too()
    {
        folder.With(".sigmac.yml", "targets: splunk\npipelines: complete.yml\nunmapped: error\n");
        Sigmac.Run(folder, "convert", "a.yml").Error.Should().Contain("error SIG0431");
        Sigmac.Run(folder, "convert", "--unmapped", "ignore", "a.yml").ExitCode.Should().Be(0);

        folder.With(".sigmac.yml", "targets: splunk\nunmapped: eror\n");
        ProgramRun run = Sigmac.Run(folder, "convert", "a.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("did you mean 'error'?");
    }

    [Fact]
    public void Another_word_is_wrong_use()
    {
        ProgramRun run = Convert("mapping.yml", "--unmapped", "warning", "a.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("--unmapped takes ignore, warn or error, not 'warning'");
    }

    [Theory]
    [InlineData("complete: field\n", "1:11: error SIG0409", "did you mean 'fields'?")]
    [InlineData("complete: [fields, {a: b}]\n", "1:20: error SIG0409", "complete")]
    public void A_pipeline_can_be_complete_in_fields_and_log_sources_only(string key, string place, string message)
    {
        folder.With("wrong.yml", key + Mapping);

        ProgramRun run = Convert("wrong.yml", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("wrong.yml:" + place).And.Contain(message);
    }

    private ProgramRun Convert(string pipeline, params string[] arguments) =>
        Sigmac.Run(folder, ["convert", "-t", "splunk", "-p", pipeline, .. arguments]);
}
