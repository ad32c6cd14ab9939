using Sigma.Backends;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>What the built-in pipelines do to rules.</summary>
public class BuiltInPipelinesTests
{
    /// <summary>The pipelines that have the names of the public ones.</summary>
    public static readonly string[] Public =
    [
        "ecs_kubernetes", "ecs_macos_esf", "ecs_windows", "ecs_windows_old", "ecs_zeek_beats", "ecs_zeek_corelight", "splunk_cim",
        "splunk_sysmon_acceleration", "splunk_windows", "sysmon", "windows-audit", "windows-logsources",
    ];

    public static TheoryData<string, string> SysmonEvents => new()
    {
        { "process_creation", "1" },
        { "file_change", "2" },
        { "network_connection", "3" },
        { "sysmon_status", "4|16" },
        { "process_termination", "5" },
        { "driver_load", "6" },
        { "image_load", "7" },
        { "create_remote_thread", "8" },
        { "raw_access_thread", "9" },
        { "process_access", "10" },
        { "file_event", "11" },
        { "registry_add", "12" },
        { "registry_delete", "12" },
        { "registry_set", "13" },
        { "registry_rename", "14" },
        { "registry_event", "12|13|14" },
        { "create_stream_hash", "15" },
        { "pipe_created", "17|18" },
        { "wmi_event", "19|20|21" },
        { "dns_query", "22" },
        { "file_delete", "23" },
        { "clipboard_capture", "24" },
        { "process_tampering", "25" },
        { "file_delete_detected", "26" },
        { "file_block_executable", "27" },
        { "file_block_shredding", "28" },
        { "file_executable_detected", "29" },
        { "sysmon_error", "255" },
    };

    public static TheoryData<string, string> PowerShellEvents => new()
    {
        { "ps_module", "EventID=4103 Channel='Microsoft-Windows-PowerShell/Operational'|'PowerShellCore/Operational'" },
        { "ps_script", "EventID=4104 Channel='Microsoft-Windows-PowerShell/Operational'|'PowerShellCore/Operational'" },
        { "ps_classic_start", "EventID=400 Channel='Windows PowerShell'" },
        { "ps_classic_provider_start", "EventID=600 Channel='Windows PowerShell'" },
        { "ps_classic_script", "EventID=800 Channel='Windows PowerShell'" },
    };

    public static TheoryData<string, string[]> Services =>
        Data(WindowsChannels.Specification.Concat(WindowsChannels.OlderNames));

    public static TheoryData<string, string> ForTargets => new()
    {
        { "es-qs", "ecs_windows" },
        { "xpack-watcher", "ecs_windows" },
        { "es-qs", "ecs_windows_old" },
        { "es-qs", "ecs_zeek_beats" },
        { "xpack-watcher", "ecs_zeek_corelight" },
        { "es-qs", "ecs_kubernetes" },
        { "es-qs", "ecs_macos_esf" },
        { "splunk", "splunk_windows" },
        { "splunk", "splunk_cim" },
        { "splunk", "splunk_sysmon_acceleration" },
    };

    [Fact]
    public void All_public_names_are_there() => PipelineCatalog.BuiltIn(Piped.Catalog).Select(p => p.Name).Should().Contain(Public);

    [Theory]
    [MemberData(nameof(ForTargets))]
    public void A_pipeline_made_for_a_target_takes_the_place_of_its_own(string target, string name)
    {
        IReadOnlyList<Pipeline> given = Piped.Pipelines(name);

        PipelineCatalog.For(Piped.Catalog.Read(target, new Dictionary<string, string>(), [])!, given, withOwn: true).Should().Equal(given);
    }

    [Fact]
    public void Sysmon_runs_for_every_target_and_before_its_own()
    {
        IReadOnlyList<Pipeline> sysmon = Piped.Pipelines("sysmon");

        foreach (Backend backend in Piped.Catalog.Names.Select(name => Piped.Catalog.Read(name, new Dictionary<string, string>(), [])!))
        {
            PipelineCatalog.For(backend, sysmon, withOwn: true).Should().Equal([.. sysmon, .. backend.Pipelines], backend.Name);
        }
    }

