using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Tests.Logs;

/// <summary>
/// Logs in the shapes in which they are delivered and exported are taken for what they are: their events are tried on the rules of their log and on those
/// of no other. The samples are made up, in the form of the vendors' documentation.
/// </summary>
public class RealLogTests
{
    /// <summary>The log sources that public rules name, but for most of those of Windows: product, service and category.</summary>
    private static readonly string[] LogSources =
    [
        "aws cloudtrail -", "azure activitylogs -", "azure auditlogs -", "azure pim -", "azure riskdetection -", "azure signinlogs -", "bitbucket audit -", "cisco aaa -",
        "cisco bgp -", "cisco duo -", "cisco ldp -", "django - application", "fortigate event -", "gcp gcp.audit -", "gcp google_workspace.admin -", "gcp google_workspace.login -",
        "github audit -", "huawei bgp -", "juniper bgp -", "jvm - application", "kubernetes audit application", "kubernetes audit -", "linux auditd -", "linux clamav -", "linux cron -",
        "linux guacamole -", "linux sshd -", "linux sudo -", "linux auth -", "linux syslog -", "linux vsftpd -", "linux - file_event", "linux - network_connection",
        "linux - process_creation", "linux - -", "m365 audit -", "m365 threat_management -", "macos - file_event", "macos - process_creation", "okta okta -",
        "onelogin onelogin.events -", "opencanary - application", "rpc_firewall - application", "sql - application", "zeek dce_rpc -", "zeek dns -", "zeek http -", "zeek kerberos -",
        "zeek rdp -", "zeek smb_files -", "zeek x509 -", "zeek ssl -", "- apache -", "- netflow -", "- nginx -", "- - antivirus", "- - database", "- - dns", "- - firewall", "- - proxy",
        "- - webserver", "windows security -", "windows sysmon -", "windows - process_creation", "windows - -", "windows firewall-as -",
    ];

    private const string Trail = "{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-01-02T03:04:05Z\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"CreateUser\",\"awsRegion\":\"us-east-1\",\"requestParameters\":{\"userName\":\"eve\"}}";
    private const string Linux = "linux - -";
    private const string Cisco = "cisco aaa -";
    private static readonly string Bridge = "{\"version\":\"0\",\"id\":\"6a7e\",\"detail-type\":\"AWS API Call via CloudTrail\",\"source\":\"aws.iam\",\"account\":\"123456789012\",\"time\":\"2026-01-02T03:04:05Z\",\"region\":\"us-east-1\",\"resources\":[],\"detail\":" + Trail + "}";

