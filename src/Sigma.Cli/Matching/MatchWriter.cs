using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using nietras.SeparatedValues;
using Sigma.Events.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes matches.</summary>
/// <param name="output">Where to.</param>
internal abstract class MatchWriter(Stream output) : IDisposable
{
    /// <summary>Where to.</summary>
    protected Stream Output => output;

    /// <summary>Creates a writer.</summary>
    /// <param name="format">table, ndjson, csv, timeline or html.</param>
    /// <param name="output">Where to.</param>
    /// <param name="spreadsheetSafe">Whether no cell of CSV may begin like a formula.</param>
    /// <param name="width">The width of a table, in columns.</param>
    public static MatchWriter Create(string format, Stream output, bool spreadsheetSafe = false, int width = int.MaxValue) => format switch
    {
        "csv" => new CsvMatchWriter(output) { SpreadsheetSafe = spreadsheetSafe },
        "table" => new TableMatchWriter(output, width),
        "timeline" => new TimelineWriter(output),
        "html" => new HtmlMatchWriter(output),
        _ => new JsonMatchWriter(output),
    };

    /// <summary>Whether matches must come in the order of their times.</summary>
    public virtual bool NeedsOrder => false;

    /// <summary>Writes a match.</summary>
    /// <param name="match">The match.</param>
    /// <param name="file">The file of its event.</param>
    /// <param name="json">The event itself, where it is wanted and JSON.</param>
    public abstract void Write(RuleMatch match, string file, byte[]? json);

    /// <summary>Passes on what was written.</summary>
    /// <param name="isLive">Whether somebody waits for it: the events come through a pipe, as they happen.</param>
    public virtual void Flush(bool isLive) => output.Flush();

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The fields in a line of text.</summary>
    protected static string FieldsOf(RuleMatch match) => (match.IsRecovered ? "(recovered) " : "") + string.Join(", ", match.Fields.Select(field => $"{field.Name}={field.Value}"));

    /// <summary>What was counted in a line of text; empty for a match of one event.</summary>
    protected static string CountOf(RuleMatch match) => match.Correlation is { } counted
        ? $"{JsonMatchWriter.NameOf(counted.Type)} {counted.Value.ToString(CultureInfo.InvariantCulture)} over {Pluralizer.Count(counted.Events, "event")}"
        : "";
}

