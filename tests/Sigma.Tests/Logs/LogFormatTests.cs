using System.IO.Compression;
using System.Text;
using Sigma.Events.Logs;
using Sigma.Events.Matching;

namespace Sigma.Tests.Logs;

/// <summary>
/// Each kind of log is known by its content and read into events. The samples are made up, in the form of the vendors' documentation; the
/// expected values are what the samples say.
/// </summary>
public class LogFormatTests
{
    private const string Xml = """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>4624</EventID><TimeCreated SystemTime='2026-01-02T03:04:05.1234567Z'/><Channel>Security</Channel><Computer>DC01</Computer><Security/></System><EventData><Data Name='TargetUserName'>adm &amp; co</Data><Data Name='LogonType'>3</Data><Data Name='Empty'/><Data>bare</Data></EventData></Event>
        """;

    public static TheoryData<string, string, string, string?> Samples() => new()
    {
        // Name, content, then what an event has: field=value, separated by bars; and the log it is known as.
        { "wevtutil", Xml + Xml, "EventID=4624|Channel=Security|TargetUserName=adm & co|LogonType=3|Data=bare|Computer=DC01|Provider_Name=Microsoft-Windows-Security-Auditing", "Security" },
        { "exported XML", "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>" + Xml.Trim() + "\r\n" + Xml.Trim() + "</Events>", "TargetUserName=adm & co", "Security" },
        { "user data in XML", "<Event><System><EventID>104</EventID><Channel>System</Channel></System><UserData><LogFileCleared xmlns='x'><SubjectUserName>u</SubjectUserName></LogFileCleared></UserData></Event>", "SubjectUserName=u", "System" },
        { "Splunk _raw", "{\"preview\":false,\"result\":{\"_raw\":\"" + Xml.Trim().Replace("\"", "\\\"") + "\",\"host\":\"h\"}}\n{\"preview\":false,\"result\":{\"_raw\":\"x\"}}\n", "TargetUserName=adm & co|EventID=4624", "Security" },
        { "Splunk _raw in CSV", "\"_time\",\"_raw\"\n\"2026-01-02\",\"" + Xml.Trim() + "\"\n", "TargetUserName=adm & co", "Security" },
        { "CloudTrail", "{\"Records\":[{\"eventName\":\"ConsoleLogin\",\"eventSource\":\"signin.amazonaws.com\",\"awsRegion\":\"x\"},{\"eventName\":\"B\",\"eventSource\":\"s3.amazonaws.com\"}]}", "eventName=ConsoleLogin", "aws cloudtrail" },
        { "CloudTrail, one file per line", "{\"Records\":[{\"eventName\":\"A\",\"eventSource\":\"s3.amazonaws.com\"}]}\n{\"Records\":[{\"eventName\":\"B\",\"eventSource\":\"s3.amazonaws.com\"}]}\n", "eventName=A", "aws cloudtrail" },
        { "Elasticsearch", "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":1},\"hits\":{\"total\":{\"value\":2},\"max_score\":1,\"hits\":[{\"_index\":\"i\",\"_source\":{\"winlog\":{\"channel\":\"Security\",\"event_id\":4624,\"event_data\":{\"LogonType\":\"3\"}}}},{\"_source\":{\"a\":1}}]}}", "LogonType=3", "Security" },
        { "OData", "{\"@odata.context\":\"c\",\"value\":[{\"activityDateTime\":\"2026-01-02T03:04:05Z\",\"activityDisplayName\":\"Add user\",\"loggedByService\":\"Core Directory\"}],\"@odata.nextLink\":\"n\"}", "activityDisplayName=Add user", "azure auditlogs" },
        { "Azure", "{\"records\":[{\"category\":\"SignInLogs\",\"operationName\":\"Sign-in activity\",\"resourceId\":\"/tenants/t\",\"properties\":{\"riskState\":\"none\"}}]}", "properties.riskState=none", "azure signinlogs" },
        { "Google reports", "{\"kind\":\"admin#reports#activities\",\"etag\":\"e\",\"items\":[{\"kind\":\"admin#reports#activity\",\"id\":{\"applicationName\":\"admin\"},\"events\":[{\"name\":\"CREATE_USER\"}]}]}", "events.name=CREATE_USER", "gcp google_workspace.admin" },
        { "Events", "{\"Events\":[{\"Event\":{\"System\":{\"EventID\":1,\"Channel\":\"Security\"},\"EventData\":{\"A\":\"b\"}}}]}", "A=b", "Security" },
        { "EvtxECmd", "{\"PayloadData1\":\"x\",\"EventId\":4624,\"Channel\":\"Security\",\"Provider\":\"P\",\"Payload\":\"{\\\"EventData\\\":{\\\"Data\\\":[{\\\"@Name\\\":\\\"LogonType\\\",\\\"#text\\\":\\\"3\\\"}]}}\"}\n", "LogonType=3|EventID=4624|Provider_Name=P", "Security" },
        { "EventData as JSON", "{\"EventID\":4624,\"Channel\":\"Security\",\"EventData\":\"{\\\"LogonType\\\":3}\"}\n", "LogonType=3", "Security" },
        { "EventData as XML", "{\"EventID\":4624,\"Channel\":\"Security\",\"EventData\":\"<EventData><Data Name=\\\"LogonType\\\">3</Data></EventData>\"}\n", "LogonType=3", "Security" },
        { "Velociraptor", "{\"System\":{\"Provider\":{\"Name\":\"P\"},\"EventID\":{\"Value\":4624},\"TimeCreated\":{\"SystemTime\":1767322800.5},\"Channel\":\"Security\",\"Computer\":\"c\"},\"EventData\":{\"LogonType\":3},\"Message\":\"m\"}\n", "EventID=4624|LogonType=3|Provider_Name=P", "Security" },
        { "ConvertTo-Json", "[\r\n    {\r\n        \"Id\":  4624,\r\n        \"ProviderName\":  \"P\",\r\n        \"LogName\":  \"Security\",\r\n        \"MachineName\":  \"c\",\r\n        \"TimeCreated\":  \"\\/Date(1767322800000)\\/\"\r\n    }\r\n]", "EventID=4624|Channel=Security|Computer=c", "Security" },
        { "ConvertTo-Json of Windows PowerShell", "{\"value\":[{\"Id\":4624,\"LogName\":\"Security\"}],\"Count\":1}", "EventID=4624", "Security" },
        { "Fluent Bit", "[1767322800.5, {\"EventID\":4624,\"Channel\":\"Security\",\"Message\":\"m\"}]\nw: [1767322801.0, {\"EventID\":4625,\"Channel\":\"Security\"}]\n", "EventID=4624|Channel=Security|@timestamp=1767322800.5", "Security" },
        { "Fluent Bit, XML", "{\"date\":1767322800.5,\"System\":\"" + Xml.Trim() + "\",\"Message\":\"m\"}\n", "EventID=4624|TargetUserName=adm & co", "Security" },
        { "Event Viewer", "Level,Date and Time,Source,Event ID,Task Category\r\nInformation,1/2/2026 3:04:05 AM,Microsoft-Windows-Security-Auditing,4624,Logon,\"An account was successfully logged on.\r\n\r\nSubject:\"\r\n", "EventID=4624|Provider_Name=Microsoft-Windows-Security-Auditing|Message=An account was successfully logged on.\r\n\r\nSubject:", "Microsoft-Windows-Security-Auditing" },
        { "Export-Csv of Windows PowerShell", "#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n\"Message\",\"Id\",\"LogName\",\"MachineName\"\r\n\"a, b\r\nc\",\"4624\",\"Security\",\"c\"\r\n", "EventID=4624|Channel=Security|Message=a, b\r\nc", "Security" },
        { "auditd", "type=SYSCALL msg=audit(1767322800.123:45): arch=c000003e syscall=59 success=yes a0=55d a1=55e comm=\"cat\" exe=\"/usr/bin/cat\" key=\"k\"\u001dARCH=x86_64 SYSCALL=execve\n"
            + "type=EXECVE msg=audit(1767322800.123:45): argc=2 a0=\"cat\" a1=2F6574632F736861646F7720 \ntype=PROCTITLE msg=audit(1767322800.123:45): proctitle=636174002F6574632F736861646F77\n"
            + "type=USER_AUTH msg=audit(1767322800.200:46): pid=1 uid=0 msg='op=PAM:authentication acct=\"root\" exe=\"/usr/bin/su\" res=failed'\n",
            "type=SYSCALL|exe=/usr/bin/cat|SYSCALL=execve|proctitle=cat /etc/shadow|@timestamp=1767322800.123|audit_id=45|key=k", "linux auditd" },
        { "Zeek", "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#open\t2026-01-02\n#fields\tts\tuid\tid.orig_h\tquery\tanswers\trejected\n#types\ttime\tstring\taddr\tstring\tset[string]\tbool\n"
            + "1767322800.123\tC1\t10.0.0.1\tex\\x41mple.com\ta,b\tF\n1767322800.124\tC2\t10.0.0.1\t-\t(empty)\tT\n#close\t2026-01-02\n", "query=exAmple.com|id.orig_h=10.0.0.1|rejected=false|_path=dns", "zeek dns" },
        { "Zeek in JSON", "{\"ts\":1767322800.1,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"id.resp_h\":\"10.0.0.2\",\"trans_depth\":1,\"method\":\"GET\",\"uri\":\"/x\"}\n", "method=GET", "zeek http" },
        { "IIS", "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status\r\n2026-01-02 03:04:05 10.0.0.1 GET /a.aspx cmd=whoami 443 - 10.0.0.9 Mozilla/5.0+(X11) - 200\r\n",
            "cs-method=GET|cs-uri-query=cmd=whoami|cs-user-agent=Mozilla/5.0 (X11)|sc-status=200|@timestamp=2026-01-02T03:04:05Z", "webserver" },
        // Amazon CloudFront, "Standard log file format": the line of names has blanks, the others tabs; headers are encoded.
        { "CloudFront", "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent)\n2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/index.html\t200\t-\tMozilla/5.0%20(Windows%20NT%2010.0)%20C++\n",
            "cs-user-agent=Mozilla/5.0 (Windows NT 10.0) C++|c-ip=192.0.2.100|@timestamp=2019-12-04T21:02:31Z", "webserver" },
        { "Exchange", "#Software: Microsoft Exchange Server\r\n#Version: 15.01.2375.007\r\n#Log-type: Message Tracking Log\r\n#Date: 2026-03-02T08:00:00.000Z\r\n#Fields: date-time,client-ip,sender-address,message-subject\r\n2026-03-02T08:00:01.123Z,10.0.0.1,a@example.org,\"Hello, \"\"you\"\"\"\r\n",
            "client-ip=10.0.0.1|message-subject=Hello, \"you\"|@timestamp=2026-03-02T08:00:01.123Z", null },
        { "proxy", "#Software: SGOS 6\n#Fields: date time c-ip cs-method cs-host sc-filter-result cs(User-Agent)\n2026-01-02 03:04:05 10.0.0.9 GET example.com OBSERVED \"curl/8 x\"\n", "cs-host=example.com|cs-user-agent=curl/8 x", "proxy" },
        { "Apache", "10.0.0.9 - frank [02/Jan/2026:13:55:36 -0700] \"GET /a.php?q=1 HTTP/1.1\" 200 2326 \"http://r/\" \"Mozilla/5.0 (X11; Linux)\"\n10.0.0.9 - - [02/Jan/2026:13:55:37 -0700] \"\\x16\\x03\" 400 -\n",
            "c-ip=10.0.0.9|cs-username=frank|cs-method=GET|cs-uri-stem=/a.php|cs-uri-query=q=1|sc-status=200|cs-user-agent=Mozilla/5.0 (X11; Linux)|@timestamp=2026-01-02T13:55:36-07:00", "webserver" },
        { "syslog of RFC 5424", "<34>1 2026-01-02T03:04:05.003Z h.example.com sshd 123 ID47 [ex@1 iut=\"3\" q=\"a\\\"b\"][ex2@1 x=\"y\"] \uFEFFFailed password for root\n", "hostname=h.example.com|program=sshd|pid=123|iut=3|q=a\"b|x=y|severity=crit|facility=auth|message=Failed password for root|@timestamp=2026-01-02T03:04:05.003Z", "linux sshd" },
        { "syslog of RFC 3164", "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8\n", "program=su|hostname=mymachine|message='su root' failed for lonvick on /dev/pts/8", "linux auth" },
        { "syslog in a file", "Jan  2 03:04:05 web01 sudo[77]: bob : user NOT in sudoers\nJan  2 03:04:06 web01 CRON[78]: (root) CMD (x)\n", "program=sudo|pid=77|message=bob : user NOT in sudoers", "linux sudo" },
        { "syslog with a time of ISO", "2026-01-02T03:04:05.123456+01:00 web01 kernel: Out of memory\n", "program=kernel|@timestamp=2026-01-02T03:04:05.123456+01:00", "linux syslog" },
        { "Cisco", "<189>Jan  2 03:04:05 r1 45: %SYS-5-CONFIG_I: Configured from console by admin\n", "hostname=r1", "cisco" },
        { "Sysmon for Linux in syslog", "Jan  2 03:04:05 h sysmon: <Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>1</EventID><Channel>Linux-Sysmon/Operational</Channel></System><EventData><Data Name=\"Image\">/bin/cat</Data></EventData></Event>\n", "Image=/bin/cat|EventID=1", "Linux-Sysmon/Operational" },
        { "CEF", "CEF:0|Vendor|Pro\\|duct|1.0|100|detected a \\\\ threat|10|src=10.0.0.1 msg=a b \\= c dst=10.0.0.2 cs1Label=l\nJan  2 03:04:05 h CEF:0|V|P|1|1|n|1|a=b\n", "deviceVendor=Vendor|deviceProduct=Pro|duct|signatureId=100|name=detected a \\ threat|severity=10|src=10.0.0.1|msg=a b = c|dst=10.0.0.2", null },
        { "CEF in syslog", "Jan  2 03:04:05 h CEF:0|V|P|1|1|n|1|act=deny\n", "deviceVendor=V|act=deny|hostname=h", null },
        { "LEEF", "LEEF:1.0|V|P|1|login|src=10.0.0.1\tusrName=a b\n", "deviceVendor=V|signatureId=login|src=10.0.0.1|usrName=a b", null },
        { "LEEF 2", "LEEF:2.0|V|P|1|login|^|src=10.0.0.1^usrName=a b\n", "src=10.0.0.1|usrName=a b", null },
        // IBM, "LEEF event components": a tab separates where the header does not say otherwise; a hexadecimal number has 0x or x before it.
        { "LEEF 2 without a separator", "LEEF:2.0|V|P|1|login|src=10.0.0.1\tusrName=a|b\n", "src=10.0.0.1|usrName=a|b|signatureId=login", null },
        { "LEEF 2 with an empty separator", "LEEF:2.0|V|P|1|login||src=10.0.0.1\tusrName=a b\n", "src=10.0.0.1|usrName=a b", null },
        { "LEEF 2 with a number", "LEEF:2.0|V|P|1|login|0x5e|src=10.0.0.1^usrName=a b\n", "src=10.0.0.1|usrName=a b", null },
        { "LEEF 2 with a short number", "LEEF:2.0|V|P|1|login|x5E|src=10.0.0.1^usrName=a b\n", "src=10.0.0.1|usrName=a b", null },
        { "LEEF 2 with a letter", "LEEF:2.0|V|P|1|login|x|src=10.0.0.1xusrName=a b\n", "src=10.0.0.1|usrName=a b", null },
        { "LEEF 2 with a tab in words", "LEEF:2.0|V|P|1|login|\\t|src=10.0.0.1\tusrName=a b\n", "src=10.0.0.1|usrName=a b", null },
        { "FortiGate", "date=2026-01-02 time=03:04:05 devname=\"fg\" devid=\"FG100\" logid=\"0100044546\" type=\"event\" subtype=\"system\" action=\"Add\" cfgpath=\"system.admin\" msg=\"Add system.admin x\"\n", "action=Add|cfgpath=system.admin|msg=Add system.admin x", "fortigate event" },
        { "log4j", "2026-01-02 03:04:05,123 INFO [main] Foo - started\n2026-01-02 03:04:06,123 INFO [main] Foo - ended\n", "message=2026-01-02 03:04:05,123 INFO [main] Foo - started|@timestamp=2026-01-02 03:04:05.123", null },
        { "a time in brackets", "[2026-01-02 03:04:05] INFO a, b\n[2026-01-02 03:04:06] INFO a, b\n", "@timestamp=2026-01-02 03:04:05", null },
        { "Okta", "[{\"eventType\":\"user.session.start\",\"published\":\"p\",\"displayMessage\":\"d\",\"uuid\":\"u\",\"outcome\":{\"result\":\"SUCCESS\"}}]", "outcome.result=SUCCESS", "okta okta" },
        { "GitHub", "{\"action\":\"repo.create\",\"actor\":\"a\",\"_document_id\":\"d\",\"created_at\":1}\n", "action=repo.create", "github audit" },
        // Exports of Purview, and Search-UnifiedAuditLog.
        { "Microsoft 365 in CSV", "RecordId,CreationDate,RecordType,Operation,UserId,AuditData\r\n1,2026-03-02T08:00:00.0000000Z,1,New-InboxRule,a@example.org,\"{\"\"CreationTime\"\":\"\"2026-03-02T08:00:00\"\",\"\"Operation\"\":\"\"New-InboxRule\"\",\"\"OrganizationId\"\":\"\"o\"\",\"\"RecordType\"\":1,\"\"Workload\"\":\"\"Exchange\"\",\"\"ClientIP\"\":\"\"10.0.0.1\"\"}\"\r\n", "Workload=Exchange|ClientIP=10.0.0.1", "m365" },
        { "Microsoft 365 in JSON", "{\"RecordType\":\"ExchangeAdmin\",\"Operations\":\"New-InboxRule\",\"AuditData\":\"{\\\"CreationTime\\\":\\\"2026-03-02T08:00:00\\\",\\\"Operation\\\":\\\"New-InboxRule\\\",\\\"OrganizationId\\\":\\\"o\\\",\\\"RecordType\\\":1,\\\"Workload\\\":\\\"Exchange\\\"}\"}\n", "Workload=Exchange|Operation=New-InboxRule", "m365" },
        // systemd, "Journal Export Formats": a text that cannot be printed is a list of its bytes.
        { "journal", "{\"__REALTIME_TIMESTAMP\":\"1772438400123456\",\"_HOSTNAME\":\"h\",\"SYSLOG_IDENTIFIER\":\"sshd\",\"MESSAGE\":\"Failed password for root\"}\n", "MESSAGE=Failed password for root", "linux sshd" },
        { "journal with bytes", "{\"__REALTIME_TIMESTAMP\":\"1772438400123456\",\"SYSLOG_IDENTIFIER\":\"x\",\"MESSAGE\":[27,91,51,49,109,195,164]}\n", "MESSAGE=\u001b[31mä", "linux" },
        { "ausearch", "----\ntime->Mon Mar  2 08:00:00 2026\ntype=PROCTITLE msg=audit(1772438400.123:10): proctitle=7368002D6300\ntype=EXECVE msg=audit(1772438400.123:10): argc=2 a0=\"sh\" a1=\"-c\"\n----\ntime->Mon Mar  2 08:00:01 2026\ntype=BPF msg=audit(1772438401.123:11): op=LOAD\n",
            "type=PROCTITLE|a1=-c|proctitle=sh -c|@timestamp=1772438400.123", "linux auditd" },
        { "ausearch -i", "----\ntype=PROCTITLE msg=audit(03/02/2026 08:00:00.123:10) : proctitle=sh -c a=1 b \ntype=EXECVE msg=audit(03/02/2026 08:00:00.123:10) : argc=4 a0=sh a1=-c a2=x y=2 a3=ABCD \n"
            + "type=SYSCALL msg=audit(03/02/2026 08:00:00.123:10) : syscall=execve exit=EACCES(Permission denied) auid=joe comm=my prog exe=/usr/bin/dash key=(null) \n"
            + "type=USER_AUTH msg=audit(03/02/2026 08:00:01.123:11) : pid=1 uid=root msg='op=PAM:authentication acct=root exe=/usr/bin/su res=failed' \n",
            "proctitle=sh -c a=1 b|a2=x y=2|a3=ABCD|syscall=execve|exit=EACCES(Permission denied)|comm=my prog|exe=/usr/bin/dash|audit_id=10", "linux auditd" },
        // Lines that a shipper passes on as they are.
        { "syslog in _raw", "{\"preview\":false,\"result\":{\"_raw\":\"Mar  2 08:00:00 h sshd[7]: Failed password for root\",\"_time\":\"2026-03-02T08:00:00Z\",\"sourcetype\":\"linux_secure\"}}\n", "program=sshd|hostname=h|message=Failed password for root|_time=2026-03-02T08:00:00Z", "linux sshd" },
        { "auditd in _raw, of which nothing else tells the time", "{\"result\":{\"_raw\":\"type=EXECVE msg=audit(1772438400.123:45): argc=1 a0=\\\"id\\\"\"}}\n", "type=EXECVE|a0=id|@timestamp=1772438400.123", "linux auditd" },
        { "auditd in _raw in CSV", "\"_time\",\"_raw\"\n\"2026-03-02T08:00:00Z\",\"type=EXECVE msg=audit(1772438400.123:45): argc=1 a0=\"\"id\"\"\"\n", "type=EXECVE|a0=id|_time=2026-03-02T08:00:00Z", "linux auditd" },
        { "syslog of Filebeat", "{\"@timestamp\":\"2026-03-02T08:00:05Z\",\"message\":\"Mar  2 08:00:00 h sudo: joe : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/id\",\"log\":{\"file\":{\"path\":\"/var/log/auth.log\"}}}\n", "program=sudo|USER=root|@timestamp=2026-03-02T08:00:05Z", "linux sudo" },
        { "access of Docker", "{\"log\":\"192.0.2.1 - - [02/Mar/2026:08:00:00 +0000] \\\"GET /a HTTP/1.1\\\" 200 5\\n\",\"stream\":\"stdout\"}\n", "cs-uri-stem=/a|@timestamp=2026-03-02T08:00:00+00:00", "webserver" },
        { "CEF in original", "{\"event\":{\"original\":\"CEF:0|V|P|1|1|n|1|act=deny\"}}\n", "act=deny|deviceVendor=V", null },
        { "any message", "{\"message\":\"Mar  2 08:00:00 h sshd[7]: m\"}\n", "message=Mar  2 08:00:00 h sshd[7]: m", null },
        { "a message of a known log", "{\"eventName\":\"A\",\"eventSource\":\"s3.amazonaws.com\",\"message\":\"Mar  2 08:00:00 h sshd[7]: m\"}\n", "message=Mar  2 08:00:00 h sshd[7]: m", "aws cloudtrail" },
        { "Channel null", "{\"EventID\":1,\"Channel\":null,\"Provider_Name\":\"Microsoft-Windows-Sysmon\",\"Image\":\"x\"}\n", "Image=x", "Microsoft-Windows-Sysmon" },
        { "underscores", "{\"EventID\":1116,\"Channel\":\"Defender\",\"Threat_Name\":\"t\",\"Process Name\":\"p\"}\n", "ThreatName=t|ProcessName=p", "Defender" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_log_is_known_by_its_content(string name, string content, string fields, string? log)
    {
        foreach (byte[] bytes in (byte[][])[Encoding.UTF8.GetBytes(content), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(content)]])
        {
            (List<Event> events, List<EventProblem> problems) = Read(bytes);

            problems.Should().BeEmpty(name);
            events.Should().NotBeEmpty(name);
            foreach (string pair in Pairs(fields))
            {
                int equals = pair.IndexOf('=');
                events[0].Find(pair[..equals]).Should().Be(pair[(equals + 1)..], $"{pair[..equals]} of {name}");
            }

            NameOf(events[0]).Should().Be(log, name);
        }
    }

