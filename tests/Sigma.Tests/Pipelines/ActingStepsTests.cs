using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Tests.Pipelines;

/// <summary>Of a pipeline, a rule needs only the steps that act on its log source.</summary>
public class ActingStepsTests
{
    private static readonly string[][] Ways = [["sysmon", "windows-logsources"], ["windows-audit", "windows-logsources"]];

    public static TheoryData<string> Sources() => [.. LogSources.BuiltIn.Categories.Concat(LogSources.BuiltIn.Services).Select(source => $"{source.Category}/{source.Service}").Append("unknown/").Append("/unknown")];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Make_of_a_rule_what_all_of_them_make(string source)
    {
        string[] parts = [.. source.Split('/')];
        SigmaRule rule = Given.Rule("""
            one: {Image|endswith: '\cmd.exe', IntegrityLevel: System, ProcessId: 12}
            two: {'TargetObject|contains': '\Run\', Details|startswith: 'C:\'}
            three: {'TargetObject': 'HKLM\SOFTWARE\a'}
            condition: (one or two) and not three
            """);
        rule = rule with { LogSource = rule.LogSource with { Product = "windows", Category = parts[0].Length > 0 ? parts[0] : null, Service = parts[1].Length > 0 ? parts[1] : null } };
        foreach (string[] names in Ways)
        {
            Pipeline[] way = [.. names.Select(SharedPipelines.Read)];
            IReadOnlyList<Pipeline> acting = Planner.Acting(rule.LogSource, way);
            acting.Sum(pipeline => pipeline.Items.Length).Should().BeLessThan(way.Sum(pipeline => pipeline.Items.Length) / 2, "the others are for other log sources");
            Written(Planner.Pipe(rule, acting)).Should().Be(Written(Planner.Pipe(rule, way)));
        }
    }

    [Fact]
    public void Are_all_of_them_where_one_asks_for_more_of_a_rule()
    {
        var diagnostics = new List<Sigma.Text.Diagnostic>();
        Pipeline pipeline = PipelineReader.Read(new Sigma.Text.SourceText("p.yml", """
            name: p
            priority: 10
            transformations:
              - id: a
                type: field_name_prefix
                prefix: x.
                rule_conditions:
                  - {type: logsource, category: other}
              - id: b
                type: field_name_suffix
                suffix: .y
                rule_conditions:
                  - {type: contains_field, field: Image}
            """), "p", diagnostics)!;
        diagnostics.Should().BeEmpty();
        Planner.Acting(new LogSource("process_creation", "windows", null, null, default), [pipeline]).Single().Items.Should().HaveCount(2);
    }

    private static string Written(SigmaRule? rule) => rule is null ? "refused"
        : string.Join((char)10, Sigma.Explanations.RuleText.Of(rule).Select(line => line.Text));
}
