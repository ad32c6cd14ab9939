using System.Buffers;
using nietras.SeparatedValues;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// Reads events from columns. All values are texts; an empty cell is a field without a value, since columns cannot leave one out.
/// Rows are cut apart here, so that one of any length is left out by itself; the library takes their cells apart.
/// </summary>
internal static class CsvEvents
{
    /// <summary>A row of more bytes is not read: the library takes none of 16 MB.</summary>
    private const int LargestRow = (16 * 1024 * 1024) - 4096;

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="live">Whether what is there is passed on before more comes.</param>
    public static IEnumerable<EventBatch> Read(Stream stream, bool live)
    {
        var rows = new Rows();
        var blocks = new StreamBlocks(stream, live);
        while (blocks.HasMore)
        {
            byte[] buffer = blocks.Next();
            var batch = new EventBatch { Bytes = blocks.Read };
            blocks.Keep(buffer, rows.Take(buffer.AsSpan(0, blocks.Length), last: !blocks.HasMore, batch));
            ArrayPool<byte>.Shared.Return(buffer);
            if (batch.Bytes > 0 || batch.Problems.Count > 0 || batch.Count > 0)
            {
                yield return batch;
            }
        }
    }

    /// <summary>What goes from buffer to buffer.</summary>
    private sealed class Rows
    {
        private static readonly EventPath Message = EventPath.Root.Child("Message");

        private EventPath[]? columns;
        private bool hasMessage;
        private Sep? separator;
        private long line = 1;

        /// <summary>Where the row begins that is being left out, and whether what comes next stands between quotes.</summary>
        private long skipped;
        private bool skipping;
        private bool quoted;

        /// <summary>Reads the rows that are there.</summary>
        /// <returns>How many bytes are done with.</returns>
        public int Take(ReadOnlySpan<byte> text, bool last, EventBatch batch)
        {
            int at = skipping ? Skip(text, last, batch) : 0;
            if (columns is null)
            {
                int blank = text[at..].IndexOfAnyExcept("\r\n"u8);
                int first = blank < 0 ? text.Length : at + blank;
                int type = CsvHeader.TypeLine(text[first..]);
                line += Lines(text[at..(first + type)]);
                at = first + type;
            }

            int begin = at;
            while (at < text.Length)
            {
                bool open = false;
                int end = CsvRows.EndOf(text, at, ref open);
                int behind = end < 0 ? text.Length : end;
                bool unclosed = end < 0 && last && open;
                bool tooLong = behind - at > LargestRow;
                if (end < 0 && !last && !tooLong)
                {
                    break;
                }

                if (unclosed || tooLong)
                {
                    Parse(text[begin..at], batch, isCut: false);
                    batch.Problems.Add(unclosed ? Unclosed(line) : new EventProblem(line, "the row is longer than 16 MB"));
                    skipped = line;
                    skipping = end < 0 && !last;
                    quoted = open;
                    line += Lines(text[at..behind]);
                    begin = behind;
                }

                at = behind;
            }

            Parse(text[begin..at], batch, isCut: last && text is not [.., (byte)'\n' or (byte)'\r']);
            return at;
        }

        private static EventProblem Unclosed(long line) => new(line, "a quote of the row that begins here is not closed, so what follows cannot be read") { IsCutShort = true };

        private static int Lines(ReadOnlySpan<byte> text)
        {
            int lines = text.Count((byte)'\n');
            for (int at = text.IndexOf((byte)'\r'); at >= 0;)
            {
                lines += at + 1 == text.Length || text[at + 1] != (byte)'\n' ? 1 : 0;
                int next = text[(at + 1)..].IndexOf((byte)'\r');
                at = next < 0 ? -1 : at + 1 + next;
            }

            return lines;
        }

        private int Skip(ReadOnlySpan<byte> text, bool last, EventBatch batch)
        {
            int end = CsvRows.EndOf(text, 0, ref quoted);
            skipping = end < 0;
            if (skipping && last && quoted)
            {
                batch.Problems.Add(Unclosed(skipped));
            }

            int behind = end < 0 ? text.Length : end;
            line += Lines(text[..behind]);
            return behind;
        }

        private void Parse(ReadOnlySpan<byte> rows, EventBatch batch, bool isCut)
        {
            if (rows.IsEmpty)
            {
                return;
            }

            long before = line;
            line += Lines(rows);
            SepReaderOptions options = new(separator) { HasHeader = false, Unescape = true, DisableColCountCheck = true };
            using SepReader reader = options.From(rows.ToArray());
            separator = reader.Spec.Sep;
            bool first = true;
            while (reader.MoveNext())
            {
                // Without a row of names the library counts one line too many for the first row.
                long start = first ? before : before + reader.Current.LineNumberFrom - 1;
                first = false;
                SepReader.Row row = reader.Current;
                if (row.Span.IsWhiteSpace())
                {
                    continue;
                }

                if (columns is null)
                {
                    string[] names = [.. Enumerable.Range(0, row.ColCount).Select(i => reader.Current[i].ToString().Trim('\uFEFF', ' '))];
                    columns = [.. CsvHeader.Usual(names).Select(EventPath.Root.Child)];
                    hasMessage = CsvHeader.MayBeEventViewer(names);
                    continue;
                }

                if (row.ColCount == columns.Length || (hasMessage && row.ColCount == columns.Length + 1))
                {
                    batch.Add(Read(row, columns), start);
                    continue;
                }

                // The last row of a file that ends without a line end was not written to its end.
                bool cut = isCut && row.ColCount < columns.Length && before + row.LineNumberToExcl - 2 >= line;
                string count = $"the row has {row.ColCount} columns, and the first has {columns.Length}";
                batch.Problems.Add(new EventProblem(start, cut ? count + "; the file ends within it" : count) { IsCutShort = cut });
            }
        }

        private static Event Read(SepReader.Row row, EventPath[] columns)
        {
            var e = new Event();
            for (int column = 0; column < row.ColCount; column++)
            {
                ReadOnlySpan<char> cell = row[column].Span;
                EventPath path = column < columns.Length ? columns[column] : Message;
                e.Add(path, cell.IsEmpty ? EventValueKind.Null : EventValueKind.Text, cell);
                EventReader.AddEmbedded(path, e);
            }

            e.Complete();
            ShippedLine.Add(e);
            return e;
        }
    }
}
