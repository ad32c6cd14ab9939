using System.Collections.Immutable;
using System.Text;
using Sigma.Checks.Fixing;

namespace Sigma.Checks.Migrating;

/// <summary>What became of a file.</summary>
/// <param name="Text">Its text now.</param>
/// <param name="Written">How many correlations were written.</param>
/// <param name="Left">What could not be written as a correlation, with the reason.</param>
/// <param name="Broken">The documents that could not be read.</param>
internal sealed record MigratedFile(string Text, int Written, IReadOnlyList<(Span Span, string Reason)> Left, IReadOnlyList<Span> Broken);

/// <summary>
/// Writes <c>condition: selection | count() by User > 5</c> as a rule and a correlation that counts it (specification 2.1). The two are
/// only written if the rule selects the same events and the correlation counts them in the same way.
/// </summary>
internal static class CountMigration
{
    /// <summary>Migrates a file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="settings">What the user said about checks.</param>
    /// <param name="counted">The names and ids of rules that correlations of other files count.</param>
    public static MigratedFile Run(SourceText source, CheckSettings settings, IReadOnlyCollection<string> counted)
    {
        var left = new List<(Span, string)>();
        var edits = new List<TextEdit>();
        int written = 0;
        FileText file = FileText.Read(source, settings);
        HashSet<string> known = new([.. counted, .. CountedBy(file.Documents)], StringComparer.OrdinalIgnoreCase);
        foreach (RuleText rule in file.Rules)
        {
            if (rule.Rule is not { } read || read.Conditions.All(condition => condition.Aggregation is null))
            {
                continue;
            }

            string? reason = Refusal(rule, read, file, known);
            if (reason is null && Edits(rule, read) is { } own && IsProved(source, own, rule, read, settings))
            {
                edits.AddRange(own);
                written++;
            }
            else
            {
                left.Add((read.Conditions.First(condition => condition.Aggregation is not null).Span, reason ?? "it is not proved that the correlation counts the same"));
            }
        }

        return new MigratedFile(written == 0 ? source.Text : FixRun.Apply(source.Text, edits), written, left, [.. file.Documents.Where(document => document.Document is null).Select(document => document.Span)]);
    }

    /// <summary>The names and ids of rules that correlations among documents count.</summary>
    public static IEnumerable<string> CountedBy(IEnumerable<ReadDocument> documents) =>
        documents.Select(document => document.Document).OfType<SigmaCorrelation>().SelectMany(correlation => correlation.Rules).Select(reference => reference.Name);

    private static string? Refusal(RuleText rule, SigmaRule read, FileText file, HashSet<string> counted) =>
        read.Conditions.Length > 1 || rule.Conditions.ToArray() is not [{ Style: not ScalarStyle.Block } condition] || condition.Span.Characters.Contains('\n') ? "only a single condition of one line can be taken apart"
        : TypeOf(read.Conditions[0].Aggregation!) is null ? "no type of correlation counts like this"
        : read.Conditions[0].Aggregation!.Timespan is null ? "a correlation needs a time, and the rule has no 'timeframe'"
        : file.HasSharedParts ? "the rule shares parts with others of the file"
        : new[] { read.Metadata.Name, read.Metadata.Id }.Any(name => name is not null && counted.Contains(name)) ? "a correlation counts the rule, and would count its events then"
        : Checking.Edits.IsInBrackets(rule.Root) ? "the rule is written in braces"
        : rule.Place.Position.Column > 1 ? "its keys are indented"
        : null;

    private static string? TypeOf(Correlation measure) => measure.Type switch
    {
        CorrelationType.EventCount => "event_count",
        CorrelationType.ValueCount => "value_count",
        CorrelationType.ValueSum => "value_sum",
        CorrelationType.ValueAverage => "value_avg",
        _ => null,
    };

