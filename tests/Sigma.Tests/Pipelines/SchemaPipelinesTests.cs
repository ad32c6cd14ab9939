using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>What the built-in pipelines for the schemas of others do: the Common Information Model, the Elastic Common Schema.</summary>
public class SchemaPipelinesTests
{
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("es-qs", "ecs_windows")]
    [InlineData("xpack-watcher", "ecs_windows")]
    [InlineData("es-qs", "ecs_windows_old")]
    [InlineData("es-qs", "ecs_kubernetes")]
    [InlineData("splunk", "splunk_cim")]
    public void A_pipeline_made_for_a_target_takes_the_place_of_its_own(string target, string name)
    {
        IReadOnlyList<Pipeline> given = BuiltInRun.Pipelines(name);

        PipelineCatalog.For(BuiltInRun.Catalog.Read(target, new Dictionary<string, string>(), [])!, given, withOwn: true).Should().Equal(given);
    }

    [Theory]
    [InlineData("category: proxy", "{c-uri: a, cs-method: b}", "Web.url='a'", "Web.http_method='b'")]
    [InlineData("product: windows, category: process_creation", "{Image: a, User: b}", "Processes.process_path='a'", "Processes.user='b'")]
    [InlineData("product: windows, category: registry_set", "TargetObject: a", "Registry.registry_key_name='a'")]
    [InlineData("product: windows, category: file_event", "TargetFilename: a", "Filesystem.file_path='a'")]
    public void Splunk_cim_maps_to_data_models(string logsource, string selection, params string[] tests) =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule(logsource, selection), "splunk_cim")).Should().Equal(tests);

    [Theory]
    [InlineData("product: windows, category: process_creation", "{Image: a, Hashes: b}", "supports only the following fields for process_creation")]
    [InlineData("product: windows, service: security", "EventID: 1", "not yet supported by the Splunk data model CIM pipeline")]
    public void Splunk_cim_refuses_what_no_data_model_has(string logsource, string selection, string message)
    {
        var diagnostics = new List<Diagnostic>();
        PipelineRun run = BuiltInRun.Run(BuiltInRun.Rule(logsource, selection), BuiltInRun.Pipelines("splunk_cim"), diagnostics);

        run.Failed.Should().BeTrue();
        diagnostics.Should().ContainSingle().Which.Message.Should().Contain(message);
    }

    [Fact]
    public void Splunk_cim_leaves_the_data_model_in_the_state()
    {
        PipelineRun run = BuiltInRun.Run(BuiltInRun.Rule("category: network, service: dns", "dns.question.name: a"), "splunk_cim");

        run.State["data_model_set"].Should().Be("Network_Resolution.DNS");
        run.State["fields"].Should().StartWith("DNS.dest,DNS.dest_port,");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("category: process_creation", "{Image: a, LogonId: b}", "process.executable='a'", "winlog.event_data.LogonId='b'")]
    [InlineData("category: process_creation", "CommandLine: a", "process.command_line='a'")]
    [InlineData("category: image_load", "{OriginalFileName: a, ImageLoaded: b}", "file.pe.original_file_name='a'", "file.path='b'")]
    [InlineData("category: network_connection", "{Initiated: true, DestinationPort: 80}", "network.direction='egress'", "destination.port=80")]
    [InlineData("category: network_connection", "{Initiated: false, SourcePort: 80}", "network.direction='ingress'", "source.port=80")]
    [InlineData("service: security", "EventID: 4624", "event.code='4624'", "winlog.channel='Security'")]
    [InlineData("category: process_creation", "User: 'CORP\\adele'", "user.domain='CORP'", "user.name='adele'")]
    [InlineData("category: process_creation", "User|startswith: 'NT AUTH'", "user.domain='NT AUTH*'")]
    [InlineData("category: process_creation", "User|startswith: 'CORP\\'", "user.domain='CORP'", "user.name='*'")]
    [InlineData("category: process_creation", "User|contains: 'Y\\S'", "user.domain='*Y'", "user.name='S*'")]
    [InlineData("category: process_creation", "User|endswith: '$'", "user.name='*$'")]
    [InlineData("category: process_creation", "User|cased|endswith: '\\Adele'", "user.domain='*'", "user.name='Adele'")]
    [InlineData("category: process_creation", "User|contains: AUTHORI", "(user.domain='*AUTHORI*' or user.name='*AUTHORI*')")]
    [InlineData("category: process_creation", "User: [adele, bea, 'CORP\\carl']", "(user.domain='CORP' or user.name='carl' or user.name='adele'|'bea')")]
    [InlineData("category: process_creation", "{UtcTime: a}", "@timestamp='a'")]
    [InlineData("category: file_delete", "Hashes|contains: 'IMPHASH=0123456789ABCDEF0123456789ABCDEF'", "process.pe.imphash='0123456789abcdef0123456789abcdef'")]
    [InlineData("category: image_load", "{Signed: 'false', RuleName: b}", "winlog.event_data.Signed='false'", "rule.name='b'")]
    [InlineData("category: network_connection", "{SourceIsIpv6: 'true', DestinationIp: ['-', 192.0.2.1]}", "network.type='ipv6'", "destination.ip=null|'192.0.2.1'")]
    [InlineData("category: network_connection", "{SourceIsIpv6: false}", "network.type='ipv4'")]
    [InlineData("service: security", "{NewProcessId: '0x1f4', ProcessId: 4}", "process.pid=500", "process.pid=4", "winlog.channel='Security'")]
    [InlineData("category: process_creation", "{CommandLine: '', ParentUser: ['-', x]}", "process.command_line=null", "winlog.event_data.ParentUser=null|'x'")]
    [InlineData("category: dns_query", "QueryStatus: 9003", "sysmon.dns.status='DNS_ERROR_RCODE_NAME_ERROR'")]
    [InlineData("category: file_event", "{LogonType: 3, Foo: null}", "winlog.event_data.LogonType='3'", "winlog.event_data.Foo=null")]
    [InlineData("service: security", "{EventID: 4624, SubjectUserSid: S-1-0-0, SubjectLogonId: '0x3e7', TargetLogonId: '0x1'}", "event.code='4624'",
        "winlog.event_data.SubjectUserSid='S-1-0-0'", "winlog.event_data.SubjectLogonId='0x3e7'", "winlog.event_data.TargetLogonId='0x1'", "winlog.channel='Security'")]
    [InlineData("service: security", "{SubjectUserName: a, SubjectDomainName: b, TargetDomainName: c, AccountName: d, ServiceName: e}", "winlog.event_data.SubjectUserName='a'",
        "winlog.event_data.SubjectDomainName='b'", "winlog.event_data.TargetDomainName='c'", "winlog.event_data.AccountName='d'", "winlog.event_data.ServiceName='e'", "winlog.channel='Security'")]
    [InlineData("service: security", "{EventID: 1102, SubjectUserName: a}", "event.code='1102'",
        "(winlog.event_data.SubjectUserName='a' or winlog.user_data.SubjectUserName='a')", "winlog.channel='Security'")]
    [InlineData("service: security", "{EventID: 4688, ProcessId: '0x10', ParentProcessName: a}", "event.code='4688'", "process.parent.pid=16", "process.parent.executable='a'", "winlog.channel='Security'")]
    [InlineData("service: security", "{EventID: 4663, ProcessName: a}", "event.code='4663'", "winlog.event_data.ProcessName='a'", "winlog.channel='Security'")]
    [InlineData("service: security", "{EventID: 4648, ProcessName: a}", "event.code='4648'", "process.executable='a'", "winlog.channel='Security'")]
    [InlineData("service: security", "{EventID: [4648, 4663], ProcessName: a}", "event.code='4648'|'4663'", "(winlog.event_data.ProcessName='a' or process.executable='a')", "winlog.channel='Security'")]
    [InlineData("service: security", "{EventID: 5156, Application: a, DestAddress: b, DestPort: 3}", "event.code='5156'", "winlog.event_data.Application='a'",
        "winlog.event_data.DestAddress='b'", "winlog.event_data.DestPort='3'", "winlog.channel='Security'")]
    [InlineData("service: system", "{AccountName: a, Computer: b}", "winlog.event_data.AccountName='a'", "winlog.computer_name='b'", "winlog.channel='System'")]
    [InlineData("service: security", "{Keywords: '0x8010000000000000', Level: [2, Error], Task: Logon}", "winlog.keywords='Audit Failure'", "log.level='error'|'Error'", "winlog.task='Logon'", "winlog.channel='Security'")]
    public void Ecs_windows_maps_names_and_types(string logsource, string selection, params string[] tests) =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: windows, " + logsource, selection), "ecs_windows")).Should().Equal(tests);

    /// <summary>What the Sysmon module of Winlogbeat makes of an event leaves no field for these tests.</summary>
    [Theory]
    [InlineData("category: network_connection", "DestinationIsIpv6: true", "keeps this field nowhere")]
    [InlineData("category: dns_query", "QueryResults|contains: 192.0.2.1", "keeps this field nowhere")]
    [InlineData("service: sysmon", "Hashes|contains: 'MD5=0123456789ABCDEF0123456789ABCDEF'", "keeps this field nowhere")]
    [InlineData("category: process_creation", "User|re: 'NT.*SYSTEM'", "cannot be cut in two")]
    [InlineData("category: process_creation", "User|fieldref: ParentUser", "cannot be cut in two")]
    [InlineData("category: process_creation", "User: 'A*b'", "cannot be cut in two")]
    [InlineData("category: process_creation", "User|startswith: 'A?'", "cannot be cut in two")]
    [InlineData("category: registry_set", "Details|contains: '0x00000001'", "in decimal")]
    [InlineData("category: registry_set", "Details|contains: 'DWORD (0x0000000'", "in decimal")]
    [InlineData("category: registry_set", "Details|endswith: '1)'", "in decimal")]
    [InlineData("category: dns_query", "QueryStatus|gt: 0", "name of the status")]
    [InlineData("service: security", "{EventID: 1102, SubjectUserName: null}", "its absence cannot be found")]
    [InlineData("service: security", "{EventID: [4648, 4663], ProcessName: null}", "its absence cannot be found")]
    [InlineData("service: security", "Task: 12544", "knows no name for this value")]
    [InlineData("service: security", "Keywords: '0x8000000000000000'", "knows no name for this value")]
    [InlineData("service: security", "Level|gte: 3", "knows no name for this value")]
    public void Ecs_windows_refuses_what_the_index_does_not_have(string logsource, string selection, string message)
    {
        var diagnostics = new List<Diagnostic>();
        PipelineRun run = BuiltInRun.Run(BuiltInRun.Rule("product: windows, " + logsource, selection), BuiltInRun.Pipelines("ecs_windows"), diagnostics);

        run.Failed.Should().BeTrue();
        diagnostics.Should().ContainSingle().Which.Message.Should().Contain(message);
    }

    [Fact]
    public void Ecs_windows_says_that_two_levels_have_one_name()
    {
        var diagnostics = new List<Diagnostic>();
        BuiltInRun.Run(BuiltInRun.Rule("product: windows, service: application", "Level: 4"), BuiltInRun.Pipelines("ecs_windows"), diagnostics);

        diagnostics.Should().ContainSingle().Which.Code.Should().Be(Codes.RuleWarnedOfByPipeline);
    }

    /// <summary>That an address is there is no pattern, which a field of type ip would not take.</summary>
    [Fact]
    public void Lucene_asks_whether_an_address_is_there() =>
        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: network_connection", "{DestinationIp: '*', Image: '*'}"), "lucene", own: true, []).Query
            .Should().Contain("_exists_:destination.ip AND process.executable:*");

    /// <summary>An empty API group is the core group, whose records have no group.</summary>
    [Theory]
    [InlineData("{apiGroup: ['', apps], verb: get}", "kubernetes.audit.objectRef.apiGroup=null|'apps'", "kubernetes.audit.verb='get'", "kubernetes.audit.kind='Event'")]
    [InlineData("{subresource: '', verb: get}", "kubernetes.audit.objectRef.subresource=null", "kubernetes.audit.verb='get'", "kubernetes.audit.kind='Event'")]
    public void Ecs_kubernetes_knows_that_what_is_empty_is_left_out(string selection, params string[] tests) =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: kubernetes, service: audit", selection), "ecs_kubernetes")).Should().Equal(tests);

    [Theory]
    [InlineData("product: linux, service: foo")]
    [InlineData("category: proxy")]
    public void Ecs_kubernetes_leaves_other_logs_alone(string logsource) =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule(logsource, "{username: root, verb: get, resource: a, namespace: b, apiGroup: ''}"), "ecs_kubernetes"))
            .Should().Equal("username='root'", "verb='get'", "resource='a'", "namespace='b'", "apiGroup=''");

    [Fact]
    public void Ecs_windows_leaves_other_products_alone() =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: linux, category: process_creation", "{Image: a, N: 1}"), "ecs_windows"))
            .Should().Equal("Image='a'", "N=1");

    [Fact]
    public void Ecs_windows_old_keeps_the_names_of_the_event() =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: windows, service: security", "{EventID: 4624, LogonType: 3}"), "ecs_windows_old"))
            .Should().Equal("event_id=4624", "event_data.LogonType=3", "winlog.channel='Security'");

    [Theory]
    [InlineData("ecs_zeek_beats")]
    [InlineData("ecs_zeek_corelight")]
    public void Zeek_pipelines_name_the_dataset(string name)
    {
        PipelineRun run = BuiltInRun.Run(BuiltInRun.Rule("category: dns", "dst_port: 53"), name);

        BuiltInRun.Tests(run).Should().Equal("destination.port=53", "event.dataset='zeek.dns'");
        run.Rule.LogSource.Should().BeEquivalentTo(new { Category = (string?)null, Product = "zeek", Service = "dns" });
    }

    [Fact]
    public void Ecs_macos_esf_adds_the_kind_of_event() =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: macos, service: endpointsecurity, category: process_creation", "Image: a"), "ecs_macos_esf"))
            .Should().Equal("process.executable='a'", "event.action='exec'", "esf.event_type=9");
}
