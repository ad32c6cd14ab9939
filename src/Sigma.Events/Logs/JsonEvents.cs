using System.Buffers;
using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Cuts JSON events apart: one a line, or the objects of lists and those that follow each other.</summary>
internal static class JsonEvents
{
    /// <summary>The event continues after the available text.</summary>
    public const int Incomplete = -1;

    /// <summary>The event is broken: a text with a line end in it, or a bracket that closes none.</summary>
    public const int Broken = -2;

    /// <summary>An event of more bytes is not read.</summary>
    private const int LargestEvent = 64 * 1024 * 1024;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> TextEnds = SearchValues.Create("\"\\\n"u8);

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="lines">Whether each line is a separate event, so that a broken one does not affect the next.</param>
    /// <param name="live">Whether what is there is passed on before more comes.</param>
    /// <param name="wrapping">How its objects have lists of events in them; null if each is an event.</param>
    public static IEnumerable<EventBatch> Read(Stream stream, bool lines, bool live, JsonWrapping? wrapping = null)
    {
        var cutter = new Cutter(lines);
        bool start = true;
        var blocks = new StreamBlocks(stream, live);
        while (blocks.HasMore)
        {
            byte[] buffer = blocks.Next();
            int length = blocks.Length;
            var batch = new EventBatch { Buffer = buffer, Bytes = blocks.Read, Wrapping = wrapping };
            int from = start && buffer.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
            start = false;
            int used = cutter.Cut(buffer.AsSpan(0, length), from, last: !blocks.HasMore, batch);
            if (used == 0 && length >= LargestEvent)
            {
                batch.Problems.Add(new EventProblem(cutter.Line, $"the event is longer than {LargestEvent / (1024 * 1024)} MB"));
                used = length;
                cutter.SkipRest();
            }

            blocks.Keep(buffer, used);
            if (batch.Count > 0 || batch.Problems.Count > 0 || batch.Bytes > 0)
            {
                yield return batch;
            }
        }
    }

    /// <summary>Finds the end of the object that begins at a place.</summary>
    /// <returns>The place after it, <see cref="Incomplete"/> or <see cref="Broken"/>.</returns>
    public static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        int depth = 0;
        int at = start;
        while (true)
        {
            int next = text[at..].IndexOfAny(Structure);
            if (next < 0)
            {
                return Incomplete;
            }

            at += next;
            switch (text[at++])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth == 0)
                    {
                        return at;
                    }

                    if (depth < 0)
                    {
                        return Broken;
                    }

                    break;
                default:
                    at = EndOfText(text, at);
                    if (at < 0)
                    {
                        return at;
                    }

                    break;
            }
        }
    }

    private static int EndOfText(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int next = text[at..].IndexOfAny(TextEnds);
            if (next < 0)
            {
                return Incomplete;
            }

            at += next;
            switch (text[at])
            {
                case (byte)'"':
                    return at + 1;
                case (byte)'\n':
                    return Broken;
                default:
                    at += 2;
                    if (at > text.Length)
                    {
                        return Incomplete;
                    }

                    break;
            }
        }
    }

    /// <summary>What goes from buffer to buffer.</summary>
    private sealed class Cutter(bool lines)
    {
        private bool skipping;

        /// <summary>How many lists are open, the line of the first of them, and whether one may have ended in what was left out.</summary>
        private int lists;
        private long listLine;
        private bool lost;

        /// <summary>The line of the next byte.</summary>
        public long Line { get; private set; } = 1;

        /// <summary>Leaves out everything up to the next event that begins a line.</summary>
        public void SkipRest()
        {
            skipping = true;
            lost = true;
        }

        /// <summary>Cuts what is there.</summary>
        /// <returns>How many bytes are done with.</returns>
        public int Cut(ReadOnlySpan<byte> text, int from, bool last, EventBatch batch) =>
            lines ? CutLines(text, from, last, batch) : CutValues(text, from, last, batch);

        private int CutLines(ReadOnlySpan<byte> text, int at, bool last, EventBatch batch)
        {
            while (at < text.Length)
            {
                int newline = text[at..].IndexOf((byte)'\n');
                if (newline < 0 && !last)
                {
                    break;
                }

                int end = newline < 0 ? text.Length : at + newline;
                ReadOnlySpan<byte> line = text[at..end].TrimEnd(" \t\r"u8);
                if (!line.TrimStart(" \t"u8).IsEmpty && !skipping)
                {
                    // A last line that nothing ends may be the beginning of an event.
                    if (newline < 0 && line.TrimStart(" \t"u8) is [(byte)'{', ..] && EndOf(line, 0) == Incomplete)
                    {
                        batch.Problems.Add(new EventProblem(Line, "the file ends within it") { IsCutShort = true });
                    }
                    else
                    {
                        batch.Add(at, line.Length, Line);
                    }
                }

                skipping = false;
                at = end + 1;
                Line++;
            }

            return Math.Min(at, text.Length);
        }

        private int CutValues(ReadOnlySpan<byte> text, int at, bool last, EventBatch batch)
        {
            while (true)
            {
                if (skipping && !SkipToObject(text, ref at))
                {
                    return at;
                }

                // Blanks, and what only holds objects together.
                int begin = text[at..].IndexOfAnyExcept(" \t\r\n,[]"u8);
                CountLists(text[at..(begin < 0 ? text.Length : at + begin)]);
                Pass(text, at, begin < 0 ? text.Length : at + begin);
                if (begin < 0)
                {
                    if (last && lists > 0 && !lost)
                    {
                        batch.Problems.Add(new EventProblem(listLine, "the list that begins here is not closed: the file ends within it") { IsCutShort = true });
                    }

                    return text.Length;
                }

                at += begin;
                int end = text[at] == (byte)'{' ? EndOf(text, at) : Broken;
                if (end == Incomplete && !last)
                {
                    return at;
                }

                if (end < 0)
                {
                    bool open = text[at] == (byte)'{' && end == Incomplete;
                    string message = text[at] != (byte)'{' ? "no object begins here" : open ? "the object is not closed" : "the JSON is broken";
                    batch.Problems.Add(new EventProblem(Line, message) { IsCutShort = open });
                    skipping = true;
                    lost = true;
                    continue;
                }

                batch.Add(at, end - at, Line);
                Pass(text, at, end);
                at = end;
            }
        }

        /// <summary>Goes on to the next line that begins with an object.</summary>
        private bool SkipToObject(ReadOnlySpan<byte> text, ref int at)
        {
            while (true)
            {
                int newline = text[at..].IndexOf((byte)'\n');
                if (newline < 0)
                {
                    at = text.Length;
                    return false;
                }

                at += newline + 1;
                Line++;
                if (at == text.Length)
                {
                    // The line that follows is not there yet; look at its start when it is.
                    at--;
                    Line--;
                    return false;
                }

                if (text[at..].TrimStart(" \t"u8) is [(byte)'{', ..])
                {
                    skipping = false;
                    return true;
                }
            }
        }

        private void CountLists(ReadOnlySpan<byte> between)
        {
            foreach (byte one in between)
            {
                if (one == (byte)'[' && lists++ == 0)
                {
                    listLine = Line;
                }

                lists -= one == (byte)']' && lists > 0 ? 1 : 0;
            }
        }

        private void Pass(ReadOnlySpan<byte> text, int from, int to) => Line += text[from..to].Count((byte)'\n');
    }
}
