using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>ArcSight's Common Event Format and QRadar's Log Event Extended Format.</summary>
internal static partial class CefEvent
{
    private static readonly string[] Header = ["deviceVendor", "deviceProduct", "deviceVersion", "signatureId", "name", "severity"];

    /// <summary>Whether a text is one, from its beginning: the mark, a number and a bar.</summary>
    public static bool IsOne(string text, string mark)
    {
        if (!text.StartsWith(mark, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(mark.Length).TrimStart(' ');
        int bar = rest.IndexOf('|');
        return bar is > 0 and < 5 && rest[..bar].IndexOfAnyExcept("0123456789.") < 0;
    }

    /// <summary>Adds a CEF event: seven parts between bars, then names and values whose values may have blanks.</summary>
    public static void Add(string text, Event result)
    {
        List<string> parts = Parts(text, 8);
        for (int i = 1; i < parts.Count && i <= Header.Length; i++)
        {
            AddText(Header[i - 1], parts[i], result);
        }

        result.TimeField = KnownLogs.TimeIn("cef");
        bool isFortinet = parts.Count > 1 && parts[1] == "Fortinet";
        string extension = parts.Count > 7 ? parts[7] : "";
        MatchCollection names = Name().Matches(extension);
        for (int i = 0; i < names.Count; i++)
        {
            int from = names[i].Index + names[i].Length;
            int to = i + 1 < names.Count ? names[i + 1].Index : extension.Length;
            string value = Unescaped(extension[from..to].Trim());
            AddText(names[i].Groups[1].Value, value, result);
            if (isFortinet && OwnName(names[i].Groups[1].Value) is { } own)
            {
                AddText(own, own == "type" ? value.Split(':')[0] : value, result);
            }
        }
    }

    /// <summary>The name that FortiOS has in its own format for a field of CEF; null where it is not known, or the same.</summary>
    private static string? OwnName(string name) => name switch
    {
        "act" => "action",
        "cat" => "type",
        "duser" => "user",
        "suser" => "srcuser",
        "src" => "srcip",
        "dst" => "dstip",
        "spt" => "srcport",
        "dpt" => "dstport",
        "deviceExternalId" => "devid",
        "dvchost" => "devname",
        _ => name.StartsWith("FTNTFGT", StringComparison.Ordinal) && name.Length > "FTNTFGT".Length ? name["FTNTFGT".Length..] : null,
    };

    /// <summary>Adds a LEEF event: five parts between bars, in version 2 the separator, then names and values.</summary>
    public static void AddLeef(string text, Event result)
    {
        bool isSecond = text.AsSpan("LEEF:".Length).TrimStart(' ').StartsWith("2");
        List<string> parts = Parts(text, isSecond ? 7 : 6);
        for (int i = 1; i < parts.Count && i <= 4; i++)
        {
            AddText(Header[i - 1], parts[i], result);
        }

        string separator = "\t";
        string rest = parts.Count > 5 ? parts[^1] : "";
        if (isSecond && parts.Count == 7 && parts[5].Length > 0)
        {
            separator = parts[5] is ['x' or 'X' or '0', .. { Length: > 0 and <= 4 } digits] && int.TryParse(digits.TrimStart('x', 'X'), System.Globalization.NumberStyles.HexNumber, null, out int code)
                ? ((char)code).ToString()
                : parts[5][..1];
        }

        foreach (string pair in rest.Split(separator))
        {
            int equals = pair.IndexOf('=');
            if (equals > 0)
            {
                AddText(pair[..equals].Trim(), pair[(equals + 1)..], result);
            }
        }
    }

    private static void AddText(string name, string value, Event result)
    {
        if (name.Length > 0)
        {
            result.AddText(name, value);
        }
    }

    /// <summary>The parts between bars; the last is the rest.</summary>
    private static List<string> Parts(string text, int most)
    {
        var parts = new List<string>();
        int start = 0;
        for (int at = 0; at < text.Length && parts.Count < most - 1; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '|')
            {
                parts.Add(text[start..at].Replace("\\|", "|").Replace("\\\\", "\\"));
                start = at + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static string Unescaped(string value) => value.Contains('\\')
        ? value.Replace("\\=", "=").Replace("\\n", "\n").Replace("\\r", "\r").Replace("\\\\", "\\")
        : value;

    [GeneratedRegex(@"(?:^|(?<=\s))([A-Za-z_][\w.\-\[\]]{0,63})=", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
