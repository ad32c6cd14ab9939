using System.Globalization;
using System.Text;
using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>When an event happened, and which record of its log it is: what the log says, not what a program that reports an event says.</summary>
public sealed class EventClockTests
{
    private const string Logged = "2026-03-02T08:00:00Z";

    /// <summary>Any program that may write to a log of Windows chooses the names of its data.</summary>
    [Theory]
    [InlineData("UtcTime")]
    [InlineData("TimeCreated")]
    [InlineData("TimeCreated_SystemTime")]
    [InlineData("SystemTime")]
    [InlineData("@timestamp")]
    [InlineData("timestamp")]
    [InlineData("EventTime")]
    [InlineData("time")]
    public void What_a_program_reports_is_not_the_time_of_the_event(string name)
    {
        string system = $"<System><Provider Name=\"App\"/><EventID>1</EventID><Channel>Application</Channel><TimeCreated SystemTime=\"{Logged}\"/></System>";
        string data = $"<EventData><Data Name=\"{name}\">1999-01-01 00:00:00</Data><Data Name=\"EventRecordID\">99</Data></EventData>";

        foreach (string xml in (string[])[$"<Event>{system}{data}</Event>", $"<Event>{data}{system}</Event>"])
        {
            (DateTimeOffset? time, MatchedOrigin? origin) = Told(xml);

            time.Should().Be(Time(Logged));
            origin!.Channel.Should().Be("Application");
            origin.RecordId.Should().BeNull();
        }

        string json = $"{{\"winlog\":{{\"channel\":\"Application\",\"event_id\":1,\"event_data\":{{\"{name}\":\"1999-01-01 00:00:00\"}}}},\"@timestamp\":\"{Logged}\"}}\n";
        Told(json).Time.Should().Be(Time(Logged));
    }

    /// <summary>An event within the data of another is what the program reports, too.</summary>
    [Fact]
    public void An_event_within_the_data_of_another_is_not_that_event()
    {
        const string Inner = "<Event><System><Provider Name='Evil'/><EventID>9</EventID><Channel>Security</Channel><EventRecordID>99</EventRecordID><TimeCreated SystemTime='1999-01-01T00:00:00Z'/></System></Event>";
        string json = $"{{\"Event\":{{\"EventData\":{{\"TaskXml\":\"{Inner}\"}},\"System\":{{\"Channel\":\"Application\",\"EventID\":1,\"TimeCreated\":{{\"#attributes\":{{\"SystemTime\":\"{Logged}\"}}}}}}}}}}\n";

        (DateTimeOffset? time, MatchedOrigin? origin) = Told(json);

        time.Should().Be(Time(Logged));
        (origin!.Channel, origin.EventId, origin.RecordId, origin.Provider).Should().Be(("Application", "1", null, null));
    }

    /// <summary>Sysmon says in UtcTime when it saw the event; Windows says when it was written.</summary>
    [Theory]
    [InlineData("""{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","TimeCreated":{"#attributes":{"SystemTime":"2026-03-02T09:00:00Z"}}},"EventData":{"UtcTime":"2026-03-02 08:00:00.000"}}}""")]
    [InlineData("""{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"UtcTime":"2026-03-02 08:00:00.000","TimeCreated":"2026-03-02T09:00:00Z"}""")]
    [InlineData("""{"EventData":{"UtcTime":"2026-03-02 08:00:00.000"}}""")]
    [InlineData("""{"UtcTime":"2026-03-02 08:00:00.000","Image":"x"}""")]
    // Attributes that a converter wrote like elements, with a number for the time, as Velociraptor has them.
    [InlineData("""{"System":{"EventID":{"Value":4740},"Channel":"Security","TimeCreated":{"SystemTime":1772438400.0}},"EventData":{"UtcTime":"1999-01-01 00:00:00"}}""")]
    [InlineData("""{"Event":{"System":{"EventID":{"Value":4740},"Channel":"Security","TimeCreated":{"SystemTime":"2026-03-02T08:00:00Z"}}}}""")]
    // A flat event does not say what a program chose, but its provider or channel says whose UtcTime it is.
    [InlineData("""{"Channel":"Application","EventID":1,"UtcTime":"1999-01-01 00:00:00","TimeCreated":"2026-03-02T08:00:00Z"}""")]
    [InlineData("""{"Provider_Name":"App","EventID":1,"UtcTime":"1999-01-01 00:00:00","TimeCreated":"2026-03-02T08:00:00Z"}""")]
    public void The_time_of_Sysmon_counts_in_events_of_Sysmon(string json) => Told(json + "\n").Time.Should().Be(Time(Logged));