    /// <summary>The values may have bars too; a name after one begins the next pair.</summary>
    private static IEnumerable<string> Pairs(string fields) => System.Text.RegularExpressions.Regex.Split(fields, @"\|(?=[@A-Za-z_][\w.@-]*=)");

    [Theory]
    [InlineData("exported XML", 2)]
    [InlineData("wevtutil", 2)]
    [InlineData("CloudTrail", 2)]
    [InlineData("CloudTrail, one file per line", 2)]
    [InlineData("Elasticsearch", 2)]
    [InlineData("auditd", 2)]
    [InlineData("ausearch", 2)]
    [InlineData("ausearch -i", 2)]
    [InlineData("Zeek", 2)]
    [InlineData("Apache", 2)]
    [InlineData("syslog in a file", 2)]
    [InlineData("Event Viewer", 1)]
    [InlineData("Export-Csv of Windows PowerShell", 1)]
    [InlineData("Google reports", 1)]
    [InlineData("Fluent Bit", 2)]
    public void All_events_of_a_log_are_read(string name, int count)
    {
        string content = (string)Samples().Single(sample => (string)sample[0] == name)[1];

        Read(Encoding.UTF8.GetBytes(content)).Events.Should().HaveCount(count);
    }

    [Fact]
    public void Records_of_auditd_that_are_mixed_are_joined_by_their_number()
    {
        string[] records = ["SYSCALL msg=audit(1.000:1): syscall=59", "SYSCALL msg=audit(1.000:2): syscall=2", "EXECVE msg=audit(1.000:1): a0=\"id\"", "PATH msg=audit(1.000:2): name=\"/etc/passwd\"", "EOE msg=audit(1.000:1):", "EOE msg=audit(1.000:2):"];

        List<Event> events = Read(Encoding.UTF8.GetBytes(string.Concat(records.Select(record => $"type={record}\n")))).Events;

        events.Should().HaveCount(2);
        events[0].Values.Where(value => value.Name == "type").Select(value => value.Text).Should().Equal("SYSCALL", "EXECVE");
        events[0].Find("a0").Should().Be("id");
        events[1].Find("name").Should().Be("/etc/passwd");
    }

