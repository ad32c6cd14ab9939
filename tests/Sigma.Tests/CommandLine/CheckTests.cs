namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac check</c>: selection, exit codes and comments.</summary>
public sealed class CheckTests : CheckedFolder
{
    [Fact]
    public void A_finding_has_place_caret_hint_and_fix_and_a_hint_does_not_fail_the_run()
    {
        Given("whoami_rule.yml", Dotted);

        ProgramRun run = Check("whoami_rule.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Be(
            "whoami_rule.yml:1:21: info SIG1002: the title ends in a full stop\n  |\n1 | title: Whoami Is Run.\n  |                     ^\n   fix: drop the full stop\n");
        run.Error.Should().Be("sigmac: 1 hint in 1 file\nsigmac: --fix corrects 1\n");
    }

    [Theory]
    [InlineData("info", 1)]
    [InlineData("warning", 0)]
    [InlineData("never", 0)]
    public void The_least_weight_that_fails_can_be_chosen(string weight, int code)
    {
        Given("whoami_rule.yml", Dotted);

        Check("--fail-on", weight, "whoami_rule.yml").ExitCode.Should().Be(code);
    }

    [Fact]
    public void What_a_template_gives_to_several_rules_is_found_and_counted_once()
    {
        Given("whoami_rule.yml", "action: global\n" + Dotted + "---\nlogsource:\n    service: security\n---\nlogsource:\n    service: sysmon\n");

        ProgramRun run = Check("--select", "title_end,title_twice", "whoami_rule.yml");

        run.Output.Split("SIG1002").Should().HaveCount(2);
        run.Error.Should().Contain("sigmac: 1 warning, 1 hint in 1 file\n");
    }