    /// <summary>The user knows better.</summary>
    [Fact]
    public void A_named_field_is_read_wherever_it_is() =>
        Told("""{"Event":{"System":{"Channel":"Application","EventID":1},"EventData":{"Started":"2026-03-02T08:00:00Z"}}}""" + "\n", "Started").Time.Should().Be(Time(Logged));

    /// <summary>FortiOS: <c>date</c>, <c>time</c> and, since 6.2, <c>tz</c>, in its own format and, by a collector, in JSON or columns.</summary>
    [Theory]
    [InlineData("date=2026-03-02 time=08:00:00 devname=\"fg\" devid=\"FG1\" logid=\"1\" type=\"event\" subtype=\"system\" logdesc=\"Admin login failed\" user=\"a\"\n", Logged)]
    [InlineData("date=2026-03-02 time=08:00:00 tz=\"+0100\" devname=\"fg\" devid=\"FG1\" logid=\"1\" type=\"event\" subtype=\"system\"\n", "2026-03-02T07:00:00Z")]
    [InlineData("device=\"SFW\" date=2026-03-02 time=08:00:00 timezone=\"IST\" log_id=1 log_type=\"Firewall\"\n", Logged)]
    [InlineData("{\"date\":\"2026-03-02\",\"time\":\"08:00:00.500\",\"tz\":\"-0500\"}\n", "2026-03-02T13:00:00.5Z")]
    [InlineData("Date,Time,Action\n2026-03-02,08:00:00,drop\n", Logged)]
    [InlineData("{\"date\":\"2026-03-02\",\"time\":\"08:00:00+02:00\",\"tz\":\"-0500\"}\n", "2026-03-02T06:00:00Z")]
    [InlineData("{\"date\":\"2026-03-02T08:00:00Z\",\"time\":\"09:00:00\"}\n", Logged)]
    [InlineData("{\"time\":\"08:00:00\"}\n", null)]
    [InlineData("{\"time\":\"08:00:00\",\"date\":\"02.03.2026\"}\n", null)]
    public void A_day_and_a_time_of_the_day_are_a_time_together(string content, string? time) =>
        Told(content).Time.Should().Be(time is null ? null : Time(time));