    [Theory]
    [MemberData(nameof(SysmonEvents))]
    public void Sysmon_adds_the_event_and_keeps_the_category(string category, string events)
    {
        PipelineRun run = Piped.Run(Piped.Rule($"product: windows, category: {category}", "Image: a"), "sysmon");

        Piped.Tests(run).Should().Equal("Image='a'", $"EventID={events}");
        run.Rule.LogSource.Should().BeEquivalentTo(new { Category = category, Product = "windows", Service = "sysmon" });
    }

    [Fact]
    public void Sysmon_leaves_other_products_alone() =>
        Piped.Tests(Piped.Run(Piped.Rule("product: linux, category: process_creation", "Image: a"), "sysmon")).Should().Equal("Image='a'");

    [Fact]
    public void The_specification_has_46_services() => WindowsChannels.Specification.Select(s => s.Service).Distinct().Should().HaveCount(46);

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_service_gets_its_channels(string service, string[] channels)
    {
        string rule = Piped.Rule($"product: windows, service: {service}", "EventID: 1");
        string values = string.Join('|', channels.Select(channel => $"'{channel}'"));

        Piped.Tests(Piped.Run(rule, "windows-logsources")).Should().Equal("EventID=1", "Channel=" + values);
        Piped.Tests(Piped.Run(rule, "splunk_windows")).Should().Equal(
            "EventCode=1", "source=" + string.Join('|', channels.Select(channel => $"'WinEventLog:{channel}'")));
    }

    [Theory]
    [MemberData(nameof(PowerShellEvents))]
    public void PowerShell_categories_get_event_and_channel(string category, string added)
    {
        PipelineRun run = Piped.Run(Piped.Rule($"product: windows, category: {category}", "Payload: a"), "windows-logsources");

        string.Join(' ', Piped.Tests(run)).Should().Be("Payload='a' " + added);
    }

    [Fact]
    public void Windows_audit_maps_process_creation()
    {
        PipelineRun run = Piped.Run(Piped.Rule("product: windows, category: process_creation", "{Image: a, ParentImage: b, LogonId: c, CommandLine: d}"), "windows-audit");

        Piped.Tests(run).Should().Equal("NewProcessName='a'", "ParentProcessName='b'", "SubjectLogonId='c'", "CommandLine='d'", "EventID=4688");
        run.Rule.LogSource.Should().BeEquivalentTo(new { Category = (string?)null, Product = "windows", Service = "security" });
    }

    [Theory]
    [InlineData("registry_event", "OperationType='New registry value created'|'Existing registry value modified'")]
    [InlineData("registry_set", "OperationType='Existing registry value modified'")]
    [InlineData("registry_add", "OperationType='New registry value created'")]
    public void Windows_audit_maps_registry_events(string category, string operation) =>
        Piped.Tests(Piped.Run(Piped.Rule($"product: windows, category: {category}", "Details: a"), "windows-audit"))
            .Should().Equal("NewValue='a'", "EventID=4657", operation);

    [Fact]
    public void Log_sources_of_sysmon_and_channels_go_together()
    {
        PipelineRun run = Piped.Run(Piped.Rule("product: windows, category: dns_query", "QueryName: a"), "sysmon", "splunk_windows");

        Piped.Tests(run).Should().Equal("QueryName='a'", "EventCode=22", "source='WinEventLog:Microsoft-Windows-Sysmon/Operational'");
    }

    [Fact]
    public void Splunk_sysmon_acceleration_adds_a_word()
    {
        Conversion conversion = Piped.Convert(
            Piped.Rule("product: windows, category: file_event", "Image: a"), "splunk", own: true, Piped.Pipelines("sysmon", "splunk_windows", "splunk_sysmon_acceleration"));

        conversion.Query.Should().Contain("\"TargetFilename\"").And.Contain("EventCode=\"11\"");
    }

    [Theory]
    [InlineData("category: proxy", "{c-uri: a, cs-method: b}", "Web.url='a'", "Web.http_method='b'")]
    [InlineData("product: windows, category: process_creation", "{Image: a, User: b}", "Processes.process_path='a'", "Processes.user='b'")]
    [InlineData("product: windows, category: registry_set", "{TargetObject: a, Details: b}", "Registry.registry_key_name='a'", "Registry.registry_value_data='b'")]
    public void Splunk_cim_maps_to_data_models(string logsource, string selection, params string[] tests) =>
        Piped.Tests(Piped.Run(Piped.Rule(logsource, selection), "splunk_cim")).Should().Equal(tests);

