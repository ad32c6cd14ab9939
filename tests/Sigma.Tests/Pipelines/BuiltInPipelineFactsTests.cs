using System.Text.Json;
using Sigma.Backends;
using Sigma.Engines.Tests.Engines;
using Sigma.Yaml;

namespace Sigma.Tests.Pipelines;

/// <summary>Our pipelines item by item against the facts about the public ones of the same name.</summary>
public class BuiltInPipelineFactsTests
{
    /// <summary>The pipelines to which the services were added that the public ones do not have.</summary>
    private static readonly string[] WithServices = ["windows-logsources", "splunk_windows", "ecs_windows", "ecs_windows_old"];

    /// <summary>The other steps that the public ones do not have, by their ids: where a watch searches, and further names and values.</summary>
    private static readonly Dictionary<string, string[]> FurtherSteps = new()
    {
        ["ecs_windows"] =
        [
            "security_subject_cleared_absent", "security_subject_cleared", "security_copied", "security_creator", "security_unmoved", "security_either_absent", "security_either",
            "security_connections", "logs_without_module",
            "sysmon_process_hashes", "sysmon_file_hashes", "sysmon_hash_names", "sysmon_process_imphash", "sysmon_hash_letters", "sysmon_user", "sysmon_user_domain",
            "sysmon_user_name", "sysmon_user_refused", "sysmon_registry_data", "sysmon_registry_numbers", "sysmon_registry_numbers_refused", "sysmon_user_either",
            "sysmon_names", "system_names", "system_numbers", "level_names", "keyword_names", "system_numbers_refused", "level_information", "sysmon_network_type", "network_type_text", "network_type_ipv6", "network_type_ipv4", "sysmon_dns_status", "sysmon_dns_status_names", "sysmon_dns_status_refused",
            "sysmon_fields_refused", "absent_values", "sysmon_absent_values", "process_ids", "sysmon_time", "network_direction_text", "index",
        ],
        ["ecs_windows_old"] = ["index"],
        ["splunk_cim"] =
        [
            "splunk_dm_further_processes", "splunk_dm_further_files", "splunk_dm_further_connections", "splunk_dm_further_firewalls", "splunk_dm_further_dns",
            "splunk_dm_further_zeek_dns", "splunk_dm_further_web_servers",
        ],
        ["ecs_zeek_beats"] = ["index"],
        ["ecs_kubernetes"] = ["absent_values", "places", "index"],
        ["windows-audit"] =
        [
            "windows_audit_registry_operations", "windows_audit_registry_numbers", "windows_audit_registry_expressions", "windows_audit_registry_classes", "windows_audit_registry_machine", "windows_audit_registry_user", "windows_audit_registry_control_set",
            "windows_audit_registry_value", "windows_audit_registry_end", "windows_audit_registry_either", "windows_audit_registry_both", "windows_audit_registry_name",
            "windows_audit_mandatory_label", "windows_audit_mandatory_label_refused", "windows_audit_process_id", "windows_audit_process_names", "windows_audit_registry_names",
        ],
    };

    /// <summary>The steps that the public pipeline runs for every rule, and ours for the rules of its log source alone.</summary>
    private static readonly string[] OfItsLogSource = ["field_mapping", "drop_default_apigroup", "drop_empty_subresource"];

    public static TheoryData<string> Names => [.. BuiltInPipelinesTests.Public];

    [SharedTheory]
    [MemberData(nameof(Names))]
    public void A_built_in_pipeline_is_item_by_item_the_public_one(string name)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.In("reference", "pipelines", name + ".json")));
        string[] ours = [.. PipelineFacts.OfYaml(Root(name))];
        string[] added = [.. ours.Where(line => WindowsChannels.Added.Contains(Service(line)))];

        string[] further = FurtherSteps.GetValueOrDefault(name) ?? [];
        ours.Where(line => further.Contains(Id(line))).Select(Id).Should().Equal(further);
        ours.Where(line => !added.Contains(line) && !further.Contains(Id(line)))
            .Select(line => name == "ecs_kubernetes" ? ForEveryRule(WithoutAskingFor(further, line)) : WithoutAskingFor(further, line)).Should().Equal(PipelineFacts.OfFacts(facts.RootElement));
        added.Should().HaveCount(WithServices.Contains(name) ? WindowsChannels.Added.Length : 0);
    }

    [SharedFact]
    public void Every_public_pipeline_of_the_facts_is_built_in() =>
        Directory.GetFiles(SharedFolder.In("reference", "pipelines"), "*.json").Select(Path.GetFileNameWithoutExtension)
            .Should().BeSubsetOf(PipelineCatalog.BuiltIn(BuiltInRun.Catalog).Select(p => p.Name));

    /// <summary>The service of a line <c>windows_logsource_ldap: …</c>; empty for other lines.</summary>
    private static string Service(string line)
    {
        const string Start = "windows_logsource_";
        return line.StartsWith(Start, StringComparison.Ordinal) ? line[Start.Length..line.IndexOf(':')] : "";
    }

    private static string Id(string line) => line.Contains(": ") ? line[..line.IndexOf(':')] : "";

    /// <summary>A step that asks which steps were applied, without those that the public pipeline does not have.</summary>
    private static string WithoutAskingFor(string[] further, string line) =>
        further.Aggregate(line, (text, id) => text.Replace($" {{processing_item_id: '{id}', type: 'processing_item_applied'}}", "", StringComparison.Ordinal));

    private static string ForEveryRule(string line) =>
        OfItsLogSource.Contains(Id(line)) ? line.Replace(" rule and {product: 'kubernetes', service: 'audit', type: 'logsource'}", "", StringComparison.Ordinal) : line;

    private static YamlMapping Root(string name) =>
        (YamlMapping)YamlReader.Read(PipelineCatalog.BuiltIn(BuiltInRun.Catalog).Single(p => p.Name == name).Open()).Single().Root!;
}