    [Fact]
    public void A_check_can_get_another_weight()
    {
        Given("whoami_rule.yml", Dotted);

        ProgramRun run = Check("--severity", "title_end=error", "whoami_rule.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("error SIG1002");
    }

    [Fact]
    public void A_rule_that_cannot_be_read_is_an_error_whatever_is_selected()
    {
        Given("whoami_rule.yml", Dotted.Replace("condition: selection", "condition: selction"));

        ProgramRun run = Check("--select", "tags", "whoami_rule.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("error SIG0304: the rule has no detection 'selction'");
    }

    [Theory]
    [InlineData("--select", "nope", "SIG0715")]
    [InlineData("--select", " , ", "the option 'select' must be a check: its code, name or group, not ' , '")]
    [InlineData("--ignore", "title_ende", "title_end")]
    [InlineData("--severity", "title_end=grave", "title_end=grave")]
    [InlineData("--pipeline", "nope", "--pipeline is about the queries of a target; add --target")]
    [InlineData("--var", "a=b", "--var is about the queries of a target; add --target")]
    [InlineData("-O", "a=b", "--option is about the queries of a target; add --target")]
    [InlineData("--backends", "nowhere", "--backends is about the queries of a target; add --target")]
    [InlineData("--unmapped", "error", "--unmapped is about the queries of a target; add --target")]
    [InlineData("--today", "tomorrow", "--today takes a day")]
    [InlineData("--format", "yaml", "--format takes")]
    public void Wrong_use_ends_with_code_2(string option, string value, string message)
    {
        Given("whoami_rule.yml", Dotted);

        ProgramRun run = Sigmac.Run(folder, "check", option, value, "whoami_rule.yml");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(message == "SIG0715" ? "nope" : message);
    }

    [Theory]
    [InlineData("title_end")]
    [InlineData("SIG1002=grave")]
    public void A_name_that_is_right_is_not_suggested(string value)
    {
        Given("whoami_rule.yml", Dotted);

        Sigmac.Run(folder, "check", "--severity", value, "whoami_rule.yml").Error.Should().Be(
            $"sigmac: error SIG0706: the option 'severity' must be a check with error, warning or info, as title_end=error, not '{value}'\n");
    }

    [Theory]
    [InlineData("# sigmac: ignore title_end -- meant\n", "")]
    [InlineData("# sigmac: ignore SIG1002\n", "")]
    [InlineData("# sigmac: ignore\n", "")]
    [InlineData("", "  # sigmac: ignore sigmahq_title_end -- meant")]
    public void A_comment_suppresses_a_finding(string before, string behind)
    {
        Given("whoami_rule.yml", before + Dotted.Replace("Is Run.\n", "Is Run." + behind + "\n"));

        Check("whoami_rule.yml").Output.Should().BeEmpty();
    }

    [Fact]
    public void A_comment_that_suppresses_nothing_is_a_finding_unless_its_check_does_not_run()
    {
        Given("whoami_rule.yml", Dotted.Replace("Run.", "Run").Replace("level: medium", "level: medium # sigmac: ignore title_end"));

        Check("whoami_rule.yml").Output.Should().Contain("warning SIG1801").And.Contain("whoami_rule.yml:17:15");
        Check("--ignore", "title_end", "whoami_rule.yml").Output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("rules/old/*: [SIG1801, all]")]
    [InlineData("rules/old/*: [style]")]
    [InlineData("rules/old/*: [unused_ignore]")]
    [InlineData("rules/old/*: [SIG1002]")]
    [InlineData("rules/old/*: [SIG1002, SIG1028]", "# sigmac: ignore")]
    public void A_comment_for_what_the_configuration_hides_there_is_not_called_unused(string hidden, string comment = "# sigmac: ignore SIG1002 -- meant")
    {
        Given("rules/old/whoami_rule.yml", comment + "\n" + Dotted);
        folder.With(".sigmac.yml", $"check:\n    per-path-ignores: {{{hidden}}}\n");

        Check("rules").Output.Should().NotContain("SIG1801");
    }

    [Theory]
    [InlineData("exclude: ['rules/old/**']\n")]
    public void A_path_that_another_checker_leaves_out_has_no_unused_comment(string file)
    {
        Given("rules/old/whoami_rule.yml", "# sigmac: ignore SIG1028\n" + Dotted);
        folder.With(".rsigma-lint.yml", file);

        Check("--validator-config", ".rsigma-lint.yml", "rules").Output.Should().BeEmpty();
        Check("rules").Output.Should().Contain("SIG1801");
    }

    [Fact]
    public void A_note_that_something_has_no_query_of_its_own_is_no_finding()
    {
        Given("whoami_rule.yml", Dotted.Replace("Run.", "Run"));
        folder.With("one_filter.yml", "title: Not On Servers\nid: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f14\ndescription: Leaves out the servers of the team.\nauthor: Erika\ndate: 2026-01-10\n"
            + "logsource:\n    category: process_creation\n    product: windows\nfilter:\n    rules:\n        - 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13\n    selection:\n        Computer: server\n    condition: not selection\n");

        Check("--select", "filters,correlations", "--fail-on", "info", ".").Should().Match<ProgramRun>(run => run.ExitCode == 0 && run.Output == "");
        Check("--ignore", "SIG0239", "--fail-on", "never", ".").ExitCode.Should().Be(0);
    }

    [Fact]
    public void Text_that_looks_like_a_comment_suppresses_nothing()
    {
        Given("whoami_rule.yml", Dotted.Replace("who they are.", "'who' # sigmac: ignore title_end").Replace("description: ", "description: >\n    "));

        Check("whoami_rule.yml").Output.Should().Contain("SIG1002");
    }

    [Theory]
    [InlineData("^whoami", "write '|startswith|cased', or '|startswith' if capital letters do not matter")]
    [InlineData("whoami$", "write '|endswith|cased', or '|endswith' if capital letters do not matter; the expression also takes a line break behind the text")]
    [InlineData("^whoami$", "write '|cased', or the text without a modifier if capital letters do not matter; the expression also takes a line break behind the text")]
    [InlineData("(?i)^whoami", "write '|startswith'")]
    [InlineData("(?i)^whoami$", "write the text without a modifier; the expression also takes a line break behind the text")]
    [InlineData("who\\.ami", "write '|contains|cased', or '|contains' if capital letters do not matter")]
    public void The_hint_for_a_plain_expression_keeps_what_it_says_of_capital_letters(string expression, string hint)
    {
        Given("whoami_rule.yml", Dotted.Replace("Image|endswith: '\\whoami.exe'", $"Image|re: '{expression}'"));

        Check("--select", "SIG1709", "whoami_rule.yml").Output.Should().Contain(hint + "\n");
    }

    [Theory]
    [InlineData("y|contains|cased: b", true)]
    [InlineData("y|contains|cased: a", false)]
    public void A_text_without_regard_to_case_is_compared_in_every_case_of_its_letters(string item, bool refuted)
    {
        // The event with y: Ab is selected by the second rule and not by the first.
        folder.With("a.yml", "title: T\nlogsource: {product: windows}\ndetection:\n    t1: {x: a}\n    t2: {y|contains|cased: a}\n    condition: 1 of them\n");
        folder.With("b.yml", $"title: T\nlogsource: {{product: windows}}\ndetection:\n    t0: {{y: ab}}\n    t2: {{{item}}}\n    condition: all of them\n");

        Check("--across", "--select", "SIG1910", "a.yml", "b.yml").Output.Contains("SIG1910", StringComparison.Ordinal).Should().Be(!refuted);
    }

    [Fact]
    public void A_configuration_selects_checks_by_path_and_knows_names_of_the_user()
    {
        Given("rules/old/whoami_rule.yml", Dotted);
        Given("rules/whoami_rule_two.yml", Dotted.Replace("0f13", "0f14").Replace("- attack.t1033", "- soc.t1").Replace("whoami.exe", "who.exe").Replace("Is Run.", "Is Seen."));
        folder.With(".sigmac.yml", "check:\n    per-path-ignores: {rules/old/*: style}\n    tag-namespaces: soc\n    severities: {title_end: warning}\n    fail-on: warning\n");

        ProgramRun run = Check("rules");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("rules/whoami_rule_two.yml:1:22: warning SIG1002").And.NotContain("old").And.NotContain("SIG1103");
    }

    [Fact]
    public void Paths_of_the_configuration_start_from_its_folder()
    {
        Given("rules/old/whoami_rule.yml", Dotted);
        folder.With(".sigmac.yml", "check:\n    per-path-ignores: {rules/old/*: title_end}\n").With(".git/HEAD", "");

        Sigmac.RunBelow(folder, "rules/old", "check", "--today", Day, ".").Output.Should().NotContain("SIG1002");
        folder.With(".sigmac.yml", "check:\n    per-path-ignores: {other/old/*: title_end}\n");
        Sigmac.RunBelow(folder, "rules/old", "check", "--today", Day, ".").Output.Should().Contain("SIG1002");
    }

    [Fact]
    public void A_validator_file_is_read_as_it_is()
    {
        Given("whoami_rule.yml", Dotted.Replace("Is Run.", "is run").Replace("- attack.t1033", "- attack.t1033\n    - attack.t1033"));
        folder.With("validators.yml", "validators:\n    - all\n    - -sigmahq_title_case\nexclusions:\n    6F1C2A0E-3B5D-4C8F-9A7E-2D4B6C8E0F13: duplicate_tag\nconfig:\n    sigmahq_title_length: {max_length: 5}\n");

        Check("--validator-config", "validators.yml", "whoami_rule.yml").Output.Should()
            .Contain("the title has 13 characters, more than 5").And.NotContain("SIG1102").And.NotContain("SIG1003");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n# the end")]
    public void A_comment_with_nothing_below_it_hides_nothing(string end)
    {
        Given("whoami_rule.yml", $"{Dotted}# sigmac: ignore title_end{end}");

        ProgramRun run = Check("whoami_rule.yml");

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("whoami_rule.yml:1:21: info SIG1002").And.Contain("SIG1801").And.NotContain("internal error");
    }

    [Fact]
    public void Rules_of_several_files_are_compared()
    {
        Given("a/whoami_rule.yml", Dotted.Replace("Run.", "Run"));
        Given("b/whoami_rule.yml", Dotted.Replace("Run.", "Run"));

        ProgramRun run = Check("a", "b");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("a/whoami_rule.yml:2:5: error SIG1901: the id is also that of b/whoami_rule.yml")
            .And.Contain("SIG1902").And.Contain("SIG1903").And.Contain("SIG1904");
    }

    [Fact]
    public void What_a_target_cannot_say_is_reported_if_the_target_is_given()
    {
        Given("whoami_rule.yml", Dotted.Replace("Run.", "Run").Replace("Image|endswith: '\\whoami.exe'", "Image|re: 'who(?=ami)'"));

        Check("--ignore", "regex_lookaround", "whoami_rule.yml").Output.Should().BeEmpty();
        ProgramRun run = Check("--ignore", "regex_lookaround", "-t", "es-qs", "whoami_rule.yml");
        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("whoami_rule.yml:15:").And.Contain("error SIG0604");
    }

    [Fact]
    public void The_page_of_a_check_is_explained()
    {
        ProgramRun run = Sigmac.Run(folder, "explain", "SIG1207");

        run.ExitCode.Should().Be(0);
        run.Output.Should().StartWith("info SIG1207: ").And.Contain("\nWrong:\n").And.Contain("\nRight:\n").And.Contain("Elsewhere: sigmahq:sigmahq_redundant_field")
            .And.EndWith("See docs/checks/SIG1207.md\n");
    }

    [Fact]
    public void The_list_of_checks_has_them_all() =>
        Sigmac.Run(folder, "list", "checks").Lines.Should().HaveCount(Sigma.Checks.CheckCatalog.All.Count + 1);

    /// <summary>The reader of rules and a check find it; the check, which can correct it, says so.</summary>
    [Theory]
    [InlineData("Level: high", "SIG1048")]
    [InlineData("reference: [https://example.org/x]", "SIG1046")]
    [InlineData("levle: high", "SIG0254")]
    public void A_misspelt_key_is_one_finding(string key, string code)
    {
        Given("whoami_rule.yml", Dotted.Replace("Is Run.", "Is Run").Replace("level: medium", key));
        string[] select = ["--select", "SIG0254,SIG1046,SIG1048"];

        Check([.. select, "whoami_rule.yml"]).Output.Split('\n').Where(line => line.Contains("SIG")).Should().ContainSingle().Which.Should().Contain(code);
        Check("--select", "SIG0254", "whoami_rule.yml").Output.Should().Contain("SIG0254");
    }

    /// <summary>By its name in one file and by its id in another.</summary>
    [Fact]
    public void A_rule_that_stands_twice_in_a_correlation_is_found_across_files()
    {
        Given("whoami_rule.yml", Dotted.Replace("Is Run.", "Is Run").Replace("status: test", "name: whoami\nstatus: test"));
        Given("often.yml", "title: Often\nid: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f14\ncorrelation:\n    type: temporal\n    rules: [6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13, whoami]\n    group-by: [User]\n    timespan: 5m\n");

        Check("--select", "SIG1503", ".").Output.Should().Contain("'whoami' is the rule '6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13', which stands twice");
    }
}
