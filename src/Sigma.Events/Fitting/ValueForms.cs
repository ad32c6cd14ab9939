using System.Net;
using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Fitting;

/// <summary>The forms that values of a field have.</summary>
[Flags]
internal enum ValueForms
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>Decimal numbers.</summary>
    Number = 1,

    /// <summary>Numbers like <c>0x3e7</c>.</summary>
    Hexadecimal = 1 << 1,

    /// <summary><c>true</c> and <c>false</c>.</summary>
    Boolean = 1 << 2,

    /// <summary><c>yes</c>, <c>off</c>, <c>enabled</c> and the like.</summary>
    Switch = 1 << 3,

    /// <summary>GUIDs in braces.</summary>
    Guid = 1 << 4,

    /// <summary>GUIDs without braces.</summary>
    BareGuid = 1 << 5,

    /// <summary>IP addresses.</summary>
    Address = 1 << 6,

    /// <summary>Security identifiers of Windows.</summary>
    Sid = 1 << 7,

    /// <summary>Paths of Windows, from a drive, a server or a device.</summary>
    WindowsPath = 1 << 8,

    /// <summary>Paths of Windows with slashes.</summary>
    SlashedPath = 1 << 9,

    /// <summary>Paths from <c>/</c>.</summary>
    UnixPath = 1 << 10,

    /// <summary>Registry keys from <c>HKLM\</c> and other short names.</summary>
    ShortKey = 1 << 11,

    /// <summary>Registry keys from <c>HKEY_</c> names.</summary>
    LongKey = 1 << 12,

    /// <summary>Registry keys from <c>\REGISTRY\</c>.</summary>
    KernelKey = 1 << 13,

    /// <summary>Times.</summary>
    Time = 1 << 14,

    /// <summary>Names in one word, without a separator of paths: of files, programs, hosts.</summary>
    Name = 1 << 15,

    /// <summary>Anything else.</summary>
    Text = 1 << 16,
}

/// <summary>Tells the form of a value, and names forms.</summary>
internal static partial class ValueForm
{
    private static readonly (ValueForms Form, string Name, string Words)[] Known =
    [
        (ValueForms.Number, "number", "decimal numbers"),
        (ValueForms.Hexadecimal, "hexadecimal", "hexadecimal numbers"),
        (ValueForms.Boolean, "boolean", "true and false"),
        (ValueForms.Switch, "switch", "words such as yes and no"),
        (ValueForms.Guid, "guid", "GUIDs in braces"),
        (ValueForms.BareGuid, "bare-guid", "GUIDs without braces"),
        (ValueForms.Address, "address", "IP addresses"),
        (ValueForms.Sid, "sid", "SIDs"),
        (ValueForms.WindowsPath, "windows-path", "full Windows paths"),
        (ValueForms.SlashedPath, "slashed-path", "Windows paths with slashes"),
        (ValueForms.UnixPath, "unix-path", "paths from /"),
        (ValueForms.ShortKey, "short-key", "registry keys such as HKLM\\…"),
        (ValueForms.LongKey, "long-key", "registry keys such as HKEY_LOCAL_MACHINE\\…"),
        (ValueForms.KernelKey, "kernel-key", "registry keys such as \\REGISTRY\\MACHINE\\…"),
        (ValueForms.Time, "time", "times"),
        (ValueForms.Name, "name", "names without a path"),
        (ValueForms.Text, "text", "texts"),
    ];

    private static readonly string[] Switches = ["yes", "no", "on", "off", "y", "n", "enabled", "disabled"];
    private static readonly string[] ShortRoots = ["HKLM", "HKCU", "HKU", "HKCR", "HKCC"];

    /// <summary>The names of the forms, as a schema and JSON have them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(one => one.Name)];

    /// <summary>The form of a name; null if there is none of it.</summary>
    public static ValueForms? Named(string name) => Array.Find(Known, one => one.Name == name) is { Name: not null } found ? found.Form : null;

    /// <summary>The names of some forms.</summary>
    public static IEnumerable<string> NamesOf(ValueForms forms) => Known.Where(one => (forms & one.Form) != ValueForms.None).Select(one => one.Name);

    /// <summary>Some forms in words.</summary>
    public static string InWords(ValueForms forms) => string.Join(" and ", Known.Where(one => (forms & one.Form) != ValueForms.None).Select(one => one.Words));

    /// <summary>The form of a value that is not empty.</summary>
    public static ValueForms Of(string text)
    {
        if (Number.TryParse(text, out _))
        {
            return ValueForms.Number;
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.Length > 2 && text.AsSpan(2).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0)
        {
            return ValueForms.Hexadecimal;
        }

        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return ValueForms.Boolean;
        }

        return Switches.Contains(text, StringComparer.OrdinalIgnoreCase) ? ValueForms.Switch
            : text.Length is 36 or 38 && Guid.TryParse(text, out _) ? (text[0] == '{' ? ValueForms.Guid : ValueForms.BareGuid)
            : text.AsSpan().IndexOfAny('.', ':') >= 0 && IPAddress.TryParse(text, out _) ? ValueForms.Address
            : text.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase) ? ValueForms.Sid
            : OfPath(text)
            ?? (EventTime.TryParse(text, out _) ? ValueForms.Time
            : text.AsSpan().IndexOfAny(" \t\\/:,;|=\"'()<>") < 0 ? ValueForms.Name
            : ValueForms.Text);
    }

    private static ValueForms? OfPath(string text)
    {
        if (text.StartsWith(@"\REGISTRY\", StringComparison.OrdinalIgnoreCase))
        {
            return ValueForms.KernelKey;
        }

        if (text.StartsWith("HKEY_", StringComparison.OrdinalIgnoreCase))
        {
            return ValueForms.LongKey;
        }

        if (text.IndexOf('\\') is > 0 and var root && ShortRoots.Contains(text[..root], StringComparer.OrdinalIgnoreCase))
        {
            return ValueForms.ShortKey;
        }

        return WindowsPath().IsMatch(text) ? ValueForms.WindowsPath
            : SlashedPath().IsMatch(text) ? ValueForms.SlashedPath
            : UnixPath().IsMatch(text) ? ValueForms.UnixPath
            : null;
    }

    /// <summary>No quotes and no arguments: a command line is a text.</summary>
    [GeneratedRegex("""^(?:[a-zA-Z]:\\|\\\\|\\|%\w+%\\)[^"/|<>]*$""", RegexOptions.CultureInvariant)]
    private static partial Regex WindowsPath();

    [GeneratedRegex("""^[a-zA-Z]:/[^"\\|<>]*$""", RegexOptions.CultureInvariant)]
    private static partial Regex SlashedPath();

    [GeneratedRegex("""^/[^"\\|<>\s?]*$""", RegexOptions.CultureInvariant)]
    private static partial Regex UnixPath();
}