    [Fact]
    public void A_damaged_event_does_not_affect_the_others()
    {
        string xml = Xml.Trim();
        (List<Event> events, List<EventProblem> problems) = Read(Encoding.UTF8.GetBytes(xml + "\n<Event><System></Event>\n" + xml + "\n<Event><System>"));
        events.Should().HaveCount(2);
        problems.Select(problem => (problem.Line, problem.IsCutShort)).Should().Equal((4, true), (2, false));

        (events, problems) = Read(Encoding.UTF8.GetBytes("#separator \\x09\n#fields\ta\tb\n1\t2\n1\n3\t4\n"));
        events.Select(e => e.Find("a")).Should().Equal("1", "3");
        problems.Should().ContainSingle().Which.Message.Should().Be("the line has 1 columns, and #fields names 2");
    }

    [Fact]
    public void Entities_of_xml_are_not_expanded()
    {
        const string Bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><Event><System><EventID>&b;</EventID></System></Event>";

        Read(Encoding.UTF8.GetBytes(Bomb)).Problems.Should().ContainSingle().Which.Message.Should().StartWith("the XML is broken");
        Event.Parse(Encoding.UTF8.GetBytes("{\"a\":\"<Event>&b;</Event>\"}"), out _)!.Find("a").Should().Be("<Event>&b;</Event>");
    }

