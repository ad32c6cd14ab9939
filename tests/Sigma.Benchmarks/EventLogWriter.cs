using System.Globalization;
using System.Text;
using Sigma.Tests.Logs;

namespace Sigma.Benchmarks;

/// <summary>
/// Writes logs to measure with: Windows events with random values, in the proportions of a workstation with Sysmon. The same
/// number gives the same events.
/// </summary>
internal static class EventLogWriter
{
    private static readonly string[] Programs =
    [
        @"C:\Windows\System32\svchost.exe", @"C:\Windows\System32\services.exe", @"C:\Windows\System32\SearchIndexer.exe", @"C:\Windows\System32\RuntimeBroker.exe",
        @"C:\Windows\System32\taskhostw.exe", @"C:\Windows\System32\wbem\WmiPrvSE.exe", @"C:\Windows\System32\conhost.exe", @"C:\Windows\System32\cmd.exe",
        @"C:\Windows\explorer.exe", @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        @"C:\Program Files\Microsoft Office\root\Office16\OUTLOOK.EXE", @"C:\Program Files\Git\cmd\git.exe", @"C:\Program Files\nodejs\node.exe",
        @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18\MsMpEng.exe", @"C:\Program Files\Editor\editor.exe", @"C:\Program Files\Example\Sync\sync-agent.exe",
    ];