    private static List<TextEdit>? Edits(RuleText rule, SigmaRule read)
    {
        YamlScalar condition = rule.Conditions.First();
        int bar = condition.Value.IndexOf('|');
        if (bar < 0 || Checking.Edits.Value(condition, condition.Value[..bar].TrimEnd()) is not { } shorter)
        {
            return null;
        }

        var edits = new List<TextEdit> { shorter };
        string comment = "";
        if (rule.Detections?.Find("timeframe") is { } timeframe)
        {
            Span line = timeframe.Key.Span.To(timeframe.Value.Span);
            comment = CommentBehind(line);
            if (Checking.Edits.RemoveLines(new Span(line.Source, line.Start, line.Length + comment.Length)) is not { } removed)
            {
                return null;
            }

            edits.Add(removed);
        }

        string? reference = read.Metadata.Name ?? read.Metadata.Id;
        if (reference is null)
        {
            reference = "counted_" + Fingerprints.IdOf(rule)[..8];
            if (rule.Root.Find("title") is not { Value: YamlScalar title })
            {
                return null;
            }

            edits.Add(Checking.Edits.LineAfter(title.Span, $"name: {reference}"));
        }

        // At the end of the document: before the line of dashes, or at the end of the file.
        string text = rule.File.Source.Text;
        int border = text.IndexOf($"{LineEnds.Of(text)[^1]}---", Math.Min(rule.Root.Span.End, text.Length - 1) is var end && end > 0 ? end - 1 : 0, StringComparison.Ordinal);
        int at = border < 0 ? text.Length : border + 1;
        string document = Document(rule, read, reference, comment);
        edits.Add(new TextEdit(at, 0, (at > 0 && !LineEnds.IsPart(text[at - 1]) ? "\n" : "") + document));
        return edits;
    }

    /// <summary>The comment in the line of a value, with the blanks before it; empty if there is none.</summary>
    private static string CommentBehind(Span value)
    {
        string text = value.Source.Text;
        int end = text.AsSpan(value.End).IndexOfAny('\n', '\r') is var length and >= 0 ? value.End + length : text.Length;
        string behind = text[value.End..end].TrimEnd();
        return behind.Length > 1 && behind[0] is ' ' or '\t' && behind.TrimStart()[0] == '#' ? behind : "";
    }

    private static string Document(RuleText rule, SigmaRule read, string reference, string comment)
    {
        Correlation measure = read.Conditions[0].Aggregation!;
        var text = new StringBuilder("---\n");
        text.Append($"title: {Plain(read.Metadata.Title + " - Correlation")}\n");
        text.Append($"id: {Fingerprints.IdOf(rule, "correlation of ")}\n");
        foreach (string key in (string[])["status", "author", "date"])
        {
            if (rule.Text(key) is { } scalar && scalar.Style is not ScalarStyle.Block && !scalar.Span.Characters.Contains('\n'))
            {
                text.Append($"{key}: {scalar.Span.Characters}\n");
            }
        }

        text.Append($"correlation:\n    type: {TypeOf(measure)}\n    rules:\n        - {Plain(reference)}\n");
        if (!measure.GroupBy.IsEmpty)
        {
            text.Append("    group-by:\n").AppendJoin("", measure.GroupBy.Select(field => $"        - {Plain(field)}\n"));
        }

        text.Append($"    timespan: {measure.Timespan}{comment}\n    condition:\n");
        foreach (Threshold bound in measure.Thresholds)
        {
            text.Append($"        {SignOf(bound.Comparison)}: {bound.Number}\n");
        }

        text.Append(measure.Field is { } counted ? $"        field: {Plain(counted)}\n" : "");
        if (rule.Text("level") is { } level)
        {
            text.Append($"level: {level.Value}\n");
        }

        return text.ToString();
    }

    private static string SignOf(Comparison comparison) => comparison switch
    {
        Comparison.Greater => "gt",
        Comparison.GreaterOrEqual => "gte",
        Comparison.Less => "lt",
        Comparison.LessOrEqual => "lte",
        Comparison.NotEqual => "neq",
        _ => "eq",
    };

    private static string Plain(string text) => Checking.Edits.Written(ScalarStyle.Plain, text) ?? "''";

    private static bool IsProved(SourceText source, List<TextEdit> edits, RuleText rule, SigmaRule before, CheckSettings settings)
    {
        var text = new SourceText(source.Path, FixRun.Apply(source.Text, edits), source.Limits);
        FileText after = FileText.Read(text, settings);
        int place = rule.File.Rules.Index().First(one => ReferenceEquals(one.Item, rule)).Index;
        if (after.Rules.Count != rule.File.Rules.Count + 1 || after.Rules[place].Rule is not { } base_ || after.Rules[place + 1].Document.Document is not SigmaCorrelation correlation)
        {
            return false;
        }

        SigmaRule searched = before with { Conditions = [.. before.Conditions.Select(condition => condition with { Aggregation = null })], Timeframe = null };
        Correlation x = before.Conditions[0].Aggregation!;
        Correlation y = correlation.Correlation;
        return PlanComparison.Same([rule.Document with { Document = searched }], [after.Rules[place].Document with { Document = base_ }])
            && x.Type == y.Type && x.Timespan == y.Timespan && x.Fields.SequenceEqual(y.Fields) && x.GroupBy.SequenceEqual(y.GroupBy)
            && x.Thresholds.Select(bound => (bound.Comparison, bound.Number)).SequenceEqual(y.Thresholds.Select(bound => (bound.Comparison, bound.Number)));
    }
}
