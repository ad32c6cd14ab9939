using Sigma.Backends;
using Sigma.Pipelines;

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
        Data(WindowsChannels.Specification.Concat(WindowsChannels.OtherNames));

    public static TheoryData<string, string> ForTargets => new()
    {
        { "es-qs", "ecs_zeek_beats" },
        { "xpack-watcher", "ecs_zeek_corelight" },
        { "es-qs", "ecs_macos_esf" },
        { "splunk", "splunk_windows" },
        { "splunk", "splunk_sysmon_acceleration" },
    };

    /// <summary>What is read of a pipeline before it is known whether it helps must not stand behind its transformations.</summary>
    [Fact]
    public void The_head_of_each_says_all_but_its_transformations()
    {
        foreach (BuiltInPipeline entry in PipelineCatalog.BuiltIn(BuiltInRun.Catalog))
        {
            Pipeline whole = PipelineReader.Read(entry.Open(), entry.Name, [])!;
            Pipeline head = PipelineReader.ReadHead(entry.Open(), entry.Name)!;

            head.Items.Should().BeEmpty();
            head.Name.Should().Be(whole.Name);
            head.AllowedBackends.Should().Equal(whole.AllowedBackends, entry.Name);
            head.Complete.Should().Be(whole.Complete, entry.Name);
            head.Options.Keys.Should().Equal(whole.Options.Keys, entry.Name);
        }
    }

    [Fact]
    public void All_public_names_are_there() => PipelineCatalog.BuiltIn(BuiltInRun.Catalog).Select(p => p.Name).Should().Contain(Public);

    [Theory]
    [MemberData(nameof(ForTargets))]
    public void A_pipeline_made_for_a_target_takes_the_place_of_its_own(string target, string name)
    {
        IReadOnlyList<Pipeline> given = BuiltInRun.Pipelines(name);

        PipelineCatalog.For(BuiltInRun.Catalog.Read(target, new Dictionary<string, string>(), [])!, given, withOwn: true).Should().Equal(given);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Sysmon_runs_for_every_target_and_before_its_own()
    {
        IReadOnlyList<Pipeline> sysmon = BuiltInRun.Pipelines("sysmon");

        foreach (Backend backend in BuiltInRun.Catalog.Names.Select(name => BuiltInRun.Catalog.Read(name, new Dictionary<string, string>(), [])!))
        {
            PipelineCatalog.For(backend, sysmon, withOwn: true).Should().Equal([.. sysmon, .. backend.Pipelines], backend.Name);
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(SysmonEvents))]
    public void Sysmon_adds_the_event_and_keeps_the_category(string category, string events)
    {
        PipelineRun run = BuiltInRun.Run(BuiltInRun.Rule($"product: windows, category: {category}", "Image: a"), "sysmon");

        BuiltInRun.Tests(run).Should().Equal("Image='a'", $"EventID={events}");
        run.Rule.LogSource.Should().BeEquivalentTo(new { Category = category, Product = "windows", Service = "sysmon" });
    }

    [Fact]
    public void Sysmon_leaves_other_products_alone() =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule("product: linux, category: process_creation", "Image: a"), "sysmon")).Should().Equal("Image='a'");

    [Fact]
    public void The_specification_has_46_services() => WindowsChannels.Specification.Select(s => s.Service).Distinct().Should().HaveCount(46);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Services))]
    public void Every_service_gets_its_channels(string service, string[] channels)
    {
        string rule = BuiltInRun.Rule($"product: windows, service: {service}", "EventID: 1");
        string values = string.Join('|', channels.Select(channel => $"'{channel}'"));

        BuiltInRun.Tests(BuiltInRun.Run(rule, "windows-logsources")).Should().Equal("EventID=1", "Channel=" + values);
        BuiltInRun.Tests(BuiltInRun.Run(rule, "splunk_windows")).Should().Equal(
            "EventCode=1", "source=" + string.Join('|', channels.Select(channel => $"'WinEventLog:{channel}'")));
    }

    [Theory]
    [MemberData(nameof(PowerShellEvents))]
    public void PowerShell_categories_get_event_and_channel(string category, string added)
    {
        PipelineRun run = BuiltInRun.Run(BuiltInRun.Rule($"product: windows, category: {category}", "Payload: a"), "windows-logsources");

        string.Join(' ', BuiltInRun.Tests(run)).Should().Be("Payload='a' " + added);
    }

    [Fact]
    public void Windows_audit_maps_process_creation()
    {
        PipelineRun run = BuiltInRun.Run(
            BuiltInRun.Rule("product: windows, category: process_creation", "{Image: a, ParentImage: b, LogonId: c, CommandLine: d}"), "windows-audit");

        BuiltInRun.Tests(run).Should().Equal("NewProcessName='a'", "ParentProcessName='b'", "SubjectLogonId='c'", "CommandLine='d'", "EventID=4688");
        run.Rule.LogSource.Should().BeEquivalentTo(new { Category = (string?)null, Product = "windows", Service = "security" });
    }

    [Theory]
    [InlineData("registry_event", "OperationType='New registry value created'|'%%1904'|'Existing registry value modified'|'%%1905'")]
    [InlineData("registry_set", "OperationType='Existing registry value modified'|'%%1905'")]
    [InlineData("registry_add", "OperationType='New registry value created'|'%%1904'")]
    public void Windows_audit_maps_registry_events(string category, string operation) =>
        BuiltInRun.Tests(BuiltInRun.Run(BuiltInRun.Rule($"product: windows, category: {category}", "Details: a"), "windows-audit"))
            .Should().Equal("NewValue='a'", "EventID=4657", operation);

    [Fact]
    public void Log_sources_of_sysmon_and_channels_go_together()
    {
        PipelineRun run = BuiltInRun.Run(BuiltInRun.Rule("product: windows, category: dns_query", "QueryName: a"), "sysmon", "splunk_windows");

        BuiltInRun.Tests(run).Should().Equal("QueryName='a'", "EventCode=22", "source='WinEventLog:Microsoft-Windows-Sysmon/Operational'");
    }

    [Fact]
    public void Splunk_sysmon_acceleration_adds_a_word()
    {
        IReadOnlyList<Pipeline> pipelines = BuiltInRun.Pipelines("sysmon", "splunk_windows", "splunk_sysmon_acceleration");

        BuiltInRun.Convert(BuiltInRun.Rule("product: windows, category: file_event", "Image: a"), "splunk", own: true, pipelines).Query.Should().Contain("\"TargetFilename\"").And.Contain("EventCode=\"11\"");
    }

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
