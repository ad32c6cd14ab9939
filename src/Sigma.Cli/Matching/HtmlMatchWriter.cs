using System.Globalization;
using System.Text;
using Sigma.Documentation.Reports;
using Sigma.Events.Matching;

namespace Sigma.Cli;

/// <summary>A report for people: one HTML file, written at the end. Matches that differ in nothing but their time and record are one line.</summary>
internal sealed class HtmlMatchWriter(Stream output) : MatchWriter(output)
{
    /// <summary>More lines than a browser shows with ease; what is beyond is counted.</summary>
    private const int MostLines = 20_000;

    private const int LongestText = 2_000;

    private readonly Dictionary<ReportLine, ReportCount> lines = [];
    private long unlisted;

    /// <inheritdoc/>
    public override void Write(RuleMatch match, string file, byte[]? json)
    {
        string counted = CountOf(match);
        string fields = FieldsOf(match);
        var line = new ReportLine(
            Shown(match.Rule.Metadata.Title.Length > 0 ? match.Rule.Metadata.Title : match.Rule.Path),
            Shown(match.Rule.Path),
            match.Rule.Metadata.Level?.ToString().ToLowerInvariant(),
            Shown(match.Origin?.Computer ?? ""),
            Shown(match.Origin?.Channel ?? match.Origin?.Provider ?? file),
            Shown(match.Origin?.EventId ?? ""),
            Shown(counted.Length == 0 ? fields : fields.Length == 0 ? counted : $"{counted}: {fields}"));
        if (!lines.TryGetValue(line, out ReportCount? count))
        {
            if (lines.Count == MostLines)
            {
                unlisted++;
                return;
            }

            lines.Add(line, count = new ReportCount { Record = Shown(match.Origin?.RecordId ?? match.Line.ToString(CultureInfo.InvariantCulture)) });
        }

        count.Count++;
        if (match.Time is { } time)
        {
            count.First = count.First is { } first && first < time ? first : time;
            count.Last = count.Last is { } last && last > time ? last : time;
        }
    }

    /// <inheritdoc/>
    public override void Flush(bool isLive)
    {
        // Everything is known at the end only.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Output.Write(Encoding.UTF8.GetBytes(new MatchReport(lines, unlisted).Write()));
        base.Flush(isLive: false);
        base.Dispose();
    }

    private static string Shown(string text) => TerminalText.Visible(text.Length <= LongestText ? text : text[..LongestText] + "…");
}
