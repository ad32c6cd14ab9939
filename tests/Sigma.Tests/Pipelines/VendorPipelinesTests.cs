using Sigma.Text;

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
    [InlineData("TargetObject|startswith: 'HKCU\\Software'", "startswith \"HKEY_CURRENT_USER\\\\Software\"")]
    public void Defender_has_the_full_names_of_hives(string selection, string test) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: registry_set", selection), "kql", own: true, []).Query.Should().EndWith(" " + test + ")");

    [Theory]
    [InlineData("product: okta, service: okta", "{target.displayName: a}")]
    [InlineData("product: zeek, service: dns", "{answers: a}")]
    [InlineData("product: zeek, service: http", "{resp_mime_types|contains: a}")]
    [InlineData("product: linux, service: auditd", "{SYSCALL: execve}")]
    public void Sentinel_is_not_asked_for_members_of_lists_and_for_what_is_not_documented(string logsource, string selection) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "kql", own: true, []).Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0410");

    /// <summary>What the pipeline cannot look into, or Microsoft does not say, is said.</summary>
    [Theory]
    [InlineData("TargetObject|re: '(?i)^HKU\\\\.*\\\\Run\\\\'", true)]
    [InlineData("TargetObject|endswith: '\\shell\\open\\command\\(Default)'", true)]
    [InlineData("TargetObject|contains: '\\Run\\'", false)]
    [InlineData("TargetObject: null", false)]
    public void Names_that_are_not_rewritten_in_the_registry_are_said(string selection, bool said) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: registry_set", selection), "kql", own: true, []).Diagnostics
            .Any(finding => finding.Code.Id == "SIG0439").Should().Be(said);

    [Theory]
    [InlineData("category: registry_set", "Details: '(Empty)'", "and isempty(case(RegistryValueType")]
    [InlineData("category: registry_set", "TargetObject|startswith: 'HKU\\'", ", @\"_CURRENT_USER\\S-1-\", @\"_USERS\\S-1-\") startswith \"HKEY_USERS\\\\\")")]
    [InlineData("category: network_connection", "DestinationPort: 443", "(not(ActionType in~ (\"ConnectionFailed\", \"ListeningConnectionCreated\")) and RemotePort == 443)")]
    [InlineData("category: network_connection", "DestinationHostname|endswith: '.io'", "extract(@'^(?:\\w+://)?(?:[^/?#@]*@)?([^/:?#]*)', 1, RemoteUrl) endswith \".io\")")]
    [InlineData("category: process_creation", "GrandParentImage|endswith: '\\explorer.exe'", "iff(isempty(InitiatingProcessParentFileName), \"\", strcat(@\"\\\", InitiatingProcessParentFileName)) endswith \"\\\\explorer.exe\")")]
    [InlineData("category: process_creation", "FileVersion: a", "column_ifexists(\"FileVersion\", \"\") =~ \"a\")")]
    public void Defender_is_asked_for_what_its_columns_hold(string logsource, string selection, string test) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, " + logsource, selection), "kql", own: true, []).Query.Should().Contain(test);

    [Theory]
    [InlineData("GrandParentImage|contains: explorer")]
    [InlineData("GrandParentImage: 'C:\\Windows\\explorer.exe'")]
    [InlineData("GrandParentImage|re: explorer")]
    public void Defender_may_have_no_folder_of_a_grandparent(string selection) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: process_creation", selection), "kql", own: true, []).Diagnostics
            .Should().Contain(finding => finding.Code.Id == "SIG0410");

    /// <summary>In event 4688 a user is a domain and a name, process ids are hexadecimal, and ProcessId is the creator's.</summary>
    [Theory]
    [InlineData("category: process_creation", "{ProcessId: 4, ParentProcessId: 5}", "(EventID == 4688 and NewProcessId =~ \"0x4\" and ProcessId =~ \"0x5\")")]
    [InlineData("category: process_creation", "User: 'CORP\\bob'", "(EventID == 4688 and iff(isempty(SubjectDomainName) or isempty(SubjectUserName), SubjectUserName, strcat(SubjectDomainName, @\"\\\", SubjectUserName)) =~ \"CORP\\\\bob\")")]
    [InlineData("service: security", "Application|contains: 'a&b'", "replace_string(extract(@'<Data Name=\"Application\">([^<]*)</Data>', 1, EventData), '&amp;', '&') contains \"a&b\"")]
    [InlineData("service: security", "DestPort: 443", "extract(@'<Data Name=\"DestPort\">([^<]*)</Data>', 1, EventData) == \"443\"")]
    [InlineData("service: security", "AttributeValue|contains: 'a<b'", "replace_string(replace_string(replace_string(extract(@'<Data Name=\"AttributeValue\">([^<]*)</Data>', 1, EventData), '&lt;', '<'), '&gt;', '>'), '&amp;', '&') contains \"a<b\"")]
    public void The_security_log_is_asked_for_what_it_holds(string logsource, string selection, string test) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, " + logsource, selection), "kql", own: false, BuiltInRun.Pipelines("sentinel")).Query.Should().EndWith("| where " + test);

    /// <summary>The standard columns of Log Analytics say where a row is from: Type is the name of its table, TenantId the id of the workspace.</summary>
    [Theory]
    [InlineData("product: linux, service: syslog", "type")]
    [InlineData("category: firewall", "type")]
    [InlineData("product: azure, service: activitylogs", "tenantId")]
    [InlineData("product: m365, service: audit", "tenantId")]
    public void A_field_of_another_letter_case_is_no_standard_column(string logsource, string field)
    {
        var conversion = BuiltInRun.Convert(BuiltInRun.Rule(logsource, $"{{{field}: a}}"), "kql", own: true, []);
        conversion.Query.Should().EndWith($"| where column_ifexists(\"{field}\", \"\") =~ \"a\"");
        conversion.Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0630");
    }

    /// <summary>What holds a list has no members that a column could be asked for, and neither a list nor an object is a text.</summary>
    [Theory]
    [InlineData("product: aws, service: cloudtrail", "{requestParameters.containerDefinitions.command|contains: a}", "members of a list")]
    [InlineData("product: aws, service: cloudtrail", "{resources.ARN: a}", "members of a list")]
    [InlineData("product: aws, service: cloudtrail", "{Resources.ARN: null}", "members of a list")]
    [InlineData("product: azure, service: auditlogs", "{AdditionalDetails.value|re: a}", "members of a list")]
    [InlineData("product: azure, service: signinlogs", "{ConditionalAccessPolicies.result: [a, b]}", "members of a list")]
    [InlineData("product: azure, service: signinlogs", "{AuthenticationDetails.succeeded: true}", "members of a list")]
    [InlineData("product: azure, service: signinlogs", "{NetworkLocationDetails.networkType|startswith: a}", "members of a list")]
    [InlineData("product: m365, service: audit", "{Parameters.Name|exists: true}", "members of a list")]
    [InlineData("product: m365, service: audit", "{ModifiedProperties.NewValue|endswith: a}", "members of a list")]
    [InlineData("product: m365, service: audit", "{Actor.Type|gt: 5}", "members of a list")]
    [InlineData("product: kubernetes, service: audit", "{requestObject.spec.containers.image: a}", "members of a list")]
    [InlineData("product: kubernetes, service: audit", "{sourceIPs: 1.2.3.4}", "as a whole")]
    [InlineData("product: kubernetes, service: audit", "{sourceIPs|cidr: 10.0.0.0/8}", "as a whole")]
    [InlineData("product: kubernetes, service: audit", "{user.groups: ['system:masters', b]}", "as a whole")]
    [InlineData("product: kubernetes, service: audit", "{sourceIPs|contains: 'a\"b'}", "as a whole")]
    [InlineData("product: azure, service: auditlogs", "{InitiatedBy: UPN}", "as a whole")]
    [InlineData("product: azure, service: signinlogs", "{Status: Failure}", "as a whole")]
    [InlineData("product: azure, service: signinlogs", "{Status: 0}", "as a whole")]
    [InlineData("product: aws, service: cloudtrail", "{eventTime|gt: 5}", "is a time")]
    [InlineData("product: zeek, service: x509", "{certificate.not_valid_after: 1700000000}", "is a time")]
    [InlineData("product: linux, service: auditd", "{auid: unset}", "no such value")]
    [InlineData("product: linux, service: auditd", "{auid: [5, abc]}", "no such value")]
    [InlineData("product: zeek, service: dns", "{AA: T}", "no such value")]
    [InlineData("product: zeek, service: dns", "{AA: 1}", "true or false")]
    public void A_value_that_a_column_cannot_have_is_refused(string logsource, string selection, string reason)
    {
        var conversion = BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "kql", own: true, []);
        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Should().Contain(finding => finding.Code.Id == "SIG0601" && finding.Message.Contains(reason));
    }

    [Theory]
    [InlineData("product: fortigate, service: event", "{type: event, subtype: vpn, srcport: 5}", "CommonSecurityLog | where (DeviceVendor =~ \"Fortinet\" and extract(@'^([^:]+)', 1, DeviceEventCategory) =~ \"event\" and extract(@'(?:^|[; ])FTNTFGTsubtype=([^; ]*)', 1, AdditionalExtensions) =~ \"vpn\" and SourcePort == 5)")]
    [InlineData("product: kubernetes, service: audit", "{annotations.authorization.k8s.io/decision: allow, requestObject.metadata.labels.a.b/c: x}", "AKSAudit | where (tostring(Annotations['authorization.k8s.io/decision']) =~ \"allow\" and tostring(RequestObject.metadata.labels['a.b/c']) =~ \"x\")")]
    [InlineData("product: kubernetes, service: audit", "{sourceIPs|contains: 1.2.3.4, user.groups|exists: true}", "AKSAudit | where (tostring(SourceIps) contains \"1.2.3.4\" and isnotempty(tostring(User.groups)))")]
    [InlineData("product: azure, service: signinlogs", "{Status: Success}", "SigninLogs | where ResultType =~ \"0\"")]
    [InlineData("product: azure, service: signinlogs", "{Status.errorCode: 0, status|contains: MFA, NetworkLocationDetails: '[]'}", "SigninLogs | where (tostring(Status.errorCode) == \"0\" and tostring(Status) contains \"MFA\" and NetworkLocationDetails =~ \"[]\")")]
    [InlineData("product: aws, service: cloudtrail", "{tlsDetails.tlsVersion: TLSv1.1, eventCategory: Insight}", "AWSCloudTrail | where (TlsVersion =~ \"TLSv1.1\" and Category =~ \"Insight\")")]
    [InlineData("product: zeek, service: x509", "{certificate.not_valid_after|gt: 1700000000}", "Corelight_v2_x509_CL | where (certificate_not_valid_after_t - datetime(1970-01-01)) / 1s > 1700000000")]
    public void Columns_are_read_as_what_they_hold(string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "kql", own: true, []).Query!.Replace('\n', ' ').Should().Be(query);

    [Fact]
    public void A_logon_of_Defender_is_a_number_or_none() =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: process_creation", "{LogonId: ['0x3e7', 'null']}"), "kql", own: true, []).Query
            .Should().EndWith("(tostring(LogonId) =~ \"999\" or isempty(tostring(LogonId))))");

    /// <summary>A product or service has the table and the columns, before a category.</summary>
    [Theory]
    [InlineData("category: dns, product: zeek, service: dns", "{query: a}", "Corelight_v2_dns_CL | where query_s =~ \"a\"")]
    [InlineData("category: proxy, product: zeek, service: http", "{c-uri: a}", "Corelight_v2_http_CL | where uri_s =~ \"a\"")]
    [InlineData("category: webserver, product: apache", "{cs-uri-query: a}", "ApacheHTTPServer_CL | where column_ifexists(\"cs-uri-query\", \"\") =~ \"a\"")]
    [InlineData("category: webserver, product: linux, service: apache", "{RawData: a}", "ApacheHTTPServer_CL | where RawData =~ \"a\"")]
    [InlineData("category: dns, product: windows, service: dns-server", "{QNAME: a}", "WindowsEvent | where (Channel =~ \"DNS Server\" and tostring(EventData.QNAME) =~ \"a\")")]
    [InlineData("category: dns, product: linux", "{message: a}", "Syslog | where SyslogMessage =~ \"a\"")]
    [InlineData("category: firewall, product: fortigate", "{src_ip: a}", "CommonSecurityLog | where (DeviceVendor =~ \"Fortinet\" and SourceIP =~ \"a\")")]
    [InlineData("category: firewall", "{src_ip: a}", "CommonSecurityLog | where SourceIP =~ \"a\"")]
    [InlineData("category: dns", "{query: a}", "DnsEvents | where Name =~ \"a\"")]
    public void The_more_special_log_source_has_the_table(string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "kql", own: true, []).Query!.Replace('\n', ' ').Should().Be(query);

    /// <summary>Nothing in Syslog tells a router, or a program that the rule does not name.</summary>
    [Theory]
    [InlineData("product: cisco, service: aaa", true)]
    [InlineData("product: juniper, service: bgp", true)]
    [InlineData("product: linux, service: clamav", true)]
    [InlineData("product: linux, service: sshd", false)]
    [InlineData("product: linux, service: auth", false)]
    [InlineData("product: linux, service: syslog", false)]
    [InlineData("product: linux", false)]
    [InlineData("product: linux, service: auditd", false)]
    public void A_search_of_all_messages_is_said(string logsource, bool said) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, "{key: a}"), "kql", own: true, []).Diagnostics
            .Any(finding => finding.Code.Id == "SIG0439" && finding.Severity == Severity.Warning).Should().Be(said);

    [Theory]
    [InlineData("sshd", "ProcessName in~ (\"sshd\", \"sshd-session\")")]
    [InlineData("sudo", "ProcessName =~ \"sudo\"")]
    [InlineData("su", "ProcessName =~ \"su\"")]
    [InlineData("cron", "ProcessName in~ (\"cron\", \"crond\")")]
    [InlineData("vsftpd", "ProcessName =~ \"vsftpd\"")]
    [InlineData("auth", "Facility in~ (\"auth\", \"authpriv\")")]
    public void A_service_of_Linux_is_the_program_that_writes_the_log(string service, string condition) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: linux, service: " + service, "{message: a}"), "kql", own: true, []).Query!.Replace('\n', ' ')
            .Should().Be($"Syslog | where ({condition} and SyslogMessage =~ \"a\")");
}
