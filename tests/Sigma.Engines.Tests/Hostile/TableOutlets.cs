using System.Text;
using Sigma.Attack;
using Sigma.Cli;
using Sigma.Documentation.Coverage;
using Sigma.Engines.Tests.Hostile.Readers;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>What <c>match</c> writes of a match: the rule's texts and the event's.</summary>
internal abstract class MatchOutlet(string name) : DocumentOutlet(name)
{
    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Path, Place.Option];

    public override int Share => 20;

    protected static RuleMatch Match(HostileRule rule) => new(
        new MatchedRule(RuleReader.Read(new SourceText(rule[Place.Path], rule.Yaml()))[^1].Metadata, rule[Place.Path]),
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        7,
        [new MatchedField(rule[Place.Field], rule[Place.Value]), new MatchedField(rule[Place.GroupBy], rule[Place.Keyword])])
    {
        Correlation = rule.IsCorrelation ? new MatchedCorrelation(CorrelationType.EventCount, 3, 3, null) : null,
    };

    /// <summary>The title as the reader of the rule has it: two blanks around it may be gone, and half a surrogate is no character.</summary>
    protected static string TitleOf(HostileRule rule) => Whole(Match(rule).Rule.Metadata.Title);
}

/// <summary>A JSON record a match.</summary>
internal sealed class MatchRecordOutlet() : MatchOutlet("match records")
{
    public override Output Write(HostileRule rule)
    {
        using var stream = new MemoryStream();
        using (var writer = MatchWriter.Create("ndjson", stream))
        {
            // The event is whatever else a stranger can write: the option's text stands for one of its values.
            writer.Write(Match(rule), rule[Place.Path], Encoding.UTF8.GetBytes($"{{\"k\":{System.Text.Json.JsonSerializer.Serialize(rule[Place.Option])}}}"));
            writer.Flush(isLive: false);
        }

        return new Output(rule, Encoding.UTF8.GetString(stream.ToArray()), []);
    }

    public override Reading Read(Output output)
    {
        var reading = new Reading();
        foreach (var line in output.Text!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var record = JsonReader.Parse(line);
            reading.Count("records");
            reading.Structure.UnionWith(JsonReader.Keys(record.RootElement, path => path == ".fields"));
            reading.Texts.Add(("title", JsonReader.Text(record.RootElement, "rule", "title") ?? ""));
            reading.Texts.Add(("path", JsonReader.Text(record.RootElement, "rule", "path") ?? ""));
            reading.Texts.Add(("event", JsonReader.Text(record.RootElement, "event", "k") ?? ""));
            reading.Texts.AddRange(record.RootElement.GetProperty("fields").EnumerateObject().Select(field => ("field", field.Name)));
        }

        return reading;
    }

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        return reading.Of("title").Single() != TitleOf(rule) ? "the title is not what was put in"
            : reading.Of("path").Single() != Whole(rule[Place.Path]) ? "the path is not what was put in"
            : reading.Of("event").Single() != Whole(rule[Place.Option]) ? "the event is not what was put in"
            : !reading.Of("field").Contains(Whole(rule[Place.Field])) ? "the field's name is not what was put in"
            : null;
    }
}

/// <summary>CSV of matches, for a spreadsheet.</summary>
internal sealed class MatchCsvOutlet() : MatchOutlet("match csv")
{
    public override Output Write(HostileRule rule)
    {
        using var stream = new MemoryStream();
        using (var writer = MatchWriter.Create("csv", stream, spreadsheetSafe: true))
        {
            writer.Write(Match(rule), rule[Place.Path], null);
            writer.Flush(isLive: false);
        }

        return new Output(rule, Encoding.UTF8.GetString(stream.ToArray()), []);
    }

    public override Reading Read(Output output) => Spreadsheet.Read(output.Text!);

    public override string? Misread(Output output, Reading reading) =>
        Spreadsheet.Without(reading.Of("title").Single()) != Spreadsheet.Without(UnseenCharacters.ShownWithControls(TitleOf(output.Rule))) ? $"the title is {reading.Of("title").Single()}"
        : Spreadsheet.Without(reading.Of("rule").Single()) != Spreadsheet.Without(UnseenCharacters.ShownWithControls(Whole(output.Rule[Place.Path]))) ? $"the path is {reading.Of("rule").Single()}"
        : !reading.Of("fields").Single().Contains(UnseenCharacters.ShownWithControls(Whole(output.Rule[Place.Value])), StringComparison.Ordinal) ? "the value is not what was put in"
        : null;
}

/// <summary>CSV of coverage, for a spreadsheet.</summary>
internal sealed class CoverageCsvOutlet() : DocumentOutlet("coverage csv")
{
    /// <summary>Between two tables; no rule has it.</summary>
    private const string Between = "\f6c1d0b52-9f7e-4a38-8d41-7d6b2f1e3a90\f";

    private static readonly CoverageAxis[] Axes = [.. CoverageAxis.All];

    public override Output Write(HostileRule rule)
    {
        var documents = RuleReader.Read(new SourceText("rule.yml", rule.Yaml()));
        var diagnostics = documents.SelectMany(document => document.Diagnostics).ToList();
        var text = new StringBuilder();
        foreach (var axis in Axes)
        {
            var report = CoverageReport.Count(axis, AttackCatalog.BuiltIn, documents.Select(document => ("rule.yml", document)), false, (finding, _) => diagnostics.Add(finding));
            text.Append(CoverageText.Csv(report, null, spreadsheet: true)).Append(Between);
            Terminal.Check(CoverageText.Lines(report, null).Replace("\t", "", StringComparison.Ordinal));
        }

        return new Output(rule, text.ToString(), diagnostics);
    }

    public override Reading Read(Output output)
    {
        var all = new Reading();
        foreach (var csv in output.Text!.Split(Between, StringSplitOptions.RemoveEmptyEntries))
        {
            var one = Spreadsheet.Read(csv);
            all.Structure.UnionWith(one.Structure);
            all.Texts.AddRange(one.Texts);
            all.Counts["rows"] = Math.Max(all.Counts.GetValueOrDefault("rows"), one.Counts.GetValueOrDefault("rows"));
        }

        return all;
    }
}

/// <summary>A table that is opened in a spreadsheet.</summary>
internal static class Spreadsheet
{
    public static Reading Read(string csv)
    {
        var rows = CsvReader.Read(csv);
        var reading = new Reading();
        reading.Structure.UnionWith(rows[0].Select(cell => "column " + cell));
        reading.Counts["rows"] = rows.Count;
        foreach (var row in rows.Skip(1))
        {
            for (var i = 0; i < row.Count; i++)
            {
                if (row[i].TrimStart(' ', '\u00a0', '\ufeff') is { Length: > 0 } text && "=+-@\t\r|%".Contains(text[0]))
                {
                    throw new Unreadable($"a cell that is a formula: {row[i]}");
                }

                reading.Texts.Add((rows[0][i], row[i]));
            }
        }

        return reading;
    }

    /// <summary>A cell without the apostrophe that keeps it from being a formula.</summary>
    public static string Without(string cell) => cell.TrimStart('\'');
}

/// <summary>What reaches a terminal.</summary>
internal static class Terminal
{
    /// <summary>Refuses characters that steer a terminal or turn the direction of its text, but for line ends.</summary>
    public static void Check(string text)
    {
        if (text.FirstOrDefault(c => (char.IsControl(c) && c != '\n') || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f') is not '\0' and var control)
        {
            throw new Unreadable($"a text for a terminal with U+{(int)control:X4}");
        }

        if (text.Contains('\0'))
        {
            throw new Unreadable("a text for a terminal with U+0000");
        }
    }
}