/// <summary>A JSON record a line. The schema is docs/match.schema.json.</summary>
internal sealed class JsonMatchWriter : MatchWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> record = new();
    private readonly Utf8JsonWriter json;

    /// <summary>Creates a writer.</summary>
    public JsonMatchWriter(Stream output)
        : base(output) => json = new(record, Options);

    /// <summary>The specification's name of a correlation type; those of the older form are named alike.</summary>
    public static string NameOf(Rules.CorrelationType type) => type switch
    {
        Rules.CorrelationType.EventCount => "event_count",
        Rules.CorrelationType.ValueCount => "value_count",
        Rules.CorrelationType.Temporal => "temporal",
        Rules.CorrelationType.TemporalOrdered => "temporal_ordered",
        Rules.CorrelationType.ValueSum => "value_sum",
        Rules.CorrelationType.ValueAverage => "value_avg",
        Rules.CorrelationType.ValuePercentile => "value_percentile",
        Rules.CorrelationType.ValueMedian => "value_median",
        Rules.CorrelationType.ValueMinimum => "value_min",
        Rules.CorrelationType.ValueMaximum => "value_max",
        _ => throw new System.Diagnostics.UnreachableException(type.ToString()),
    };

    /// <inheritdoc/>
    public override void Write(RuleMatch match, string file, byte[]? json)
    {
        try
        {
            WriteRecord(match, file, json);
            this.json.Flush();
            record.Write("\n"u8);
            Output.Write(UnseenCharacters.InJson(record.WrittenSpan));
        }
        finally
        {
            // If a record fails, no part of it is written.
            this.json.Reset();
            record.ResetWrittenCount();
        }
    }

    private void WriteRecord(RuleMatch match, string file, byte[]? json)
    {
        Utf8JsonWriter writer = this.json;
        writer.WriteStartObject();
        writer.WriteStartObject("rule");
        writer.WriteString("path", match.Rule.Path);
        writer.WriteString("id", match.Rule.Metadata.Id);
        writer.WriteString("title", match.Rule.Metadata.Title.Length > 0 ? match.Rule.Metadata.Title : null);
        writer.WriteString("level", match.Rule.Metadata.Level?.ToString().ToLowerInvariant());
        writer.WriteStartArray("tags");
        foreach (string tag in match.Rule.Metadata.Tags)
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        WriteTime("time", match.Time);
        writer.WriteString("file", file);
        writer.WriteNumber("line", match.Line);
        if (match.Origin is { } origin)
        {
            writer.WriteStartObject("origin");
            WriteIfTold("computer", origin.Computer);
            WriteIfTold("channel", origin.Channel);
            WriteIfTold("provider", origin.Provider);
            WriteIfTold("event_id", origin.EventId);
            WriteIfTold("record", origin.RecordId);
            writer.WriteEndObject();
        }

        if (match.IsRecovered)
        {
            writer.WriteBoolean("recovered", true);
        }

        WriteFields(match.Fields);
        if (match.Correlation is { } counted)
        {
            writer.WriteStartObject("correlation");
            writer.WriteString("type", NameOf(counted.Type));
            writer.WriteNumber("value", counted.Value);
            writer.WriteNumber("events", counted.Events);
            WriteTime("from", counted.From);
            writer.WriteEndObject();
        }

        if (json is { Length: > 0 })
        {
            writer.WritePropertyName("event");
            EventJson.Write(writer, json);
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        json.Dispose();
        base.Dispose();
    }

    private void WriteIfTold(string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private void WriteTime(string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A field with several values that count has a list.</summary>
    private void WriteFields(IReadOnlyList<MatchedField> fields)
    {
        json.WriteStartObject("fields");
        foreach (IGrouping<string, MatchedField> field in fields.GroupBy(field => field.Name))
        {
            string[] values = [.. field.Select(one => one.Value).Distinct()];
            if (values.Length == 1)
            {
                json.WriteString(field.Key, values[0]);
                continue;
            }

            json.WriteStartArray(field.Key);
            foreach (string value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

/// <summary>A row a match, with a row of names first.</summary>
internal sealed class CsvMatchWriter : MatchWriter
{
    private readonly SepWriter writer;

    /// <summary>Whether no cell may begin like a formula.</summary>
    public bool SpreadsheetSafe { get; init; }

    /// <summary>Creates a writer.</summary>
    public CsvMatchWriter(Stream output)
        : base(output) => writer = new Sep(',').Writer(options => options with { Escape = true }).To(new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true), leaveOpen: false);

    /// <inheritdoc/>
    public override void Write(RuleMatch match, string file, byte[]? json)
    {
        using SepWriter.Row row = writer.NewRow();
        row["time"].Set(match.Time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "");
        row["level"].Set(match.Rule.Metadata.Level?.ToString().ToLowerInvariant() ?? "");
        row["title"].Set(Cell(match.Rule.Metadata.Title));
        row["id"].Set(Cell(match.Rule.Metadata.Id ?? ""));
        row["rule"].Set(Cell(match.Rule.Path));
        row["file"].Set(Cell(file));
        row["line"].Set(match.Line.ToString(CultureInfo.InvariantCulture));
        row["fields"].Set(Cell(FieldsOf(match)));
        row["correlation"].Set(CountOf(match));
        row["host"].Set(Cell(match.Origin?.Computer ?? ""));
        row["channel"].Set(Cell(match.Origin?.Channel ?? ""));
        row["provider"].Set(Cell(match.Origin?.Provider ?? ""));
        row["event_id"].Set(Cell(match.Origin?.EventId ?? ""));
        row["record"].Set(Cell(match.Origin?.RecordId ?? ""));
    }

    private string Cell(string text) => UnseenCharacters.ShownWithControls(SpreadsheetSafe ? SpreadsheetText.Of(text) : text);

    /// <inheritdoc/>
    public override void Flush(bool isLive)
    {
        writer.Flush();
        base.Flush(isLive);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        writer.Dispose();
        base.Dispose();
    }
}