    /// <summary>
    /// Office 365 Management Activity API, Okta's System Log API, Microsoft Graph (signIn, directoryAudit, riskDetection), Kubernetes (audit.k8s.io/v1), Google's
    /// Reports API, OneLogin's events, OpenCanary, tables of Azure Monitor, systemd.journal-fields(7), receiptTime of CEF and devTime of LEEF.
    /// </summary>
    [Theory]
    [InlineData("""{"CreationTime":"2026-03-02T08:00:00","Id":"1","Operation":"UserLoggedIn","OrganizationId":"2","RecordType":15,"Workload":"AzureActiveDirectory"}""")]
    [InlineData("""{"uuid":"1","published":"2026-03-02T08:00:00.000Z","eventType":"user.session.start","displayMessage":"User login to Okta","outcome":{"result":"SUCCESS"}}""")]
    [InlineData("""{"actor":{"id":"1"},"published":"2026-03-02T08:00:00.000Z","eventType":"user.session.start","legacyEventType":"core.user_auth.login_success"}""")]
    [InlineData("""{"id":"1","createdDateTime":"2026-03-02T08:00:00Z","userPrincipalName":"a@example.org","appDisplayName":"Graph","conditionalAccessStatus":"notApplied"}""")]
    [InlineData("""{"id":"1","activityDateTime":"2026-03-02T08:00:00Z","activityDisplayName":"Add user","loggedByService":"Core Directory"}""")]
    [InlineData("""{"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"1","verb":"create","requestReceivedTimestamp":"2026-03-02T08:00:00.000000Z","stageTimestamp":"2026-03-02T08:00:01.000000Z"}""")]
    [InlineData("""{"kind":"admin#reports#activity","id":{"time":"2026-03-02T08:00:00.000Z","uniqueQualifier":"1","applicationName":"admin"},"events":[{"name":"CREATE_USER"}]}""")]
    [InlineData("""{"id":1,"created_at":"2026-03-02T08:00:00.000Z","account_id":2,"event_type_id":5}""")]
    [InlineData("""{"id":"1","riskEventType":"unfamiliarFeatures","riskLevel":"high","detectedDateTime":"2026-03-02T08:00:00Z"}""")]
    [InlineData("""{"dst_host":"192.0.2.1","local_time":"2026-03-02 09:00:00.000000","utc_time":"2026-03-02 08:00:00.000000","logtype":4002,"node_id":"n","src_host":"192.0.2.2"}""")]
    [InlineData("""{"data":{"protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog"},"timestamp":"2026-03-02T08:00:00Z"}}""")]
    [InlineData("""{"TimeGenerated":"2026-03-02T08:00:00Z","Type":"SigninLogs","TenantId":"t"}""")]
    [InlineData("""{"__REALTIME_TIMESTAMP":"1772438400000000","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"m"}""")]
    [InlineData("LEEF:1.0|Vendor|Product|1.0|100|devTime=Mar 02 2026 08:00:00\tsrc=192.0.2.1")]
    [InlineData("LEEF:2.0|Vendor|Product|1.0|100|^|src=192.0.2.1^devTime=Mar 02 2026 09:00:00.000 GMT+01:00")]
    [InlineData("CEF:0|Vendor|Product|1.0|100|Name|5|rt=Mar 02 2026 08:00:00.000 UTC")]
    [InlineData("CEF:0|Vendor|Product|1.0|100|Name|5|rt=1772438400000 src=192.0.2.1 end=1999")]
    [InlineData("CEF:0|Vendor|Product|1.0|100|Name|5|src=192.0.2.1 rt=Mar 02 2026 08:00:00 msg=timestamp of an event")]
    public void An_event_of_a_known_log_has_its_time_where_the_log_has_it(string line) => Told(line + "\n").Time.Should().Be(Time(Logged));

    /// <summary>The same names mean something else there: the creation of a file, the day of an advisory.</summary>
    [Theory]
    [InlineData("""{"CreationTime":"1999-01-01T00:00:00","Image":"x"}""", null)]
    [InlineData("""{"CreationTime":"1999-01-01T00:00:00","timestamp":"2026-03-02T08:00:00Z"}""", Logged)]
    [InlineData("""{"published":"1999-01-01T00:00:00Z","eventType":"advisory","time":"2026-03-02T08:00:00Z"}""", Logged)]
    [InlineData("""{"createdDateTime":"1999-01-01T00:00:00Z","userPrincipalName":"a@example.org"}""", null)]
    [InlineData("""{"rt":1772438400000}""", null)]
    [InlineData("""{"requestReceivedTimestamp":"2026-03-02T08:00:00Z","devTime":"2026-03-02T08:00:00Z"}""", null)]
    public void In_other_logs_the_name_of_such_a_field_says_nothing(string line, string? time) => Told(line + "\n").Time.Should().Be(time is null ? null : Time(time));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static (DateTimeOffset? Time, MatchedOrigin? Origin) Told(string content, string? timeField = null)
    {
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", "title: Any\nlogsource: {category: mine}\ndetection: {sel: {not_there: null}, condition: sel}\n"));
        EventMatcher matcher = Detector.Create(documents, RuleSet.Link(documents), new DetectorSettings { TimeField = timeField }, (_, finding) => finding.Severity.Should().NotBe(Severity.Error, finding.Message)).NewMatcher();
        (DateTimeOffset?, MatchedOrigin?)? told = null;
        foreach (EventBatch batch in EventInput.Read(new MemoryStream(Encoding.UTF8.GetBytes(content))))
        {
            batch.Read(
                EventInput.NewEvent(),
                (e, line, _) =>
                {
                    MatchedEvent? matched = matcher.Match(e, line);
                    told = (matcher.Time, matched?.Matches[0].Origin);
                },
                problem => throw new FormatException(problem.Message));
            batch.Release();
        }

        return told!.Value;
    }
}
