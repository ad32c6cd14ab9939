using System.Text.Json;

namespace Sigma.Tests.CommandLine;

/// <summary>Checks that a <c>.sigmac.yml</c> describes.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class CustomCheckTests : IDisposable
{
    private const string Rule = """
        title: Whoami
        id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
        status: test
        owner: soc
        references: []
        tags:
            - attack.discovery
            - attack.t1033
        related:
            - id: 0f6d0f2e-5a0c-4f57-9a52-7d1b1b7f8a11
              type: similar
        logsource:
            product: windows
            category: process_creation
        detection:
            selection:
                Image|endswith: '\whoami.exe'
                title: nested
            condition: selection
        level: high
        note: ""

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("s: {owner: soc}", "s", 4, 8)]
    [InlineData("s: {level: [high, critical]}\nt: {references|contains: '://'}", "s and not t", 20, 8)]
    [InlineData("s: {references: null}", "s", 5, 1)]
    [InlineData("s: {description: null}", "s", 1, 1)]
    [InlineData("s: {description|exists: false}", "s", 1, 1)]
    [InlineData("s: {tags|startswith: 'attack.t'}", "s", 6, 1)]
    [InlineData("s: {logsource.product: windows, logsource.service: null}", "s", 13, 14)]
    [InlineData("s: {related.type: similar}", "s", 11, 13)]
    [InlineData("s: {logsource.definition: null}", "s", 12, 1)]
    [InlineData("s: {note: null}", "s", 21, 7)]
    [InlineData("s: {title|re: '^W[a-z]+$'}", "s", 1, 8)]
    [InlineData("s: {file.path|contains: 'sub/'}", "s", 1, 1)]
    [InlineData("s: {detection.condition: selection}", "s", 19, 16)]
    public void A_detection_over_attributes_finds_rules(string detections, string condition, int line, int column)
    {
        JsonElement finding = Findings(detections, condition).Should().ContainSingle().Subject;

        finding.GetProperty("code").GetString().Should().Be("own_check");
        finding.GetProperty("group").GetString().Should().Be("custom");
        finding.GetProperty("severity").GetString().Should().Be("warning");
        finding.GetProperty("message").GetString().Should().Be("it is so");
        (finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32()).Should().Be((line, column));
    }

    [Theory]
    [InlineData("s: {owner: blue}", "s")]
    [InlineData("s: {title: nested}", "s")]
    [InlineData("s: {tags: null}", "s")]
    [InlineData("s: {tags|contains: 'attack.t'}", "not s")]
    [InlineData("s: {Image|endswith: whoami.exe}", "s")]
    [InlineData("s: {logsource.product: linux}", "s")]
    [InlineData("s: {title|cased: whoami}", "s")]
    public void What_is_not_so_is_not_found(string detections, string condition) => Findings(detections, condition).Should().BeEmpty();

    [Fact]
    public void Place_weight_kind_and_hint_can_be_given()
    {
        Configure("s: {id|exists: true}", "s", "severity: error\n            hint: do so\n            at: level\n            kinds: [rule, correlation]");

        ProgramRun run = Check("--select", "own_check", "sub");

        run.ExitCode.Should().Be(1);
        run.Output.Should().StartWith("sub/whoami_rule.yml:20:8: error own_check: it is so\n").And.Contain("^^^^ do so");
        Configure("s: {id|exists: true}", "s", "kinds: filter");
        Check("--select", "own_check", "sub").Output.Should().BeEmpty();
    }

    [Fact]
    public void Selection_comments_and_weights_know_the_name()
    {
        Configure("s: {owner: soc}", "s");

        Check("--ignore", "own_check", "sub").Output.Should().NotContain(" own_check: ");
        Check("--ignore", "custom", "sub").Output.Should().NotContain(" own_check: ");
        Check("--severity", "own_check=info", "sub").Output.Should().Contain("info own_check");
        folder.With("sub/whoami_rule.yml", Rule.ReplaceLineEndings("\n").Replace("owner: soc", "owner: soc  # sigmac: ignore own_check -- known"));
        Check("sub").Output.Should().NotContain(" own_check: ");
        Check("--no-config", "--select", "own_check", "sub").ExitCode.Should().Be(2);
    }

    [Theory]
    [InlineData("custom-checks: 1", "1:25", "SIG0904")]
    [InlineData("custom-checks: {a: 1}", "1:29", "SIG0904")]
    [InlineData("custom-checks: {Own: {message: m, detection: {s: {a: 1}, condition: s}}}", "1:26", "SIG0904")]
    [InlineData("custom-checks: {title_end: {message: m, detection: {s: {a: 1}, condition: s}}}", "1:26", "SIG0904")]
    [InlineData("custom-checks: {a: {detection: {s: {a: 1}, condition: s}}}", "1:26", "SIG0202")]
    [InlineData("custom-checks: {a: {message: m}}", "1:26", "SIG0202")]
    [InlineData("custom-checks: {a: {message: '', detection: {s: {a: 1}, condition: s}}}", "1:39", "SIG0904")]
    [InlineData("custom-checks: {a: {message: m, massage: n, detection: {s: {a: 1}, condition: s}}}", "1:42", "SIG0903")]
    [InlineData("custom-checks: {a: {message: m, severity: bad, detection: {s: {a: 1}, condition: s}}}", "1:52", "SIG0904")]
    [InlineData("custom-checks: {a: {message: m, kinds: [rules], detection: {s: {a: 1}, condition: s}}}", "1:50", "SIG0904")]
    [InlineData("custom-checks: {a: {message: m, detection: {s: {a|contain: 1}, condition: s}}}", "1:60", "SIG0212")]
    [InlineData("custom-checks: {a: {message: m, detection: {s: {a: 1}, condition: t}}}", "1:76", "SIG0304")]
    [InlineData("custom-checks: {a: {message: m, detection: {s: {a|re: '('}, condition: s}}}", "1:65", "SIG0216")]
    [InlineData("custom-checks: {a: {message: m, detection: {s: {a: 1}, condition: 's | count() > 1'}}}", null, "SIG0904")]
    public void A_mistake_is_told_at_its_place_and_nothing_runs(string setting, string? place, string code)
    {
        folder.With(".sigmac.yml", $"check: {{ {setting} }}\n");
        folder.With("sub/whoami_rule.yml", Rule.ReplaceLineEndings("\n"));

        ProgramRun run = Check("sub");

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(code);
        if (place is not null)
        {
            run.Error.Should().Contain($".sigmac.yml:{place}: ");
        }
    }

    /// <summary>An expression that backtracks for ever is given up, and the run ends.</summary>
    [Fact]
    public void An_expression_that_never_ends_is_given_up()
    {
        Configure("s: {note|re: '^(\\w+\\s?)*(?=x)y$'}", "s");
        folder.With("sub/whoami_rule.yml", Rule.ReplaceLineEndings("\n") + $"note: {new string('a', 5000)}!\n");

        Check("--select", "own_check", "sub").ExitCode.Should().BeOneOf(0, 1);
    }

    private List<JsonElement> Findings(string detections, string condition)
    {
        Configure(detections, condition);
        return [.. JsonDocument.Parse(Check("--select", "own_check", "--format", "json", "sub").Output).RootElement.GetProperty("findings").EnumerateArray()];
    }

    private void Configure(string detections, string condition, string more = "why: because")
    {
        folder.With("sub/whoami_rule.yml", Rule.ReplaceLineEndings("\n"));
        folder.With(
            ".sigmac.yml",
            $"check:\n    custom-checks:\n        own_check:\n            message: it is so\n            {more}\n            detection:\n                {detections.Replace("\n", "\n                ")}\n                condition: {condition}\n");
    }

    private ProgramRun Check(params string[] arguments) => Sigmac.Run(folder, ["check", .. arguments]);
}