    [Theory]
    [InlineData("{\"a\":1,\"Records\":[{\"b\":2}]}", "Records.b")]
    [InlineData("{\"events\":\"x\",\"b\":2}", "b")]
    [InlineData("{\"value\":5,\"b\":2}", "b")]
    public void An_event_with_a_list_is_not_taken_apart(string json, string field)
    {
        Read(Encoding.UTF8.GetBytes(json + "\n")).Events.Should().ContainSingle().Which.Find(field).Should().Be("2");
    }

    /// <summary>What is no object in a list of events is said, and does not make an event of the list.</summary>
    [Theory]
    [InlineData("{\"Records\":[[1],5,{\"b\":2}]}", 2)]
    [InlineData("{\"hits\":{\"hits\":[\"x\",{\"b\":2}]}}", 1)]
    public void An_item_of_a_list_of_events_that_is_none_is_said(string json, int broken)
    {
        (List<Event> events, List<EventProblem> problems) = Read(Encoding.UTF8.GetBytes(json + "\n"));

        events.Should().ContainSingle().Which.Find("b").Should().Be("2");
        problems.Should().HaveCount(broken).And.OnlyContain(problem => problem.Message.StartsWith("an event is a JSON object"));
    }

    [Theory]
    [InlineData("Dear reader,\nthis is a text; it has semicolons, and commas.\n")]
    [InlineData("hello\nworld\n")]
    [InlineData("---\ntitle: x\na: [1, 2]\n")]
    [InlineData("<html><body>x</body></html>")]
    [InlineData("<rss><channel/></rss>")]
    [InlineData("#!/bin/sh\necho a=1 b=2 c=3\n")]
    [InlineData("x = 1\ny = 2\n")]
    public void What_is_no_log_is_refused(string content)
    {
        Action read = () => Read(Encoding.UTF8.GetBytes(content));

        read.Should().Throw<NotEventsException>();
    }

