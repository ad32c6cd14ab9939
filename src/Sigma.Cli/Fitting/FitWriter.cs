using System.Diagnostics;
using System.Text.Json;
using Sigma.Events.Fitting;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes how rules fit logs: as a table in which rules with the same problem are one row, or as JSON records. The schema is docs/fit.schema.json.</summary>
internal static class FitWriter
{
    private static readonly string[] Head = ["weight", "problem", "log source", "field", "rules", "what it is"];

    /// <summary>Writes all rules.</summary>
    public static void Write(IReadOnlyList<RuleFit> fits, FitSettings settings, CommandEnvironment environment)
    {
        if (settings.Format == "json")
        {
            using var output = new BufferedStream(environment.OpenOutput(), 64 * 1024);
            foreach (RuleFit fit in fits)
            {
                WriteRecord(output, fit);
            }

            return;
        }

        Severity least = settings.Matching.Messages.Verbose ? Severity.Info : Severity.Warning;
        string[][] rows =
        [
            .. from fit in fits
               from finding in fit.Findings
               where finding.Weight >= least
               group (Fit: fit, Finding: finding) by (finding.Weight, finding.Problem, fit.Source.ShortName, finding.Field, finding.Forms) into same
               orderby same.Key.Weight descending, same.Count() descending, same.Key.ShortName, same.Key.Field
               select (string[])[WordOf(same.Key.Weight), WordOf(same.Key.Problem), same.Key.ShortName.Length > 0 ? same.Key.ShortName : "any", same.Key.Field ?? "-", Rules([.. same.Select(one => one.Fit)]), Sentence(same.First().Finding)],
        ];
        if (rows.Length == 0)
        {
            return;
        }

        var listing = new Listing(Head, rows);
        if (environment.IsOutputTerminal)
        {
            listing.WriteTable(environment.Output);
        }
        else
        {
            listing.WriteLines(environment.Output);
        }
    }

    /// <summary>One rule by its title, several by their number.</summary>
    private static string Rules(RuleFit[] fits) => fits.Select(fit => fit.Rule).Distinct().Count() is > 1 and var count ? $"{count} rules" : MatchSummary.NameOf(fits[0].Rule);

    private static string Sentence(FitFinding finding)
    {
        string what = finding.Problem switch
        {
            FitProblem.NoEvents => "no event of this log source",
            FitProblem.NoSuchEvent => $"none of {Pluralizer.Count(finding.Events, "event")} has the event id, channel or provider that is asked for",
            FitProblem.MissingField when finding.Events == 0 => "the schema does not have it",
            FitProblem.MissingField => $"has no value in {Pluralizer.Count(finding.Events, "event")}",
            FitProblem.ValueForm => $"holds {ValueForm.InWords(finding.Forms)}{(finding.Held is { } held ? $" such as '{held}'" : "")}; {Wanted(finding)}",
            _ => throw new UnreachableException(finding.Problem.ToString()),
        };
        return finding.Help.Count == 0 ? what : $"{what}; {string.Join(", or ", finding.Help.Select(Help))}";
    }

    private static string Wanted(FitFinding finding)
    {
        (int impossible, int all) = finding.WantedValues;
        return (impossible == all ? "asked for" : $"{impossible} of {all} values cannot match, such as") + $" '{finding.Wanted}'";
    }

    private static string Help(FitHelp help) =>
        (help.Pipeline is { } pipeline ? $"-p {pipeline} asks for '{help.Field}'" : $"map it to '{help.Field}'")
        + (help.Values > 0 ? $" ({Pluralizer.Count(help.Values, "value")} would match)" : "");

    private static string WordOf(Severity weight) => weight.ToString().ToLowerInvariant();

    private static string WordOf(FitProblem problem) => problem switch
    {
        FitProblem.NoEvents => "no-events",
        FitProblem.NoSuchEvent => "no-such-event",
        FitProblem.MissingField => "missing-field",
        FitProblem.ValueForm => "value-form",
        _ => throw new UnreachableException(problem.ToString()),
    };

    private static string WordOf(FitVerdict verdict) => verdict switch
    {
        FitVerdict.Fits => "yes",
        FitVerdict.Partly => "partly",
        FitVerdict.CannotMatch => "no",
        FitVerdict.Unknown => "unknown",
        _ => throw new UnreachableException(verdict.ToString()),
    };

    private static void WriteRecord(Stream output, RuleFit fit)
    {
        using (var buffer = new JsonBuffer(output))
        using (var json = new Utf8JsonWriter(buffer, ConversionRecord.Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("rule");
            json.WriteString("path", fit.Rule.Path);
            WriteText(json, "id", fit.Rule.Metadata.Id);
            json.WriteString("title", fit.Rule.Metadata.Title);
            json.WriteEndObject();
            json.WriteString("logsource", fit.Source.ShortName);
            json.WriteString("fits", WordOf(fit.Verdict));
            WriteTexts(json, "logs", fit.Logs);
            json.WriteStartArray("findings");
            foreach (FitFinding finding in fit.Findings)
            {
                WriteFinding(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteFinding(Utf8JsonWriter json, FitFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("problem", WordOf(finding.Problem));
        json.WriteString("weight", WordOf(finding.Weight));
        WriteText(json, "field", finding.Field);
        json.WriteNumber("line", finding.Span.Position.Line);
        json.WriteNumber("events", finding.Events);
        WriteText(json, "wanted", finding.Wanted);
        if (finding.Problem is FitProblem.ValueForm)
        {
            json.WriteNumber("impossible", finding.WantedValues.Impossible);
            json.WriteNumber("of", finding.WantedValues.All);
            WriteTexts(json, "forms", ValueForm.NamesOf(finding.Forms));
            WriteText(json, "held", finding.Held);
            json.WriteNumber("values", finding.HeldValues);
        }

        json.WriteStartArray("help");
        foreach (FitHelp help in finding.Help)
        {
            json.WriteStartObject();
            json.WriteString("field", help.Field);
            WriteText(json, "pipeline", help.Pipeline);
            json.WriteNumber("values", help.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