    [Theory]
    [InlineData("product: windows, category: process_creation", "{Image: a, Hashes: b}", "supports only the following fields for process_creation")]
    [InlineData("product: windows, service: security", "EventID: 1", "not yet supported by the Splunk data model CIM pipeline")]
    public void Splunk_cim_refuses_what_no_data_model_has(string logsource, string selection, string message)
    {
        var diagnostics = new List<Diagnostic>();
        PipelineRun run = Piped.Run(Piped.Rule(logsource, selection), Piped.Pipelines("splunk_cim"), diagnostics);

        run.Failed.Should().BeTrue();
        diagnostics.Should().ContainSingle().Which.Message.Should().Contain(message);
    }

    [Fact]
    public void Splunk_cim_leaves_the_data_model_in_the_state()
    {
        PipelineRun run = Piped.Run(Piped.Rule("category: network, service: dns", "dns.question.name: a"), "splunk_cim");

        run.State["data_model_set"].Should().Be("Network_Resolution.DNS");
        run.State["fields"].Should().StartWith("DNS.dest,DNS.dest_port,");
    }

    [Theory]
    [InlineData("product: windows, category: process_creation", "{Image: a, CommandLine: b, LogonId: c}", "process.executable='a'", "process.command_line='b'", "winlog.event_data.LogonId='c'")]
    [InlineData("product: windows, category: image_load", "{OriginalFileName: a, ImageLoaded: b}", "file.pe.original_file_name='a'", "file.path='b'")]
    [InlineData("product: windows, category: network_connection", "{Initiated: true, DestinationPort: 80}", "network.direction='egress'", "destination.port=80")]
    [InlineData("product: windows, category: network_connection", "{Initiated: false, SourcePort: 80}", "network.direction='ingress'", "source.port=80")]
    [InlineData("product: windows, service: security", "{EventID: 4624, LogonType: 3, Foo: null}", "event.code='4624'", "winlog.event_data.LogonType='3'", "winlog.event_data.Foo=null", "winlog.channel='Security'")]
    [InlineData("product: linux, category: process_creation", "{Image: a, N: 1}", "Image='a'", "N=1")]
    public void Ecs_windows_maps_names_and_types(string logsource, string selection, params string[] tests) =>
        Piped.Tests(Piped.Run(Piped.Rule(logsource, selection), "ecs_windows")).Should().Equal(tests);

    [Fact]
    public void Ecs_windows_old_keeps_the_names_of_the_event() =>
        Piped.Tests(Piped.Run(Piped.Rule("product: windows, service: security", "{EventID: 4624, LogonType: 3}"), "ecs_windows_old"))
            .Should().Equal("event_id=4624", "event_data.LogonType=3", "winlog.channel='Security'");

    [Theory]
    [InlineData("ecs_zeek_beats")]
    [InlineData("ecs_zeek_corelight")]
    public void Zeek_pipelines_name_the_dataset(string name)
    {
        PipelineRun run = Piped.Run(Piped.Rule("category: dns", "dst_port: 53"), name);

        Piped.Tests(run).Should().Equal("destination.port=53", "event.dataset='zeek.dns'");
        run.Rule.LogSource.Should().BeEquivalentTo(new { Category = (string?)null, Product = "zeek", Service = "dns" });
    }

    [Fact]
    public void Ecs_kubernetes_drops_empty_groups() =>
        Piped.Tests(Piped.Run(Piped.Rule("product: kubernetes, service: audit", "{verb: get, apiGroup: '', subresource: exec}"), "ecs_kubernetes"))
            .Should().Equal("kubernetes.audit.verb='get'", "kubernetes.audit.objectRef.subresource='exec'", "kubernetes.audit.kind='Event'");

    [Fact]
    public void Ecs_macos_esf_adds_the_kind_of_event() =>
        Piped.Tests(Piped.Run(Piped.Rule("product: macos, service: endpointsecurity, category: process_creation", "Image: a"), "ecs_macos_esf"))
            .Should().Equal("process.executable='a'", "event.action='exec'", "esf.event_type=9");

    private static TheoryData<string, string[]> Data(IEnumerable<(string Service, string[] Channels)> services)
    {
        var data = new TheoryData<string, string[]>();
        foreach ((string service, string[] channels) in services)
        {
            data.Add(service, channels);
        }

        return data;
    }
}
