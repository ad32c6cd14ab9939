using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Pages;

/// <summary>The same for the log that a rule is about, where history named none or one that no event is in.</summary>
internal static partial class LogRewritings
{
    /// <summary>What the services of Windows are called among the event logs; those that the pages are about.</summary>
    private static readonly Dictionary<string, string[]> Channels = new()
    {
        ["application"] = ["Application"],
        ["dns-server"] = ["DNS Server"],
        ["ntlm"] = ["Microsoft-Windows-NTLM/Operational"],
        ["powershell"] = ["Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"],
        ["powershell-classic"] = ["Windows PowerShell"],
        ["sysmon"] = ["Microsoft-Windows-Sysmon/Operational"],
    };

    /// <summary>D29 for Splunk, where only the DNS server was without a log, and PowerShell had one of two.</summary>
    public static string NameTheSource(string text, RuleFacts facts) => InEachQuery(text, facts, (query, service) => service switch
    {
        "dns-server" => With(query, $"source=\"WinEventLog:{Channels[service][0]}\""),
        "powershell" => query.Replace($"source=\"WinEventLog:{Channels[service][0]}\"", $"({string.Join(" OR ", Channels[service].Select(channel => $"source=\"WinEventLog:{channel}\""))})"),
        _ => query,
    });

    /// <summary>D29 for LogPoint, where only five services had a log.</summary>
    public static string NameTheChannel(string text, RuleFacts facts) => InEachQuery(text, facts, (query, service) =>
        service == "dns-server" || !Channels.TryGetValue(service, out var channels) ? query
            : With(query, channels.Length == 1 ? $"channel=\"{channels[0]}\"" : $"channel IN [{string.Join(", ", channels.Select(channel => $"\"{channel}\""))}]"));

    /// <summary>D29 for PowerShell, where only the DNS server was without a log, and PowerShell had one of two. Alternatives keep their brackets beside it.</summary>
    public static string NameTheLog(string text, RuleFacts facts) => InEachQuery(text, facts, (query, service) => service switch
    {
        "dns-server" => Filter().Replace(query, found =>
            $"Get-WinEvent -LogName '{Channels[service][0]}' | where {{{(IsDisjunction(found.Groups[1].Value) ? $"({found.Groups[1].Value})" : found.Groups[1].Value)} }}"),
        "powershell" => query.Replace($"-LogName {Channels[service][0]} ", $"-LogName {string.Join(',', Channels[service])} "),
        _ => query,
    });

    /// <summary>D30 for Splunk: a forwarder writes its prefix in front of every log's name.</summary>
    public static string PrefixTheSource(string text, RuleFacts facts) => BareSource().Replace(text, "source=\"WinEventLog:$1\"");

    /// <summary>D30 for LogPoint: the system log is not the security log, and the DNS server's is no source of events.</summary>
    public static string CorrectTheChannel(string text, RuleFacts facts) => InEachQuery(text, facts, (query, service) => service switch
    {
        "system" => query.Replace("event_source=\"Microsoft-Windows-Security-Auditing\"", "channel=\"System\""),
        "dns-server" => query.Replace("event_source=\"DNS Server\"", "channel=\"DNS Server\""),
        _ => query,
    });

    /// <summary>The queries of a page are a line each, in the order of the conditions of its rules.</summary>
    private static string InEachQuery(string text, RuleFacts facts, Func<string, string, string> rewrite)
    {
        var services = facts.Rules.SelectMany(rule => rule.Conditions.Select(_ => rule.LogSource is { Product: "windows", Service: { } service } ? service : "")).ToList();
        var queries = text.Split('\n');
        return queries.Length == services.Count ? string.Join('\n', queries.Zip(services, rewrite)) : text;
    }

    /// <summary>A search that must also fit a condition: in its own brackets if it is a conjunction, else in new ones.</summary>
    private static string With(string query, string condition)
    {
        var end = query.IndexOf(" | ", StringComparison.Ordinal);
        var (search, rest) = end < 0 ? (query, "") : (query[..end], query[end..]);
        return (search[0] == '(' && !IsDisjunction(search) ? $"({condition} {search[1..]}" : $"({condition} {search})") + rest;
    }

    /// <summary>Whether the outermost brackets hold alternatives, or there are none around all of it.</summary>
    private static bool IsDisjunction(string search)
    {
        var depth = 0;
        foreach (Match token in Tokens().Matches(search))
        {
            depth += token.Value switch { "(" => 1, ")" => -1, _ => 0 };
            if ((depth == 1 && token.Value is " OR " or " -or ") || (depth == 0 && token.Index + token.Length < search.Length))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^Get-WinEvent \| where \{(.*) \}(?= \| select)")]
    private static partial Regex Filter();

    [GeneratedRegex("source=\"(?!WinEventLog:)([^\"]+)\"")]
    private static partial Regex BareSource();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|\(|\)| OR | -or |.
        """)]
    private static partial Regex Tokens();
}
