using System.Net;
using System.Text.RegularExpressions;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// A line of a web server's log of accesses, in the common or the combined format, with or without the virtual host before it. Client and user write
/// most of it, so a line is read whatever stands in their parts; it is told by its time and its status. Each line is gone through a few times at most,
/// whatever it has.
/// </summary>
/// <param name="Site">The virtual host, with its port; empty if the line does not begin with it.</param>
/// <param name="Client">The address of the client.</param>
/// <param name="User">The user; a dash for none.</param>
/// <param name="Time">When the request came.</param>
/// <param name="Request">What the client sent first: a method, a URI and a version, if it speaks HTTP.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Bytes">The answer's size; a dash for none.</param>
/// <param name="Referer">The page that the client says it comes from; empty in the common format.</param>
/// <param name="Agent">What the client says it is; empty in the common format.</param>
/// <param name="Rest">What follows.</param>
internal sealed partial record AccessLine(
    string Site, string Client, string User, DateTimeOffset Time, string Request, string Status, string Bytes, string Referer, string Agent, string Rest)
{
    /// <summary>The shortest and the longest time between brackets that is looked at.</summary>
    private const int ShortestTime = 19;
    private const int LongestTime = 40;

    private const int MostPortDigits = 5;

    /// <summary>Reads a line.</summary>
    /// <returns>The line; null for one of another form.</returns>
    public static AccessLine? TryParse(string line)
    {
        // Servers write a quote of the user's as \" or \x22, so the first time with a quote behind it is the server's own.
        for (int open = line.IndexOf(" [", StringComparison.Ordinal); open >= 0; open = line.IndexOf(" [", open + 1, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> inner = line.AsSpan(open + 2);
            int length = inner[..Math.Min(inner.Length, LongestTime)].IndexOf("] \"");
            if (length >= ShortestTime && EventTime.TryParse(inner[..length], out DateTimeOffset time) && Head(line[..open]) is var (site, client, user))
            {
                return Behind(line, open + 2 + length + "] \"".Length, new AccessLine(site, client, user, time, "", "", "", "", "", ""));
            }
        }

        return null;
    }

    /// <summary>The method, the URI and the version of the request; null if the client did not speak HTTP.</summary>
    public (string Method, string Uri)? Asked
    {
        get
        {
            int blank = Request.IndexOf(' ');
            if (blank < 0 || blank + 1 == Request.Length)
            {
                return null;
            }

            // A URI has no blanks, but clients send some that do.
            int end = Version().Match(Request) is { Success: true, Index: var at } && at > blank ? at : Request.Length;
            string method = Request[..blank];
            string uri = Request[(blank + 1)..end];
            return uri.Length > 0 && (end < Request.Length ? Token() : PlainMethod()).IsMatch(method) ? (method, uri) : null;
        }
    }

    /// <summary>What stands before the time: maybe the virtual host, then the client, the identity that nobody asks for, and the user.</summary>
    private static (string Site, string Client, string User)? Head(string head)
    {
        int first = head.IndexOf(' ');
        int second = first <= 0 ? -1 : head.IndexOf(' ', first + 1);
        if (second < 0)
        {
            return null;
        }

        int third = head.IndexOf(' ', second + 1);
        return third >= 0 && IsSite(head.AsSpan(0, first), head.AsSpan(first + 1, second - first - 1))
            ? (head[..first], head[(first + 1)..second], head[(third + 1)..])
            : ("", head[..first], head[(second + 1)..]);
    }

    /// <summary>Whether a line begins with the virtual host (Apache's <c>%v</c> or <c>%v:%p</c>): an address follows it where otherwise a dash does.</summary>
    private static bool IsSite(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        second.ContainsAny('.', ':') && (PortOf(first) > 0 || (IPAddress.TryParse(second, out _) && !IPAddress.TryParse(first, out _)));

    /// <summary>Where the port of a host begins; 0 for none, as in an address of IPv6, which has colons of its own.</summary>
    public static int PortOf(ReadOnlySpan<char> site)
    {
        int colon = site.IndexOf(':');
        return colon > 0 && site.Length - colon - 1 is > 0 and <= MostPortDigits && site[(colon + 1)..].IndexOfAnyExceptInRange('0', '9') < 0 ? colon + 1 : 0;
    }

    private static AccessLine? Behind(string line, int at, AccessLine read)
    {
        int end = EndOf(line, at, IsStatus);
        if (end < 0)
        {
            return null;
        }

        int bytes = end + 6;
        int behind = bytes + 1;
        while (behind < line.Length && char.IsAsciiDigit(line[behind]) && line[bytes] != '-')
        {
            behind++;
        }

        read = read with
        {
            User = EscapedText.OfServers.Undo(read.User),
            Request = EscapedText.OfServers.Undo(line[at..end]),
            Status = line[(end + 2)..(end + 5)],
            Bytes = line[bytes..behind],
            Rest = line[behind..],
        };
        int referer = behind + 2;
        int between = line.AsSpan(behind).StartsWith(" \"") ? EndOf(line, referer, text => text.StartsWith(" \"")) : -1;
        if (between < 0)
        {
            return read;
        }

        int agent = between + 3;
        int last = EndOf(line, agent, text => text.IsEmpty || text[0] == ' ');
        return read with
        {
            Referer = EscapedText.OfServers.Undo(line[referer..between]),
            Agent = EscapedText.OfServers.Undo(last < 0 ? line[agent..] : line[agent..last]),
            Rest = last < 0 ? "" : line[(last + 1)..],
        };
    }

    private static bool IsStatus(ReadOnlySpan<char> text) =>
        text is [' ', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', ' ', '-' or (>= '0' and <= '9'), ..];

    /// <summary>
    /// Where a quoted text ends: at the first quote without a backslash, if what must follow does. Servers that do not escape quotes and backslashes
    /// write those of a client as they are; then it is at the first quote that is followed by it.
    /// </summary>
    private static int EndOf(string line, int start, Func<ReadOnlySpan<char>, bool> follows)
    {
        int at = start;
        while (at < line.Length && line[at] != '"')
        {
            at += line[at] == '\\' ? 2 : 1;
        }

        if (at < line.Length && follows(line.AsSpan(at + 1)))
        {
            return at;
        }

        for (at = line.IndexOf('"', start); at >= 0; at = line.IndexOf('"', at + 1))
        {
            if (follows(line.AsSpan(at + 1)))
            {
                return at;
            }
        }

        return -1;
    }

    [GeneratedRegex(@" [A-Z]{2,10}/\d{1,3}(?:\.\d{1,3})?\z", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex Version();

    /// <summary>A method with a version behind it is any word.</summary>
    [GeneratedRegex(@"^[A-Za-z][A-Za-z_-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"^[A-Z]{3,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainMethod();
}
