using Sigma.Events.Matching;

namespace Sigma.Tests.Matching;

/// <summary>A rule's log source applies as far as the event tells its own.</summary>
public class LogSourceTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational";

    [Theory]
    // Sysmon records a started process as event 1, the audit policy as 4688 with other names.
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Image":"x"}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":5,"Image":"x"}""", false)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Channel":"Security","EventID":4688,"NewProcessName":"x"}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Channel":"Security","EventID":"4688","NewProcessName":"x"}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Channel":"Security","EventID":4689,"NewProcessName":"x"}""", false)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Channel":"Security","EventID":1,"Image":"x"}""", false)]
    [InlineData("category: process_creation", "Image: x", """{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":3,"Image":"x"}""", false)]
    // An event that does not tell is tried, as the rule stands.
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Image":"x"}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"NewProcessName":"x"}""", false)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"EventID":1,"Image":"x"}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"EventID":3,"Image":"x"}""", false)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"EventID":4688,"NewProcessName":"x"}""", true)]
    // The other usual forms of Windows events.
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":"1","event_data":{"Image":"x"}}}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":"3","event_data":{"Image":"x"}}}""", false)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":{"#text":"1"}},"EventData":{"Data":[{"@Name":"Image","#text":"x"}]}}}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"source":"XmlWinEventLog:Microsoft-Windows-Sysmon/Operational","EventCode":"1","Image":"x"}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"source":"WinEventLog:System","EventCode":"1","Image":"x"}""", false)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"LogName":"Microsoft-Windows-Sysmon/Operational","Id":1,"Image":"x"}""", true)]
    [InlineData("category: process_creation\n  product: windows", "Image: x", """{"LogName":"Microsoft-Windows-Sysmon/Operational","Id":3,"Image":"x"}""", false)]
    // Services are channels.
    [InlineData("product: windows\n  service: security", "a: x", """{"Channel":"Security","EventID":1,"a":"x"}""", true)]
    [InlineData("product: windows\n  service: security", "a: x", """{"Channel":"System","EventID":1,"a":"x"}""", false)]
    [InlineData("product: windows\n  service: security", "a: x", """{"EventID":1,"a":"x"}""", true)]
    [InlineData("product: windows\n  service: sysmon", "a: x", """{"Provider_Name":"Microsoft-Windows-Sysmon","EventID":1,"a":"x"}""", true)]
    [InlineData("product: windows\n  category: ps_script", "ScriptBlockText: x", """{"Channel":"PowerShellCore/Operational","EventID":4104,"ScriptBlockText":"x"}""", true)]
    [InlineData("product: windows\n  category: registry_set", "Details: x", """{"Channel":"Security","EventID":4657,"OperationType":"Existing registry value modified","NewValue":"x"}""", true)]
    [InlineData("product: windows\n  category: registry_set", "Details: x", """{"Channel":"Security","EventID":4657,"OperationType":"New registry value created","NewValue":"x"}""", false)]
    [InlineData("product: windows\n  category: registry_set", "Details: x", """{"Channel":"Security","EventID":4657,"OperationType":"%%1905","NewValue":"x"}""", true)]
    [InlineData("product: windows\n  category: registry_set", "Details: x", """{"Channel":"Security","EventID":4657,"OperationType":"%%1904","NewValue":"x"}""", false)]
    [InlineData("product: windows\n  category: registry_set", "TargetObject|contains|all: ['\\Run', '\\Evil']", """{"Channel":"Security","EventID":4657,"OperationType":"%%1905","ObjectName":"\\REGISTRY\\MACHINE\\SOFTWARE\\Run","ObjectValueName":"Evil"}""", true)]
    [InlineData("product: windows\n  category: registry_set", "TargetObject|contains|all: ['\\Run', '\\Evil']", """{"Channel":"Security","EventID":4657,"OperationType":"%%1905","ObjectName":"\\REGISTRY\\MACHINE\\SOFTWARE\\Run","ObjectValueName":"Good"}""", false)]
    // A value at the end of a path is the name of a value, not a key.
    [InlineData("product: windows\n  category: registry_set", "TargetObject|endswith: DisableConfig", """{"Channel":"Security","EventID":4657,"OperationType":"%%1905","ObjectName":"\\REGISTRY\\MACHINE\\DisableConfig","ObjectValueName":"x"}""", false)]
    [InlineData("product: windows\n  category: registry_set", "TargetObject|endswith: DisableConfig", """{"Channel":"Security","EventID":4657,"OperationType":"%%1905","ObjectName":"\\REGISTRY\\MACHINE\\x","ObjectValueName":"DisableConfig"}""", true)]
    [InlineData("product: windows\n  category: registry_set", "TargetObject|contains: 'CurrentControlSet\\Services\\'", """{"Channel":"Security","EventID":4657,"OperationType":"%%1905","ObjectName":"\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\a","ObjectValueName":"b"}""", true)]
    // Sysmon for Linux has the event ids of Windows.
    [InlineData("product: linux\n  category: process_creation", "Image: x", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":1,"Image":"x"}""", true)]
    [InlineData("product: linux\n  category: process_creation", "Image: x", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":23,"Image":"x"}""", false)]
    [InlineData("product: linux\n  category: file_event", "Image: x", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":23,"Image":"x"}""", false)]
    [InlineData("product: linux\n  category: network_connection", "not_there: null", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":1,"Image":"x"}""", false)]
    [InlineData("category: network_connection", "not_there: null", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":3,"Image":"x"}""", true)]
    [InlineData("product: linux", "Image: x", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":23,"Image":"x"}""", true)]
    [InlineData("product: linux\n  service: auditd", "not_there: null", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":1}""", false)]
    [InlineData("product: linux\n  service: sysmon", "not_there: null", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":1}""", true)]
    [InlineData("service: named", "not_there: null", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":1}""", false)]
    [InlineData("category: proxy", "not_there: null", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":1}""", false)]
    [InlineData("category: mine", "not_there: null", """{"Channel":"Linux-Sysmon/Operational","Provider_Name":"Linux-Sysmon","EventID":1}""", true)]
    // A provider that is another part of Windows is not Sysmon.
    [InlineData("product: windows\n  category: process_creation", "ParentImage: null", """{"Provider_Name":"Microsoft-Windows-Kernel-General","EventID":1}""", false)]
    [InlineData("product: windows\n  category: ps_script", "a: x", """{"Provider_Name":"Microsoft-Windows-GroupPolicy","EventID":4104,"a":"x"}""", false)]
    [InlineData("product: windows\n  service: windefend", "a: x", """{"Provider_Name":"Microsoft-Windows-GroupPolicy","EventID":1116,"a":"x"}""", false)]
    [InlineData("product: windows\n  service: powershell", "a: x", """{"Provider_Name":"EventLog","EventID":6005,"a":"x"}""", false)]
    [InlineData("product: windows\n  service: system", "a: x", """{"Provider_Name":"EventLog","EventID":6005,"a":"x"}""", true)]
    [InlineData("product: windows\n  service: dns-server", "a: x", """{"Provider_Name":"Microsoft-Windows-DNS-Server-Service","EventID":150,"a":"x"}""", true)]
    [InlineData("product: windows\n  service: ntlm", "a: x", """{"Provider_Name":"Microsoft-Windows-Security-Netlogon","EventID":8004,"a":"x"}""", true)]
    [InlineData("product: windows\n  service: security", "a: x", """{"Provider_Name":"PowerShellCore","EventID":4104,"a":"x"}""", false)]
    // A category that nothing is known of is tried on events that are of no known category.
    [InlineData("product: windows\n  category: file_access", "a: x", """{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":11,"a":"x"}""", false)]
    [InlineData("product: windows\n  category: file_access", "a: x", """{"Channel":"Microsoft-Windows-Kernel-File/Analytic","EventID":12,"a":"x"}""", true)]
    [InlineData("category: antivirus", "a: x", """{"Channel":"Application","EventID":12,"a":"x"}""", true)]
    [InlineData("category: antivirus", "a: x", """{"Channel":"Security","EventID":4625,"a":"x"}""", false)]
    [InlineData("category: proxy", "a: x", """{"a":"x"}""", true)]
    // Other products.
    [InlineData("product: linux\n  category: process_creation", "Image: x", """{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Image":"x"}""", false)]
    [InlineData("product: linux\n  category: process_creation", "Image: x", """{"Channel":"Linux-Sysmon/Operational","EventID":1,"Image":"x"}""", true)]
    [InlineData("product: windows\n  category: process_creation", "Image: x", """{"Channel":"Linux-Sysmon/Operational","EventID":1,"Image":"x"}""", false)]
    [InlineData("product: aws\n  service: cloudtrail", "eventName: x", """{"eventName":"x","channel":"y"}""", true)]
    public void A_log_source_applies(string logSource, string item, string json, bool matches) =>
        Evaluator.Matcher($"sel:\n  {item}\ncondition: sel", logSource).Matches(Event.Parse(json)).Should().Be(matches);

    [Fact]
    public void What_is_left_out_is_looked_for_under_the_names_of_the_variant()
    {
        var matcher = Evaluator.Matcher("sel:\n  CommandLine: x\nfilter:\n  Image: good\ncondition: sel and not filter", "category: process_creation\n  product: windows");

        matcher.Matches(Event.Of(("CommandLine", "x"), ("Image", "good"))).Should().BeFalse();
        matcher.Matches(Event.Of(("Channel", Sysmon), ("EventID", "1"), ("CommandLine", "x"), ("Image", "good"))).Should().BeFalse();
        matcher.Matches(Event.Of(("Channel", Sysmon), ("EventID", "1"), ("CommandLine", "x"), ("Image", "bad"))).Should().BeTrue();
        matcher.Matches(Event.Of(("Channel", "Security"), ("EventID", "4688"), ("CommandLine", "x"), ("NewProcessName", "good"))).Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"Event":{"System":{"Provider":{"#attributes":{"Name":"P"}},"EventID":{"#attributes":{"Qualifiers":0},"#text":1},"Channel":"C"}}}""", "1 C P")]
    [InlineData("""{"event":{"code":"1","provider":"P"},"winlog":{"event_id":"1","channel":"C","provider_name":"P"}}""", "1 C P")]
    [InlineData("""{"EventID":1,"Channel":null}""", "1  ")]
    [InlineData("""{"a":1}""", "  ")]
    [InlineData("""{"EventID":[1,2]}""", null)]
    public void The_usual_forms_tell_one_log_source(string json, string? told)
    {
        var fields = new FieldTable();
        var index = new RuleIndex(fields, new SourceFields(fields), []);
        var view = new EventView(fields);
        view.Bind(Event.Parse(json));

        (index.KeyOf(view) is { } key ? $"{key.EventId.Text} {key.Channel.Text} {key.Provider.Text}" : null).Should().Be(told);
    }
}
