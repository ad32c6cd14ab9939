using System.Globalization;
using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>ArcSight's Common Event Format and QRadar's Log Event Extended Format.</summary>
internal static partial class CefEvent
{
    /// <summary>The parts that each version of LEEF has before the names and values, or before their separator.</summary>
    private const int LeefParts = 5;

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
            string value = EscapedText.OfExtension.Undo(extension[from..to].Trim());
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

    /// <summary>
    /// Adds a LEEF event: five parts between bars, then names and values with a tab between them. Version 2 may say another separator before them, and
    /// may leave that out.
    /// </summary>
    public static void AddLeef(string text, Event result)
    {
        List<string> parts = Parts(text, LeefParts + 1);
        for (int i = 1; i < parts.Count && i < LeefParts; i++)
        {
            AddText(Header[i - 1], parts[i], result);
        }

        result.TimeField = KnownLogs.TimeIn("leef");
        string rest = parts.Count > LeefParts ? parts[^1] : "";
        char separator = '\t';
        if (text.AsSpan("LEEF:".Length).TrimStart(' ').StartsWith("2") && rest.IndexOf('|') is var bar and >= 0 && SeparatorOf(rest[..bar]) is { } said)
        {
            separator = said;
            rest = rest[(bar + 1)..];
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

    /// <summary>
    /// The separator that a LEEF header says: one character, or its number as one to four hexadecimal digits behind <c>x</c> or <c>0x</c>; nothing is a tab,
    /// and some write that as <c>\t</c>. Null for a text that is none, but the first of the values.
    /// </summary>
    private static char? SeparatorOf(string text)
    {
        ReadOnlySpan<char> digits = text is ['0', 'x' or 'X', ..] ? text.AsSpan(2) : text is ['x' or 'X', _, ..] ? text.AsSpan(1) : [];
        return text is "" or "\\t" ? '\t'
            : text is [var one] ? one
            : digits.Length is > 0 and <= 4 && ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) ? (char)code
            : null;
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
                parts.Add(EscapedText.OfBars.Undo(text[start..at]));
                start = at + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    [GeneratedRegex(@"(?:^|(?<=\s))([A-Za-z_][\w.\-\[\]]{0,63})=", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
