namespace Sigma.Events.Samples;

/// <summary>What kind of text a field usually has, by which its fillers are chosen.</summary>
internal enum TextKind
{
    /// <summary>Anything.</summary>
    Plain,

    /// <summary><c>C:\Windows\System32\a.exe</c>.</summary>
    WindowsPath,

    /// <summary><c>/usr/bin/a</c>.</summary>
    UnixPath,

    /// <summary><c>a.exe -b c</c>.</summary>
    CommandLine,

    /// <summary><c>HKLM\SOFTWARE\…</c>.</summary>
    RegistryKey,

    /// <summary><c>CONTOSO\adele</c>.</summary>
    Account,

    /// <summary><c>www.example.org</c>.</summary>
    HostName,

    /// <summary><c>https://www.example.org/a</c>.</summary>
    Address,

    /// <summary><c>10.0.0.1</c>.</summary>
    NetworkAddress,

    /// <summary>A port or another number.</summary>
    Number,
}

/// <summary>
/// Fillers: what stands around the texts of a rule so that a sample looks like an event of its log source. All names are
/// those set aside for examples (RFC 2606, RFC 5737), or Microsoft's own example companies.
/// </summary>
internal static class SampleVocabulary
{
    private static readonly string[] WindowsFolders =
    [
        @"C:\Windows\System32", @"C:\Program Files\Contoso", @"C:\Users\adele\Downloads", @"C:\ProgramData\Fabrikam", @"D:\Tools", @"E:", @"\\fileserver\share",
    ];

    private static readonly string[] UnixFolders = ["/usr/bin", "/opt/contoso", "/home/adele", "/srv/data", "/var/lib/contoso", "/mnt/a"];

    private static readonly string[] Keys =
    [
        @"HKLM\SOFTWARE\Contoso", @"HKU\S-1-5-21-1004336348-1177238915-682003330-1001\SOFTWARE\Contoso", @"HKLM\System\CurrentControlSet\Services\contoso", @"HKCR\Contoso", "HKLM",
    ];

    private static readonly string[] Accounts = [@"CONTOSO\adele", @"CONTOSO\svc-backup", "adele", "alex@example.org"];

    private static readonly string[] Hosts = ["www", "mail.example", "files.example", "a"];

    private static readonly string[] Addresses = ["https://www.example.org", "http://files.example.net/a", "/app"];

    private static readonly string[] Words = ["entry", "item 7", "a", "4"];

