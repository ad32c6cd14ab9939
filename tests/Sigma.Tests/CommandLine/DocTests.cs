namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac doc</c> from the outside.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class DocTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Findings_are_listed_if_they_are_wanted()
    {
        folder.With("x.yml", "title: The <b>rule</b>.\nlogsource: {product: linux}\ndetection: {s: {f: x}, condition: s}\n");
        folder.With(".sigmac.yml", "check: {select: [title_end, own], custom-checks: {own: {message: 'no *star*', hint: 'none', detection: {s: {title|contains: b}, condition: s}}}}\n");
        Sigmac.Run(folder, "doc", "-t", "splunk", "x.yml").Output.Should().NotContain("SIG1002");
        Sigmac.Run(folder, "doc", "-t", "splunk", "--findings", "show", "x.yml").Output.Should().Contain("""

            ### Findings

            * warning own: no \*star\* (line 1); none
            * info [SIG1002](https://github.com/sigmac/sigmac/blob/main/docs/checks/SIG1002.md): the title ends in a full stop (line 1)
            """.ReplaceLineEndings("\n"));
    }

    /// <summary>As in <c>convert</c>: what a target cannot express is on the page, and no reason to fail if one says so.</summary>
    [Theory]
    [InlineData("markdown")]
    [InlineData("html")]
    public void What_a_target_cannot_express_does_not_fail_with_skip_unsupported(string format)
    {
        folder.With("x.yml", "title: T\nlogsource: {category: test}\ndetection: {s: {f|fieldref: g}, condition: s}\n");
        string[] arguments = ["doc", "-f", format, "-o", "out", "-t", "es-qs,duckdb", "--findings", "hide", "--unmapped", "ignore", "x.yml"];

        ProgramRun failed = Sigmac.Run(folder, arguments);
        ProgramRun skipped = Sigmac.Run(folder, [.. arguments, "--skip-unsupported"]);
        ProgramRun strict = Sigmac.Run(folder, [.. arguments, "--skip-unsupported", "--strict"]);
        ProgramRun broken = Sigmac.Run(folder.With("y.yml", Rule.Broken), [.. arguments, "y.yml", "--skip-unsupported"]);
        folder.With(".sigmac.yml", "doc: {skip-unsupported: true}\n");
        ProgramRun set = Sigmac.Run(folder, arguments);

        failed.ExitCode.Should().Be(1);
        failed.Error.Should().Contain("x.yml:3:29: error SIG0601");
        new[] { skipped.ExitCode, strict.ExitCode, set.ExitCode }.Should().OnlyContain(code => code == 0);
        skipped.Error.Should().Contain("x.yml:3:29: warning SIG0601").And.NotContain("error SIG0601");
        Directory.GetFiles(folder["out"], "*x*", SearchOption.AllDirectories).Select(File.ReadAllText).Should().Contain(page => page.Contains("SIG0601"));
        broken.ExitCode.Should().Be(1);
        broken.Error.Should().Contain("y.yml:").And.Contain("error SIG0212");
    }

    [Fact]
    public void A_page_a_rule_file_in_a_tree_like_that_of_the_rules()
    {
        folder.With("rules/a.yml", Rule.For("one")).With("rules/sub/b.yml", Rule.For("two") + "---\n" + Rule.For("three")).With("out/old.md", "stale");

        ProgramRun run = Sigmac.Run(folder, "doc", "rules", "-o", "out", "-t", "splunk");

        run.ExitCode.Should().Be(0);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("sigmac: 3 rules documented on 2 pages");
        folder.Files("out").Should().Equal("a.md", "old.md", "sub/b.md");
        folder.Read("out/sub/b.md").Should().Contain("| Title                    | The rule two       |").And.Contain("```\nf=\"two\"\nf=\"three\"\n```");
    }

    [Fact]
    public void One_rule_goes_to_standard_output_with_the_queries_of_seven_targets()
    {
        folder.With("a.yml", Rule.For("one"));

        ProgramRun run = Sigmac.Run(folder, "doc", "a.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Should().Equal(
            "### Sigma rule", "### powershell", "### es-qs", "### xpack-watcher", "### graylog", "### splunk", "### logpoint", "### grep");
    }

    [Fact]
    public void A_broken_rule_has_a_page_that_says_why_and_the_run_says_so_too()
    {
        folder.With("rules/a.yml", Rule.Broken).With("rules/b.yml", Rule.For("one"));

        ProgramRun run = Sigmac.Run(folder, "doc", "rules", "-o", "out", "-t", "splunk");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("rules/a.yml:4:11: error SIG0212").And.Contain("sigmac: 2 rules documented on 2 pages, 1 without queries for all targets");
        folder.Read("out/a.md").Should().Contain("* error [SIG0212](https://github.com/sigmac/sigmac/blob/main/docs/diagnostics.md#sig0212): unknown modifier 'endwith' (line 4)\n").And.Contain("There is no splunk query of this rule.\n");
        folder.Read("out/b.md").Should().NotContain("SIG0");
    }

    [Fact]
    public void What_a_target_cannot_say_stands_on_the_page()
    {
        folder.With("a.yml", "title: T\nlogsource: {product: linux}\ndetection:\n  s: {f: x}\n  condition: s | count() by u > 5\n  timeframe: 5m\n");

        ProgramRun run = Sigmac.Run(folder, "doc", "a.yml", "-t", "splunk,grep");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("There is no grep query of this rule.\n\n* error [SIG0606](https://github.com/sigmac/sigmac/blob/main/docs/diagnostics.md#sig0606): ");
        run.Error.Should().Contain("a.yml:5:16: error SIG0606");
    }

    [Fact]
    public void A_rule_that_is_only_counted_by_another_has_a_page_that_says_so()
    {
        folder.With("rules/a.yml", "name: failed\n" + Rule.For("one"))
            .With("rules/b.yml", "title: Many\ncorrelation:\n  type: event_count\n  rules: [failed]\n  group-by: [u]\n  timespan: 5m\n  condition: {gte: 5}\n");

        Sigmac.Run(folder, "doc", "rules", "-o", "out", "-t", "splunk").ExitCode.Should().Be(0);

        folder.Read("out/a.md").Should().Contain("There is no splunk query of this rule.\n\n* info [SIG0238](https://github.com/sigmac/sigmac/blob/main/docs/diagnostics.md#sig0238): the rule has no query of its own: it is part of 'Many'");
        folder.Read("out/b.md").Should().Contain("stats count");
    }

    [Fact]
    public void Two_files_for_one_page_are_refused_and_the_first_is_kept()
    {
        folder.With("rules/a.yaml", Rule.For("one")).With("rules/a.yml", Rule.For("two"));

        ProgramRun run = Sigmac.Run(folder, "doc", "rules", "-o", "out", "-t", "splunk");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("error SIG0709: two rules would be written to 'a.md'").And.Contain("give the two rule files different names");
        folder.Read("out/a.md").Should().Contain("The rule one");
    }

    [Fact]
    public void Names_events_tests_and_the_page_come_from_where_the_user_says()
    {
        folder.With("a.yml", "title: T\ntags: [attack.t1059, attack.t1086]\nlogsource: {product: windows, service: security}\ndetection: {s: {EventID: 4624}, condition: s}\n")
            .With("attack.json", """{"type": "bundle", "objects": [{"type": "attack-pattern", "id": "a", "name": "Mine", "external_references": [{"source_name": "mitre-attack", "external_id": "T1059"}]}]}""")
            .With("dn/x.yml", "title: MY_1_4624_logon\nplatform: Windows\nchannel: Security\nfields: [EventID]\n")
            .With("art/atomics/T1059/T1059.yaml", "x")
            .With("p.scriban", "{{ techniques[0].name }} {{ data_needed[0].name }} {{ triggers[0].id }} {{ other_tags[0] }} {{ attack_version }}\n");

        ProgramRun run = Sigmac.Run(folder, "doc", "a.yml", "-t", "splunk", "--attack", "attack.json", "--data-needed", "dn", "--atomics", "art", "--template", "p.scriban");

        run.Output.Should().Be("Mine MY_1_4624_logon T1059 attack.t1086 attack.json\n");
    }

    [Theory]
    [InlineData("--format takes markdown or html, not 'pdf'", "-f", "pdf")]
    [InlineData("no such file or folder: 'nowhere'", "--attack", "nowhere")]
    [InlineData("no such file or folder: 'nowhere'", "--data-needed", "nowhere")]
    [InlineData("no such file or folder: 'nowhere'", "--atomics", "nowhere")]
    [InlineData("no such file or folder: 'nowhere'", "--template", "nowhere")]
    [InlineData("error SIG0902: 'empty' is not a valid catalogue of needed data", "--data-needed", "empty")]
    [InlineData("error SIG0902: 'empty' is not a valid checkout of atomic tests", "--atomics", "empty")]
    [InlineData("broken.scriban:1:8: error SIG0718: invalid template 'broken.scriban'", "--template", "broken.scriban")]
    [InlineData("the output is several files", "b.yml")]
    [InlineData("the output is several files", "-f", "html")]
    public void Wrong_use_documents_nothing(string message, params string[] arguments)
    {
        Directory.CreateDirectory(folder["empty"]);
        folder.With("a.yml", Rule.For("one")).With("b.yml", Rule.For("two")).With("broken.scriban", "{{ for }}");

        ProgramRun run = Sigmac.Run(folder, ["doc", "a.yml", "-t", "splunk", .. arguments]);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(message);
    }

    [Fact]
    public void A_folder_that_is_a_file_is_the_only_mistake_that_is_said()
    {
        folder.With("a.yml", Rule.For("one")).With("b.yml", Rule.For("two"));

        Sigmac.Run(folder, "doc", "a.yml", "b.yml", "-t", "splunk", "-o", "b.yml").Should().Be(new ProgramRun(2, "", "sigmac: error SIG0707: cannot write 'b.yml': it is a file, not a folder\n"));
    }

    [Fact]
    public void Pages_that_could_not_be_written_are_not_counted()
    {
        folder.With("a.yml", Rule.For("one")).With("b.yml", Rule.For("two"));
        Directory.CreateDirectory(folder["pages/a.md"]);

        ProgramRun run = Sigmac.Run(folder, "doc", "a.yml", "b.yml", "-t", "splunk", "-o", "pages");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("cannot write 'pages/a.md'").And.EndWith("sigmac: 2 rules documented on 1 page\n");
    }
}
