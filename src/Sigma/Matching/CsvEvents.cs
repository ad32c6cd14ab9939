using nietras.SeparatedValues;

namespace Sigma.Matching;

/// <summary>Reads events from columns. All values are texts; an empty cell is a field without a value, since columns cannot leave one out.</summary>
internal static class CsvEvents
{
    private const int BatchRows = 512;

    /// <summary>Reads a stream.</summary>
    public static IEnumerable<EventBatch> Read(Stream stream)
    {
        using SepReader reader = Open(stream);
        IReadOnlyList<string> names = reader.Header.ColNames;
        EventPath[] columns = [.. names.Select(name => EventPath.Root.Child(name.Trim('\uFEFF', ' ')))];
        while (Take(reader, columns) is { } batch)
        {
            yield return batch;
        }
    }

    private static SepReader Open(Stream stream)
    {
        try
        {
            return Sep.Reader(options => options with { Unescape = true, DisableColCountCheck = true, HasHeader = true }).From(stream);
        }
        catch (ArgumentException exception)
        {
            // Two columns of one name.
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static EventBatch? Take(SepReader reader, EventPath[] columns)
    {
        EventBatch? batch = null;
        for (int i = 0; i < BatchRows && reader.MoveNext(); i++)
        {
            batch ??= new EventBatch();
            SepReader.Row row = reader.Current;
            batch.Bytes += row.Span.Length;
            if (row.Span.IsWhiteSpace())
            {
                continue;
            }

            if (row.ColCount != columns.Length)
            {
                batch.Problems.Add(new EventProblem(row.LineNumberFrom, $"the row has {row.ColCount} columns, and the first has {columns.Length}"));
                continue;
            }

            var e = new Event();
            for (int column = 0; column < columns.Length; column++)
            {
                ReadOnlySpan<char> cell = row[column].Span;
                e.Add(columns[column], cell.IsEmpty ? EventValueKind.Null : EventValueKind.Text, cell);
            }

            e.Complete();
            batch.Add(e, row.LineNumberFrom);
        }

        return batch;
    }
}
