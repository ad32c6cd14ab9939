using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sigma.Documentation.Site;
using Sigma.Text;

namespace Sigma.Documentation.Reports;

/// <summary>A line of the report: matches that differ in nothing but their time and record.</summary>
/// <param name="Rule">The title of the rule.</param>
/// <param name="Path">Its file.</param>
/// <param name="Level">Its level; null for none.</param>
/// <param name="Host">The computer; empty where the event does not tell.</param>
/// <param name="Log">The channel, provider or file.</param>
/// <param name="EventId">The number of the kind of event; empty where there is none.</param>
/// <param name="Details">The fields that made it match, or what was counted.</param>
internal sealed record ReportLine(string Rule, string Path, string? Level, string Host, string Log, string EventId, string Details);

/// <summary>When and how often the matches of a line were.</summary>
internal sealed class ReportCount
{
    /// <summary>How many matches.</summary>
    public long Count { get; set; }

    /// <summary>The first time; null where no event tells.</summary>
    public DateTimeOffset? First { get; set; }

    /// <summary>The last time.</summary>
    public DateTimeOffset? Last { get; set; }

    /// <summary>The record of the first one.</summary>
    public string Record { get; init; } = "";
}

/// <summary>
/// Matches as one HTML file for people: it needs no server and loads nothing, has the look of the site, and can be searched. What
/// events and rules say is text there, whatever it is.
/// </summary>
/// <param name="lines">The lines with their counts.</param>
/// <param name="unlisted">How many matches are in no line, since there were too many.</param>
internal sealed class MatchReport(IReadOnlyDictionary<ReportLine, ReportCount> lines, long unlisted)
{
    private static readonly string[] Levels = ["critical", "high", "medium", "low", "informational"];

    private const int MostNames = 50;

    private readonly StringBuilder html = new();