    /// <summary>What kind of text a field has, by its name.</summary>
    /// <param name="field">The field's name, of any schema.</param>
    /// <param name="windows">Whether paths are those of Windows.</param>
    public static TextKind KindOf(string field, bool windows)
    {
        string name = field[(field.LastIndexOf('.') + 1)..].ToLowerInvariant();
        TextKind path = windows ? TextKind.WindowsPath : TextKind.UnixPath;
        return name switch
        {
            _ when name.Contains("commandline") || name.Contains("command_line") || name is "processcommandline" or "command" => TextKind.CommandLine,
            "targetobject" or "objectname" or "newname" when windows && field is not "ObjectName" => TextKind.RegistryKey,
            "image" or "parentimage" or "sourceimage" or "targetimage" or "imageloaded" or "targetfilename" or "sourcefilename" or "currentdirectory" => path,
            "imagepath" or "process" or "processname" or "newprocessname" or "parentprocessname" or "filename" or "path" or "filepath" or "file_path" => path,
            "executable" or "exe" or "application" or "relativetargetname" or "localname" or "servicefilename" or "processpath" or "modulepath" => path,
            "name" when field.Contains("file", StringComparison.OrdinalIgnoreCase) => path,
            _ when EndsWith("path") && !name.Contains("uri") && !name.Contains("url") => path,
            "user" or "parentuser" or "sourceuser" or "targetuser" or "subjectusername" or "targetusername" or "username" or "accountname" => TextKind.Account,
            _ when name.Contains("hostname") || name is "computer" or "computername" or "workstation" or "workstationname" or "host" || name is "queryname" or "query" or "domain" or "destination" => TextKind.HostName,
            _ when EndsWith("uri", "url") || name is "c-uri" or "cs-uri-stem" or "cs-referer" or "c-uri-query" or "cs-uri-query" => TextKind.Address,
            _ when EndsWith("ip", "ipaddress") || name is "src_ip" or "dst_ip" or "ipaddress" or "address" => TextKind.NetworkAddress,
            _ when EndsWith("port", "bytes", "size", "count") || name is "eventid" => TextKind.Number,
            _ => TextKind.Plain,
        };

        bool EndsWith(params ReadOnlySpan<string> endings)
        {
            foreach (string ending in endings)
            {
                if (name.EndsWith(ending, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>What may stand before a rule's text, the likeliest first.</summary>
    /// <param name="kind">What kind of text it is.</param>
    /// <param name="program">The program that the event is about; null where none is known.</param>
    public static IReadOnlyList<string> Heads(TextKind kind, string? program) => kind switch
    {
        TextKind.WindowsPath => WindowsFolders,
        TextKind.UnixPath => UnixFolders,
        TextKind.RegistryKey => Keys,
        TextKind.CommandLine => [program ?? "runner", "\"" + (program ?? "runner") + "\"", "x"],
        TextKind.Account => ["CONTOSO\\", "a"],
        TextKind.HostName => Hosts,
        TextKind.Address => Addresses,
        TextKind.Number => ["1"],
        TextKind.NetworkAddress => ["1"],
        _ => Words,
    };

    /// <summary>What may stand behind a rule's text, the likeliest first.</summary>
    public static IReadOnlyList<string> Tails(TextKind kind) => kind switch
    {
        TextKind.WindowsPath => [@"contoso.dat", "run7.exe", "7"],
        TextKind.UnixPath => ["contoso", "7"],
        TextKind.RegistryKey => ["Value7", "7"],
        TextKind.CommandLine => ["out.txt", "7", "-v"],
        TextKind.Account => ["adele", "7"],
        TextKind.HostName => [".example.org", "7"],
        TextKind.Address => ["/index", "7"],
        TextKind.Number or TextKind.NetworkAddress => ["1", "7"],
        _ => ["seen", "7"],
    };

    /// <summary>Whole values of a field without a text of the rule, the likeliest first.</summary>
    public static IEnumerable<FieldValue> Whole(TextKind kind, string? program) => kind switch
    {
        TextKind.WindowsPath => WindowsFolders.Select(folder => FieldValue.OfText(folder + @"\contoso.exe")),
        TextKind.UnixPath => UnixFolders.Select(folder => FieldValue.OfText(folder + "/contoso")),
        TextKind.RegistryKey => Keys.Select(key => FieldValue.OfText(key + @"\Value7")),
        TextKind.CommandLine => [FieldValue.OfText((program ?? "runner") + " out.txt"), FieldValue.OfText("x")],
        TextKind.Account => Accounts.Select(FieldValue.OfText),
        TextKind.HostName => [FieldValue.OfText("www.example.org"), FieldValue.OfText("files.example.net"), FieldValue.OfText("ws07")],
        TextKind.Address => Addresses.Select(address => FieldValue.OfText(address + "/index")),
        TextKind.NetworkAddress =>
        [
            FieldValue.OfText("192.0.2.17"), FieldValue.OfText("198.51.100.7"), FieldValue.OfText("10.20.30.40"), FieldValue.OfText("172.16.5.9"), FieldValue.OfText("192.168.7.7"),
            FieldValue.OfText("2001:db8::7"), FieldValue.OfText("203.0.113.9"), FieldValue.OfText("100.64.0.7"), FieldValue.OfText("fd00::7"),
        ],
        TextKind.Number => [FieldValue.OfNumber(49721), FieldValue.OfNumber(1), FieldValue.OfNumber(8), FieldValue.OfNumber(7341)],
        _ => [FieldValue.OfText("Contoso"), FieldValue.OfText("entry 7"), FieldValue.OfText("x"), FieldValue.OfText("7"), FieldValue.OfText("-")],
    };

    /// <summary>The n-th of as many different values as one likes.</summary>
    /// <param name="kind">What kind of text it is.</param>
    /// <param name="number">Which, from 1.</param>
    public static FieldValue Numbered(TextKind kind, int number) => kind switch
    {
        TextKind.WindowsPath => FieldValue.OfText($@"C:\Users\adele\file{number:00}.dat"),
        TextKind.UnixPath => FieldValue.OfText($"/home/adele/file{number:00}.dat"),
        TextKind.RegistryKey => FieldValue.OfText($@"HKLM\SOFTWARE\Contoso\Value{number:00}"),
        TextKind.Account => FieldValue.OfText($"user{number:00}"),
        TextKind.HostName => FieldValue.OfText($"host{number:00}.example.org"),
        TextKind.Address => FieldValue.OfText($"https://www.example.org/{number:00}"),
        TextKind.NetworkAddress => FieldValue.OfText($"10.20.{number / 250}.{(number % 250) + 1}"),
        TextKind.Number => FieldValue.OfNumber(50000 + number),
        _ => FieldValue.OfText($"item{number:00}"),
    };

    /// <summary>Puts two pieces of a text together as this kind of text would have them.</summary>
    public static string Join(TextKind kind, string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left + right;
        }

        switch (kind)
        {
            case TextKind.WindowsPath or TextKind.RegistryKey:
                return left[^1] == '\\'
                    ? right[0] is '\\' or '.' ? left + "data" + right : left + right
                    : right[0] is '\\' or '.' or ':' or '*' ? left + right : left + "\\" + right;
            case TextKind.UnixPath:
                return left[^1] == '/' ? right[0] is '/' or '.' ? left + "data" + right : left + right : right[0] is '/' or '.' ? left + right : left + "/" + right;
            case TextKind.CommandLine or TextKind.Plain:
                return left[^1] == ' ' || right[0] == ' ' ? left + right : left + " " + right;
            default:
                return left + right;
        }
    }
}
