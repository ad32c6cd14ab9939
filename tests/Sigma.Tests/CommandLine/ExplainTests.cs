using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Sigma.Tests.Backends;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac explain</c>: a rule stage by stage.</summary>
public sealed class ExplainTests : IDisposable
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(File.ReadAllText(Path.Combine(Repository.Root, "docs", "explanation.schema.json"))));

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rule.yml", """
            title: Odd copy
            name: odd_copy
            logsource: {category: process_creation, product: windows}
            detection:
                tool:
                    Image|endswith: '\copy.exe'
                    user: admin
                switch:
                    CommandLine|re: '-x\d'
                condition: tool and not switch

            """)
        .With("p.yml", """
            name: my pipeline
            priority: 10
            transformations:
                - id: index
                  type: add_condition
                  conditions: {index: main}
                - id: dns
                  type: field_name_mapping
                  mapping: {CommandLine: query}
                  rule_conditions: [{type: logsource, category: dns}]
                - type: nest
                  items:
                      - type: field_name_mapping
                        mapping: {Image: [path, file.path], User: name}
                - type: set_state
                  key: seen
                  val: yes

            """)
        .With("filter.yml", """
            title: Our admins
            logsource: {product: windows}
            filter:
                rules: any
                accounts: {Host: lab}
                condition: not accounts

            """);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_rule_is_shown_stage_by_stage()
    {
        ProgramRun run = Sigmac.Run(folder, "explain", "-t", "splunk", "--without-pipeline", "-p", "p.yml", "--filter-file", "filter.yml", "rule.yml");

        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        Squeezed(run.Output).Should().Be("""
            rule.yml:1: Odd copy
            for splunk, format default, pipelines p (10)

            as parsed
              log source: category process_creation, product windows 3:12
              detection tool, all of 5:5
                Image is "*\copy.exe" 6:9 Image|endswith
                user is "admin" 7:9
              detection switch 8:5
                CommandLine matches /-x\d/ 9:9 CommandLine|re
              condition: tool and not switch 10:16

            filter 'Our admins' (filter.yml:1)
            - condition: tool and not switch
            + detection [filter 1: accounts] 5:5
            +   Host is "lab" 5:16
            + condition: (tool and not switch) and (not [filter 1: accounts])

            p, item 1 'index': add_condition (p.yml:5)
            - condition: (tool and not switch) and (not [filter 1: accounts])
            + detection [added 1] 5:13
            +   index is "main" 6:20
            + condition: [added 1] and (tool and not switch) and (not [filter 1: accounts])

            p, item 3.1: field_name_mapping (p.yml:13)
              detection tool, all of
            -   Image is "*\copy.exe"
            +   any of
            +     path is "*\copy.exe"
            +     file.path is "*\copy.exe"

            p, item 4: set_state (p.yml:15)
            + state seen = yes

            fields
              Image -> path, file.path 6:9
                  p, item 3.1: field_name_mapping p.yml:13
            ! user is not mapped by any pipeline 7:9
                  no mapping contains this name; did you mean 'User'?
            ! CommandLine is not mapped by any pipeline 9:9
                  p, item 2 'dns': field_name_mapping, knows CommandLine p.yml:8
                    but this condition is not met: logsource(category: dns)
            ! Host is not mapped by any pipeline filter.yml:5

            expression
              and
                index is "main" p.yml:6, from p, item 1 'index'
                and
                  and
                    or
                      path is "*\copy.exe" 6:9
                      file.path is "*\copy.exe" 6:9
                    user is "admin" 7:9
                  not
                    CommandLine matches /-x\d/ 9:9
                not
                  Host is "lab" filter.yml:5, from the filter 'Our admins'

            """.ReplaceLineEndings("\n") + run.Output[run.Output.LastIndexOf("\nquery\n", StringComparison.Ordinal)..]);
        string query = run.Output[run.Output.LastIndexOf("\nquery\n", StringComparison.Ordinal)..].Split('\n')[2].Trim();
        Sigmac.Run(folder, "convert", "-t", "splunk", "--without-pipeline", "-p", "p.yml", "--filter-file", "filter.yml", "rule.yml").Output.Should().Be(query + "\n");
    }

    [Fact]
    public void Further_targets_do_not_repeat_the_parsed_rule()
    {
        ProgramRun run = Sigmac.Run(folder, "explain", "-t", "splunk,grep", "rule.yml");
        run.Lines.Count(line => line == "as parsed").Should().Be(1);
        run.Lines.Where(line => line.StartsWith("for ", StringComparison.Ordinal)).Should().Equal("for splunk, format default, pipelines windows-categories (15), splunk-windows (20)", "for grep, format default, no pipeline");
    }

    [Fact]
    public void A_correlation_shows_its_rules_and_its_fields()
    {
        folder.With("count.yml", """
            title: Many copies
            correlation:
                type: value_count
                rules: odd_copy
                group-by: Image
                timespan: 5m
                condition: {field: CommandLine, gte: 3}

            """).With("mapping.yml", "transformations:\n- {type: field_name_mapping, mapping: {Image: path, CommandLine: line}}\n- {type: set_state, key: a, val: b, rule_conditions: [{type: is_sigma_correlation_rule}]}\n");
        string text = Squeezed(Sigmac.Run(folder, "explain", "-t", "splunk", "-p", "mapping.yml", "--without-pipeline", "rule.yml", "count.yml").Output);

        text.Should().Contain("\ncorrelation, as parsed\n  correlation: value_count of CommandLine by Image within 5m, >= 3 3:5\n  rules: odd_copy 4:12\n")
            .And.Contain("\nrule 'Odd copy' (rule.yml:1), as parsed\n")
            .And.Contain("\n- field of the correlation: Image\n- field of the correlation: CommandLine\n+ field of the correlation: path\n+ field of the correlation: line\n")
            .And.Contain("\n  Image -> path 6:9\n")
            .And.Contain("\ncorrelation 'Many copies', with the names of splunk\n- correlation: value_count of CommandLine by Image within 5m, >= 3\n+ correlation: value_count of line by path within 5m, >= 3\n")
            .And.Contain("\nmapping, item 2: set_state (mapping.yml:3)\n+ state a = b\n")
            .And.Contain("\nsearch\n").And.Contain("| stats dc(line) as value_count by _time, path");
    }

    [Fact]
    public void A_correlation_over_a_field_that_nobody_maps_says_so_where_the_correlation_names_it()
    {
        folder.With("count.yml", "title: C\ncorrelation:\n    type: event_count\n    rules: odd_copy\n    group-by: Lost\n    timespan: 5m\n    condition: {gte: 3}\n");
        Squeezed(Sigmac.Run(folder, "explain", "-t", "splunk", "rule.yml", "count.yml").Output).Should().Contain("\n! Lost is not mapped by any pipeline count.yml:5\n");
    }

    [Fact]
    public void Post_processing_is_shown_step_by_step()
    {
        folder.With("post.yml", "postprocessing:\n- {id: around, type: embed, prefix: 'a '}\n- {type: nest, items: [{type: replace, pattern: a, replacement: b}]}\n- {type: embed}\n");
        Squeezed(Sigmac.Run(folder, "explain", "-t", "grep", "-p", "post.yml", "rule.yml").Output).Should()
            .Contain("\nquery before the post-processing\n  grep ")
            .And.Contain("\npost, post-processing 'around': embed (post.yml:2)\n  a grep ")
            .And.Contain("\npost, post-processing: replace (post.yml:3)\n  b grep ")
            .And.NotContain("embed (post.yml:4)")
            .And.Contain("\nquery\n  b grep ");
    }

    [Fact]
    public void The_searches_of_near_have_an_expression_each()
    {
        folder.With("near.yml", "title: N\nlogsource: {product: x}\ndetection:\n    a: {f: 1}\n    b: {f: 2}\n    timeframe: 1m\n    condition: a | near b\n");
        string text = Squeezed(Sigmac.Run(folder, "explain", "-t", "splunk", "near.yml").Output);
        text.Should().Contain("\n  condition: a 7:16\n    count: temporal within 1m, near b 7:18\n")
            .And.Contain("\nexpression\n  f is 1 4:9\n\nexpression\n  f is 2 5:9\n");
    }

    [Fact]
    public void A_refused_rule_is_shown_up_to_the_step_that_refuses_it()
    {
        folder.With("refuse.yml", "transformations:\n- {type: field_name_suffix, suffix: _s}\n- {type: rule_failure, message: not here}\n- {type: set_value, value: 1}\n");
        ProgramRun run = Sigmac.Run(folder, "explain", "-t", "splunk", "-p", "refuse.yml", "rule.yml");
        run.ExitCode.Should().Be(1);
        Squeezed(run.Output).Should().Contain("\nrefuse, item 1: field_name_suffix (refuse.yml:2)\n")
            .And.Contain("\nrefuse, item 2: rule_failure (refuse.yml:3)\n! SIG0410: the pipeline refuses this rule: not here 3:12\n")
            .And.Contain("\nfindings; there is no query\nrule.yml:3:12: error SIG0410: ")
            .And.NotContain("\nfields\n", "the steps behind were not asked").And.NotContain("set_value").And.NotContain("\nquery\n").And.NotContain("\nexpression\n");
    }

    [Fact]
    public void A_broken_rule_and_a_broken_file_have_their_findings()
    {
        folder.With("broken.yml", Rule.Broken).With("yaml.yml", "detection: [\n");
        ProgramRun run = Sigmac.Run(folder, "explain", "-t", "splunk", "broken.yml", "yaml.yml", "rule.yml");
        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("broken.yml:1: Broken\n").And.Contain("broken.yml:4:11: error SIG0212: unknown modifier 'endwith'")
            .And.Contain("yaml.yml:1: (no title)\n").And.Contain("error SIG01").And.Contain("rule.yml:1: Odd copy\n");
    }

    [Fact]
    public void Without_a_rule_or_a_target_it_is_wrong_use()
    {
        Sigmac.Run(folder, "explain", "-t", "nothing", "rule.yml").ExitCode.Should().Be(2);
        Sigmac.Run(folder, "explain", "rule.yml").Error.Should().Contain("--target");
        ProgramRun none = Sigmac.Run(folder, "explain", "-t", "splunk", "--filter", "level=high", "rule.yml");
        none.ExitCode.Should().Be(2);
        none.Error.Should().Contain("no rule matches the filter");
    }

    [Fact]
    public void Mappings_passed_over_are_shown_for_mapped_fields_when_asked()
    {
        folder.With("two.yml", "transformations:\n- {type: field_name_mapping, mapping: {Image: a}, field_name_conditions: [{type: exclude_fields, fields: [Image]}]}\n- {type: field_name_mapping, mapping: {Image: b}}\n");
        Sigmac.Run(folder, "explain", "-t", "splunk", "-p", "two.yml", "rule.yml").Output.Should().NotContain("does not hold");
        Squeezed(Sigmac.Run(folder, "explain", "-v", "-t", "splunk", "-p", "two.yml", "rule.yml").Output).Should()
            .Contain("  Image -> b 6:9\n      two, item 2: field_name_mapping two.yml:3\n      two, item 1: field_name_mapping, knows Image two.yml:2\n        but this condition is not met: exclude_fields(fields: [Image])\n");
    }

    [Fact]
    public void Colours_are_for_terminals_and_for_who_asks()
    {
        Sigmac.Run(folder, "explain", "-t", "splunk", "rule.yml").Output.Should().NotContain("\e[");
        Sigmac.Run(folder, "explain", "--color", "always", "-t", "splunk", "rule.yml").Output.Should().Contain("\e[1mas parsed\e[0m");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Every_object_of_the_rule_pack_fits_the_schema_and_has_the_same_query_as_the_conversion()
    {
        folder.With("broken.yml", Rule.Broken).With("yaml.yml", "detection: [\n")
            .With("refuse.yml", "transformations: [{type: rule_failure, message: no, rule_conditions: [{type: logsource, category: proxy}]}]\n");
        string[] arguments = ["-t", "es-qs,splunk,powershell", "-p", "sysmon", "-p", "refuse.yml", "-p", "p.yml", "--filter-file", "filter.yml", "--json", "broken.yml", "yaml.yml", Path.Combine(Repository.Root, "rules")];

        ProgramRun explained = Sigmac.Run(folder, ["explain", .. arguments]);
        ProgramRun converted = Sigmac.Run(folder, ["convert", .. arguments]);

        explained.ExitCode.Should().Be(1);
        explained.Lines.Should().OnlyContain(line => Schema.Value.Evaluate(JsonDocument.Parse(line).RootElement, null).IsValid);
        explained.Lines.Select(Outcome).Should().Equal(converted.Lines.Select(Outcome));
    }

    [Fact]
    public void An_object_says_the_same_as_the_text()
    {
        JsonNode explained = JsonNode.Parse(
            Sigmac.Run(folder, "explain", "-t", "splunk", "--without-pipeline", "-p", "p.yml", "--filter-file", "filter.yml", "--json", "rule.yml").Output)!;
        JsonNode rule = explained["rules"]![0]!;

        explained["pipelines"]!.ToJsonString().Should().Be("""[{"name":"my pipeline","priority":10}]""");
        rule["filters"]![0]!["title"]!.GetValue<string>().Should().Be("Our admins");
        rule["steps"]!.AsArray().Select(step => step!["item"]!.ToJsonString()).Should().Equal("[0]", "[2,0]", "[3]");
        rule["steps"]![2]!["state"]!.ToJsonString().Should().Be("""{"seen":"yes"}""");
        rule["fields"]!.AsArray().Where(field => !field!["mapped"]!.GetValue<bool>()).Select(field => field!["field"]!.GetValue<string>())
            .Should().Equal("user", "CommandLine", "Host");
        rule["fields"]![2]!["passed"]![0]!["reason"]!.GetValue<string>().Should().Be("logsource(category: dns)");
        JsonNode added = rule["expressions"]![0]!["operands"]![0]!;
        (added["field"]!.GetValue<string>(), added["origin"]!.GetValue<string>(), added["path"]!.GetValue<string>(), added["line"]!.GetValue<int>())
            .Should().Be(("index", "pipeline", "p.yml", 6));
    }

    private static string Outcome(string line)
    {
        JsonNode node = JsonNode.Parse(line)!;
        return $"{node["path"]} {node["target"]} {node["status"]} {node["query"]} {node["diagnostics"]!.ToJsonString()}";
    }

    /// <summary>The text with one blank where several stand between a line and what is beside it.</summary>
    private static string Squeezed(string text) => System.Text.RegularExpressions.Regex.Replace(text, "(?<=[^\n]\\S) {2,}", " ");
}
