namespace Sigma.Tests.Pipelines;

/// <summary>The pipelines for the tables and models of vendors: the names that they give, and what these cannot say.</summary>
public class VendorPipelinesTests
{
    private const string Processes = "event_platform=/\\AWin\\z/i and #event_simpleName=/\\A(?:ProcessRollup2|SyntheticProcessRollup2)\\z/i and ";

    [Theory]
    [InlineData("category: process_creation", "{ParentImage|endswith: ['\\a.exe', '\\b.exe'], Image|endswith: '\\x.exe'}", "(" + Processes + "ParentBaseFileName=/\\A(?:a\\.exe|b\\.exe)\\z/i and ImageFileName=/\\\\x\\.exe\\z/i)")]
    [InlineData("category: process_creation", "{ParentImage: null, IntegrityLevel: high}", "(" + Processes + "ParentBaseFileName!=* and IntegrityLevel=/\\A12288\\z/i)")]
    [InlineData("category: dns_query", "{QueryName: a}", "(event_platform=/\\AWin\\z/i and #event_simpleName=/\\ADnsRequest\\z/i and DomainName=/\\Aa\\z/i)")]
    public void Falcon_has_its_names(string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, " + logsource, selection), "logscale", own: false, BuiltInRun.Pipelines("falcon")).Query.Should().Be(query);

    [Theory]
    [InlineData("{Image|startswith: 'C:\\x'}")]
    [InlineData("{Image|contains: ':\\x'}")]
    [InlineData("{IntegrityLevel|contains: High}")]
    [InlineData("{IntegrityLevel: [High, S-1-16-12288]}")]
    [InlineData("{ParentImage: 'C:\\a.exe'}")]
    [InlineData("{ParentImage|endswith: '\\b\\a.exe'}")]
    [InlineData("{ParentImage|endswith: 'a.exe'}")]
    [InlineData("{ParentImage|re: 'a'}")]
    public void Falcon_has_no_drive_letters_and_no_paths_of_parents(string selection) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: process_creation", selection), "logscale", own: false, BuiltInRun.Pipelines("falcon"))
            .Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0410");

    [Theory]
    [InlineData("product: windows, category: process_creation", "{ParentImage|endswith: '\\a.exe', Image: b, ProcessId: 4, Hashes|contains: 'MD5=c'}", "(endpoint.os in:anycase (\"windows\") and event.type in:anycase (\"Process Creation\") and src.process.image.path matches \"\\\\\\\\a\\\\.exe\\\\z\" and tgt.process.image.path in:anycase (\"b\") and tgt.process.pid = 4 and tgt.process.image.md5 matches \"^c\")")]
    [InlineData("product: linux, category: network_connection", "{Initiated: 'true', DestinationPort: 443}", "(endpoint.os in:anycase (\"linux\") and event.type in:anycase (\"IP Connect\") and event.network.direction in:anycase (\"OUTGOING\") and dst.port.number = 443)")]
    [InlineData("product: windows, category: network_connection", "{Initiated: false}", "(endpoint.os in:anycase (\"windows\") and event.type in:anycase (\"IP Connect\") and event.network.direction in:anycase (\"INCOMING\"))")]
    [InlineData("product: macos, category: dns_query", "{QueryName: a, Image: b}", "(endpoint.os in:anycase (\"osx\") and event.type in:anycase (\"DNS Resolved\", \"DNS Unresolved\") and event.dns.request in:anycase (\"a\") and src.process.image.path in:anycase (\"b\"))")]
    [InlineData("product: windows, category: image_load", "{ImageLoaded: a}", "(endpoint.os in:anycase (\"windows\") and event.type in:anycase (\"Module Load\") and module.path in:anycase (\"a\"))")]
    public void SentinelOne_has_its_names(string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "sentinelone", own: true, []).Query.Should().Be(query);

    [Theory]
    [InlineData("product: windows, category: process_creation", "{ParentImage|endswith: '\\a.exe', Image: b, ParentProcessId|gte: 4, Hashes|contains: 'MD5=c'}", "(agent_os_type = ENUM.AGENT_OS_WINDOWS and event_type = ENUM.PROCESS and event_sub_type = ENUM.PROCESS_START and lowercase(actor_process_image_path) = \"*\\a.exe\" and lowercase(action_process_image_path) = \"b\" and actor_process_os_pid >= 4 and lowercase(action_process_image_md5) = \"c*\")")]
    [InlineData("product: linux, category: file_event", "{TargetFilename: a, Image: b}", "(agent_os_type = ENUM.AGENT_OS_LINUX and event_type = ENUM.FILE and event_sub_type = ENUM.FILE_CREATE_NEW and lowercase(action_file_path) = \"a\" and lowercase(actor_process_image_path) = \"b\")")]
    [InlineData("product: macos, category: process_creation", "{User|cased: a}", "(agent_os_type = ENUM.AGENT_OS_MAC and event_type = ENUM.PROCESS and event_sub_type = ENUM.PROCESS_START and action_process_username ~= \"^a\\z\")")]
    [InlineData("product: windows, category: image_load", "{ImageLoaded: a, SHA256: B}", "(agent_os_type = ENUM.AGENT_OS_WINDOWS and event_type = ENUM.LOAD_IMAGE and lowercase(action_module_path) = \"a\" and lowercase(action_module_sha256) = \"b\")")]
    public void Cortex_has_its_names(string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "cortex-xql", own: true, []).Query.Should().Be("config case_sensitive = true | dataset = xdr_data | filter " + query);

    [Theory]
    [InlineData("product: windows, category: process_access", "{TargetImage: a, CallTrace: b}", "(metadata.event_type = \"PROCESS_OPEN\" and target.process.file.full_path = \"a\" nocase and additional.fields[\"CallTrace\"] = \"b\" nocase)")]
    [InlineData("product: windows, category: registry_set", "{TargetObject: a, Details: b, Image: c}", "(metadata.event_type = \"REGISTRY_MODIFICATION\" and target.registry.registry_key = \"a\" nocase and target.registry.registry_value_data = \"b\" nocase and principal.process.file.full_path = \"c\" nocase)")]
    [InlineData("product: windows, category: network_connection", "{DestinationIp: 10.0.0.1, DestinationPort: 443}", "(metadata.event_type = \"NETWORK_CONNECTION\" and any target.ip = \"10.0.0.1\" nocase and target.port = 443)")]
    [InlineData("product: aws, service: cloudtrail", "{eventName: a, errorCode: b}", "(metadata.vendor_name = \"AMAZON\" nocase and metadata.product_name = \"AWS CloudTrail\" nocase and metadata.product_event_type = \"a\" nocase and any security_result.rule_id = \"b\" nocase)")]
    public void UDM_has_its_names(string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "secops", own: true, []).Query.Should().Be(query);

    [Theory]
    [InlineData("product: okta, service: okta", "{eventType: a, outcome.result: FAILURE, debugContext.debugData.requestUri|contains: b, securityContext.isProxy: 'true'}", "OktaV2_CL | where (EventOriginalType =~ \"a\" and OriginalOutcomeResult =~ \"FAILURE\" and tostring(parse_json(DebugData).requestUri) contains \"b\" and tostring(SecurityContextIsProxy) =~ \"true\")")]
    [InlineData("product: github, service: audit", "{action: repo.destroy, actor_ip: a}", "GitHubAuditLogsV2_CL | where (Action =~ \"repo.destroy\" and ActorIp =~ \"a\")")]
    [InlineData("product: onelogin, service: onelogin.events", "{event_type_id: 3}", "OneLogin_CL | where event_type_id_d == 3")]
    [InlineData("product: cisco, service: duo", "{event_type: a, reason: b}", "CiscoDuo_CL | where (event_type_s =~ \"a\" and reason_s =~ \"b\")")]
    [InlineData("product: zeek, service: smb_files", "{path|endswith: a, id.resp_p: 445}", "Corelight_v2_smb_files_CL | where (path_s endswith \"a\" and id_resp_p_d == 445)")]
    [InlineData("product: zeek, service: dns", "{query: a, Z: 0}", "Corelight_v2_dns_CL | where (query_s =~ \"a\" and Z_d == 0)")]
    [InlineData("product: linux, service: auditd", "{type: EXECVE, a0: chattr}", "LinuxAuditLog | where (RecordType =~ \"EXECVE\" and a0 =~ \"chattr\")")]
    [InlineData("product: fortigate, service: event", "{action: Add, cfgpath: user.local}", "CommonSecurityLog | where (DeviceVendor =~ \"Fortinet\" and DeviceAction =~ \"Add\" and extract(@'(?:^|[; ])FTNTFGTcfgpath=([^; ]*)', 1, AdditionalExtensions) =~ \"user.local\")")]
    [InlineData("category: antivirus", "{Signature|contains: Mimikatz}", "DeviceEvents | where (ActionType =~ \"AntivirusDetection\" and tostring(parse_json(AdditionalFields).ThreatName) contains \"Mimikatz\")")]
    [InlineData("product: juniper, service: bgp", "{msg|contains: a}", "Syslog | where SyslogMessage contains \"a\"")]
    public void Sentinel_has_its_tables(string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "kql", own: true, []).Query!.Replace('\n', ' ').Should().Be(query);

    /// <summary>The hives have their full names, and the control set in use its number, wherever a value has them.</summary>
    [Theory]
    [InlineData("TargetObject|contains: 'HKLM'", "contains \"HKEY_LOCAL_MACHINE\"")]
    [InlineData("TargetObject|startswith: 'hklm\\Software'", "startswith \"HKEY_LOCAL_MACHINE\\\\Software\"")]
    [InlineData("TargetObject|startswith: 'HKCR\\'", "startswith \"HKEY_LOCAL_MACHINE\\\\SOFTWARE\\\\Classes\\\\\"")]
    [InlineData("TargetObject|contains: '\\CurrentControlSet\\Services'", "contains \"\\\\ControlSet001\\\\Services\"")]
    [InlineData("TargetObject|contains: 'HKLMX'", "contains \"HKLMX\"")]
    public void Defender_has_the_full_names_of_hives(string selection, string test) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: registry_set", selection), "kql", own: true, []).Query.Should().EndWith(" " + test + ")");

    [Theory]
    [InlineData("product: okta, service: okta", "{target.displayName: a}")]
    [InlineData("product: zeek, service: dns", "{answers: a}")]
    [InlineData("product: zeek, service: http", "{resp_mime_types|contains: a}")]
    [InlineData("product: linux, service: auditd", "{SYSCALL: execve}")]
    public void Sentinel_is_not_asked_for_members_of_lists_and_for_what_is_not_documented(string logsource, string selection) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "kql", own: true, []).Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0410");
}
