namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac check --fix</c> and <c>--diff</c>: what is corrected, and what stays.</summary>
public sealed class CheckFixTests : CheckedFolder
{
    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Corrections_keep_the_line_ends_of_a_file(string end)
    {
        string text = Dotted.ReplaceLineEndings("\n").Replace("id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13\n", "").Replace("author: Erika # of the team", "author: Erika  # sigmac: ignore SIG1105").Replace("\n", end);
        folder.With("whoami_rule.yml", text);

        Check("--fix", "whoami_rule.yml").Error.Should().Contain("correction");

        string after = folder.Read("whoami_rule.yml");
        after.Should().StartWith($"title: Whoami Is Run{end}id: ").And.EndWith($"level: medium{end}");
        after.Replace(end, "").Should().NotContainAny("\r", "\n");
        after.Split(end).Should().HaveCount(text.Split(end).Length + 1).And.Contain("author: Erika");
    }

    /// <summary>What all documents of a file share would give all its rules one id.</summary>
    [Theory]
    [InlineData("action: global\ntitle: Whoami Is Run\nlogsource:\n    product: windows\n---\ndetection:\n    s:\n        User: a\n    condition: s\n---\ndetection:\n    s:\n        User: b\n    condition: s\n")]
    [InlineData("title: Whoami Is Run\nlogsource:\n    product: windows\ndetection:\n    s:\n        User: a\n    condition: s\n---\naction: repeat\ndetection:\n    s:\n        User: b\n")]
    public void Rules_that_share_parts_get_no_id(string text)
    {
        Given("whoami_rule.yml", text);

        ProgramRun run = Check("--select", "SIG1006,SIG1901", "--fix", "whoami_rule.yml");

        run.Output.Should().Contain("SIG1006");
        folder.Read("whoami_rule.yml").Should().NotContain("\nid:");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Copies_of_a_rule_get_ids_of_their_own()
    {
        string text = Dotted.Replace("id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13", "# without").Replace("Run.", "Run");
        Given("a/whoami_rule.yml", text);
        Given("b/whoami_rule.yml", text);

        Check("--fix", "a", "b").Output.Should().NotContain("SIG1901");

        folder.Read("a/whoami_rule.yml").Should().Contain("\nid: ").And.NotBe(folder.Read("b/whoami_rule.yml"));
    }

    [Fact]
    public void Corrections_keep_comments_and_everything_else()
    {
        Given("whoami_rule.yml", Dotted);

        ProgramRun run = Check("--fix", "whoami_rule.yml");

        run.ExitCode.Should().Be(0);
        folder.Read("whoami_rule.yml").Should().Be(Dotted.ReplaceLineEndings("\n").Replace("Is Run.", "Is Run"));
        run.Error.Should().Contain("1 correction in 1 file");
        Check("--fix", "whoami_rule.yml").Error.Should().NotContain("correction");
    }

    [Fact]
    public void A_difference_is_shown_and_nothing_written()
    {
        Given("whoami_rule.yml", Dotted);

        ProgramRun run = Check("--diff", "whoami_rule.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().StartWith("--- a/whoami_rule.yml\n+++ b/whoami_rule.yml\n@@ -1,4 +1,4 @@\n-title: Whoami Is Run.\n+title: Whoami Is Run\n id: ");
        folder.Read("whoami_rule.yml").Should().Be(Dotted.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void An_unsafe_correction_needs_its_option()
    {
        Given("whoami_rule.yml", Dotted.Replace("Run.", "Run").Replace("status: test\n", ""));

        Check("--fix", "whoami_rule.yml").Output.Should().Contain("SIG1009").And.Contain("(--unsafe-fixes)");
        Check("--fix", "--unsafe-fixes", "whoami_rule.yml").Output.Should().BeEmpty();
        folder.Read("whoami_rule.yml").Should().Contain("\nstatus: experimental\n");
    }

    [Fact]
    public void A_correction_that_would_change_a_query_of_a_target_is_not_made()
    {
        // The brackets decide which detections a pipeline adds the log to.
        const string Wmi = """
            title: Wmi Subscription
            id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
            status: test
            description: Detects that a subscription is made.
            author: Erika
            date: 2026-01-10
            level: medium
            logsource:
                product: windows
                service: wmi
            detection:
                binding:
                    EventID: 5861
                words:
                    - CommandLineEventConsumer
                registration:
                    EventID: 5859
                filter:
                    Provider: SCM Event Provider
                condition: ( (binding and words) or (registration) ) and not filter

            """;
        Given("wmi_rule.yml", Wmi);

        ProgramRun run = Check("--fix", "wmi_rule.yml");

        folder.Read("wmi_rule.yml").Should().Be(Wmi.ReplaceLineEndings("\n"));
        run.Error.Should().Contain("1 correction not made, since it is not proved that the rule stays what it is");
    }

    [Fact]
    public void A_correction_that_could_not_be_written_is_not_counted()
    {
        Given("rules/whoami_rule.yml", Dotted);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "linked_rule.yml"), Path.Combine("rules", "whoami_rule.yml"));

        ProgramRun run = Check("--fix", "linked_rule.yml");

        run.Error.Should().Contain("cannot write 'linked_rule.yml': it is a link").And.NotContain("correction");
        run.Output.Should().Contain("SIG1002");
        File.ReadAllText(Path.Combine(folder.Path, "rules", "whoami_rule.yml")).Should().Be(Dotted.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Values_that_are_shared_by_aliases_are_not_corrected_twice()
    {
        Given("whoami_rule.yml", Dotted.Replace("Run.", "Run").Replace("Image|endswith: '\\whoami.exe'", "Image: &x '*whoami*'\n        CommandLine: *x"));

        ProgramRun run = Check("--fix", "--unsafe-fixes", "whoami_rule.yml");

        run.Error.Should().NotContain("internal error");
        Sigmac.Run(folder, "convert", "-t", "splunk", "whoami_rule.yml").ExitCode.Should().Be(0);
    }

    /// <summary>An item of a list in brackets goes with its comma, an item on lines of its own with its line; all else stays byte for byte.</summary>
    [Theory]
    [InlineData("tags: [attack.t1033, attack.t1033]", "tags: [attack.t1033]")]
    [InlineData("tags: [ attack.t1033 ,attack.t1033 ] # both", "tags: [ attack.t1033  ] # both")]
    [InlineData("tags: [attack.t1033, 'attack.t1033', attack.t1033, attack.discovery]", "tags: [attack.t1033, attack.discovery]")]
    [InlineData("tags: [attack.t1033, attack.discovery, \"attack.t1033\",]", "tags: [attack.t1033, attack.discovery,]")]
    [InlineData("tags: [attack.t1033, # one\n    attack.discovery, attack.t1033] # two", "tags: [attack.t1033, # one\n    attack.discovery] # two")]
    [InlineData("tags: [\n    attack.t1033, # one\n    attack.t1033,\n    attack.discovery # three\n]", "tags: [\n    attack.t1033, # one\n    attack.discovery # three\n]")]
    [InlineData("tags: [\n    attack.t1033,\n    attack.t1033, # two\n    attack.discovery\n]", "tags: [\n    attack.t1033,\n    # two\n    attack.discovery\n]")]
    [InlineData("tags: [\n    attack.t1033,\n    attack.t1033\n]", "tags: [\n    attack.t1033,\n]")]
    [InlineData("tags: [\n    attack.t1033\n    ,attack.t1033]", "tags: [\n    attack.t1033\n    ]")]
    [InlineData("tags: [attack.t1033, &a attack.t1033, !!str attack.t1033]", "tags: [attack.t1033]")]
    [InlineData("tags:\n    - attack.t1033 # one\n    - attack.t1033\n    # two\n", "tags:\n    - attack.t1033 # one\n    # two\n")]
    public void What_stands_twice_goes_and_comments_stay(string tags, string expected)
    {
        string text = Dotted.Replace("Is Run.", "Is Run").ReplaceLineEndings("\n");
        const string Tags = "tags:\n    - attack.discovery\n    - attack.t1033";
        Given("whoami_rule.yml", text.Replace(Tags, tags));

        Check("--select", "SIG1102", "--fix", "whoami_rule.yml").Output.Should().NotContain("SIG1102");

        folder.Read("whoami_rule.yml").Should().Be(text.Replace(Tags, expected));
    }

    /// <summary>What belongs to the item besides its value, or might, is not for a machine to drop.</summary>
    [Theory]
    [InlineData("tags: [attack.t1033, &a attack.t1033]\ntaxonomy: *a")]
    [InlineData("tags:\n    - attack.t1033\n    - attack.t1033 # again")]
    [InlineData("tags:\n    - attack.t1033\n    -\n      attack.t1033")]
    public void What_has_something_else_with_it_stays(string tags)
    {
        string text = Dotted.Replace("Is Run.", "Is Run").ReplaceLineEndings("\n").Replace("tags:\n    - attack.discovery\n    - attack.t1033", tags);
        Given("whoami_rule.yml", text);

        Check("--select", "SIG1102", "--fix", "whoami_rule.yml").Output.Should().Contain("SIG1102");

        folder.Read("whoami_rule.yml").Should().Be(text);
    }

    [Theory]
    [InlineData("references: [https://example.org/a, https://example.org/b, https://example.org/a]", "all", "references: [https://example.org/a, https://example.org/b]")]
    [InlineData("falsepositives: [Admins, Tests, Admins]", "all", "falsepositives: [Admins, Tests]")]
    public void So_do_other_lists(string list, string select, string expected)
    {
        Given("whoami_rule.yml", Dotted.Replace("Is Run.", "Is Run").Replace("level: medium", list + "\nlevel: medium"));

        Check("--select", select, "--fix", "whoami_rule.yml");

        folder.Read("whoami_rule.yml").Should().Contain("\n" + expected + "\n");
    }

    /// <summary>A list may be written in brackets, over several lines, or with its dashes at any column.</summary>
    [Theory]
    [InlineData("tags: [attack.t1059, attack.execution]\n", "tags: [attack.t1059, attack.execution, attack.t1033, attack.discovery]\n")]
    [InlineData("tags: [\n    attack.t1059,\n    attack.execution,\n    ]\n", "tags: [\n    attack.t1059,\n    attack.execution, attack.t1033, attack.discovery,\n    ]\n")]
    [InlineData("tags:\n- attack.t1059\n- attack.execution\n", "tags:\n- attack.t1059\n- attack.execution\n- attack.t1033\n- attack.discovery\n")]
    [InlineData("tags:\n  -   attack.t1059\n  -   'attack.execution' # why\n", "tags:\n  -   attack.t1059\n  -   'attack.execution' # why\n  -   attack.t1033\n  -   attack.discovery\n")]
    public void A_tag_is_added_in_the_form_of_its_list(string tags, string expected)
    {
        const string Rest = "logsource:\n    product: windows\ndetection:\n    s:\n        A: b\n    condition: s\n";
        const string Head = "title: Whoami Is Run\nreferences:\n    - https://example.org/whoami\n";
        folder.With("whoami_rule.yml", $"{Head}    - https://attack.mitre.org/techniques/T1033/\n{tags}{Rest}");

        Check("--select", "SIG1034,SIG1107", "--fix", "whoami_rule.yml");

        folder.Read("whoami_rule.yml").Should().Be(Head + expected + Rest);
    }

    [Fact]
    public void A_rule_in_braces_is_offered_no_lines()
    {
        folder.With("whoami_rule.yml", "{\ntitle: Whoami Is Run,\nlogsource: {product: windows},\ndetection: {s: {A: b}, condition: s}\n}\n");
        ProgramRun run = Check("--select", "SIG1006,SIG1009,SIG1022", "whoami_rule.yml");
        run.Output.Should().Contain("SIG1009").And.Contain("SIG1022").And.NotContain("fix:");
    }
}
