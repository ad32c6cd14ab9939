using Sigma.Engines.Tests.Engines;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>What the targets' own pipelines know of Windows, and what that adds to the configurations of 2020.</summary>
public class DefaultPipelinesTests
{
    /// <summary>The services that the configurations of 2020 knew by their logs, and that are written as they were.</summary>
    private static readonly Dictionary<string, string[]> AsIn2020 = new()
    {
        ["splunk"] = ["application", "security", "sysmon", "system", "taskscheduler", "wmi"],
        ["logpoint"] = ["security"],
        ["powershell"] =
        [
            "application", "dhcp", "dns-server-audit", "driver-framework", "ntlm", "powershell-classic", "security", "sysmon", "system",
            "taskscheduler", "wmi",
        ],
    };

    /// <summary>The services for which they had one log of two, or a name that no event has: deviations D29 and D30.</summary>
    private static readonly Dictionary<string, string[]> Corrected = new()
    {
        ["splunk"] = ["dhcp", "dns-server-audit", "driver-framework", "ntlm", "powershell", "powershell-classic"],
        ["logpoint"] = ["dhcp", "dns-server", "driver-framework", "system"],
        ["powershell"] = ["powershell"],
    };

    /// <summary>The categories that two logs record, or that none does.</summary>
    private static readonly string[] LeftOpen = ["process_creation", "file_access", "file_rename"];

    public static TheoryData<string> Targets => ["splunk", "logpoint", "powershell"];

    private static IEnumerable<(string Service, string[] Channels)> Services => WindowsChannels.Specification.Concat(WindowsChannels.OtherNames);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_service_of_Windows_has_its_log(string target)
    {
        foreach ((string service, string[] channels) in Services)
        {
            string query = Query(target, $"product: windows, service: {service}", "X: a");

            foreach (string channel in channels)
            {
                query.Should().Contain(target == "logpoint" && service == "security" ? "\"Microsoft-Windows-Security-Auditing\"" : LogOf(target, channel), service);
            }
        }
    }

    /// <summary>What the defaults add to 2020 is each service but those listed; what they change is the second list.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Targets))]
    public void What_the_defaults_add_is_named(string target)
    {
        IReadOnlyList<Pipeline> legacy = BuiltInRun.Pipelines($"legacy-{target}-windows");
        foreach (string service in Services.Select(known => known.Service))
        {
            string rule = BuiltInRun.Rule($"product: windows, service: {service}", "X: a");
            string before = BuiltInRun.Convert(rule, target, own: true, legacy).Query!;
            string now = BuiltInRun.Convert(rule, target, own: true, []).Query!;
            bool named = before != BuiltInRun.Convert(rule, target, own: false, []).Query;

            (now == before).Should().Be(AsIn2020[target].Contains(service), service);
            named.Should().Be(AsIn2020[target].Contains(service) || Corrected[target].Contains(service), service);
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_category_that_one_log_records_has_its_log_and_event(string target)
    {
        IEnumerable<(string Category, string Event, string Channel)> categories = BuiltInPipelinesTests.SysmonEvents
            .Select(row => ((string)row[0], ((string)row[1]).Split('|')[0], "Microsoft-Windows-Sysmon/Operational"))
            .Concat([("ps_module", "4103", "Microsoft-Windows-PowerShell/Operational"), ("ps_script", "4104", "Microsoft-Windows-PowerShell/Operational"), ("ps_classic_start", "400", "Windows PowerShell"), ("ps_classic_provider_start", "600", "Windows PowerShell"), ("ps_classic_script", "800", "Windows PowerShell")]);
        foreach ((string category, string eventId, string channel) in categories.Where(known => !LeftOpen.Contains(known.Category)))
        {
            Query(target, $"product: windows, category: {category}", "X: a").Should().Contain(LogOf(target, channel), category).And.Contain($"\"{eventId}\"", category);
        }

        foreach (string category in LeftOpen)
        {
            string rule = BuiltInRun.Rule($"product: windows, category: {category}", "X: a");
            BuiltInRun.Convert(rule, target, own: true, []).Query.Should().Be(BuiltInRun.Convert(rule, target, own: false, []).Query, category);
        }
    }

    [Theory]
    [InlineData("sysmon", "category: file_event")]
    [InlineData("windows-audit", "category: registry_set")]
    [InlineData("windows-audit", "category: process_creation")]
    [InlineData("sysmon", "category: process_creation")]
    public void A_pipeline_that_has_chosen_the_log_is_not_contradicted(string pipeline, string logsource)
    {
        string rule = BuiltInRun.Rule("product: windows, " + logsource, "X: a");
        string query = BuiltInRun.Convert(rule, "splunk", own: true, BuiltInRun.Pipelines(pipeline)).Query!;

        query.Split("source=").Should().HaveCount(2);
        query.Should().Be(BuiltInRun.Convert(rule, "splunk", own: true, BuiltInRun.Pipelines(pipeline, "splunk-windows")).Query);
    }

    /// <summary>The names differ in one character; so must not the logs.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_two_splunk_windows_pipelines_name_the_same_logs()
    {
        foreach ((string service, string[] channels) in Services)
        {
            string rule = BuiltInRun.Rule($"product: windows, service: {service}", "{X: a, EventID: 1}");
            string ours = BuiltInRun.Convert(rule, "splunk", own: true, BuiltInRun.Pipelines("splunk-windows")).Query!;
            string theirs = BuiltInRun.Convert(rule, "splunk", own: true, BuiltInRun.Pipelines("splunk_windows")).Query!;

            foreach (string channel in channels)
            {
                ours.Should().Contain(LogOf("splunk", channel));
                theirs.Should().Contain(LogOf("splunk", channel));
            }

            ours.Should().Contain("EventCode=\"1\"");
            theirs.Should().Contain("EventCode=\"1\"");
        }
    }

    /// <summary>Of the public rules about Windows' own logs all name one, but a rule about any log of Windows.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [SharedTheory]
    [MemberData(nameof(Targets))]
    public void Every_public_rule_about_a_log_of_Windows_names_it(string target)
    {
        string log = target switch { "splunk" => "source=\"WinEventLog:", "logpoint" => "channel", _ => "-LogName" };
        string[] files = [.. Directory.GetFiles(SharedFolder.In("corpus", "sigmahq"), "*.yml", SearchOption.AllDirectories)
            .Where(file => file.Replace('\\', '/').Contains("/windows/builtin/"))];
        files.Should().NotBeEmpty();

        IEnumerable<string> without = files.Where(file =>
        {
            string text = File.ReadAllText(file);
            string? query = BuiltInRun.Convert(text, target, own: true, []).Query;
            return query is not null && !query.Contains(log, StringComparison.Ordinal)
                && !(target == "logpoint" && query.Contains("event_source=\"Microsoft-Windows-Security-Auditing\"", StringComparison.Ordinal))
                && !(target == "powershell" && query.Contains("$_.LogName", StringComparison.Ordinal));
        });

        without.Where(file => RuleReader.Read(new SourceText(file, File.ReadAllText(file)))[0].Document is SigmaRule { LogSource: not { Category: null, Service: null } })
            .Select(Path.GetFileName).Should().BeEmpty();
    }

    private static string Query(string target, string logsource, string selection) =>
        BuiltInRun.Convert(BuiltInRun.Rule(logsource, selection), target, own: true, []).Query!;

    /// <summary>How a target names a log.</summary>
    private static string LogOf(string target, string channel) => target switch
    {
        "splunk" => $"source=\"WinEventLog:{channel}\"",
        "logpoint" => $"\"{channel}\"",
        _ => channel,
    };
}
