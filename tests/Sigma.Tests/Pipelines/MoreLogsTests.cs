namespace Sigma.Tests.Pipelines;

/// <summary>The pipelines for the logs of clouds, of Linux and of other systems: the names and values that their shippers write.</summary>
public class MoreLogsTests
{
    /// <summary>A pipeline, a log source, a selection, and the query.</summary>
    public static TheoryData<string, string, string, string> Logs => new()
    {
        { "ecs_cloudtrail", "product: aws, service: cloudtrail", "{eventSource: iam.amazonaws.com, eventName: CreateUser, errorCode|contains: Denied}", "(event.dataset:\"aws.cloudtrail\" AND event.provider:\"iam.amazonaws.com\" AND event.action:\"CreateUser\" AND aws.cloudtrail.error_code:*Denied*)" },
        { "ecs_cloudtrail", "product: aws, service: cloudtrail", "{requestParameters.attribute: userData, additionalEventData.MFAUsed: 'No', requestParameters|contains: x}", "(event.dataset:\"aws.cloudtrail\" AND aws.cloudtrail.flattened.request_parameters.attribute:\"userData\" AND aws.cloudtrail.flattened.additional_eventdata.MFAUsed:\"No\" AND aws.cloudtrail.request_parameters:*x*)" },
        { "ecs_azure", "product: azure, service: activitylogs", "{operationName: A, CategoryValue: Administrative}", "(event.dataset:\"azure.activitylogs\" AND azure.activitylogs.operation_name:\"A\" AND azure.activitylogs.event_category:\"Administrative\")" },
        { "ecs_azure", "product: azure, service: auditlogs", "{OperationName: A, Category: RoleManagement, Status: Success}", "(event.dataset:\"azure.auditlogs\" AND azure.auditlogs.operation_name:\"A\" AND azure.auditlogs.properties.category:\"RoleManagement\" AND event.outcome:\"success\")" },
        { "ecs_azure", "product: azure, service: signinlogs", "{ResultType: 50053, Status: Failure, DeviceDetail.trusttype: x, userAgent: y}", "(event.dataset:\"azure.signinlogs\" AND azure.signinlogs.result_type:\"50053\" AND event.outcome:\"failure\" AND azure.signinlogs.properties.device_detail.trust_type:\"x\" AND user_agent.original:\"y\")" },
        { "ecs_azure", "product: azure, service: riskdetection", "{riskEventType: anonymizedIPAddress}", "(event.dataset:\"azure.identity_protection\" AND azure.identityprotection.properties.risk_event_type:\"anonymizedIPAddress\")" },
        { "ecs_okta", "product: okta, service: okta", "{eventType: zone.delete, outcome.result: FAILURE, securityContext.isProxy: 'true'}", "(event.dataset:\"okta.system\" AND okta.event_type:\"zone.delete\" AND okta.outcome.result:\"FAILURE\" AND okta.security_context.is_proxy:\"true\")" },
        { "ecs_m365", "product: m365, service: audit", "{Operation: Add user., Workload: AzureActiveDirectory, RequestType: Login}", "(event.dataset:\"o365.audit\" AND event.action:(\"Add\\ user.\" OR \"added\\-user\\-account\") AND event.provider:\"AzureActiveDirectory\" AND o365.audit.RequestType:\"Login\")" },
        { "ecs_github", "product: github, service: audit", "{action: repo.destroy, actor: a}", "(event.dataset:\"github.audit\" AND event.action:\"repo.destroy\" AND user.name:\"a\")" },
        { "ecs_gcp", "product: gcp, service: gcp.audit", "{gcp.audit.method_name: a, data.protoPayload.serviceName: b}", "(event.dataset:\"gcp.audit\" AND event.action:\"a\" AND service.name:\"b\")" },
        { "ecs_google_workspace", "product: gcp, service: google_workspace.admin", "{eventService: admin.googleapis.com, eventName: ADD_APPLICATION}", "(event.dataset:\"google_workspace.admin\" AND event.provider:\"admin\" AND event.action:\"ADD_APPLICATION\")" },
        { "ecs_kubernetes", "product: kubernetes, service: audit", "{verb: create, objectRef.resource: pods, responseStatus.code: 403}", "(kubernetes.audit.kind:\"Event\" AND kubernetes.audit.verb:\"create\" AND kubernetes.audit.objectRef.resource:\"pods\" AND kubernetes.audit.responseStatus.code:\"403\")" },
        { "ecs_auditd", "product: linux, service: auditd", "{type: EXECVE, a0: chattr, a1|contains: '-i', exe: /bin/x}", "(event.dataset:\"auditd.log\" AND event.action:\"execve\" AND auditd.log.a0:\"chattr\" AND auditd.log.a1:*\\-i* AND process.executable:\"\\/bin\\/x\")" },
        { "ecs_auditbeat", "product: linux, service: auditd", "{type: EXECVE, a0: chattr, a1|contains: '-i'}", "(event.module:\"auditd\" AND auditd.message_type:\"syscall\" AND process.args:\"chattr\" AND process.args:*\\-i*)" },
        { "ecs_auditbeat", "product: linux, service: auditd", "{type: SYSCALL, a0: '1', key: k, comm: x}", "(event.module:\"auditd\" AND auditd.message_type:\"syscall\" AND auditd.data.a0:\"1\" AND tags:\"k\" AND process.name:\"x\")" },
        { "ecs_auditbeat", "product: linux, service: auditd", "{type: USER_CMD, nametype: x}", "(event.module:\"auditd\" AND auditd.message_type:\"user_cmd\" AND auditd.paths.nametype:\"x\")" },
        { "ocsf", "product: windows, category: process_creation", "{Image|endswith: '\\a.exe', ParentCommandLine: b}", "(class_uid:\"1007\" AND activity_id:\"1\" AND process.file.path.keyword:*\\\\a.exe AND process.parent_process.cmd_line:\"b\")" },
        { "ocsf", "product: windows, category: network_connection", "{Image: a, Initiated: 'true', DestinationPort: 443}", "(class_uid:\"4001\" AND actor.process.file.path:\"a\" AND connection_info.direction_id:\"2\" AND dst_endpoint.port:\"443\")" },
        { "windows-audit", "product: windows, category: registry_set", "{Image: a, ProcessId: 500}", "(winlog.channel:\"Security\" AND winlog.event_id:\"4657\" AND OperationType:(\"Existing\\ registry\\ value\\ modified\" OR \"%%1905\") AND winlog.event_data.ProcessName:\"a\" AND ProcessId:\"0x1f4\")" },
        { "windows-audit", "product: windows, category: process_creation", "{IntegrityLevel: SYSTEM, ProcessId: 4, ParentProcessId: '500'}", "(winlog.channel:\"Security\" AND winlog.event_id:\"4688\" AND MandatoryLabel:(\"S\\-1\\-16\\-16384\" OR \"Mandatory\\ Label\\\\System\\ Mandatory\\ Level\") AND NewProcessId:\"0x4\" AND ProcessId:\"0x1f4\")" },
    };

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Logs))]
    public void A_rule_asks_for_what_the_shipper_writes(string pipeline, string logsource, string selection, string query) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), "es-qs", own: true, BuiltInRun.Pipelines(pipeline)).Query.Should().Be(query);

    /// <summary>A path in the registry, and what event 4657 has for it: key and value name, with the kernel's names of the hives.</summary>
    [Theory]
    [InlineData("TargetObject|endswith: '\\Lsa\\Notification Packages'", "ObjectName='*\\Lsa' ObjectValueName='Notification Packages'")]
    [InlineData("TargetObject: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\x'", "ObjectName='\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa' ObjectValueName='x'")]
    [InlineData("TargetObject|startswith: 'HKU\\S-1-5'", "(ObjectName='\\REGISTRY\\USER\\S-1-5*' or ObjectName='\\REGISTRY\\USER' or ObjectValueName='S-1-5*')")]
    [InlineData("TargetObject|contains: '\\Run\\'", "(ObjectName='*\\Run\\*' or ObjectName='*\\Run' or ObjectValueName='*')")]
    [InlineData("TargetObject|contains: 'HKLM'", "(ObjectName='*\\REGISTRY\\MACHINE*' or ObjectName='*\\REGISTRY' or ObjectValueName='MACHINE*')")]
    [InlineData("TargetObject|startswith: 'hklm\\Software\\'", "(ObjectName='\\REGISTRY\\MACHINE\\Software\\*' or ObjectName='\\REGISTRY\\MACHINE\\Software' or ObjectValueName='*')")]
    [InlineData("TargetObject|endswith: '\\CurrentControlSet\\x'", "ObjectName='*\\ControlSet001' ObjectValueName='x'")]
    [InlineData("TargetObject|contains: 'Run'", "(ObjectName='*Run*' or ObjectValueName='*Run*')")]
    public void A_registry_path_is_a_key_and_a_name(string selection, string tests)
    {
        string[] all = BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: windows, category: registry_set", selection), "windows-audit"));

        string.Join(' ', all.SkipLast(2)).Replace("\\\\", "\\").Should().Be(tests);
        all[^2..].Should().Equal("EventID=4657", "OperationType='Existing registry value modified'|'%%1905'");
    }

    [Theory]
    [InlineData("IntegrityLevel: High", true)]
    [InlineData("IntegrityLevel: S-1-16-12288", true)]
    [InlineData("IntegrityLevel: 'Mandatory Label\\High Mandatory Level'", true)]
    [InlineData("IntegrityLevel: null", true)]
    [InlineData("IntegrityLevel|contains: High", false)]
    [InlineData("IntegrityLevel: AppContainer", false)]
    public void An_integrity_level_that_event_4688_does_not_have_is_refused(string selection, bool isConverted) =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: process_creation", $"{{{selection}}}"), "splunk", own: true, BuiltInRun.Pipelines("windows-audit"))
            .Diagnostics.Any(d => d.Code.Id == "SIG0410").Should().Be(!isConverted);

    /// <summary>Rules about the security log itself have its names already.</summary>
    [Fact]
    public void A_rule_about_the_security_log_keeps_its_names() =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: windows, service: security", "{EventID: 4688, ProcessId: 4, TargetObject: 'HKLM\\a\\b'}"), "windows-audit"))
            .Should().Equal("EventID=4688", "ProcessId=4", "TargetObject='HKLM\\a\\b'");
}
