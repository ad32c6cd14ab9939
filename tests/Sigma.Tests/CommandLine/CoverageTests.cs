using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac coverage</c> from the outside.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class CoverageTests : IDisposable
{
    /// <summary>
    /// The layer format 4.5 as the Navigator's documentation has it (layers/spec/v4.5/layerformat.md): every property with its
    /// type and values, and which are required. Nothing else is allowed, so a misspelt name fails.
    /// </summary>
    private const string LayerSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "required": ["name", "domain"],
          "additionalProperties": false,
          "properties": {
            "versions": {
              "type": "object", "required": ["navigator", "layer"], "additionalProperties": false,
              "properties": {"attack": {"type": "string", "pattern": "^\\d+$"}, "navigator": {"type": "string", "pattern": "^(4\\.9|[5-9]\\.)"}, "layer": {"const": "4.5"}}
            },
            "name": {"type": "string"},
            "description": {"type": "string"},
            "domain": {"enum": ["enterprise-attack", "mobile-attack", "ics-attack"]},
            "customDataURL": {"type": "string"},
            "filters": {"type": "object", "additionalProperties": false, "properties": {"platforms": {"type": "array", "items": {"type": "string"}}}},
            "sorting": {"enum": [0, 1, 2, 3]},
            "layout": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "layout": {"enum": ["side", "flat", "mini"]}, "showID": {"type": "boolean"}, "showName": {"type": "boolean"},
                "showAggregateScores": {"type": "boolean"}, "countUnscored": {"type": "boolean"},
                "aggregateFunction": {"enum": ["average", "min", "max", "sum"]}, "expandedSubtechniques": {"enum": ["none", "all", "annotated"]}
              }
            },
            "hideDisabled": {"type": "boolean"},
            "techniques": {
              "type": "array",
              "items": {
                "type": "object", "required": ["techniqueID"], "additionalProperties": false,
                "properties": {
                  "techniqueID": {"type": "string", "pattern": "^T\\d{4}(\\.\\d{3})?$"}, "tactic": {"type": "string", "pattern": "^[a-z-]+$"},
                  "comment": {"type": "string"}, "enabled": {"type": "boolean"}, "score": {"type": "number"}, "color": {"$ref": "#/$defs/color"},
                  "metadata": {"$ref": "#/$defs/metadata"}, "links": {"$ref": "#/$defs/links"}, "showSubtechniques": {"type": "boolean"}
                }
              }
            },
            "gradient": {
              "type": "object", "required": ["colors", "minValue", "maxValue"], "additionalProperties": false,
              "properties": {"colors": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/color"}}, "minValue": {"type": "number"}, "maxValue": {"type": "number"}}
            },
            "legendItems": {
              "type": "array",
              "items": {"type": "object", "required": ["label", "color"], "additionalProperties": false, "properties": {"label": {"type": "string"}, "color": {"$ref": "#/$defs/color"}}}
            },
            "showTacticRowBackground": {"type": "boolean"},
            "tacticRowBackground": {"$ref": "#/$defs/color"},
            "selectTechniquesAcrossTactics": {"type": "boolean"},
            "selectSubtechniquesWithParent": {"type": "boolean"},
            "selectVisibleTechniques": {"type": "boolean"},
            "metadata": {"$ref": "#/$defs/metadata"},
            "links": {"$ref": "#/$defs/links"}
          },
          "$defs": {
            "color": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
            "divider": {"type": "object", "required": ["divider"], "additionalProperties": false, "properties": {"divider": {"type": "boolean"}}},
            "metadata": {
              "type": "array",
              "items": {"anyOf": [{"$ref": "#/$defs/divider"}, {"type": "object", "required": ["name", "value"], "additionalProperties": false, "properties": {"name": {"type": "string"}, "value": {"type": "string"}}}]}
            },
            "links": {
              "type": "array",
              "items": {"anyOf": [{"$ref": "#/$defs/divider"}, {"type": "object", "required": ["label", "url"], "additionalProperties": false, "properties": {"label": {"type": "string"}, "url": {"type": "string", "pattern": "^[a-z]+://"}}}]}
            }
          }
        }
        """;

    private static readonly JsonSchema Layer = JsonSchema.FromText(LayerSchema);

    private readonly TemporaryFolder folder = new();

    public CoverageTests() => folder
        .With("rules/a.yml", Tagged("A", "high", "attack.execution, attack.t1059.001"))
        .With("rules/b.yml", Tagged("B", "critical", "attack.t1086, attack.defense_evasion, attack.t1070.004"))
        .With("rules/c.yml", Tagged("C", "low", "attack.t1053.005"))
        .With("rules/d.yml", Tagged("D", "low", "car.2013-05-009"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Techniques_are_counted_under_what_they_are_called_today()
    {
        ProgramRun run = Sigmac.Run(folder, "coverage", "rules");

        run.ExitCode.Should().Be(0);
        run.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => $"{words[0]} {words[^6]} {words[^5]} {words[^4]}").Should().Equal(
            "technique rules critical high", "T1053.005 1 0 0", "T1059.001 2 1 1", "T1070.004 1 1 0");
        run.Error.Should().Be("sigmac: 4 rules, 3 of 697 techniques of ATT&CK 19; 1 rule names none\n");
    }

    [Fact]
    public void A_retired_id_is_said()
    {
        Sigmac.Run(folder, "coverage", "rules", "-v").Error.Should().Contain("rules/b.yml:4:8: info SIG0908: T1086 (PowerShell) is retired, and counted as T1059.001");
    }

    [Theory]
    [InlineData("attack.t1064", "warning SIG0909: T1064 (Scripting) is retired without a successor")]
    [InlineData("attack.t9999", "warning SIG0907: ATT&CK 19 has no technique 'T9999'")]
    public void A_tag_that_names_nothing_is_said(string tag, string message)
    {
        folder.With("x.yml", Tagged("X", "low", tag));

        Sigmac.Run(folder, "coverage", "x.yml").Error.Should().Contain(message).And.Contain("x.yml:4:8: ", "the place is the tag's").And.Contain($"tags: [{tag}]");
        Sigmac.Run(folder, "coverage", "x.yml", "--strict").ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("technique", "attack.t1398", "1 rule, 0 of 697 techniques of ATT&CK 19, 1 technique outside its Enterprise matrix\n")]
    [InlineData("technique", "attack.t1064", "1 rule, 0 of 697 techniques of ATT&CK 19, 1 technique outside its Enterprise matrix\n")]
    [InlineData("technique", "attack.t1059.001", "1 rule, 1 of 697 techniques of ATT&CK 19\n")]
    [InlineData("tactic", "attack.defense-evasion", "1 rule, 0 of 15 tactics of ATT&CK 19, 1 tactic outside its Enterprise matrix\n")]
    public void What_the_matrix_does_not_have_is_counted_apart(string axis, string tag, string said)
    {
        folder.With("x.yml", Tagged("X", "low", tag));

        Sigmac.Run(folder, "coverage", "x.yml", "--by", axis).Error.Should().EndWith("sigmac: " + said);
        JsonNode json = JsonNode.Parse(Sigmac.Run(folder, "coverage", "x.yml", "--by", axis, "-f", "json").Output)!;
        ((int)json["covered"]! + (int)json["others"]!).Should().Be(1).And.Be(json["rows"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("tactic", "execution 1", "stealth 1")]
    [InlineData("product", "windows 4")]
    [InlineData("service", "security 4")]
    [InlineData("category")]
    [InlineData("logsource", "windows/security 4")]
    [InlineData("field", "EventID 4", "User 4")]
    [InlineData("level", "critical 1", "high 1", "low 2")]
    [InlineData("status", "test 4")]
    public void Rules_are_counted_by_what_the_user_says(string axis, params string[] rows)
    {
        ProgramRun run = Sigmac.Run(folder, "coverage", "rules", "--by", axis, "-f", "csv");

        run.ExitCode.Should().Be(0);
        run.Lines.Skip(1).Select(line => line.Split(',')).Select(cells => $"{cells[0]} {cells[2]}").Should().Equal(rows);
    }

    [Fact]
    public void All_shows_what_has_no_rule()
    {
        Sigmac.Run(folder, "coverage", "rules", "--all", "-f", "csv").Lines.Should().HaveCount(698).And.Contain("T1003,OS Credential Dumping,0,0,0,0,0,0");
        Sigmac.Run(folder, "coverage", "rules", "--by", "tactic", "--all", "-f", "csv").Lines.Should().HaveCount(16);
    }

    [Fact]
    public void A_layer_keeps_to_the_navigators_format()
    {
        ProgramRun run = Sigmac.Run(folder, "coverage", "rules", "-f", "navigator", "-o", "out/layer.json", "--rule-url", "https://git.example/rules/");

        run.ExitCode.Should().Be(0);
        JsonNode layer = Valid(folder.Read("out/layer.json"));
        JsonNode[] techniques = [.. layer["techniques"]!.AsArray().Select(node => node!)];
        techniques.Select(t => $"{t["techniqueID"]} {t["tactic"]} {t["score"]}").Should().Equal(
            "T1053.005 execution 1", "T1053.005 persistence 1", "T1053.005 privilege-escalation 1", "T1059.001 execution 2", "T1070.004 stealth 1");
        ((string?)techniques[3]["comment"]).Should().Be("critical: B\nhigh: A");
        techniques[3]["links"]!.AsArray().Select(link => (string?)link!["url"]).Should().Equal(
            "https://attack.mitre.org/techniques/T1059.001", "https://git.example/rules/rules/a.yml", "https://git.example/rules/rules/b.yml");
        ((int)layer["gradient"]!["maxValue"]!).Should().Be(2);
        ((string?)layer["versions"]!["attack"]).Should().Be("19");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [SharedFact]
    public void The_layer_of_all_public_rules_keeps_to_it_too()
    {
        ProgramRun run = Sigmac.Run(folder, "coverage", Sigma.Engines.Tests.Engines.SharedFolder.In("corpus", "sigmahq"), "-f", "navigator", "-q");

        run.ExitCode.Should().Be(0);
        Valid(run.Output)["techniques"]!.AsArray().Count.Should().BeGreaterThan(300);
    }

    [Fact]
    public void A_schema_that_allows_anything_would_not_do()
    {
        Layer.Evaluate(JsonDocument.Parse("""{"name": "x", "domain": "enterprise-attack", "techniques": [{"techniqueId": "T1059"}]}""").RootElement).IsValid.Should().BeFalse();
        Layer.Evaluate(JsonDocument.Parse("""{"name": "x", "domain": "mitre-enterprise"}""").RootElement).IsValid.Should().BeFalse();
        Layer.Evaluate(JsonDocument.Parse("""{"name": "x", "domain": "ics-attack", "versions": {"navigator": "5.2.0", "layer": "4.4"}}""").RootElement).IsValid.Should().BeFalse();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("navigator")]
    [InlineData(null)]
    public void What_was_gained_and_lost_is_said(string? form)
    {
        folder.With("old/a.yml", Tagged("A", "high", "attack.t1086")).With("old/e.yml", Tagged("E", "low", "attack.t1003"));
        string old = "old";
        if (form is not null)
        {
            Sigmac.Run(folder, "coverage", "old", "-f", form, "-o", "old.json").ExitCode.Should().Be(0);
            old = "old.json";
        }

        ProgramRun run = Sigmac.Run(folder, "coverage", "rules", "--compare", old, "-f", "csv");

        run.ExitCode.Should().Be(0);
        run.Lines.Should().Equal(
            "technique,name,change,before,now",
            "T1053.005,Scheduled Task,gained,0,1",
            "T1070.004,File Deletion,gained,0,1",
            "T1003,OS Credential Dumping,lost,1,0",
            "T1059.001,PowerShell,changed,1,2");
        JsonNode layer = Valid(Sigmac.Run(folder, "coverage", "rules", "--compare", old, "-f", "navigator").Output);
        layer["techniques"]!.AsArray().Where(t => t!["color"] is not null).Select(t => $"{t!["techniqueID"]} {t["color"]}").Distinct().Should().Equal(
            "T1053.005 #8ec843", "T1070.004 #8ec843", "T1003 #ff6666");
    }

    /// <summary>T1409 is of Mobile, T0800 of ICS; T1175 and T1064 are retired without a successor.</summary>
    [Theory]
    [InlineData("enterprise", "T1003", "4 techniques with a rule are not compared")]
    [InlineData("mobile", "T1407", "5 techniques with a rule are not compared")]
    [InlineData("ics", "T0801", "5 techniques with a rule are not compared")]
    public void A_layer_says_nothing_of_the_techniques_that_it_cannot_have(string domain, string more, string note)
    {
        string[] tags = ["attack.t1059", "attack.t1070", "attack.t1409", "attack.t0800", "attack.t1175", "attack.t1064"];
        foreach (string tag in tags)
        {
            folder.With($"all/{tag[^5..]}.yml", Tagged(tag, "low", tag));
        }

        Sigmac.Run(folder, "coverage", "all", "-f", "navigator", "--domain", domain, "-o", "layer.json").ExitCode.Should().Be(0);
        ProgramRun same = Sigmac.Run(folder, "coverage", "all", "--compare", "layer.json", "-f", "csv");
        folder.With("all/more.yml", Tagged("More", "low", "attack." + more.ToLowerInvariant()));
        ProgramRun grown = Sigmac.Run(folder, "coverage", "all", "--compare", "layer.json", "-f", "csv");

        same.Lines.Should().Equal("technique,name,change,before,now");
        same.Error.Should().Contain($"sigmac: {note}: a layer has none of other matrices and no retired ones\n");
        grown.Lines.Should().HaveCount(2).And.Contain(line => line.StartsWith(more + ",") && line.EndsWith(",gained,0,1"));
    }

    [Theory]
    [InlineData("mitre-mobile", "T1409")]
    [InlineData("mitre-enterprise", "T1059")]
    public void Layers_of_older_versions_name_their_matrix_otherwise(string domain, string gained)
    {
        folder.With("old.json", $$"""{"name": "x", "domain": "{{domain}}", "techniques": []}""");
        foreach (string id in (string[])["T1059", "T1409", "T0800"])
        {
            folder.With($"all/{id}.yml", Tagged(id, "low", "attack." + id.ToLowerInvariant()));
        }

        Sigmac.Run(folder, "coverage", "all", "--compare", "old.json", "-f", "csv").Lines.Skip(1).Should().ContainSingle().Which.Should().StartWith(gained + ",");
    }

    [Theory]
    [InlineData("enterprise", "Techniques and sub-techniques with a rule: 3. Sigma rules that name them: 3 of 5. The score is the number of rules.")]
    [InlineData("ics", "Techniques and sub-techniques with a rule: 1. Sigma rules that name them: 1 of 5. The score is the number of rules.")]
    [InlineData("mobile", "Techniques and sub-techniques with a rule: 0. Sigma rules that name them: 0 of 5. The score is the number of rules.")]
    public void The_description_of_a_layer_is_about_its_matrix(string domain, string description)
    {
        folder.With("rules/e.yml", Tagged("E", "low", "attack.t0800"));

        ((string?)Valid(Sigmac.Run(folder, "coverage", "rules", "-f", "navigator", "--domain", domain).Output)["description"]).Should().Be(description);
    }

    [Fact]
    public void Json_has_the_rules_and_can_be_compared_with()
    {
        ProgramRun run = Sigmac.Run(folder, "coverage", "rules", "-f", "json", "--by", "product");

        JsonNode report = JsonNode.Parse(run.Output)!;
        ((string?)report["by"], (int)report["rules"]!, (int)report["covered"]!).Should().Be(("product", 4, 1));
        report["rows"]![0]!["rules"]!.AsArray().Select(rule => (string?)rule!["title"]).Should().Equal("A", "B", "C", "D");
        folder.With("by-product.json", run.Output);
        Sigmac.Run(folder, "coverage", "rules", "--compare", "by-product.json").Error.Should().Contain("error SIG0906").And.Contain("it counts by product, not by technique");
    }

    [Theory]
    [InlineData("--format takes table, navigator, csv or json, not 'xml'", "-f", "xml")]
    [InlineData("did you mean 'tactic'?", "--by", "tactics")]
    [InlineData("the option 'by' must be technique for a layer, not 'product'", "-f", "navigator", "--by", "product")]
    [InlineData("no such file or folder: 'nowhere'", "--compare", "nowhere")]
    [InlineData("it is neither a layer nor a report", "--compare", "list.json")]
    [InlineData("line 1 is not valid JSON", "--compare", "broken.json")]
    [InlineData("--domain takes enterprise, mobile or ics, not 'x'", "--domain", "x")]
    [InlineData("the option '--domain' must be used with -f navigator, not 'table'", "--domain", "ics")]
    [InlineData("the option '--rule-url' must be an address of the web, not 'javascript:alert(1)'", "-f", "navigator", "--rule-url", "javascript:alert(1)")]
    [InlineData("the option '--rule-url' must be an address of the web, not 'rules'", "-f", "navigator", "--rule-url", "rules")]
    public void Wrong_use_counts_nothing(string message, params string[] arguments)
    {
        folder.With("list.json", "[]").With("broken.json", "{");

        ProgramRun run = Sigmac.Run(folder, ["coverage", "rules", .. arguments]);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(message);
    }

    [Fact]
    public void A_broken_rule_covers_nothing_and_fails_the_run()
    {
        folder.With("rules/e.yml", Rule.Broken);

        ProgramRun run = Sigmac.Run(folder, "coverage", "rules", "-f", "csv");

        run.ExitCode.Should().Be(1);
        run.Lines.Should().HaveCount(4);
        run.Error.Should().Contain("rules/e.yml:4:11: error SIG0212");
    }

    private static JsonNode Valid(string text)
    {
        JsonNode layer = JsonNode.Parse(text)!;
        EvaluationResults results = Layer.Evaluate(JsonDocument.Parse(text).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        results.IsValid.Should().BeTrue(string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}")));
        return layer;
    }

    private static string Tagged(string title, string level, string tags) =>
        $"title: {title}\nstatus: test\nlevel: {level}\ntags: [{tags}]\nlogsource: {{product: windows, service: security}}\ndetection: {{s: {{EventID: 1, User: a}}, condition: s}}\n";
}