    private static readonly string[] Folders = [@"C:\Windows\System32\", @"C:\Windows\", @"C:\Program Files\Google\Chrome\Application\", @"C:\Users\dana\source\"];
    private static readonly string[] Libraries = ["kernel32.dll", "ntdll.dll", "combase.dll", "crypt32.dll", "bcrypt.dll", "winhttp.dll", "shell32.dll", "clr.dll", "mscoree.dll", "dbghelp.dll"];
    private static readonly string[] Words = ["--type=renderer", "--lang=en-US", "-k", "netsvcs", "-p", "/c", "dir", "status", "--field-trial-handle=1840", "/Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}", "run", "build", "--no-color", "-NoProfile", "Get-ChildItem", "-Embedding", "0xffffffff", "-ForceV1", "fetch", "origin"];
    private static readonly string[] Hosts = ["update.example.com", "www.example.org", "cdn.example.net", "login.example.com", "time.example.org"];
    private static readonly string[] Keys = [@"HKLM\System\CurrentControlSet\Services\bam\State\UserSettings\S-1-5-21\", @"HKU\S-1-5-21\Software\Microsoft\Windows\CurrentVersion\Explorer\UserAssist\", @"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache\"];
    private static readonly string[] Users = [@"EXAMPLE\dana", @"EXAMPLE\eli", @"NT AUTHORITY\SYSTEM", @"NT AUTHORITY\NETWORK SERVICE"];

    /// <summary>Writes events as JSON, one per line.</summary>
    /// <param name="count">How many.</param>
    /// <param name="path">The file.</param>
    public static void WriteJson(int count, string path)
    {
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        var random = new Random(7);
        for (int i = 0; i < count; i++)
        {
            MadeEvent made = Make(random);
            string time = Time(i).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
            writer.Write($"{{\"Event\":{{\"#attributes\":{{\"xmlns\":\"http://schemas.microsoft.com/win/2004/08/events/event\"}},\"System\":{{\"Provider\":{{\"#attributes\":{{\"Name\":\"{made.Provider}\",\"Guid\":\"5770385F-C22A-43E0-BF4C-06F5698FFBD9\"}}}},\"EventID\":{made.Id},\"Version\":5,\"Level\":4,\"Task\":{made.Id},\"Opcode\":0,\"Keywords\":\"0x8000000000000000\",\"TimeCreated\":{{\"#attributes\":{{\"SystemTime\":\"{time}\"}}}},\"EventRecordID\":{i + 1},\"Correlation\":null,\"Execution\":{{\"#attributes\":{{\"ProcessID\":3544,\"ThreadID\":4272}}}},\"Channel\":\"{made.Channel}\",\"Computer\":\"WS-{i % 40:000}.example.com\",\"Security\":{{\"#attributes\":{{\"UserID\":\"S-1-5-18\"}}}}}},\"EventData\":{{");
            string separator = "";
            foreach ((string name, string value) in made.Data)
            {
                writer.Write($"{separator}\"{name}\":\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
                separator = ",";
            }

            writer.Write("}}}\n");
        }
    }

    /// <summary>Writes events as a Windows event log.</summary>
    /// <param name="count">How many.</param>
    /// <param name="path">The file.</param>
    public static void WriteEventLog(int count, string path)
    {
        var log = new EvtxWriter();
        var templates = new Dictionary<string, EvtxElement>();
        var random = new Random(7);
        int room = 0;
        for (int i = 0; i < count; i++)
        {
            MadeEvent made = Make(random);
            int size = 700 + made.Data.Sum(field => (field.Value.Length * 2) + 8);
            bool isNew = room < size + 3000;
            if (isNew && i > 0)
            {
                log.NewChunk();
            }

            room = isNew ? 60_000 : room;
            string key = $"{made.Channel} {made.Id}";
            if (!templates.TryGetValue(key, out EvtxElement? template))
            {
                templates[key] = template = EvtxElement.Of(
                    "EventData", [.. made.Data.Select((field, place) => EvtxElement.Of("Data", new EvtxPlace((ushort)place)).With("Name", field.Name))]);
            }

            room -= size;
            log.Add((ulong)i + 1, WindowsRecords.Root, WindowsRecords.Values((ulong)i + 1, (ushort)made.Id, EvtxTyped.Nested(template, [.. made.Data.Select(field => EvtxTyped.Text(field.Value))])));
        }

        File.WriteAllBytes(path, log.ToArray());
    }

    private static DateTime Time(int number) => new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(number * 1234567L);

    private static MadeEvent Make(Random random)
    {
        int kind = random.Next(100);
        string image = Pick(Programs);
        (string, string)[] process = [("RuleName", "-"), ("UtcTime", "2026-01-02 03:04:05.100"), ("ProcessGuid", Guid()), ("ProcessId", random.Next(60000).ToString(CultureInfo.InvariantCulture)), ("Image", image)];
        return kind switch
        {
            < 20 => Sysmon(1, [.. process, ("FileVersion", "10.0.26100.1 (WinBuild.160101.0800)"), ("Description", "A program"), ("Product", "Microsoft Windows Operating System"), ("Company", "Microsoft Corporation"), ("OriginalFileName", Path.GetFileName(image.Replace('\\', '/'))), ("CommandLine", Arguments()), ("CurrentDirectory", Pick(Folders)), ("User", Pick(Users)), ("LogonGuid", Guid()), ("LogonId", "0x3e7"), ("TerminalSessionId", "1"), ("IntegrityLevel", "Medium"), ("Hashes", Hashes()), ("ParentProcessGuid", Guid()), ("ParentProcessId", "812"), ("ParentImage", Pick(Programs)), ("ParentCommandLine", Arguments()), ("ParentUser", Pick(Users))]),
            < 32 => Sysmon(3, [.. process, ("User", Pick(Users)), ("Protocol", "tcp"), ("Initiated", "true"), ("SourceIsIpv6", "false"), ("SourceIp", "192.168.1.17"), ("SourceHostname", "WS-001.example.com"), ("SourcePort", random.Next(1024, 65535).ToString(CultureInfo.InvariantCulture)), ("DestinationIsIpv6", "false"), ("DestinationIp", $"203.0.113.{random.Next(255)}"), ("DestinationHostname", Pick(Hosts)), ("DestinationPort", "443")]),
            < 52 => Sysmon(7, [.. process, ("ImageLoaded", @"C:\Windows\System32\" + Pick(Libraries)), ("FileVersion", "10.0.26100.1"), ("Description", "A library"), ("Product", "Microsoft Windows Operating System"), ("Company", "Microsoft Corporation"), ("OriginalFileName", Pick(Libraries)), ("Hashes", Hashes()), ("Signed", "true"), ("Signature", "Microsoft Windows"), ("SignatureStatus", "Valid"), ("User", Pick(Users))]),
            < 62 => Sysmon(10, [("RuleName", "-"), ("UtcTime", "2026-01-02 03:04:05.100"), ("SourceProcessGUID", Guid()), ("SourceProcessId", "812"), ("SourceThreadId", "900"), ("SourceImage", image), ("TargetProcessGUID", Guid()), ("TargetProcessId", "4460"), ("TargetImage", Pick(Programs)), ("GrantedAccess", "0x1000"), ("CallTrace", string.Join('|', Enumerable.Range(0, 6).Select(_ => @"C:\Windows\SYSTEM32\" + Pick(Libraries) + "+" + random.Next(1 << 20).ToString("x", CultureInfo.InvariantCulture)))), ("SourceUser", Pick(Users)), ("TargetUser", Pick(Users))]),
            < 72 => Sysmon(11, [.. process, ("TargetFilename", $@"C:\Users\dana\AppData\Local\Temp\{Guid()}\{random.Next(100000)}.tmp"), ("CreationUtcTime", "2026-01-02 03:04:05.100"), ("User", Pick(Users))]),
            < 84 => Sysmon(13, [("RuleName", "-"), ("EventType", "SetValue"), .. process[1..], ("TargetObject", Pick(Keys) + Guid()), ("Details", "DWORD (0x00000001)"), ("User", Pick(Users))]),
            < 90 => Sysmon(22, [.. process, ("QueryName", Pick(Hosts)), ("QueryStatus", "0"), ("QueryResults", "type: 5 cdn.example.net;::ffff:203.0.113.7;"), ("User", Pick(Users))]),
            < 94 => Security(4688, [("SubjectUserSid", "S-1-5-18"), ("SubjectUserName", "WS-001$"), ("SubjectDomainName", "EXAMPLE"), ("SubjectLogonId", "0x3e7"), ("NewProcessId", "0x1a2c"), ("NewProcessName", image), ("TokenElevationType", "%%1936"), ("ProcessId", "0x2b8"), ("CommandLine", Arguments()), ("TargetUserSid", "S-1-0-0"), ("TargetUserName", "-"), ("TargetDomainName", "-"), ("TargetLogonId", "0x0"), ("ParentProcessName", Pick(Programs)), ("MandatoryLabel", "S-1-16-8192")]),
            < 97 => Security(4624, [("SubjectUserSid", "S-1-5-18"), ("SubjectUserName", "WS-001$"), ("SubjectDomainName", "EXAMPLE"), ("SubjectLogonId", "0x3e7"), ("TargetUserSid", "S-1-5-18"), ("TargetUserName", "SYSTEM"), ("TargetDomainName", "NT AUTHORITY"), ("TargetLogonId", "0x3e7"), ("LogonType", "5"), ("LogonProcessName", "Advapi"), ("AuthenticationPackageName", "Negotiate"), ("WorkstationName", "-"), ("LogonGuid", Guid()), ("ProcessId", "0x2b8"), ("ProcessName", @"C:\Windows\System32\services.exe"), ("IpAddress", "-"), ("IpPort", "-"), ("ElevatedToken", "%%1842")]),
            _ => new MadeEvent("Microsoft-Windows-PowerShell", "Microsoft-Windows-PowerShell/Operational", 4104, [("MessageNumber", "1"), ("MessageTotal", "1"), ("ScriptBlockText", string.Join(' ', Enumerable.Range(0, 30).Select(_ => Pick(Words)))), ("ScriptBlockId", Guid()), ("Path", "")]),
        };

        string Pick(string[] from) => from[random.Next(from.Length)];
        string Guid()
        {
            byte[] bytes = new byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes).ToString("B").ToUpperInvariant();
        }

        string Arguments() => $"\"{Pick(Programs)}\" {string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pick(Words)))}";
        string Hashes()
        {
            byte[] bytes = new byte[84];
            random.NextBytes(bytes);
            return $"SHA1={Convert.ToHexString(bytes, 0, 20)},MD5={Convert.ToHexString(bytes, 20, 16)},SHA256={Convert.ToHexString(bytes, 36, 32)},IMPHASH={Convert.ToHexString(bytes, 68, 16)}";
        }
    }

    private static MadeEvent Sysmon(int id, (string, string)[] data) => new("Microsoft-Windows-Sysmon", "Microsoft-Windows-Sysmon/Operational", id, data);

    private static MadeEvent Security(int id, (string, string)[] data) => new("Microsoft-Windows-Security-Auditing", "Security", id, data);

    private readonly record struct MadeEvent(string Provider, string Channel, int Id, (string Name, string Value)[] Data);
}