    [Fact]
    public void Any_text_is_read_line_by_line_on_demand()
    {
        var events = new List<string?>();
        foreach (EventBatch batch in EventInput.Read(new MemoryStream("hello\r\n\r\nworld"u8.ToArray()), EventFormat.Lines))
        {
            batch.Read(EventInput.NewEvent(), (e, line, _) => events.Add($"{line}: {e.Find("message")}"), problem => throw new FormatException(problem.Message));
        }

        events.Should().Equal("1: hello", "3: world");
    }

    [Fact]
    public void Archives_are_opened()
    {
        byte[] json = "{\"A\":\"b\"}\n"u8.ToArray();
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("dir/a.json").Open();
            entry.Write(json);
        }

        using var tar = new MemoryStream();
        using (var archive = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
        {
            archive.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "dir/a.json") { DataStream = new MemoryStream(json) });
        }

        using var zstd = new MemoryStream();
        using (var packer = new ZstdSharp.CompressionStream(zstd, leaveOpen: true))
        {
            packer.Write(json);
        }

        using var tgz = new MemoryStream();
        using (var packer = new GZipStream(tgz, CompressionMode.Compress, leaveOpen: true))
        {
            packer.Write(tar.ToArray());
        }

        foreach ((byte[] bytes, string? name) in ((byte[], string?)[])[(zip.ToArray(), "dir/a.json"), (tar.ToArray(), "dir/a.json"), (tgz.ToArray(), "dir/a.json"), (zstd.ToArray(), null), (json, null)])
        {
            int parts = 0;
            foreach (LogPart part in LogArchive.Open(new MemoryStream(bytes)))
            {
                parts++;
                part.Name.Should().Be(name);
                foreach (EventBatch batch in EventInput.Read(part.Content, isLive: false))
                {
                    batch.Read(EventInput.NewEvent(), (e, _, _) => e.Find("A").Should().Be("b"), problem => throw new FormatException(problem.Message));
                }
            }

            parts.Should().Be(1);
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void An_archive_that_expands_without_end_is_not_read_on()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("a.log", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1024 * 1024];
            Array.Fill(zeros, (byte)' ');
            for (int i = 0; i < 100; i++)
            {
                entry.Write(zeros);
            }
        }

        zip.Position = 0;
        Action read = () =>
        {
            foreach (LogPart part in LogArchive.Open(zip))
            {
                byte[] buffer = new byte[1024 * 1024];
                while (part.Content.Read(buffer) > 0)
                {
                }
            }
        };

        read.Should().Throw<IOException>().WithMessage("it expands to more than 200 times its size");
    }

    private static (List<Event> Events, List<EventProblem> Problems) Read(byte[] content)
    {
        var events = new List<Event>();
        var problems = new List<EventProblem>();
        foreach (EventBatch batch in EventInput.Read(new MemoryStream(content)))
        {
            batch.Read(EventInput.NewEvent(), (e, _, _) => events.Add(e.Copy()), problems.Add);
            batch.Release();
        }

        return (events, problems);
    }

    private static string? NameOf(Event e)
    {
        var fields = new FieldTable();
        var sources = new SourceFields(fields);
        var view = new EventView(fields);
        view.Bind(e);
        return sources.NameOf(view);
    }
}
