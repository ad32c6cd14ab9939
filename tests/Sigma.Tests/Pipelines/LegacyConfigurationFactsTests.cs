using Sigma.Engines.Tests.Engines;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>The pipelines that are called legacy give the same queries as the configurations of 2020, over our own rules.</summary>
public class LegacyConfigurationFactsTests
{
    private static readonly string[] Rules = [.. Repository.Rules.Select(System.IO.File.ReadAllText)];

    public static TheoryData<string, string, string> OfTargets => new()
    {
        { "splunk", "splunk-windows", "legacy-splunk-windows" },
        { "logpoint", "logpoint-windows", "legacy-logpoint-windows" },
        { "powershell", "powershell", "legacy-powershell-windows" },
        { "es-qs", "winlogbeat", "legacy-winlogbeat" },
        { "xpack-watcher", "winlogbeat", "legacy-winlogbeat" },
    };

    [Trait(Tier.Name, Tier.Slow)]
    [SharedTheory]
    [MemberData(nameof(OfTargets))]
    public void A_target_writes_the_same_with_the_configuration_as_with_the_pipeline(string target, string configuration, string pipeline)
    {
        IReadOnlyList<Pipeline> ours = BuiltInRun.Pipelines("sysmon", pipeline);
        IReadOnlyList<Pipeline> theirs = BuiltInRun.Pipelines("sysmon", File(configuration));
        Rules.Should().HaveCountGreaterThan(50);

        foreach (string rule in Rules)
        {
            BuiltInRun.Convert(rule, target, own: true, ours).Query.Should().Be(BuiltInRun.Convert(rule, target, own: true, theirs).Query);
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [SharedTheory]
    [InlineData("generic-sysmon", "sysmon")]
    [InlineData("generic-windows-audit", "windows-audit")]
    public void A_generic_configuration_does_what_the_pipeline_does(string configuration, string pipeline)
    {
        // Only the older program repeats the condition in brackets.
        string[] simple = [.. Rules.Where(text => Parsed(text) is { LogSource: { Category: "process_creation", Product: "windows" } } rule
            && !rule.Conditions.Any(condition => condition.Span.Characters.Contains('(')))];
        simple.Should().HaveCountGreaterThan(3);

        foreach (string rule in simple)
        {
            BuiltInRun.Convert(rule, "splunk", own: true, BuiltInRun.Pipelines(File(configuration))).Query
                .Should().Be(BuiltInRun.Convert(rule, "splunk", own: true, BuiltInRun.Pipelines(pipeline)).Query);
        }
    }

    private static SigmaRule? Parsed(string text) => RuleReader.Read(new SourceText("rule.yml", text))[0].Document as SigmaRule;

    private static string File(string configuration) => SharedFolder.In("reference", "sigmac-2020-config", configuration + ".yml");
}
