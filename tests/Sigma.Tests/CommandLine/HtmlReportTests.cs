using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sigma.Tests.CommandLine;

/// <summary>The report of <c>match -f html</c>: one file that loads nothing, in which what events say stays text.</summary>
public sealed partial class HtmlReportTests : IDisposable
{
    private const string Attack = "</script><img src=x onerror=alert(1)>\"'&";

    private readonly TemporaryFolder folder = new();

    public HtmlReportTests()
    {
        folder.With("rules/whoami.yml", "title: Whoami <b>\nlogsource: {product: windows}\ndetection: {s: {Image|endswith: whoami.exe}, condition: s}\nlevel: high\n");
        folder.With("rules/net.yml", "title: Net\nlogsource: {product: windows}\ndetection: {s: {Image|endswith: net.exe}, condition: s}\nlevel: low\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Matches_that_differ_in_time_and_record_only_are_one_line()
    {
        string html = Report(
            Event("whoami.exe", "HOST1", 1, "2026-01-02T03:04:05Z"), Event("net.exe", "HOST2", 2, "2026-01-02T03:04:06Z"),
            Event("whoami.exe", "HOST1", 3, "2026-01-02T03:04:07Z"), Event("whoami.exe", "HOST3", 4, "2026-01-02T03:04:08Z"));

        string[] rows = [.. Row().Matches(html).Select(row => row.Value)];
        rows.Should().HaveCount(3);
        Cells(rows[0]).Should().Equal(
            "2026-01-02 03:04:05to 2026-01-02 03:04:07", "high", "HOST1", "Security", "4688", "1", "Whoami &lt;b&gt;rules/whoami.yml", "2", "Image=C:\\whoami.exe");
        Cells(rows[1])[2..8].Should().Equal("HOST2", "Security", "4688", "2", "Netrules/net.yml", "1");
        Cells(rows[2])[2].Should().Be("HOST3");
        html.Should().Contain("4 matches of 2 rules on 3 hosts, from 2026-01-02 03:04:05 to 2026-01-02 03:04:08 UTC.");
    }

    [Fact]
    public void It_loads_nothing_and_runs_its_own_script_only()
    {
        string html = Report(Event("whoami.exe", "HOST1", 1, "2026-01-02T03:04:05Z"));

        string policy = Regex.Match(html, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value;
        policy.Should().StartWith("default-src 'none'; ").And.NotContain("unsafe").And.NotContain("http");
        foreach (string kind in (string[])["style", "script"])
        {
            string content = Regex.Match(html, $"<{kind}>(.*?)</{kind}>", RegexOptions.Singleline).Groups[1].Value;
            policy.Should().Contain($"{kind}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'");
        }

        Regex.Matches(html, "<(script|style|link|img|iframe|object)[ >]").Should().HaveCount(2);
        Regex.IsMatch(html, @"(src|href)=|url\(").Should().BeFalse();
    }

    [Fact]
    public void What_events_and_files_say_stays_text()
    {
        string html = Report(Event(Attack + "\u202e\u001b whoami.exe", Attack, 1, "2026-01-02T03:04:05Z"));

        html.Should().Contain("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;").And.NotContain("<img").And.NotContain("\u202e").And.NotContain("\u001b");
        Regex.Matches(html, "</script>").Should().ContainSingle();
    }

    [Fact]
    public void Without_a_match_it_says_so() => Report(Event("cmd.exe", "HOST1", 1, "2026-01-02T03:04:05Z")).Should().Contain("No rule matched.").And.NotContain("<table");

    [Fact]
    public void Csv_has_columns_for_where_an_event_is_from()
    {
        string[] lines = Match("csv", Event("whoami.exe", "HOST1", 7, "2026-01-02T03:04:05Z")).Lines;

        lines[0].Should().EndWith(",correlation,host,channel,provider,event_id,record");
        lines[1].Should().EndWith(",,HOST1,Security,Microsoft-Windows-Security-Auditing,4688,7");
    }

    private static string Event(string image, string host, int record, string time) => new JsonObject
    {
        ["Event"] = new JsonObject
        {
            ["System"] = new JsonObject
            {
                ["Provider"] = new JsonObject { ["Name"] = "Microsoft-Windows-Security-Auditing" },
                ["EventID"] = 4688,
                ["Channel"] = "Security",
                ["EventRecordID"] = record,
                ["TimeCreated"] = new JsonObject { ["#attributes"] = new JsonObject { ["SystemTime"] = time } },
                ["Computer"] = host,
            },
            ["EventData"] = new JsonObject { ["Image"] = "C:\\" + image },
        },
    }.ToJsonString();

    private static string[] Cells(string row) => [.. Cell().Matches(row).Select(cell => Regex.Replace(cell.Groups[1].Value, "<[^>]+>", ""))];

    private string Report(params string[] events)
    {
        ProgramRun run = Match("html", events);
        run.ExitCode.Should().Be(0, run.Error);
        return run.Output;
    }

    private ProgramRun Match(string format, params string[] events)
    {
        folder.With("log.ndjson", string.Join('\n', events) + "\n");
        return Sigmac.Run(folder, "match", "-r", "rules", "-f", format, "log.ndjson");
    }

    [GeneratedRegex("<tr data-level=.*?</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("<td[^>]*>(.*?)</td>")]
    private static partial Regex Cell();
}
