namespace Sigma.Tests.Documentation;

/// <summary>How a rule leads to the events it needs. Expected by hand from the published pages and the catalogue's fields.</summary>
public sealed class DataNeededTests
{
    [Theory]
    [InlineData("category: process_creation, product: windows", "{Image: a}", "0001 0002 0003")]
    [InlineData("category: process_creation, product: windows", "{CommandLine: a}", "0002 0003")]
    [InlineData("category: process_creation, product: windows", "{NewProcessName: a}", "0001 0002")]
    [InlineData("category: process_creation, product: windows", "{ProcessCommandLine: a}", "0002")]
    [InlineData("category: process_creation, product: windows", "{OriginalFileName: a}", "0003")]
    [InlineData("category: process_creation, product: windows", "{NoSuchField: a}", "")]
    [InlineData("category: process_creation, product: windows", "{'Image|endswith': a, CommandLine|contains: b}", "0002 0003")]
    [InlineData("product: windows, service: security", "{EventID: 4688}", "0001 0002")]
    [InlineData("product: windows, service: security", "{EventID: 4688, CommandLine: a}", "0002")]
    [InlineData("product: windows, service: security", "{EventID: [4624, 4625], NoSuchField: a}", "0004 0057")]
    [InlineData("product: windows, service: security", "{EventID: '5156'}", "0087")]
    [InlineData("product: windows, service: security", "[{EventID: 4720}, {EventID: 4732}]", "0069 0086")]
    [InlineData("product: windows, service: system", "{EventID: 4688}", "")]
    [InlineData("product: windows, service: sysmon", "{EventID: 11}", "0015")]
    [InlineData("product: windows, service: sysmon", "{Image: a, OriginalFileName: b}", "0003 0011")]
    [InlineData("product: windows, service: powershell", "[a keyword]", "0036 0037")]
    [InlineData("product: windows, service: powershell", "{ScriptBlockText: a}", "0036")]
    [InlineData("product: windows, service: powershell-classic", "{EventID: 400}", "0038")]
    [InlineData("product: windows, service: no-such-log", "{EventID: 4624}", "")]
    [InlineData("product: windows", "{EventID: 5861}", "0081")]
    [InlineData("product: windows", "[a keyword]", "")]
    [InlineData("category: file_event, product: windows", "{TargetFilename: a, NoSuchField: b}", "0015")]
    [InlineData("category: registry_set, product: windows", "{TargetObject: a}", "0017 0059")]
    [InlineData("category: registry_event, product: windows", "{TargetObject: a}", "0016 0017 0018 0059")]
    [InlineData("category: dns_query, product: windows", "{QueryName: a}", "0085")]
    [InlineData("category: ps_script, product: windows", "{ScriptBlockText: a}", "0036")]
    [InlineData("category: driver_load, product: windows", "{ImageLoaded: a}", "0010")]
    [InlineData("product: linux, service: auditd", "[a keyword]", "0054 0055 0056")]
    [InlineData("product: linux, service: sshd", "[a keyword]", "0094")]
    [InlineData("category: antivirus", "{Signature: a}", "0084")]
    [InlineData("category: webserver", "{c-uri: a}", "")]
    public void A_log_source_leads_to_events(string source, string detection, string expected)
    {
        var rule = Documented.Rule($"title: T\nlogsource: {{{source}}}\ndetection:\n  s: {detection}\n  condition: s\n");

        rule.DataNeeded.Select(type => type.Name.Split('_')[1]).Should().Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void An_enrichment_brings_the_events_along_that_its_data_comes_from()
    {
        var rule = Documented.Rule("""
            title: T
            logsource: {product: windows, service: sysmon}
            detection: {s: {EventID: 13, IntegrityLevel: Medium}, condition: s}
            enrichment: [EN_0003_enrich_other_sysmon_events_with_event_id_1_data]
            """);

        rule.DataNeeded.Select(type => type.Name).Should().Equal("DN_0003_1_windows_sysmon_process_creation", "DN_0017_13_windows_sysmon_RegistryEvent");
        rule.Enrichments.Should().Equal("EN_0003_enrich_other_sysmon_events_with_event_id_1_data");
    }
}