    /// <summary>Writes the file.</summary>
    public string Write()
    {
        string style = Resource("site/site.css") + Resource("reports/report.css");
        string script = Resource("reports/report.js");
        html.Append("<!doctype html>\n<html lang=\"en\" data-page=\"report\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-").Append(Hash(style));
        html.Append("'; script-src 'sha256-").Append(Hash(script)).Append("'; base-uri 'none'; form-action 'none'\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Sigma matches</title>\n<style>").Append(style);
        html.Append("</style>\n</head>\n<body>\n<header class=\"top\"><span class=\"brand\"><span>Sigma matches</span></span><div class=\"tools\">");
        html.Append("<div class=\"search\"><input id=\"filter\" type=\"search\" placeholder=\"Filter (/)\" aria-label=\"Filter matches\"></div></div></header>\n");
        html.Append("<main>\n<h1>Matches</h1>\n<p class=\"lead\">").Append(Lead().Escaped()).Append("</p>\n");
        if (lines.Count > 0)
        {
            html.Append("<section class=\"halves\">\n");
            AppendRules();
            AppendHosts();
            html.Append("</section>\n");
            AppendMatches();
        }

        html.Append("</main>\n<script>").Append(script).Append("</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private string Lead()
    {
        long count = lines.Values.Sum(line => line.Count) + unlisted;
        if (count == 0)
        {
            return "No rule matched.";
        }

        int rules = lines.Keys.Select(line => (line.Rule, line.Path)).Distinct().Count();
        string hosts = Names(line => line.Host) is { Count: > 0 } named ? $" on {Number(named.Count, "host")}" : "";
        DateTimeOffset? from = lines.Values.Min(line => line.First);
        DateTimeOffset? to = lines.Values.Max(line => line.Last);
        string when = from is not null ? $", from {Time(from)} to {Time(to)} UTC" : "";
        string more = unlisted > 0 ? $" {Number(unlisted, "match", "matches")} of them {(unlisted == 1 ? "is" : "are")} not listed, since there are too many." : "";
        return $"{Number(count, "match", "matches")} of {Number(rules, "rule")}{hosts}{when}.{more}";
    }

    private void AppendRules()
    {
        html.Append("<div><h2>Rules</h2>\n<table class=\"plain\"><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Level</th>");
        html.Append("<th scope=\"col\">Hosts</th><th scope=\"col\">Matches</th></tr></thead><tbody>\n");
        var rules = lines.GroupBy(line => (line.Key.Rule, line.Key.Path, line.Key.Level))
            .Select(rule => (rule.Key, Hosts: rule.Select(line => line.Key.Host).Where(host => host.Length > 0).Distinct().Count(), Count: rule.Sum(line => line.Value.Count)))
            .OrderBy(rule => Rank(rule.Key.Level)).ThenByDescending(rule => rule.Count).ThenBy(rule => rule.Key.Rule, StringComparer.Ordinal);
        foreach (((string title, _, string? level), int hosts, long count) in rules)
        {
            html.Append("<tr><td class=\"name\"><button type=\"button\" class=\"pick\">").AppendEscaped(title).Append("</button></td><td>");
            AppendBadge(level);
            html.Append("</td><td>").Append(hosts).Append("</td><td>").Append(count).Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private void AppendHosts()
    {
        IReadOnlyList<(string Name, long Count)> hosts = Names(line => line.Host);
        IReadOnlyList<(string Name, long Count)> logs = Names(line => line.Log);
        html.Append("<div>");
        AppendNames("Hosts", "Host", hosts);
        AppendNames("Logs", "Log", logs);
        html.Append("</div>\n");
    }

    private void AppendNames(string title, string name, IReadOnlyList<(string Name, long Count)> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        html.Append("<h2>").Append(title).Append("</h2>\n<table class=\"plain\"><thead><tr><th scope=\"col\">").Append(name);
        html.Append("</th><th scope=\"col\">Matches</th></tr></thead><tbody>\n");
        foreach ((string one, long count) in counts.Take(MostNames))
        {
            html.Append("<tr><td class=\"name\"><button type=\"button\" class=\"pick\">").AppendEscaped(one).Append("</button></td><td>").Append(count).Append("</td></tr>\n");
        }

        html.Append("</tbody></table>\n");
        if (counts.Count > MostNames)
        {
            html.Append("<p>").Append(counts.Skip(MostNames).Sum(one => one.Count)).Append(" in ").Append(counts.Count - MostNames).Append(" others</p>\n");
        }
    }

    private void AppendMatches()
    {
        html.Append("<section>\n<h2>Timeline <small id=\"shown\" aria-live=\"polite\">").Append(Number(lines.Count, "line")).Append("</small></h2>\n<div id=\"levels\" class=\"levels\">");
        foreach (string level in Levels.Where(level => lines.Keys.Any(line => line.Level == level)))
        {
            html.Append("<button type=\"button\" class=\"button\" aria-pressed=\"false\" value=\"").Append(level).Append("\">").Append(level).Append("</button>");
        }

        html.Append("</div>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Matches in the order of their times\">");
        html.Append("<table id=\"matches\" class=\"matches\"><thead><tr>");
        foreach (string name in (string[])["Time (UTC)", "Level", "Host", "Log", "Event", "Record", "Rule", "Matches", "Details"])
        {
            html.Append("<th scope=\"col\">").Append(name).Append("</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        foreach ((ReportLine line, ReportCount count) in lines.OrderBy(line => line.Value.First ?? DateTimeOffset.MaxValue))
        {
            html.Append("<tr data-level=\"").Append(line.Level ?? "none").Append("\"><td class=\"when\">").Append(Time(count.First));
            html.Append(count.Last > count.First ? $"<span class=\"rs\">to {Time(count.Last)}</span>" : "").Append("</td><td>");
            AppendBadge(line.Level);
            foreach (string cell in (string[])[line.Host, line.Log, line.EventId, count.Record])
            {
                html.Append("</td><td>").AppendEscaped(cell);
            }

            html.Append("</td><td class=\"rule\">").AppendEscaped(line.Rule).Append("<span class=\"rs\">").AppendEscaped(line.Path).Append("</span></td><td class=\"n\">");
            html.Append(count.Count).Append("</td><td class=\"details\">").AppendEscaped(line.Details).Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n</section>\n");
    }

    private void AppendBadge(string? level) =>
        html.Append("<span class=\"badge lv-").Append(level ?? "none").Append("\">").Append(level ?? "no level").Append("</span>");

    private List<(string Name, long Count)> Names(Func<ReportLine, string> name) =>
        [.. lines.Where(line => name(line.Key).Length > 0).GroupBy(line => name(line.Key), StringComparer.OrdinalIgnoreCase)
            .Select(group => (group.Key, group.Sum(line => line.Value.Count))).OrderByDescending(one => one.Item2).ThenBy(one => one.Key, StringComparer.Ordinal)];

    private static int Rank(string? level) => Array.IndexOf(Levels, level) is var rank and >= 0 ? rank : Levels.Length;

    private static string Number(long count, string one, string? several = null) => $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : several ?? one + "s")}";

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name) => EmbeddedFiles.Text(typeof(MatchReport).Assembly, name).ReplaceLineEndings("\n");
}
