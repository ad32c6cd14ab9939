using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Deviations;

/// <summary>Where a query of 2020 asks for events of any log, or of one that no event is in.</summary>
public sealed class LogDeviationsTests
{
    private static readonly EngineEvent[] Events =
    [
        EngineEvent.Of(1, "DNS Server", 770, ("Param", "plugin.dll")),
        EngineEvent.Of(2, "Application", 770, ("Param", "another program's event of this number")),
        EngineEvent.Of(3, "System", 770, ("Param", "and another's")),
    ];

    [Theory]
    [InlineData("Get-WinEvent | where {$_.ID -eq \"770\" } | select TimeCreated,Id,RecordId,ProcessId,MachineName,Message", new long[] { 1, 2, 3 })]
    [InlineData("Get-WinEvent -LogName 'DNS Server' | where {$_.ID -eq \"770\" } | select TimeCreated,Id,RecordId,ProcessId,MachineName,Message", new long[] { 1 })]
    public void D29_a_number_without_its_log_is_anybodys(string command, long[] found) => PowerShellEngine.Run(command, Events).RecordIds.Should().Equal(found);

    /// <summary>The searches, over events as the documentation has them; the event's own log is one of their fields.</summary>
    [Theory]
    [InlineData("EventCode:\"770\"", "source", new long[] { 1, 2, 3 })]
    [InlineData("(source:\"WinEventLog:DNS Server\" AND EventCode:\"770\")", "source", new long[] { 1 })]
    [InlineData("(source:\"DNS Server\" AND EventCode:\"770\")", "source", new long[0])]
    [InlineData("event_id:\"770\"", "channel", new long[] { 1, 2, 3 })]
    [InlineData("(channel:\"DNS Server\" AND event_id:\"770\")", "channel", new long[] { 1 })]
    [InlineData("(event_source:\"DNS Server\" AND event_id:\"770\")", "channel", new long[0])]
    [InlineData("(event_source:\"Microsoft-Windows-Security-Auditing\" AND event_id:\"770\")", "channel", new long[0])]
    public void D29_and_D30_only_the_log_that_the_event_has_finds_it_alone(string query, string field, long[] found)
    {
        EngineEvent[] shipped =
        [
            .. Events.Select((e, i) => field == "source"
                ? EngineEvent.Of(i + 1, e.Channel, 770, ("EventCode", "770"), ("source", "WinEventLog:" + e.Channel))
                : EngineEvent.Of(i + 1, e.Channel, 770, ("event_id", "770"), ("channel", e.Channel), ("event_source", "Microsoft-Windows-DNS-Server-Service"))),
        ];

        LuceneEngine.Search(query, shipped, LuceneView.Graylog).Should().Equal(found);
    }

    /// <summary>Every source that splunk's own pipeline names has the forwarder's prefix, and every log of LogPoint's is a channel but the seed's.</summary>
    [Fact]
    public void D30_no_default_names_a_log_as_2020_did()
    {
        var splunk = File.ReadAllText(Path.Combine(SharedFolder.Root!, "backends", "splunk", "pipelines", "splunk-windows.yml"));
        var logpoint = File.ReadAllText(Path.Combine(SharedFolder.Root!, "backends", "logpoint", "pipelines", "logpoint-windows.yml"));

        Regex.Matches(splunk, @"(?:source:|-) '([^']+)'").Select(match => match.Groups[1].Value).Should().HaveCountGreaterThan(46).And.OnlyContain(source => source.StartsWith("WinEventLog:"));
        Regex.Matches(logpoint, @"^      (\w+): '", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Where(field => field != "channel").Should().Equal("event_source");
    }
}