    public static TheoryData<string, string, string, string, string> Samples() => new()
    {
        // Name, content; what each event has, field=value between bars; the log; and the log sources, between commas, whose rules are tried.
        { "IIS with few columns", "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-01-02 03:04:05\r\n#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent)\r\n2026-01-02 03:04:05 POST /a.aspx cmd=whoami 10.0.0.9 curl/8.0+x\r\n",
            "cs-uri-query=cmd=whoami|cs-user-agent=curl/8.0 x|cs-uri=/a.aspx?cmd=whoami", "webserver", "- - webserver" },
        { "HTTPERR", "#Software: Microsoft HTTP API 2.0\r\n#Version: 1.0\r\n#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename\r\n2026-01-02 03:04:05 10.0.0.9 51000 10.0.0.1 80 HTTP/1.1 GET /x%00 400 - URL -\r\n",
            "c-uri=/x%00|s-reason=URL", "webserver", "- - webserver" },
        { "a proxy without an action", "#Software: SGOS 7\n#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-scheme cs-host cs-uri-path cs-uri-query cs-uri-extension cs(User-Agent)\n2026-01-02 03:04:05 10.0.0.9 GET https ex.com /a/b.exe ?x=1 exe \"rclone/v1.6\"\n",
            "c-uri=https://ex.com/a/b.exe?x=1|c-uri-extension=exe|c-useragent=rclone/v1.6|cs-host=ex.com", "proxy", "- - proxy" },
        { "Windows Firewall", "#Version: 1.5\r\n#Software: Microsoft Windows Firewall\r\n#Time Format: Local\r\n#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid\r\n\r\n2026-01-02 03:04:05 DROP UDP 10.0.0.9 10.0.0.255 137 137 78 - - - - - - - RECEIVE 4\r\n2026-01-02 03:04:06 ALLOW TCP 10.0.0.9 10.0.0.1 50000 137 0 - 0 0 0 - - - SEND 4\r\n",
            "dst_port=137|src_ip=10.0.0.9", "windows pfirewall firewall", "- - firewall, windows - -" },
        { "VPC flow", "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 23 6 20 4249 1767322800 1767322860 ACCEPT OK\n",
            "dst_port=23|action=ACCEPT|@timestamp=1767322800", "aws vpcflow firewall", "- - firewall, - netflow -" },
        { "EventBridge", Bridge, "eventName=CreateUser|requestParameters.userName=eve", "aws cloudtrail", "aws cloudtrail -" },
        { "EventBridge through SNS to Lambda", "{\"Records\":[{\"EventSource\":\"aws:sns\",\"EventVersion\":\"1.0\",\"EventSubscriptionArn\":\"arn:aws:sns:x\",\"Sns\":{\"Type\":\"Notification\",\"MessageId\":\"1\",\"TopicArn\":\"arn:aws:sns:x\",\"Subject\":null,\"Message\":" + Quoted(Bridge) + ",\"Timestamp\":\"2026-01-02T03:04:06.000Z\",\"SignatureVersion\":\"1\"}}]}",
            "eventName=CreateUser", "aws cloudtrail", "aws cloudtrail -" },
        { "SNS to SQS", "{\"Records\":[{\"messageId\":\"1\",\"receiptHandle\":\"h\",\"body\":" + Quoted("{\"Type\":\"Notification\",\"MessageId\":\"1\",\"Message\":" + Quoted(Bridge) + "}") + ",\"attributes\":{\"SentTimestamp\":\"1\"},\"eventSource\":\"aws:sqs\",\"awsRegion\":\"us-east-1\"}]}",
            "eventName=CreateUser", "aws cloudtrail", "aws cloudtrail -" },
        { "EventBridge to SQS", "{\"Records\":[{\"messageId\":\"1\",\"receiptHandle\":\"h\",\"body\":" + Quoted(Bridge) + ",\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"a\",\"awsRegion\":\"x\"}]}",
            "eventSource=iam.amazonaws.com|awsRegion=us-east-1|eventSourceARN=", "aws cloudtrail", "aws cloudtrail -" },
        { "EventBridge through SNS to SQS", "{\"Records\":[{\"messageId\":\"1\",\"body\":" + Quoted("{\"Type\":\"Notification\",\"MessageId\":\"1\",\"Message\":" + Quoted(Bridge) + "}") + ",\"eventSource\":\"aws:sqs\",\"awsRegion\":\"x\"}]}",
            "eventSource=iam.amazonaws.com|MessageId=", "aws cloudtrail", "aws cloudtrail -" },
        { "CloudTrail's event in SQS", "{\"Records\":[{\"messageId\":\"1\",\"body\":" + Quoted(Trail) + ",\"eventSource\":\"aws:sqs\",\"awsRegion\":\"x\"}]}", "eventSource=iam.amazonaws.com|awsRegion=us-east-1", "aws cloudtrail", "aws cloudtrail -" },
        { "receive-message", "{\n  \"Messages\": [\n    {\"MessageId\":\"1\",\"ReceiptHandle\":\"h\",\"MD5OfBody\":\"m\",\"Body\":" + Quoted(Bridge) + "}\n  ]\n}\n", "eventSource=iam.amazonaws.com", "aws cloudtrail", "aws cloudtrail -" },
        { "an event in Docker's log that has fields of the same names", "{\"log\":" + Quoted("{\"_path\":\"dns\",\"time\":\"1\",\"query\":\"x\"}") + ",\"stream\":\"stdout\",\"time\":\"2\"}\n", "time=1|stream=stdout", "zeek dns", "zeek dns -, - - dns" },
        { "CloudWatch Logs subscription", "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"CloudTrail\",\"logStream\":\"s\",\"subscriptionFilters\":[\"f\"],\"logEvents\":[{\"id\":\"1\",\"timestamp\":1767322800000,\"message\":" + Quoted(Trail) + "},{\"id\":\"2\",\"timestamp\":1767322800001,\"message\":" + Quoted(Trail) + "}]}",
            "eventName=CreateUser", "aws cloudtrail", "aws cloudtrail -" },
        { "filter-log-events", "{\n    \"events\": [\n        {\n            \"logStreamName\": \"s\",\n            \"timestamp\": 1767322800000,\n            \"message\": " + Quoted(Trail) + ",\n            \"ingestionTime\": 1,\n            \"eventId\": \"1\"\n        }\n    ],\n    \"searchedLogStreams\": [],\n    \"nextToken\": \"t\"\n}\n",
            "eventName=CreateUser", "aws cloudtrail", "aws cloudtrail -" },
        { "lookup-events", "{\"Events\":[{\"EventId\":\"0-1\",\"EventName\":\"CreateUser\",\"ReadOnly\":\"false\",\"EventTime\":\"2026-01-02T03:04:05+00:00\",\"EventSource\":\"iam.amazonaws.com\",\"Username\":\"a\",\"Resources\":[],\"CloudTrailEvent\":" + Quoted(Trail) + "}],\"NextToken\":\"t\"}",
            "eventName=CreateUser|requestParameters.userName=eve", "aws cloudtrail", "aws cloudtrail -" },
        { "Zeek in Docker's log", "{\"log\":" + Quoted("{\"_path\":\"dns\",\"ts\":1.5,\"uid\":\"C1\",\"query\":\"x.com\"}\n") + ",\"stream\":\"stdout\",\"time\":\"2026-01-02T03:04:05Z\"}\n",
            "query=x.com", "zeek dns", "zeek dns -, - - dns" },
        { "Zeek by Filebeat that does not decode", "{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"input\":{\"type\":\"log\"},\"message\":" + Quoted("{\"ts\":1.5,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"version\":\"TLSv12\",\"resumed\":false,\"established\":true}") + "}\n",
            "version=TLSv12", "zeek ssl", "zeek ssl -" },
        { "Zeek ftp", "{\"ts\":1.5,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"id.resp_h\":\"10.0.0.2\",\"user\":\"anonymous\",\"command\":\"RETR\",\"arg\":\"ftp://10.0.0.2/x\",\"reply_code\":226,\"reply_msg\":\"ok\"}\n", "command=RETR", "zeek ftp", "" },
        { "Zeek notice", "{\"ts\":1.5,\"note\":\"Scan::Port_Scan\",\"msg\":\"m\",\"src\":\"10.0.0.1\",\"actions\":[\"Notice::ACTION_LOG\"],\"suppress_for\":3600.0}\n", "note=Scan::Port_Scan", "zeek notice", "" },
        { "Zeek files", "{\"ts\":1.5,\"fuid\":\"F1\",\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"source\":\"HTTP\",\"depth\":0,\"analyzers\":[\"PE\"],\"mime_type\":\"application/x-dosexec\",\"seen_bytes\":5}\n", "source=HTTP", "zeek files", "" },
        { "Zeek smtp", "{\"ts\":1.5,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"trans_depth\":1,\"helo\":\"h\",\"last_reply\":\"250 ok\"}\n", "helo=h", "zeek smtp", "" },
        { "FortiGate in CEF", "Dec 27 11:26:40 FGT-A-LOG CEF: 0|Fortinet|Fortigate|v6.0.3|44546|event:system|2|deviceExternalId=FGT5HD3915800610 FTNTFGTlogid=0100044546 cat=event:system FTNTFGTsubtype=system FTNTFGTlevel=information duser=admin sproc=GUI(172.16.200.254) act=Add FTNTFGTcfgpath=system.admin FTNTFGTcfgattr=a b msg=Add system.admin x\n",
            "action=Add|cfgpath=system.admin|cfgattr=a b|devid=FGT5HD3915800610", "fortigate event", "fortigate event -" },
        { "FortiGate traffic in CEF", "CEF:0|Fortinet|FortiGate|v7.0.3|00013|traffic:forward accept|3|deviceExternalId=FG1 cat=traffic:forward FTNTFGTsubtype=forward src=10.0.0.1 dst=10.0.0.2 dpt=23 act=accept\n",
            "action=accept|dstport=23", "fortigate traffic", "- - firewall" },
        { "FortiGate with a priority", "<189>date=2026-01-02 time=03:04:05 devname=\"fg\" devid=\"FG100\" eventtime=1767322800 tz=\"+0000\" logid=\"0100044546\" type=\"event\" subtype=\"system\" action=\"Add\" cfgpath=\"system.admin\" msg=\"Add system.admin x\"\n",
            "date=2026-01-02|action=Add|cfgpath=system.admin", "fortigate event", "fortigate event -" },
        { "FortiGate by a relay", "Jan  2 03:04:05 10.0.0.1 date=2026-01-02 time=03:04:05 devname=fg devid=FG100 logid=0100044546 type=event subtype=system action=Add cfgpath=system.admin\n",
            "action=Add|cfgpath=system.admin|hostname=10.0.0.1", "fortigate event", "fortigate event -" },
        { "a program by its path", "Jan  2 03:04:05 av1 /usr/sbin/clamd[12]: /srv/x: Webshell.A FOUND\n", "program=clamd|message=/srv/x: Webshell.A FOUND", "linux clamav", Linux + ", linux clamav -, linux syslog -, - - antivirus" },
        { "a program by its path in RFC 5424", "<22>1 2026-01-02T03:04:05Z h /usr/sbin/sshd 1 - - Accepted password for root\n", "program=sshd", "linux sshd", Linux + ", linux sshd -, linux auth -, linux syslog -" },
        { "a part of a program", "Jan  2 03:04:05 m postfix/smtpd[1]: connect from x\n", "program=postfix", "linux syslog", Linux + ", linux syslog -" },
        { "MySQL", "Jan  2 03:04:05 db1 mysqld[1]: Access denied for user 'root'@'10.0.0.9'\n", "program=mysqld", "linux syslog", Linux + ", linux syslog -, - - database" },
        { "Squid", "1767322800.123    456 10.0.0.9 TCP_MISS/200 1234 GET http://ex.com:8080/a/b.exe?x=1 - HIER_DIRECT/93.184.216.34 application/octet-stream\n1767322801.001     12 10.0.0.9 TCP_TUNNEL/200 39 CONNECT ex.com:443 eve HIER_DIRECT/93.184.216.34 -\n",
            "cs-host=ex.com|c-ip=10.0.0.9|sc-status=200", "proxy", "- - proxy" },
        { "Squid in a syslog", "Jan  2 03:04:05 px (squid-1): 1767322800.123    456 10.0.0.9 TCP_MISS/200 1234 GET http://ex.com/a.exe - HIER_DIRECT/93.184.216.34 text/html\n", "c-uri=http://ex.com/a.exe|c-uri-extension=exe", "proxy", "- - proxy" },
        { "Squid, combined", "10.0.0.9 - - [02/Jan/2026:13:55:36 -0700] \"GET http://ex.com/x HTTP/1.1\" 200 2326 \"-\" \"rclone/v1.6\" TCP_MISS:HIER_DIRECT\n", "c-useragent=rclone/v1.6|c-uri=http://ex.com/x|cs-host=ex.com", "proxy", "- - proxy" },
        { "errors of Apache", "[Fri Jan 02 03:04:05.123456 2026] [core:notice] [pid 1:tid 2] AH00052: child pid 123 exit signal Segmentation fault (11)\n", "@timestamp=2026-01-02T03:04:05.123456", "apache", "- apache -" },
        { "errors of nginx", "2026/01/02 03:04:05 [alert] 123#0: worker process 5 exited on signal 6 (core dumped)\n", "@timestamp=2026-01-02T03:04:05", "nginx", "- nginx -" },
        { "auditd in a syslog", "Jan  2 03:04:05 h audispd: node=h type=EXECVE msg=audit(1767322800.123:45): argc=2 a0=\"cat\" a1=\"/etc/shadow\"\nJan  2 03:04:05 h audisp-syslog[9]: type=PROCTITLE msg=audit(1767322800.123:46): proctitle=636174002F6574632F736861646F77\n",
            "hostname=h", "linux auditd", Linux + ", linux auditd -, linux - file_event, linux - network_connection, linux - process_creation" },
        { "the kernel's audit", "Jan  2 03:04:05 h kernel: [   12.345678] audit: type=1309 audit(1767322800.123:45): argc=1 a0=\"id\"\n", "type=EXECVE|a0=id|audit_id=45", "linux auditd", Linux + ", linux auditd -, linux - file_event, linux - network_connection, linux - process_creation" },
        // Network devices.
        { "IOS", "*Mar  1 18:46:11.123: %SYS-5-CONFIG_I: Configured from console by vty2 (10.34.195.36)\n000045: *Jan  2 03:04:05.123 UTC: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up\n00:00:47: %LINK-3-UPDOWN: x\n1w2d: %SYS-5-RESTART: System restarted\n", "", "cisco", "- - firewall" },
        { "commands on IOS", "<189>45: r1: *Jan  2 03:04:05.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:no logging buffered\n", "hostname=r1|facility=local7|severity=notice|mnemonic=PARSER-5-CFGLOG_LOGGEDCMD", "cisco aaa", Cisco },
        { "ASA", "%ASA-6-302013: Built outbound TCP connection 1 for outside:10.0.0.1/80\n<166>Jan 02 2026 03:04:05 fw01 : %ASA-6-302014: Teardown TCP connection 1\n<166>Jan 02 2026 03:04:05: %ASA-4-106023: Deny tcp src x\n", "", "cisco", "- - firewall" },
        { "commands on ASA", "<165>Jan 02 2026 03:04:05 fw01 : %ASA-5-111008: User 'enable_15' executed the 'clear logging' command.\n", "hostname=fw01|@timestamp=2026-01-02T03:04:05", "cisco aaa", Cisco },
        { "FTD", "<113>Jan 02 2026 03:04:05 ftd01 : %FTD-1-430003: DeviceUUID: x, AccessControlRuleAction: Allow\n", "hostname=ftd01", "cisco", "- - firewall" },
        { "NX-OS", "2026 Jan  2 03:04:05 n9k-1 %AUTHPRIV-3-SYSTEM_MSG: pam_aaa:Authentication failed for user x - sshd[123]\n<187>: 2026 Jan  2 03:04:05 UTC: %VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty by admin on 10.0.0.9\n", "@timestamp=2026-01-02T03:04:05", "cisco aaa", Cisco },
        { "NX-OS with a device context", "2026 Jan  2 03:04:05 n9k-1 %$ VDC-1 %$ %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up\n", "hostname=n9k-1", "cisco", "- - firewall" },
        { "IOS XR", "RP/0/RSP0/CPU0:Jan  2 03:04:05.123 UTC: tcp[466]: %IP-TCP-3-BADAUTH : Invalid MD5 digest from (10.1.1.1:25245) to (10.1.1.2:179)\n", "", "cisco bgp", "cisco bgp -, cisco ldp -" },
        { "LDP", "<187>Jan  2 03:04:05 10.0.0.1 77: r2: Jan  2 03:04:05: %LDP-3-AUTHFAIL: TCPMD5AuthenFail\n", "hostname=10.0.0.1", "cisco ldp", "cisco ldp -" },
        { "auditd from journald", "Jan  2 03:04:05 h1 audit[1]: EXECVE argc=2 a0=\"cat\" a1=2F6574632F736861646F77\n", "type=EXECVE|a0=cat|a1=/etc/shadow|hostname=h1", "linux auditd", Linux + ", linux auditd -, linux - file_event, linux - network_connection, linux - process_creation" },
        { "auditd from journald without a process", "2026-01-02T03:04:05.123456+00:00 h1 audit: PROCTITLE proctitle=63617400612E747874\n", "type=PROCTITLE|proctitle=cat a.txt", "linux auditd", Linux + ", linux auditd -, linux - file_event, linux - network_connection, linux - process_creation" },
        { "IOS through a collector", "Jan  2 03:04:05 10.0.0.1 77: 000045: *Jan  2 03:04:05.123 UTC: %SYS-5-RESTART: x\nJan  2 03:04:05 r1 : 2026 Jan  2 03:04:05 UTC: %LINK-3-UPDOWN: x\n<189>r1: *Jan  2 03:04:05.123: %LINK-3-UPDOWN: x\n", "", "cisco", "- - firewall" },
        { "ASA with times of RFC 5424", "<166>2026-01-02T03:04:05Z: %ASA-6-302013: x\n<166>2026-01-02T03:04:05Z fw01 : %ASA-6-302013: x\n<166>1 2026-01-02T03:04:05Z fw01 - - - - %ASA-6-302013: x\n<166>:Jan 02 03:04:05 UTC: %ASA-session-6-302013: x\n", "", "cisco", "- - firewall" },
        { "IOS XR through a collector", "<189>Jan  2 03:04:05 10.0.0.1 123: xr1 RP/0/RP0/CPU0:Jan  2 03:04:05.123 UTC: tcp[466]: %IP-TCP-3-BADAUTH : x\n", "hostname=10.0.0.1", "cisco bgp", "cisco bgp -, cisco ldp -" },
        { "TACACS+ accounting", "Jan  2 03:04:05\t10.0.0.1\tadmin\ttty2\t10.0.0.9\tstop\ttask_id=12\ttimezone=UTC\tservice=shell\tpriv-lvl=15\tcmd=show running-config <cr>\n", "src=10.0.0.1|user=admin|cmd=show running-config <cr>|service=shell", "cisco aaa", Cisco },
        { "NX-OS accounting", "Fri Jan  2 03:04:05 2026:type=update:id=10.0.0.9@pts/0:user=admin:cmd=configure terminal ; username eve (SUCCESS)\n", "user=admin|cmd=configure terminal ; username eve (SUCCESS)|@timestamp=2026-01-02T03:04:05", "cisco aaa", Cisco },
        { "ISE accounting", "<181>Jan  2 03:04:05 ise1 CISE_TACACS_Accounting 0000000001 1 0 2026-01-02 03:04:05.123 +00:00 0000000002 3300 NOTICE Tacacs-Accounting: TACACS+ Accounting with Command, UserName=admin, CmdSet=[ CmdAV=show CmdArgAV=version CmdArgAV=<cr> ],\n", "hostname=ise1", "cisco aaa", Cisco },
        // What Elastic's agents make of logs. Their fields have other names.
        { "Filebeat, CloudTrail", Ecs("aws.cloudtrail", "aws", "\"event.action\":\"CreateUser\",\"event.provider\":\"iam.amazonaws.com\",\"aws\":{\"cloudtrail\":{\"event_version\":\"1.08\"}}"), "event.action=CreateUser", "aws cloudtrail (ECS)", "aws cloudtrail -" },
        { "Filebeat, CloudTrail that is kept", Ecs("aws.cloudtrail", "aws", "\"event\":{\"original\":" + Quoted(Trail) + "}"), "eventName=CreateUser", "aws cloudtrail", "aws cloudtrail -" },
        { "Filebeat, Zeek", Ecs("zeek.dns", "zeek", "\"zeek\":{\"session_id\":\"C1\"},\"dns\":{\"question\":{\"name\":\"x.com\"}}"), "dns.question.name=x.com", "zeek dns (ECS)", "zeek dns -, - - dns" },
        { "Filebeat, Zeek by its other streams", Ecs("zeek.kerberos", "zeek", "\"zeek\":{\"session_id\":\"C1\"}"), "", "zeek kerberos (ECS)", "zeek kerberos -" },
        { "Filebeat, connections of Zeek", Ecs("zeek.connection", "zeek", "\"zeek\":{\"session_id\":\"C1\"}"), "", "zeek conn (ECS)", "- - firewall" },
        { "Filebeat, IIS", Ecs("iis.access", "iis", "\"url\":{\"path\":\"/a.aspx\"}"), "", "webserver (ECS)", "- - webserver" },
        { "Filebeat, nginx", Ecs("nginx.access", "nginx", "\"url\":{\"path\":\"/a\"}"), "", "webserver (ECS)", "- - webserver, - nginx -" },
        { "Filebeat, errors of Apache", Ecs("apache.error", "apache", "\"message\":\"child pid 1 exit signal Segmentation fault (11)\""), "", "apache", "- apache -" },
        { "Filebeat, auditd", Ecs("auditd.log", "auditd", "\"event.action\":\"execve\""), "", "linux auditd (ECS)", Linux + ", linux auditd -, linux - file_event, linux - network_connection, linux - process_creation" },
        { "Auditbeat", "{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"event\":{\"module\":\"auditd\",\"action\":\"executed\"},\"auditd\":{\"message_type\":\"syscall\"}}\n", "", "linux auditd (ECS)", Linux + ", linux auditd -, linux - file_event, linux - network_connection, linux - process_creation" },
        { "Filebeat, Okta", Ecs("okta.system", "okta", "\"okta\":{\"event_type\":\"user.session.start\"}"), "", "okta okta (ECS)", "okta okta -" },
        { "Filebeat, GitHub", Ecs("github.audit", "github", "\"event.action\":\"repo.create\""), "", "github audit (ECS)", "github audit -" },
        { "Filebeat, sign-ins of Azure", Ecs("azure.signinlogs", "azure", "\"azure\":{\"tenant_id\":\"t\"}"), "", "azure signinlogs (ECS)", "azure signinlogs -" },
        { "Filebeat, activities of Azure", Ecs("azure.activitylogs", "azure", "\"azure\":{\"tenant_id\":\"t\"}"), "", "azure activitylogs (ECS)", "azure activitylogs -" },
        { "Filebeat, Microsoft 365", Ecs("o365.audit", "o365", "\"o365\":{\"audit\":{\"RecordType\":1}}"), "", "m365 (ECS)", "m365 audit -, m365 threat_management -" },
        { "Filebeat, Google Cloud", Ecs("gcp.audit", "gcp", "\"event.action\":\"x\""), "", "gcp gcp.audit (ECS)", "gcp gcp.audit -" },
        { "Filebeat, NetFlow", Ecs("netflow.log", "netflow", "\"destination\":{\"port\":23}"), "destination.port=23", "netflow", "- netflow -, - - firewall" },
        { "Filebeat, sshd", Ecs("system.auth", "system", "\"process\":{\"name\":\"sshd\",\"pid\":1},\"message\":\"Accepted password for root\""), "", "linux sshd", Linux + ", linux sshd -, linux auth -, linux syslog -" },
        { "Filebeat, another program", Ecs("system.syslog", "system", "\"process\":{\"name\":\"mine\"},\"message\":\"stopping iptables\""), "", "linux syslog", Linux + ", linux syslog -" },
        { "Winlogbeat", "{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"event\":{\"code\":\"4624\",\"module\":\"security\",\"dataset\":\"security\",\"provider\":\"Microsoft-Windows-Security-Auditing\"},\"winlog\":{\"channel\":\"Security\",\"event_id\":\"4624\",\"event_data\":{\"LogonType\":\"3\"}}}\n",
            "LogonType=3", "Security", "windows security -, windows - -" },
        { "Get-WinEvent without a log", "[{\"Message\":\"m\",\"Id\":4624,\"Version\":2,\"LogName\":null,\"ProviderName\":\"Microsoft-Windows-Security-Auditing\",\"RecordId\":7,\"MachineName\":\"c\",\"ContainerLog\":\"C:\\\\x.evtx\"}]",
            "EventID=4624|Computer=c", "Microsoft-Windows-Security-Auditing", "windows security -, windows - -" },
    };

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Samples))]
    public void Events_are_tried_on_the_rules_of_their_log_and_of_no_other(string name, string content, string fields, string log, string sources)
    {
        IReadOnlyList<Event> events = LogText.Events(content);

        events.Should().NotBeEmpty(name);
        foreach (Event e in events)
        {
            foreach (string pair in fields.Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = pair.IndexOf('=');
                e.Find(pair[..equals]).Should().Be(pair[(equals + 1)..] is { Length: > 0 } value ? value : null, $"{pair[..equals]} of {name}");
            }

            var (told, tried) = Tried(e);
            told.Should().Be(log, name);
            string.Join(", ", tried.Order(StringComparer.Ordinal)).Should().Be(string.Join(", ", sources.Split(", ").Order(StringComparer.Ordinal)), name);
        }
    }

    /// <summary>A value that somebody else may write does not say of which log an event is that says it itself.</summary>
    [Theory]
    [InlineData("""{"Message":"{\"EventID\":1,\"Channel\":\"System\"}","EventID":4688,"Channel":"Security"}""", "Security")]
    [InlineData("""{"message":"{\"_path\":\"dns\"}","eventName":"A","eventSource":"s3.amazonaws.com"}""", "aws cloudtrail")]
    [InlineData("""{"message":"{\"_path\":\"dns\"","a":1}""", null)]
    [InlineData("""{"eventName":"A","eventSource":"s3.amazonaws.com","user_agent":{"original":"{\"EventID\":1102,\"Channel\":\"Security\"}"}}""", "aws cloudtrail")]
    [InlineData("""{"event.dataset":"nginx.access","user_agent":{"original":"{\"EventID\":1102,\"Channel\":\"Security\"}"}}""", "webserver (ECS)")]
    [InlineData("""{"eventName":"A","eventSource":"s3.amazonaws.com","userAgent":"<Event><System><EventID>1102</EventID><Channel>Security</Channel></System></Event>"}""", "aws cloudtrail")]
    [InlineData("""{"EventID":4688,"Channel":"Security","CommandLine":"<Event><System><EventID>1</EventID><Channel>System</Channel></System></Event>"}""", "Security")]
    [InlineData("""{"eventName":"A","eventSource":"s3.amazonaws.com","requestParameters":{"Channel":"Security","EventID":1102,"event":{"dataset":"zeek.dns"}}}""", "aws cloudtrail")]
    [InlineData("""{"any":"<Event><System><EventID>1102</EventID><Channel>Security</Channel></System></Event>"}""", "Security")]
    [InlineData("""{"Event":{"System":{"Channel":"Application","EventID":1,"Provider":{"#attributes":{"Name":"MyApp"}}},"EventData":{"Channel":"Security","EventID":"1102","Provider_Name":"Microsoft-Windows-Security-Auditing"}}}""", "Application")]
    [InlineData("""{"winlog":{"channel":"Application","event_id":"1","provider_name":"MyApp","event_data":{"Channel":"Security","EventID":"1102"}}}""", "Application")]
    [InlineData("""{"text":"{\"_path\":\"dns\"}"}""", null)]
    public void A_message_is_read_where_nothing_else_tells_the_log(string json, string? log) => Tried(Event.Parse(json)).Log.Should().Be(log);

    /// <summary>What the message of a program has in it is of that program, whoever wrote it.</summary>
    [Theory]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: Invalid user %ASA-5-111008: clear logging from 1.2.3.4", "linux sshd")]
    [InlineData("<38>Jan  1 00:00:00 h1 sshd[1]: fatal: %SYS-5-CONFIG: unexpected internal error", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: %ASA-5-111008: x", "linux sshd")]
    [InlineData("2026-01-01T00:00:00Z h1 sshd[1]: a b Jan  1 00:00:00: %ASA-5-111008: x", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sshd: Jan  1 00:00:00: %ASA-5-111008: x", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sudo: RP/0/RP0/CPU0:Jan  1 00:00:00: tcp[1]: %ASA-5-111008: x", "linux sudo")]
    [InlineData("Jan  1 00:00:00 h1 sudo: 45: %ASA-5-111008: x", "linux sudo")]
    [InlineData("<38>1 2026-01-01T00:00:00Z h1 sshd 1 - - %ASA-5-111008: x", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sudo: alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/echo EventID=1102 Channel=Security", "linux sudo")]
    [InlineData("Jan  1 00:00:00 h1 sudo: alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/echo event_id=1102 LogName=Security Id=1 source=XmlWinEventLog:Security", "linux sudo")]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: type=EXECVE msg=audit(1767225600.000:1): argc=1 a0=\"x\"", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: CEF:0|Fortinet|FortiGate|7|1|x|3|cat=event", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: {\"EventID\":1102,\"Channel\":\"Security\"}", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: <Event><System><EventID>1102</EventID><Channel>Security</Channel></System></Event>", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: CISE_TACACS_Accounting 1 UserName=x", "linux sshd")]
    [InlineData("Jan  1 00:00:00 h1 sshd[1]: EXECVE argc=1 a0=\"x\"", "linux sshd")]
    [InlineData("<38>1 2026-01-01T00:00:00Z h1 sshd 1 - [x EventID=\"1102\" Channel=\"Security\"] hello", "linux sshd")]
    [InlineData("type=USER_CMD msg=audit(1767225600.000:1): pid=1 msg='cwd=\"/\" cmd=x EventID=1102 Channel=Security res=success'", "linux auditd")]
    [InlineData("Jan  1 00:00:00 h1 kernel: type=1309 audit(1767225600.000:1): argc=1 a0=\"x\"", "linux auditd")]
    [InlineData("10.0.0.9 - - [02/Jan/2026:03:04:05 +0000] \"GET /%ASA-5-111008: HTTP/1.1\" 200 1 \"-\" \"type=EXECVE msg=audit(1.000:1): CEF:0|a|b|c|d|e|3|\"", "webserver")]
    [InlineData("<38>1 2026-01-01T00:00:00Z h1 sshd - - - %ASA-5-111008: x", "linux sshd")]
    public void The_text_of_a_message_does_not_say_another_log(string line, string log) =>
        Tried(LogText.Events(line + "\n").Should().ContainSingle().Which).Log.Should().Be(log);

    /// <summary>Event 104 of the log System reports the channel that was cleared, which the public rule for it asks for.</summary>
    [Theory]
    [InlineData("system", "Channel: Security", true)]
    [InlineData("system", "Channel: System", false)]
    [InlineData("security", "EventID: 104", false)]
    public void A_channel_that_an_event_reports_is_not_its_own(string service, string item, bool matches)
    {
        const string Cleared = """{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Eventlog"}},"EventID":104,"Channel":"System"},"UserData":{"LogFileCleared":{"Channel":"Security"}}}}""";
        ReadDocument[] rules = [RuleReader.Read(new Sigma.Text.SourceText("r", $"title: T\nlogsource: {{product: windows, service: {service}}}\ndetection:\n  s: {{{item}}}\n  condition: s\n"))[0]];

        EventMatcher matcher = Detector.Create(rules, RuleSet.Empty, new DetectorSettings(), (_, _) => { }).NewMatcher();

        (matcher.Match(Event.Parse(Cleared), 1) is not null).Should().Be(matches);
        matcher.LogName.Should().Be("System");
    }

    /// <summary>What lies beside a list belongs to the event, unless it only describes the list.</summary>
    [Theory]
    [InlineData("""{"value":[{"a":1}],"EventID":1,"Channel":"Security"}""", "EventID", "1")]
    [InlineData("""{"records":[],"EventID":1,"Channel":"Security"}""", "EventID", "1")]
    [InlineData("""{"Events":[{"a":1}],"user":"x"}""", "user", "x")]
    [InlineData("""{"count":1,"items":[{"Channel":"Security","EventID":1}],"_path":"dns"}""", "_path", "dns")]
    [InlineData("""{"hits":{"hits":[{"x":1}]},"Channel":"Security","EventID":1}""", "EventID", "1")]
    [InlineData("""{"hits":{"hits":[{"x":1}],"user":"x"}}""", "hits.user", "x")]
    [InlineData("""{"value":[1],"EventID":1,"Channel":"Security"}""", "EventID", "1")]
    [InlineData("""{"tags":["a"],"Channel":"Security","EventID":1}""", "EventID", "1")]
    [InlineData("""{"value":[{"EventID":7,"Channel":"Security"}],"total":1,"_links":{"a":1},"Count":1}""", "EventID", "7")]
    [InlineData("""{"value":[{"EventID":7,"Channel":"Security"}],"made_by":"x"}""", "EventID", "7")]
    public void A_list_does_not_hide_the_other_fields_of_an_event(string json, string field, string value)
    {
        LogText.Events(json).Should().ContainSingle().Which.Find(field).Should().Be(value);
        LogText.Events("{\"value\":[{\"b\":1}]}\n" + json + "\n").Should().HaveCount(2).And.Contain(e => e.Find(field) == value, "objects that follow a list are looked at too");
    }

    private static string Ecs(string dataset, string module, string fields) =>
        "{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"event.dataset\":\"" + dataset + "\",\"event.module\":\"" + module + "\",\"ecs\":{\"version\":\"8.0.0\"}," + fields + "}\n";

    private static string Quoted(string json) => System.Text.Json.JsonSerializer.Serialize(json);

    /// <summary>The log that an event tells, and the log sources whose rules would be tried on it.</summary>
    private static (string? Log, IReadOnlyList<string> Sources) Tried(Event e)
    {
        var documents = LogSources.Select(source => RuleReader.Read(new Sigma.Text.SourceText(source, Rule(source.Split(' '))))[0]).ToArray();
        Detector detector = Detector.Create(documents, RuleSet.Empty, new DetectorSettings { Unknown = UnknownEvents.OfNoLog }, (_, _) => { });
        EventMatcher matcher = detector.NewMatcher();
        MatchedEvent? matched = matcher.Match(e, 1);
        return (matcher.LogName, [.. matched?.Matches.Select(match => match.Rule.Metadata.Title) ?? []]);
    }

    private static string Rule(string[] source) =>
        $"title: '{string.Join(' ', source)}'\nlogsource:\n" + string.Concat(new[] { "product", "service", "category" }.Zip(source).Where(part => part.Second != "-").Select(part => $"  {part.First}: {part.Second}\n"))
        + "detection:\n  s:\n    NoSuchField: null\n  condition: s\n";
}
